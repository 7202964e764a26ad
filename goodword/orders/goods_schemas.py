"""What was delivered of digital lines, as the API shows it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from .goods import Goods


class DeliveredOut(Schema):
    id: UUID
    name: str = Field(description="Of a file; empty for a text.")
    size: int = Field(description="In bytes.")
    text: str
    url: str | None = Field(description="Where the file is fetched; each time is counted.")
    at: datetime
    downloads: int
    corrects: UUID | None = Field(description="The one that was wrong, in whose place it came.")
    corrected: bool = Field(description="Whether another one came in its place.")


class LineGoodsOut(Schema):
    line: UUID
    goods: list[DeliveredOut]


def of_lines(found: dict[UUID, list[Goods]]) -> list[dict[str, Any]]:
    return [
        {"line": line, "goods": [delivered(one) for one in goods]} for line, goods in found.items()
    ]


def delivered(one: Goods) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "size": one.size, "text": one.text,
        "url": one.url or None, "at": one.at, "downloads": one.downloads,
        "corrects": one.corrects, "corrected": one.corrected,
    }  # fmt: skip
