from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.journal import actions as journal
from goodword.kit import house
from goodword.kit.errors import Invalid
from goodword.people.models import Member

from ..models import Evidence, Listing, ListingPicture
from ..queries import ListingMissing, PictureMissing
from ..states import EvidenceFor, EvidenceKind, ListingState

PAPERS = 20  # at most, for one listing

Values = Mapping[str, Any]  # of a saved picture (`pictures.save_picture`), with its `alt`


@transaction.atomic
def add_pictures(
    *, seller: Member, listing: UUID, pictures: Sequence[Values], now: datetime
) -> None:
    """Hang more pictures behind those that are there. Raises ListingMissing, Invalid."""
    row = _own(seller, listing)
    shown = ListingPicture.objects.filter(listing=row, removed_at=None)
    check_room(before=shown.count(), more=len(pictures), now=now)
    last = ListingPicture.objects.filter(listing=row).aggregate(last=Max("position"))["last"]
    attach(listing=row, pictures=pictures, start=0 if last is None else last + 1)


@transaction.atomic
def remove_picture(*, seller: Member, picture: UUID, now: datetime) -> None:
    """Take a picture out of the window. Buyers keep it: it was promised to them.

    Raises PictureMissing; Invalid when it is the last one of a listing on sale.
    """
    found = ListingPicture.objects.filter(id=picture, seller=seller, removed_at=None).first()
    if found is None:
        raise PictureMissing
    listing = _own(seller, found.listing_id)
    others = ListingPicture.objects.filter(listing=listing, removed_at=None).exclude(id=picture)
    if listing.state == ListingState.ACTIVE and not others.exists():
        raise Invalid(_("A listing on sale needs a picture. Add another one first."))
    ListingPicture.objects.filter(id=picture).update(removed_at=now)


@transaction.atomic
def lead_with(*, seller: Member, picture: UUID) -> None:
    """Make this picture the listing's first. Raises PictureMissing."""
    found = ListingPicture.objects.filter(id=picture, seller=seller, removed_at=None).first()
    if found is None:
        raise PictureMissing
    listing = _own(seller, found.listing_id)
    rows = ListingPicture.objects.filter(listing=listing).order_by("position")
    ordered = sorted(rows, key=lambda row: row.id != found.id)
    for position, row in enumerate(ordered):
        row.position = position
    ListingPicture.objects.bulk_update(ordered, ["position"])


@transaction.atomic
def add_papers(
    *,
    seller: Member,
    listing: UUID,
    kind: EvidenceKind,
    pages: Sequence[Values],
    audience: EvidenceFor = EvidenceFor.EVERYONE,
    now: datetime,
) -> list[Evidence]:
    """Attach papers that back the listing, one for each page. Raises ListingMissing, Invalid."""
    row = _own(seller, listing)
    count = check_papers(listing=row.id, more=len(pages))
    return Evidence.objects.bulk_create(
        Evidence(
            listing=row, seller=seller, kind=kind, audience=audience, added_at=now,
            position=place, **page,
        )
        for place, page in enumerate(pages, count)
    )  # fmt: skip


def add_evidence(*, picture: Values, **paper: Any) -> Evidence:
    """One paper that is one picture; the rest as `add_papers` takes it."""
    return add_papers(pages=[picture], **paper)[0]


def check_papers(*, listing: UUID, more: int = 1) -> int:
    """How many papers it shows. Raises Invalid if `more` find no room; ask before drawing, too."""
    count = Evidence.objects.filter(listing=listing, removed_at=None).count()
    if count + more > PAPERS:
        raise Invalid(
            ngettext(
                "A listing holds at most %(most)s paper.",
                "A listing holds at most %(most)s papers.",
                PAPERS,
            )
            % {"most": PAPERS}
        )
    return count


@transaction.atomic
def show_paper_to(
    *, seller: Member, evidence: UUID, audience: EvidenceFor, now: datetime
) -> Evidence:
    """Change who may see a paper, at once and everywhere.

    Who bought while buyers could see it keeps it: it was promised to them. Raises PictureMissing.
    """
    mine = Evidence.objects.filter(id=evidence, seller=seller, removed_at=None)
    paper = mine.select_for_update().first()
    if paper is None:
        raise PictureMissing
    before = paper.audience
    if before != audience:
        if audience == EvidenceFor.OPERATORS:
            paper.hidden_at = now
        paper.audience = audience
        paper.save(update_fields=["audience", "hidden_at"])
        journal.record(
            owner=seller.id, actor=seller.id, verb="shop.paper_shown_to", subject=paper.listing_id,
            now=now, paper=str(paper.id), before=str(before), after=str(audience),
        )  # fmt: skip
    return paper


@transaction.atomic
def remove_evidence(*, seller: Member, evidence: UUID, now: datetime) -> None:
    """Take a paper away; who bought by it keeps it. Raises PictureMissing."""
    gone = Evidence.objects.filter(id=evidence, seller=seller, removed_at=None)
    if not gone.update(removed_at=now):
        raise PictureMissing


@transaction.atomic
def look_at_paper(*, operator: Member, evidence: UUID, now: datetime) -> None:
    """Note that an operator looked at a paper that is for the house; again changes nothing.

    Whether `operator` is one is the door's to ask. Raises PictureMissing.
    """
    paper = (
        Evidence.objects.select_for_update()
        .filter(id=evidence, audience=EvidenceFor.OPERATORS)
        .exclude(listing__state=ListingState.DRAFT)
        .first()
    )
    if paper is None:
        raise PictureMissing
    if paper.looked_at is None:
        paper.looked_at = now
        paper.save(update_fields=["looked_at"])
        journal.record(
            owner=operator.id, actor=operator.id, verb="shop.paper_looked_at",
            subject=paper.listing_id, now=now, paper=str(paper.id),
        )  # fmt: skip


def check_room(*, before: int, more: int, now: datetime) -> None:
    most = house.rules(now).pictures_at_most
    if before + more > most:
        raise Invalid(
            ngettext(
                "A listing holds at most %(most)s picture.",
                "A listing holds at most %(most)s pictures.",
                most,
            )
            % {"most": most}
        )


def attach(*, listing: Listing, pictures: Sequence[Values], start: int) -> None:
    ListingPicture.objects.bulk_create(
        ListingPicture(listing=listing, seller_id=listing.seller_id, position=place, **one)
        for place, one in enumerate(pictures, start)
    )


def _own(seller: Member, listing: UUID) -> Listing:
    found = Listing.objects.select_for_update(no_key=True).filter(id=listing, seller=seller).first()
    if found is None:
        raise ListingMissing
    return found
