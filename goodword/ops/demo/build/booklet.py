"""A small booklet as PDF, as somebody in the town sets it: the goods of a digital listing."""

from io import BytesIO
from pathlib import Path

import typst

from goodword.money.invoices.typesetting import FONTS

HERE = Path(__file__).parent


def printed(title: str, text: str, by: str, *, language: str) -> BytesIO:
    """The booklet as a file under its title; `text` is headings (“## …”) and paragraphs."""
    made = typst.compile(
        HERE / "booklet.typ",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"title": title, "text": text, "by": by, "lang": language[:2]},
        format="pdf",
    )
    file = BytesIO(made)
    file.name = f"{title}.pdf"
    return file
