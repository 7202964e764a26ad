"""Cells that a spreadsheet would carry out: refused where others wrote them, made harmless in ours.

A cell that begins like a formula gets an apostrophe in front, which spreadsheets take for "this is
text" and `loosened` takes away again. A cell that begins with apostrophes before such a letter gets
one more, so that reading back is exact.
"""

import re

_BEGINS = r"\s*[=+\-@＝＋－＠]"
_DANGER = re.compile(rf"'*{_BEGINS}")
_GUARDED = re.compile(rf"'+{_BEGINS}")
# A call, or a link to a program or another sheet; “-20 %” is words, ="0012" only keeps its zeros.
_FORMULA = re.compile(r"""\s*(?:[=＝](?!"[^"]*"$)|[+\-@＋－＠]\s*[A-Za-z_.]+\s*[(|!'])""")


def guarded(text: str) -> str:
    """`text` as a cell that no spreadsheet carries out."""
    return f"'{text}" if _DANGER.match(text) else text


def loosened(cell: str) -> str | None:
    """What was guarded in `cell`, or None if nothing was."""
    return cell[1:] if _GUARDED.match(cell) else None


def is_formula(cell: str) -> bool:
    return bool(_FORMULA.match(cell))
