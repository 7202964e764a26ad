"""`goodword import`: the shop's own import with a preview on the terminal."""

from dataclasses import dataclass
from pathlib import Path

import click
from django.db import transaction
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from goodword.kit import formats
from goodword.kit.money import Money
from goodword.shop import exporting, importing
from goodword.shop.importing.previewing import RowView
from goodword.shop.imports import Choices
from goodword.shop.imports.table import FIELDS
from goodword.shop.states import RowOutcome

STAGES = {"reading": "Reading the file", "writing": "Writing listings"}


@dataclass(slots=True)
class Import:
    """One import of `file` into `shop`; `rows` of its items are shown as a table."""

    file: Path
    shop: str
    owner: str | None
    rows: int
    choices: Choices | None = None

    def run(self, *, ask: bool) -> int:
        """Preview, ask, carry out; returns the exit code. Raises Refused."""
        console = Console()
        with transaction.atomic():
            # Done in full and taken back, so that the preview is exactly what will happen.
            found = self._import("Looking at the file")
            transaction.set_rollback(True)
        self._show(console, found)
        if found.preview.create + found.preview.update == 0:
            console.print("Nothing new in this file; nothing was changed.")
            return 0
        if ask and not click.confirm("Carry it out?", default=False):
            console.print("Nothing was changed.")
            return 1
        result = self._import("Importing").result
        assert result
        console.print(
            f"[green]Done:[/green] {result.created} listings are new, {result.updated} changed, "
            f"{result.unchanged} as before, {result.refused} could not be read. "
            f"New ones are drafts in “{found.preview.shop}”.",
            highlight=False,
        )
        return 0

    def _import(self, title: str) -> importing.Imported:
        with Progress(
            TextColumn("{task.description}"), BarColumn(),
            TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn(),
            console=Console(stderr=True), transient=True,
        ) as progress:  # fmt: skip
            tasks: dict[str, TaskID] = {}

            def tell(stage: str, done: int, total: int) -> None:
                if stage not in tasks:
                    tasks[stage] = progress.add_task(STAGES.get(stage, stage), total=total)
                progress.update(tasks[stage], completed=done, total=total)

            progress.console.print(f"{title}…")
            return importing.run(
                self.file, self.shop, self.owner, progress=tell, choices=self.choices
            )

    def _show(self, console: Console, found: importing.Imported) -> None:
        preview = found.preview
        console.print(
            f"[bold]{preview.file_name}[/bold] ({preview.format}, {preview.encoding}) into "
            f"“{preview.shop}”: {preview.listings} listings, {preview.variants} variants, "
            f"{preview.create} new, {preview.update} changed, {preview.unchanged} as before, "
            f"{preview.refused} refused.",
            highlight=False,
        )
        for notice in preview.notices:
            console.print(f"  {notice}", highlight=False, markup=False)
        if self.rows:
            console.print(table(found.rows[: self.rows]))
        if len(found.rows) > self.rows > 0:
            console.print(f"… and {len(found.rows) - self.rows} more; --rows shows them.")
        self._warn(console, found)

    def _warn(self, console: Console, found: importing.Imported) -> None:
        preview = found.preview
        if preview.flagged:
            kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(preview.contacts.items()))
            console.print(
                f"[yellow]{preview.flagged} listings name contacts outside the house ({kinds}); "
                "the public text hides them.[/yellow]",
                highlight=False,
            )
        speaking = [row for row in found.rows if row.sentences]
        shown = speaking[: self.rows]
        # What could not be read is always said.
        shown += [row for row in speaking[self.rows :] if row.outcome == RowOutcome.REFUSED]
        for row in shown:
            for level, sentence in row.sentences:
                console.print(Text(f"  row {row.row}: {sentence}", style=STYLES.get(level, "")))
        if more := len(speaking) - len(shown):
            console.print(f"  … and {more} more rows with remarks; --rows shows them.")


def said(currency: str | None, columns: tuple[str, ...]) -> Choices | None:
    """What the options say about the file. Raises BadParameter."""
    if not currency and not columns:
        return None
    pairs = [one.rpartition("=") for one in columns]
    for name, _sign, field in pairs:
        if not name or field not in FIELDS:
            raise click.BadParameter(
                f"--column is NAME=FIELD, and FIELD is one of {', '.join(FIELDS)}."
            )
    return Choices(currency or "CNY", {name: field for name, _sign, field in pairs})


def export(*, out: Path | None, shop: str, owner: str | None, form: str, base: str) -> None:
    """`goodword export`: write the file and say what is in it. Raises Refused."""
    written = exporting.run(shop, form, out, owner, base=base)
    file, more = written.file, ""
    if file.left_out:
        more = f"; {file.left_out} without a price were left out"
    Console().print(
        f"[green]Done:[/green] {file.listings} listings in {written.path}{more}.", highlight=False
    )


STYLES = {"error": "red", "warning": "yellow"}


def table(rows: list[RowView]) -> Table:
    """The first items as the shop will have them."""
    shown = Table("Row", "Title", "Becomes", "Price", "Variants", "Stock", "Contacts")
    for row in rows:
        price = ""
        if row.price_minor is not None:
            price = formats.money(Money(row.price_minor, row.currency))
        shown.add_row(
            str(row.row), row.title, row.outcome, price, str(row.variants), str(row.stock),
            "flagged" if row.flagged else "",
        )  # fmt: skip
    return shown
