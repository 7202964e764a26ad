"""What the API says of an import."""

from dataclasses import asdict
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema

from .importing import Preview
from .importing.previewing import RowView
from .schemas import MAX_MINOR, Closed


class MeaningOut(Schema):
    column: str
    example: str
    field: str = Field(description="Ours, or empty when the column is not read.")


class PreviewOut(Schema):
    id: UUID
    state: Literal["preview", "running", "applied", "dropped", "undoing", "undone"]
    shop: str
    file_name: str
    format: str
    encoding: str
    listings: int
    variants: int
    flagged: int = Field(description="Items with contact details, which are hidden in public.")
    refused: int
    create: int
    update: int
    unchanged: int
    pictures: int
    contacts: dict[str, int]
    notices: list[str]
    currency: str = Field(description="Of prices for which the file names none.")
    currencies: list[str] = Field(description="Of the items, the commonest first.")
    asks_currency: bool = Field(description="Whether some prices name no currency.")
    columns: list[MeaningOut] = Field(description="Of a table that nobody knows; else empty.")
    taken_back: int = Field(description="Listings that an undo has put back.")
    stays: int = Field(description="Listings that it could not: sold or changed since.")
    written: int = Field(description="Items written so far, while it is carried out.")
    trouble: str = Field(description="Why it could not be carried out, or empty.")


class ChangeOut(Schema):
    field: str
    label: str
    variant: str
    before: str
    after: str


class FixOut(Schema):
    row: int
    column: str
    label: str


class ImportRowOut(Schema):
    row: int = Field(description="As a spreadsheet counts, from 1.")
    title: str
    outcome: Literal["create", "update", "unchanged", "refused"]
    flagged: bool
    sentences: list[str]
    variants: int
    stock: int
    listing: UUID | None
    changes: list[ChangeOut] = Field(description="What a listing becomes, field by field.")
    fixes: list[FixOut] = Field(description="Cells that can be corrected.")
    taken_back: str = Field(description="done, sold, edited or used once the import was undone.")


class ImportRowsOut(Schema):
    rows: list[ImportRowOut]
    page: int
    pages: int


class ReadingIn(Closed):
    currency: str | None = Field(None, pattern="^[A-Z]{3}$")
    columns: dict[str, str] | None = Field(None, description="Our field by column of the file.")


class FixIn(Closed):
    row: int = Field(ge=1, le=1_000_000)
    column: str = Field(max_length=400)
    text: str = Field(max_length=2000)


class UndoingOut(Schema):
    takes_back: int
    stays: int


class ApplyIn(Closed):
    shipping_minor: int = Field(0, ge=0, le=MAX_MINOR)
    shipping_days: tuple[int, int] = (2, 5)
    ship_within_hours: int | None = Field(None, ge=1, le=2160)


def preview(one: Preview) -> dict[str, Any]:
    names = (
        "state", "shop", "file_name", "format", "encoding", "listings", "variants", "flagged",
        "refused", "create", "update", "unchanged", "pictures", "contacts", "notices",
        "written", "trouble", "currency", "currencies", "asks_currency", "taken_back", "stays",
    )  # fmt: skip
    columns = [asdict(each) for each in one.columns]
    return {"id": one.run, "columns": columns, **{name: getattr(one, name) for name in names}}


def import_row(one: RowView) -> dict[str, Any]:
    return {
        "row": one.row, "title": one.title, "outcome": one.outcome, "flagged": one.flagged,
        "sentences": [sentence for _level, sentence in one.sentences],
        "variants": one.variants, "stock": one.stock, "listing": one.listing,
        "changes": [asdict(each) for each in one.changes],
        "fixes": [asdict(each) for each in one.fixes], "taken_back": one.taken_back,
    }  # fmt: skip
