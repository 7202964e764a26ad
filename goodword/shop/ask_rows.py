"""A listing's questions as its seller fills them in: one row each, two empty ones to go on."""

from django.http import QueryDict

from .asking import MOST, Ask
from .rows import split

FIELDS = ("name", "low", "high", "step", "unit", "values")
SPARE = 2


def read(data: QueryDict) -> tuple[Ask, ...]:
    """What the form posted; rows that say nothing are left out."""
    columns = [data.getlist(f"ask_{name}") for name in FIELDS]
    rows = [dict(zip(FIELDS, cells, strict=True)) for cells in zip(*columns, strict=False)]
    return tuple(
        Ask(**{**row, "values": tuple(split(row["values"]))})
        for row in rows[: MOST + SPARE]
        if any(cell.strip() for cell in row.values())
    )


def with_spare(asks: tuple[Ask, ...]) -> list[Ask]:
    """For the form."""
    return [*asks, *[Ask(name="")] * (SPARE if len(asks) < MOST else 0)]
