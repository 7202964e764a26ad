"""A description's HTML into plain paragraphs and the addresses of its pictures; no HTML is kept.

One pass from `<` to `>`, linear in the text. The standard library's `html.parser` is not: on
Python 3.11, 80 kB of `<a ` take it forty seconds, and `<![` ends it with an AssertionError; a
description comes from a stranger's file. Exactness of the kind that a browser needs is not asked
for here, because nothing of the markup survives.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from .values import visible

_BLOCKS = """address article aside blockquote br center dd div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr
    ul txt wapdesc"""
_UNSEEN = """applet audio canvas head iframe math noscript object script select style svg template
    textarea title video"""
BREAKS = frozenset(_BLOCKS.split())
SPACES = frozenset(("td", "th", "option"))
SILENT = frozenset(_UNSEEN.split())
ADDRESS_LIMIT = 2_000

# A lazily loaded picture has a placeholder as its `src`, the real one elsewhere.
_SOURCES = ("data-ks-lazyload", "data-original", "data-src", "src", "background")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w-]{0,30})\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"'>]+)""")
_TAG = re.compile(r"<[a-zA-Z/!]")
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9]{0,20}")
_LOCAL = re.compile(r"file:|[a-z]:[\\/]|\\\\", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prose:
    """`text` has one paragraph a line; `urls` are http(s); `local` are bare file names."""

    text: str
    urls: tuple[str, ...] = ()
    local: tuple[str, ...] = ()


def read_html(source: str) -> Prose:
    """Paragraphs in reading order, none empty; each picture once. Plain text is fine too."""
    if not _TAG.search(source):
        lines = (" ".join(visible(line).split()) for line in unescape(source).splitlines())
        return Prose("\n".join(line for line in lines if line))
    pieces: list[str] = []
    urls: dict[str, None] = {}
    local: dict[str, None] = {}
    for kind, piece in _tokens(source):
        if kind == "text":
            pieces.append(unescape(piece))
        elif kind == "break":
            pieces.append("\n")
        elif kind == "space":
            pieces.append(" ")
        elif address := web_address(piece):
            urls[address] = None
        elif name := local_name(piece):
            local[name] = None
    lines = (" ".join(visible(line).split()) for line in "".join(pieces).split("\n"))
    return Prose("\n".join(line for line in lines if line), tuple(urls), tuple(local))


def web_address(address: str) -> str:
    """`address` if it is http or https with a host and nothing secret in it, else ""."""
    cleaned = unescape(address).strip()
    if cleaned.startswith("//"):
        cleaned = f"https:{cleaned}"
    if len(cleaned) > ADDRESS_LIMIT or any(char <= " " or char == "\x7f" for char in cleaned):
        return ""
    try:
        parts = urlsplit(cleaned)
        hostname = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not hostname or "@" in parts.netloc:
        return ""
    return cleaned


def local_name(address: str) -> str:
    """The file's name of an address on somebody's own disk; its folders name people."""
    cleaned = unescape(address).strip()
    return bare_name(cleaned) if _LOCAL.match(cleaned) else ""


def bare_name(path: str) -> str:
    """What stands after the last slash of either kind."""
    return re.split(r"[\\/]", path)[-1].strip()[:200]


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    """("text", …), ("break", ""), ("space", ""), ("picture", address), in order."""
    position = 0
    never_closed: set[str] = set()
    while position < len(source):
        opening = source.find("<", position)
        if opening < 0:
            opening = len(source)
        if opening > position:
            yield "text", source[position:opening].replace("\n", " ").replace("\r", " ")
        after = source[opening + 1 : opening + 2]
        if after and not (after.isascii() and after.isalpha()) and after not in "/!?":
            yield "text", "<"  # "less than"
            position = opening + 1
            continue
        end = _tag_end(source, opening, never_closed)
        if end < 0:
            return  # half a tag at the very end
        tag, position = source[opening + 1 : end], end + 1
        found = _NAME.match(tag.removeprefix("/"))
        name = found.group().lower() if found else ""
        if name in SILENT and not tag.startswith("/") and name not in never_closed:
            close = re.compile(f"</{name}", re.IGNORECASE).search(source, position)
            position = close.start() if close else position
            if not close:
                never_closed.add(name)
        elif name:
            inner = _inner_address(source, position) if name == "img" else ""
            yield from _of_tag(name, tag, inner)
            position += len(inner)


def _of_tag(name: str, tag: str, inner: str) -> Iterator[tuple[str, str]]:
    if name in BREAKS:
        yield "break", ""
    elif name in SPACES:
        yield "space", ""
    if inner:
        yield "picture", inner
    elif not tag.startswith("/"):
        given = {key.lower(): value.strip("\"'") for key, value in _ATTRIBUTE.findall(tag[:10_000])}
        for source in _SOURCES:
            if given.get(source):
                yield "picture", given[source]
                break


def _inner_address(source: str, position: int) -> str:
    """`<img>http://…</img>` is how descriptions for phones name a picture."""
    if not source.startswith(("http://", "https://", "//"), position):
        return ""
    end = source.find("<", position)
    return source[position : end if end >= 0 else len(source)]


def _tag_end(source: str, opening: int, never_closed: set[str]) -> int:
    """Where the tag's `>` is; -1 when none comes any more."""
    if source.startswith("<!--", opening) and "<!--" not in never_closed:
        end = source.find("-->", opening)
        if end >= 0:
            return end + 2
        never_closed.add("<!--")
    end = source.find(">", opening)
    if end >= 0 and source.count('"', opening, end) % 2:  # perhaps a ">" between quotes
        further = source.find(">", end + 1, end + 300)
        between = source[end + 1 : further]
        if further >= 0 and "<" not in between and between.count('"') % 2:
            return further
    return end
