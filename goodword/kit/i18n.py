"""Message catalogues: each domain keeps its own `.po`; the binary form is made when it is stale."""

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parent.parent


def catalogues() -> list[Path]:
    """Every domain's catalogue file."""
    return sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_stale() -> None:
    """Write each `.mo` that is older than its `.po`; safe when several processes do it at once."""
    for source in catalogues():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3])
        with tempfile.NamedTemporaryFile(dir=source.parent, delete=False) as out:
            write_mo(out, catalogue)
        os.chmod(out.name, 0o644)
        os.replace(out.name, target)
