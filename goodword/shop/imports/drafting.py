"""What every format needs to make a draft: notices, plain prose, ways off the platform."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape

from .contacts import find_contacts
from .html import Prose, read_html
from .messages import Value, say
from .model import Contact, Draft, Level, Limits, Notice
from .values import visible

WRAPPED = re.compile(r'<div style="white-space: ?pre-wrap;?">([^<]*)</div>', re.DOTALL)
_MARKUP = re.compile(r"<[a-zA-Z/!]")


class Notes:
    """Collects the notices of one item; `row` is where it begins."""

    def __init__(self, row: int, notices: list[Notice]) -> None:
        self.row, self.notices = row, notices

    def add(self, field: str, level: Level, code: str, **values: Value) -> None:
        self.notices.append(Notice(self.row, field, level, say(code, **values)))


def prose_of(source: str) -> Prose:
    """A description that may be plain text, HTML, or plain text that was wrapped as HTML by us.

    Plain text keeps its blank lines: it is what the seller sees in her old shop.
    """
    if wrapped := WRAPPED.fullmatch(source.strip()):
        return Prose(_kept(unescape(wrapped[1])))
    if _MARKUP.search(source):
        return read_html(source)
    return Prose(_kept(unescape(source)))


def wrapped(text: str) -> str:
    """`text` as HTML that shows every line and space of it, and that `prose_of` reads back."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<div style="white-space:pre-wrap">{escaped}</div>'


def needs_wrapping(text: str) -> bool:
    """Whether plain `text` would be taken for HTML."""
    return "&" in text or bool(_MARKUP.search(text))


def _kept(text: str) -> str:
    return visible(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def cut(prose: Prose, notes: Notes, field: str, limits: Limits) -> Prose:
    """`prose` within the limit of a description, with a notice when it was longer."""
    if len(prose.text) <= limits.description:
        return prose
    notes.add(field, Level.CHECK, "description_cut", limit=limits.description)
    return Prose(prose.text[: limits.description].rstrip(), prose.urls, prose.local)


def with_contacts(draft: Draft, notes: Notes, columns: Mapping[str, tuple[str, str]]) -> Draft:
    """`draft` with every way off the platform, each said once.

    `columns` says by the draft's field which column of the file it came from, and its title.
    """
    contacts: list[Contact] = []
    for field, (column, title) in columns.items():
        found = find_contacts(draft.text_of(field), field=field)
        contacts += found
        for kind, handle in dict.fromkeys((one.kind, one.masked) for one in found):
            shown = {"column": title, "handle": handle} if handle else {"column": title}
            notes.add(column, Level.CHECK, f"contact_{kind}", **shown)
    return replace(draft, contacts=tuple(contacts), notices=tuple(notes.notices))
