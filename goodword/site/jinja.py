"""The one Jinja2 environment of all pages."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from goodword.kit import formats, ui


def url(name: str, *args: Any, **kwargs: Any) -> str:
    if kwargs:
        return reverse(name, args=args or None, kwargs=kwargs)
    return address(settings.ROOT_URLCONF, name, args)


@lru_cache(maxsize=4096)
def address(urlconf: str, name: str, args: tuple[Any, ...]) -> str:
    """A page has fifty, and reversing each was a tenth of its time."""
    return reverse(name, urlconf, args=args or None)


def translated(message: str, **values: Any) -> Markup:
    """The sentence in the active language, with `values` escaped into it."""
    sentence = written(get_language() or "", message)
    return sentence % values if values else plain(sentence)


@lru_cache(maxsize=4096)
def written(language: str, message: str) -> Markup:  # noqa: ARG001  # the language is active
    """A page says 140 sentences, and looking each up by way of Jinja2 was a tenth of its time."""
    return Markup(gettext(message))  # noqa: S704  # the catalogues are ours


@lru_cache(maxsize=4096)
def plain(sentence: Markup) -> Markup:
    """A sentence without values, in which a sign for percent is doubled all the same."""
    return sentence % {}


def environment(**options: Any) -> Environment:
    """Autoescaping, strict about undefined names, with translations and the house's filters."""
    options["undefined"] = StrictUndefined
    options["extensions"] = ["jinja2.ext.i18n", "jinja2.ext.do"]
    options["trim_blocks"] = options["lstrip_blocks"] = True
    env = Environment(autoescape=True, **{k: v for k, v in options.items() if k != "autoescape"})
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(gettext=translated, _=translated)
    env.globals.update(url=url, static=static, language=get_language)
    env.filters.update(
        money=formats.money,
        ago=formats.ago,
        date=formats.date,
        datetime=formats.date_time,
        month=formats.month,
        number=formats.number,
        duration=formats.duration,
        **ui.FILTERS,
    )
    return env
