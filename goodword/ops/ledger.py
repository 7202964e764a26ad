"""`goodword ledger`: the books as a file that anybody can check."""

from pathlib import Path

from rich.console import Console

from goodword.kit import clock
from goodword.money import chain


def export(file: Path) -> None:
    """Write the ledger, its verifier and a note into the zip file `file`."""
    count = chain.write(file, now=clock.now())
    Console().print(f"{count} lines were written to {file}. Check them: verify_ledger.py in it.")
