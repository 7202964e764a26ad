"""What a seller's listing is for, as she reads it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goodword.kit import interests as vocabulary

from .models import ListingInterests
from .queries import my_listing


@dataclass(frozen=True, slots=True)
class Purpose:
    """One interest as the seller may choose it; `name` is a lazy translation."""

    key: str
    name: Any
    chosen: bool


@dataclass(frozen=True, slots=True)
class Purposes:
    """`keys` in the order of the title or of the vocabulary; `said` by the seller herself."""

    keys: tuple[str, ...]
    said: bool

    @property
    def names(self) -> list[str]:
        return [name for name in map(vocabulary.name, self.keys) if name]

    @property
    def groups(self) -> list[tuple[Any, list[Purpose]]]:
        """The whole vocabulary, in groups."""
        return [
            (label, [Purpose(one.key, one.name, one.key in self.keys) for one in row])
            for label, row in vocabulary.GROUPS
        ]


def purposes(seller: UUID, listing: UUID) -> Purposes:
    """What the seller's own listing is for. Raises ListingMissing."""
    my_listing(seller, listing)
    row = ListingInterests.objects.filter(listing=listing).first()
    return Purposes(tuple(row.keys), row.said) if row else Purposes((), said=False)
