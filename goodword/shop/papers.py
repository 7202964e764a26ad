"""Papers that sellers show to the house alone: what lies on the operators' desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goodword.circle.cards import Person
from goodword.kit.desk import Desk, register
from goodword.kit.papers import Readable, save_papers

from .cards import Picture
from .models import Evidence
from .states import EVIDENCE_WORDS, EvidenceFor, EvidenceKind, ListingState

PAGE = 60
MOST_ALT = 490
PAGES = 6  # of one PDF; each becomes a paper of its own


@dataclass(frozen=True, slots=True)
class PaperView:
    """One paper, the listing that it backs, and when an operator looked at it."""

    id: UUID
    kind: str
    listing: UUID
    title: str
    seller: Person
    added_at: datetime
    removed_at: datetime | None
    looked_at: datetime | None
    picture: Picture

    @property
    def word(self) -> str:
        return str(EVIDENCE_WORDS[EvidenceKind(self.kind)])


def drawn(file: Readable, alt: str = "") -> Sequence[dict[str, Any]]:
    """A picture, or the pages of a PDF, as values of papers; `alt` says which page it is of.

    It takes seconds: not inside a transaction. Raises what `kit.papers.save_papers` raises.
    """
    pages = save_papers([file], most=PAGES)
    numbered = len(pages) > 1 and alt
    return [
        page | {"alt": f"{alt[:MOST_ALT]} ({place}/{len(pages)})" if numbered else alt[:MOST_ALT]}
        for place, page in enumerate(pages, 1)
    ]


def for_operators() -> list[PaperView]:
    """What sellers showed to the house alone, what nobody has looked at first; for operators.

    What its seller took away later stays: orders may rest on it. A draft's papers are hers.
    """
    rows = _rows().select_related("listing", "seller")
    unseen = rows.filter(looked_at=None).order_by("-added_at")[:PAGE]
    seen = rows.exclude(looked_at=None).order_by("-added_at")[:PAGE]
    return [_view(row) for row in (*unseen, *seen)]


def _rows() -> QuerySet[Evidence]:
    rows = Evidence.objects.filter(audience=EvidenceFor.OPERATORS)
    return rows.exclude(listing__state=ListingState.DRAFT)


def _view(row: Evidence) -> PaperView:
    seller = row.seller
    return PaperView(
        id=row.id, kind=row.kind, listing=row.listing_id, title=row.listing.title,
        seller=Person(seller.id, seller.handle, seller.display_name, seller.avatar_version),
        added_at=row.added_at, removed_at=row.removed_at, looked_at=row.looked_at,
        picture=Picture(str(row.id), row.width, row.height, row.colour, row.alt, "evidence"),
    )  # fmt: skip


def to_look_at() -> int:
    """How many of them no operator has looked at yet."""
    return int(_rows().filter(looked_at=None, removed_at=None).count())


def lay_out() -> None:
    """Put the list on the desk, once, when the house starts."""
    register(
        Desk(
            "papers", _("Papers for the house"),
            _("Sellers show them to you alone, to back what they say of their goods."),
            "shield", "shop:papers", to_look_at,
        )
    )  # fmt: skip
