"""Links in what people write: found in plain text, and nothing but http and https.

A link ends where a sentence goes on: at blanks, at anything that is not ASCII (Chinese puts no
blank behind a link; browsers copy addresses in ASCII), before the marks that close the sentence,
and before a bracket that was opened outside of it.
"""

import re
from typing import NamedTuple

from goodword.kit.links import addresses
from goodword.kit.links.refusals import NotALink

_LINK = re.compile(
    r"(?<![A-Za-z0-9])https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", re.IGNORECASE
)
_ENDS = ".,;:!?'*_~"
_BRACKETS = {")": "(", "]": "["}


class Part(NamedTuple):
    """A piece of a text; `href` is empty where it is no link, `inside` true for our own pages."""

    text: str
    href: str = ""
    inside: bool = False


def parts(text: str) -> list[Part]:
    """`text` in order, its links apart; joined again it is the same text."""
    found, at = [], 0
    for match in _LINK.finditer(text):
        link = _trimmed(match[0])
        if not host(link):
            continue
        found += [Part(text[at : match.start()]), Part(link, link)]
        at = match.start() + len(link)
    return [part for part in [*found, Part(text[at:])] if part.text]


def first_link(text: str) -> str:
    """The first link, or nothing."""
    return next((part.href for part in parts(text) if part.href), "")


def host(link: str) -> str:
    """Where a link really leads, without "www."; nothing if it is no link to a web page."""
    try:
        return addresses.read(link).host.removeprefix("www.")
    except NotALink:
        return ""


def _trimmed(link: str) -> str:
    while link:
        last = link[-1]
        opened = _BRACKETS.get(last)
        if last in _ENDS or (opened and link.count(last) > link.count(opened)):
            link = link[:-1]
        else:
            break
    return link
