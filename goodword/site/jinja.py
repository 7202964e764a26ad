"""The one Jinja2 environment of all pages."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, StrictUndefined

from goodword.kit import formats, ui


def url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> Environment:
    """Autoescaping, strict about undefined names, with translations and the house's filters."""
    options["undefined"] = StrictUndefined
    options["extensions"] = ["jinja2.ext.i18n", "jinja2.ext.do"]
    options["trim_blocks"] = options["lstrip_blocks"] = True
    env = Environment(autoescape=True, **{k: v for k, v in options.items() if k != "autoescape"})
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(url=url, static=static, language=get_language)
    env.filters.update(
        money=formats.money,
        ago=formats.ago,
        date=formats.date,
        datetime=formats.date_time,
        number=formats.number,
        duration=formats.duration,
        **ui.FILTERS,
    )
    return env
