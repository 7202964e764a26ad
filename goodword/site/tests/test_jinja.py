"""What pages say: in the reader's language, with values that cannot be read as markup."""

from django.template import engines
from django.utils import translation


def said(template: str, **values: object) -> str:
    return engines["jinja2"].from_string(template).render(values)


def test_a_sentence_follows_the_language_though_it_is_kept():
    for language, word in (("en", "Settings"), ("zh-hans", "设置"), ("en", "Settings")):
        with translation.override(language):
            assert said('{{ _("Settings") }}') == word


def test_values_in_a_sentence_are_escaped_and_a_doubled_percent_is_one():
    template = '{{ _("%(name)s: 5%%", name=name) }} {{ _("5%%") }}'
    with translation.override("en"):
        assert said(template, name="<b>") == "&lt;b&gt;: 5% 5%"


def test_without_a_language_nothing_is_kept_for_those_who_have_one():
    with translation.override(None, deactivate=True):
        assert said('{{ _("Settings") }}') == "Settings"
    with translation.override("zh-hans"):
        assert said('{{ _("Settings") }}') == "设置"
