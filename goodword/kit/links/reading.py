"""What a page's head says of the page: Open Graph, Twitter's card, title and description.

Python's own html.parser takes time by the square of some inputs (CVE-2025-6069 and its kin), and a
stranger chooses ours; this reads only a head's few elements and never looks at a character twice.
"""

import codecs
import html
import re
from collections.abc import Iterator

_LONGEST = 4096  # characters of an attribute or a title
_TAGS = 2000  # more elements than that have no preview in them
_ATTRIBUTES = 50  # of one element
_OPEN = re.compile(
    r"<(!--|/head\b|(?:meta|link|title|body|script|style|noscript|template|svg)\b)", re.IGNORECASE
)
_SKIPPED = ("script", "style", "noscript", "template", "svg")
_NAME = re.compile(r"[\s/]*([^\s=>/\"'<]{1,64})\s*(=?)\s*")
_BARE = re.compile(r"[^\s>\"']{0,4096}")
# Names that browsers know. Python knows more, and some of those are slow or do something else.
_CHARSET = re.compile(
    r"utf-?8|utf-16(?:le|be)?|gb2312|gbk|gb18030|big5(?:-hkscs)?|euc-jp|euc-kr|shift_jis|"
    r"iso-2022-jp|iso-8859-(?:[1-9]|1[0-6])|us-ascii|windows-(?:125[0-8]|874)|koi8-[ru]",
    re.IGNORECASE,
)
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "windows-1252",
    "us-ascii": "windows-1252", "euc-kr": "cp949", "shift_jis": "cp932", "windows-874": "cp874",
}  # fmt: skip
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,20})", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
_HIGH = re.compile(rb"[\x80-\xff]+")


def decoded(body: bytes, charset: str) -> str:
    """The page's text: by its byte order mark, the header's charset, its own word, or by trying.

    Chinese pages in GB 18030 that call themselves UTF-8 are read as what they are.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    said = _META_CHARSET.search(body[:4096])
    for name in (charset, said[1].decode("ascii", "replace") if said else "", "utf-8"):
        if _CHARSET.fullmatch(name) and (text := _strictly(body, name)) is not None:
            return text
    runs = _HIGH.findall(body)
    # Chinese characters are two high bytes each; a Latin letter with an accent mostly stands alone.
    alone = sum(len(run) == 1 for run in runs)
    text = _strictly(body, "gb18030") if alone * 10 < len(runs) else None
    return text if text is not None else body.decode("windows-1252", "replace")


def _strictly(body: bytes, name: str) -> str | None:
    """The text if it is that without a fault; the end may be cut in a character."""
    try:
        reader = codecs.getincrementaldecoder(_WIDER.get(name.lower(), name))("strict")
        return reader.decode(body)
    except (UnicodeError, LookupError):
        return None


def told(text: str) -> dict[str, str]:
    """The first value of each property that a page's head gives, names in lower case.

    `title` is the title element, `image_src` the old link to a picture.
    """
    found: dict[str, str] = {}
    for name, value in _said(text):
        if value and name not in found:
            found[name] = value
    return found


def _said(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for _ in range(_TAGS):
        opened = _OPEN.search(text, at)
        if opened is None:
            return
        tag, at = opened[1].lower(), opened.end()
        if tag in ("/head", "body"):
            return
        if tag == "!--":
            at = _behind(text, "-->", at)
        elif tag in _SKIPPED:
            at = _behind(text, f"</{tag}", at)
        elif tag == "title":
            start = _behind(text, ">", at)
            at = _behind(text, "</title", start)
            yield "title", html.unescape(text[start : min(at - 7, start + _LONGEST)])
        else:
            given, at = _attributes(text, at)
            if tag == "meta":
                name = given.get("property") or given.get("name") or ""
                yield name.strip().lower(), given.get("content", "")
            elif "image_src" in given.get("rel", "").lower().split():
                yield "image_src", given.get("href", "")


def _behind(text: str, mark: str, at: int) -> int:
    """Where `mark` has ended, in any case of letters; the text's end if it is not there."""
    found = re.compile(re.escape(mark), re.IGNORECASE).search(text, at)
    return found.end() if found else len(text) + len(mark)


def _attributes(text: str, at: int) -> tuple[dict[str, str], int]:
    """The attributes of a tag whose name ends at `at`, and where reading goes on."""
    given: dict[str, str] = {}
    for _ in range(_ATTRIBUTES):
        named = _NAME.match(text, at)
        if named is None:
            break
        at = named.end()
        value = ""
        if named[2] and text[at : at + 1] in ('"', "'"):
            end = text.find(text[at], at + 1, at + 1 + _LONGEST)
            if end < 0:
                return {}, at + 1 + _LONGEST
            value, at = text[at + 1 : end], end + 1
        elif named[2]:
            bare = _BARE.match(text, at)
            value, at = (bare[0], bare.end()) if bare else ("", at)
        given.setdefault(named[1].lower(), html.unescape(value))
    return given, at
