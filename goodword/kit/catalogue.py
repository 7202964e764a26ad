"""`script/translate`: holds each domain's sentences against its Chinese catalogue."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from .i18n import PACKAGE

METHODS = [
    ("**/tests/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**/jinja2/**.html", "jinja2.ext:babel_extract"),
]
KEYWORDS: dict[str, Any] = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")) | {
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def main(arguments: list[str]) -> int:
    """List missing and stale entries; with --check, answer 1 when any sentence is missing, or has
    another Chinese in another domain.
    """
    missing = 0
    domains = sorted(path.parent for path in PACKAGE.glob("*/apps.py"))
    catalogues = {domain: catalogue(domain) for domain in domains}
    for domain, held in catalogues.items():
        wanted = sentences(domain)
        for sentence, places in wanted.items():
            message = held.get(sentence[0] if isinstance(sentence, tuple) else sentence)
            if message is None or message.fuzzy or not message.string or not all(message.string):
                missing += 1
                say(f"{domain.name}: no Chinese for {sentence!r} ({', '.join(places[:2])})")
        if "--check" not in arguments:
            for message in held:
                if message.id and message.id not in wanted and not message.fuzzy:
                    say(f"{domain.name}: no longer used: {message.id!r}")
    differing = differences({domain.name: held for domain, held in catalogues.items()})
    for line in differing:
        say(line)
    say(f"{missing} sentences are missing." if missing else "Every sentence has its Chinese.")
    return 1 if (missing or differing) and "--check" in arguments else 0


def differences(catalogues: Mapping[str, Catalog]) -> list[str]:
    """The sentences that have another Chinese in another domain, each as a line.

    All catalogues are one when the house runs, and the first domain's words stand everywhere. Say
    it in the same words, or say the English so that both meanings are told apart.
    """
    said: dict[Any, dict[Any, str]] = {}
    for name, held in catalogues.items():
        for message in held:
            if message.id and message.string:
                key = (message.context, message.id)
                said.setdefault(key, {}).setdefault(message.string, name)
    return [
        f"{id!r} is said twice: " + ", ".join(f"{name} {text!r}" for text, name in ways.items())
        for (_context, id), ways in said.items()
        if len(ways) > 1
    ]


def sentences(domain: Path) -> dict[str | tuple[str, ...], list[str]]:
    """Every translatable sentence of the domain with the places that say it."""
    found: dict[str | tuple[str, ...], list[str]] = {}
    options = {"**/jinja2/**.html": {"trimmed": "true", "newstyle_gettext": "true"}}
    extracted = extract_from_dir(
        str(domain), METHODS, options, keywords=KEYWORDS, strip_comment_tags=True
    )
    for file, line, message, _comments, _context in extracted:
        key = tuple(message) if isinstance(message, (tuple, list)) else message
        if key:
            found.setdefault(key, []).append(f"{file}:{line}")
    return found


def catalogue(domain: Path) -> Catalog:
    file = domain / "locale/zh_Hans/LC_MESSAGES/django.po"
    if not file.exists():
        return Catalog(locale="zh_Hans")
    with file.open("rb") as text:
        return read_po(text, locale="zh_Hans")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
