"""From bytes to statements: which encoding, which of the two formats."""

import codecs
import re

from . import camt, swift
from .shapes import FILE_BYTES, LINES, Statement, TooBig, broken, checked, unknown

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(r"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
ENCODINGS = {"utf-8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252", "gb18030",
             "gbk", "gb2312"}  # fmt: skip


def read(data: bytes) -> list[Statement]:
    """Every statement in the file `data`, in its order, with checked balances and keyed lines.

    Raises Unreadable or TooBig, each with the sentence for whoever brought the file.
    """
    if len(data) > FILE_BYTES:
        raise TooBig
    text = decoded(data)
    if text.lstrip().startswith("<"):
        statements = camt.read(text)
    elif re.search(r"^:20:", text, re.MULTILINE):
        statements = swift.read(text)
    else:
        raise unknown()
    if sum(len(statement.lines) for statement in statements) > LINES:
        raise TooBig
    return [checked(statement) for statement in statements]


def decoded(data: bytes) -> str:
    """The text: by its byte order mark, by what the XML declares, as UTF-8, as old western text."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return strictly(data[len(mark) :], encoding)
    # UTF-16 without a mark would hide a DOCTYPE from whoever looks at bytes.
    if b"\x00" in data[:200]:
        raise unknown()
    declared = DECLARED.match(data[:300].decode("latin-1"))
    if declared is not None:
        if declared[1].lower() not in ENCODINGS:
            raise unknown()
        return strictly(data, declared[1])
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise broken() from None
