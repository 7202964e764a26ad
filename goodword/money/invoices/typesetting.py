"""Pages as PDF/A-3 by typst, in the fonts that are shipped (docs/decisions/0053-papers.md)."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typst

from .en16931 import clean
from .letters import FONTS, NARROW, prints

MISSING = "□"

WRITTEN: dict[str, Callable[[str], str]] = {
    "en": lambda text: text.translate(NARROW).replace(" · ", ", "),
    "zh": lambda text: text.replace("\u202f", "\u00a0"),
}


def fitted(data: Any, language: str) -> tuple[Any, bool]:
    """The data with its letters as the font has them, and whether some are not in it."""
    data = _each(data, WRITTEN[language[:2]])
    # PDF/A allows no hole.
    shown = _each(
        data, lambda text: "".join(c if c == "\n" or prints(c) else MISSING for c in clean(text))
    )
    return shown, json.dumps(shown) != json.dumps(data)


def pdf(template: Path, data: Any, *, root: Path | None = None, **inputs: str) -> bytes:
    """The template's PDF/A-3b; `root` is the folder of the files that it names."""
    if root:
        template = Path(shutil.copy(template, root))
    return typst.compile(
        template,
        root=template.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), **inputs},
        pdf_standards="a-3b",
        format="pdf",
    )


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """The value with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each(one, change) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_each(one, change) for one in value]
    return value
