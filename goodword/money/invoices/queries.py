"""What a buyer, a seller and whoever holds a paper may see of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from goodword.kit.money import Money

from .issuing import digest
from .models import IssuedPaper, PaperFile
from .printing import SHOWN, HalfAnAddress, PaperMissing
from .shapes import bill
from .states import KIND_WORDS, Kind


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper in a list; `of` is the number of what it takes back."""

    id: UUID
    order: UUID
    number: str
    kind: str
    issued_at: datetime
    total: Money
    of: str

    @property
    def word(self) -> str:
        return str(KIND_WORDS[Kind(self.kind)])


@dataclass(frozen=True, slots=True)
class Genuine:
    """What anyone may see who holds the paper: enough to compare, and nothing of the buyer."""

    number: str
    kind: str
    issued_at: datetime
    total: Money
    seller: str
    digest: str
    unchanged: bool  # the digest is still that of what is kept
    files: list[str]  # SHA-256 of each
    taken_back: Money | None

    @property
    def word(self) -> str:
        return str(KIND_WORDS[Kind(self.kind)])


def paper(viewer: UUID, id_: UUID) -> IssuedPaper:
    """The paper, for its buyer and its seller only. Raises PaperMissing."""
    mine = Q(buyer=viewer) | Q(seller=viewer)
    found = IssuedPaper.objects.filter(mine, id=id_).select_related("of").first()
    if found is None:
        raise PaperMissing
    return found


def papers(viewer: UUID, order: UUID) -> list[PaperView]:
    """The papers of an order that is the viewer's, in their order."""
    return [view(row) for row in issued(viewer, order)]


def issued(viewer: UUID, order: UUID) -> list[IssuedPaper]:
    """The same as they were issued."""
    mine = Q(buyer=viewer) | Q(seller=viewer)
    rows = IssuedPaper.objects.filter(mine, order=order).select_related("of")
    return list(rows.order_by("number"))


def view(row: IssuedPaper) -> PaperView:
    return PaperView(
        id=row.id, order=row.order, number=row.reference, kind=row.kind, issued_at=row.issued_at,
        total=Money(row.total, row.currency), of=row.of.reference if row.of else "",
    )  # fmt: skip


def genuine(id_: UUID, beginning: str) -> Genuine:
    """The paper for whoever holds it and so knows how its digest begins.

    Raises HalfAnAddress, PaperMissing.
    """
    if len(beginning) < SHOWN:
        raise HalfAnAddress
    row = IssuedPaper.objects.filter(id=id_).select_related("of").first()
    if row is None or not row.digest.startswith(beginning):
        raise PaperMissing
    of = row.of.reference if row.of else ""
    back = sum(one.total for one in row.credits.all())
    return Genuine(
        number=row.reference, kind=row.kind, issued_at=row.issued_at,
        total=bill(row.content).total, seller=row.content["seller"]["name"], digest=row.digest,
        unchanged=digest(row.reference, row.kind, row.issued_at, row.content, of) == row.digest,
        files=list(PaperFile.objects.filter(paper=row).order_by("language").values_list(
            "sha256", flat=True)),
        taken_back=Money(back, row.currency) if back else None,
    )  # fmt: skip
