"""Licence keys: one for each piece that is sold of a variant, never the same one twice.

As many can be ordered as there are keys that nobody has reserved; the stock of such a variant is
counted here alone. A key's text is the seller's until it is sold, then its buyer's too.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from goodword.journal import actions as journal
from goodword.kit import rates
from goodword.people.models import Member

from ..actions.refusals import VariantMissing
from ..models import DigitalItem, LicenceKey, Listing, Reservation, Variant
from ..models.digital import KEY
from ..states import Digital, ListingState, ReservationState
from . import actions
from .refusals import (
    FullPool,
    KeyMissing,
    KeyReserved,
    LastItem,
    LongKey,
    NoKeys,
    NotAtOnce,
    TooManyKeys,
)

AT_ONCE = 1_000  # keys in one go
MOST = 20_000  # unsold ones of a variant
A_DAY = 100  # times that a seller adds some
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Added:
    added: int
    known: int  # that the seller had given before, sold ones among them


@dataclass(frozen=True, slots=True)
class Pool:
    """The keys of one variant, for its seller; `some` are the first of the unsold."""

    variant: UUID
    name: str
    keyed: bool
    left: int  # that can be ordered; some of the unsold may wait for a payment
    unsold: int
    sold: int
    some: list[LicenceKey]

    @property
    def waiting(self) -> int:
        return self.unsold - self.left


def pools(seller: UUID, listing: UUID) -> list[Pool]:
    """For the seller: each variant on offer, and what is left of others, in the page's order."""
    of_listing = LicenceKey.objects.filter(seller=seller, listing=listing)
    counted = {
        row["variant"]: row
        for row in of_listing.values("variant").annotate(
            unsold=Count("id", filter=Q(line=None)), sold=Count("id", filter=~Q(line=None))
        )
    }
    variants = Variant.objects.filter(seller=seller, listing=listing, buyer=None)
    shown = variants.filter(Q(retired_at=None) | Q(id__in=counted)).order_by("position", "id")
    found = []
    for one in shown:
        row = counted.get(one.id, {"unsold": 0, "sold": 0})
        left = min(one.stock, row["unsold"]) if one.keyed else 0
        some = of_listing.filter(variant=one.id, line=None).order_by("id")[:SHOWN]
        found.append(
            Pool(
                one.id, one.name, one.keyed, left, row["unsold"], row["sold"],
                list(some) if row["unsold"] else [],
            )
        )  # fmt: skip
    return found


def listing_of(seller: UUID, variant: UUID) -> UUID:
    """Of a variant of the seller's own. Raises VariantMissing."""
    found = Variant.objects.filter(id=variant, seller=seller, buyer=None).first()
    if found is None:
        raise VariantMissing
    return found.listing_id


def unsold(seller: UUID, key: UUID) -> LicenceKey:
    """A key of the seller's own that is not sold. Raises KeyMissing."""
    found = LicenceKey.objects.filter(id=key, seller=seller, line=None).first()
    if found is None:
        raise KeyMissing
    return found


def texts_in(typed: str) -> list[str]:
    """One key in each line; empty lines and repetitions are left out. Raises what `add` raises."""
    found: dict[str, None] = {}
    for row, line in enumerate(typed.replace("\x00", "").splitlines(), 1):
        if len(text := line.strip()) > KEY:
            raise LongKey(row)
        if text:
            found[text] = None
    return list(found)


@transaction.atomic
def add(*, seller: Member, variant: UUID, texts: Collection[str], now: datetime) -> Added:
    """Give a variant more keys; from the first on each piece gets one of its own.

    What the seller gave before, for whichever listing, is not taken again. Raises VariantMissing,
    NotAtOnce, NoKeys, LongKey, TooManyKeys, FullPool, TooMany.
    """
    row, listing = _locked(seller, variant)
    if listing.digital != Digital.AT_ONCE:
        raise NotAtOnce
    if not texts:
        raise NoKeys
    if len(texts) > AT_ONCE:
        raise TooManyKeys(AT_ONCE)
    rates.hit(f"keys:{seller.id}", limit=A_DAY, per=timedelta(days=1), now=now)
    if _counted(row).unsold + len(texts) > MOST:
        raise FullPool(MOST)
    made = [
        LicenceKey(
            listing_id=row.listing_id, variant=row, seller=seller, text=text,
            digest=hashlib.sha256(text.encode()).digest(), added_at=now,
        )
        for text in texts
    ]  # fmt: skip
    LicenceKey.objects.bulk_create(made, ignore_conflicts=True)
    row.keyed = True
    _recount(row)
    added = LicenceKey.objects.filter(id__in=[one.id for one in made]).count()
    _note(row, "shop.keys_added", now, keys=added)
    return Added(added, len(texts) - added)


@transaction.atomic
def remove(*, seller: Member, key: UUID, now: datetime) -> None:
    """Take one unsold key out. Raises KeyMissing; KeyReserved when a buyer is paying for it."""
    row, _listing = _locked(seller, unsold(seller.id, key).variant_id, offered=False)
    if not _counted(row).free:
        raise KeyReserved
    gone, _each = LicenceKey.objects.filter(
        id__in=_unsold(row).select_for_update(skip_locked=True).filter(id=key)
    ).delete()
    if not gone:
        raise KeyMissing
    _recount(row)
    _note(row, "shop.keys_removed", now, keys=1)


@transaction.atomic
def stop(*, seller: Member, variant: UUID, now: datetime) -> int:
    """Take out all keys that nobody has reserved; answers how many.

    When none is left the variant's stock is the seller's to count again, from nothing. Raises
    VariantMissing; LastItem while keys are all that a listing on sale delivers.
    """
    row, listing = _locked(seller, variant, offered=False)
    on_sale = listing.state == ListingState.ACTIVE and row.retired_at is None
    if on_sale and row.keyed and not actions.has_items(listing):
        raise LastItem
    some = _unsold(row).select_for_update(skip_locked=True).order_by("-id")[: _counted(row).free]
    gone, _each = LicenceKey.objects.filter(id__in=[one.id for one in some]).delete()
    row.keyed = _recount(row) > 0
    row.save(update_fields=["keyed"])
    _note(row, "shop.keys_removed", now, keys=gone)
    return gone


def hand_out(
    *, line: UUID, listing: UUID, variant: UUID, seller: UUID, quantity: int, now: datetime
) -> bool:
    """Make `quantity` keys this order line's own, for good. False, and none is, without enough.

    Inside the transaction that takes the payment. Two lines never get the same key: each passes
    over what another has locked, and the database lets no sold key be given again.
    """
    unsold = LicenceKey.objects.filter(variant=variant, line=None).order_by("id")
    chosen = list(unsold.select_for_update(skip_locked=True)[:quantity])
    if len(chosen) < quantity:
        return False
    DigitalItem.objects.bulk_create(
        DigitalItem(listing_id=listing, seller_id=seller, line=line, text=one.text, added_at=now)
        for one in chosen
    )
    LicenceKey.objects.filter(id__in=[one.id for one in chosen]).update(
        line=line, text="", sold_at=now
    )
    return True


def are_left(listing: Listing) -> bool:
    """Whether a variant of it has keys that are not sold."""
    return LicenceKey.objects.filter(listing=listing, line=None).exists()


def _locked(seller: Member, variant: UUID, *, offered: bool = True) -> tuple[Variant, Listing]:
    """The listing first, as an edit does, then the variant, on which buyers queue."""
    rows = Variant.objects.filter(id=variant, seller=seller, buyer=None)
    found = rows.filter(retired_at=None).first() if offered else rows.first()
    if found is None:
        raise VariantMissing
    listing = Listing.objects.select_for_update(no_key=True).get(id=found.listing_id)
    return Variant.objects.select_for_update(no_key=True).get(id=variant), listing


def _unsold(row: Variant) -> QuerySet[LicenceKey]:
    return LicenceKey.objects.filter(variant=row, line=None)


@dataclass(frozen=True, slots=True)
class _Counted:
    unsold: int
    reserved: int  # of them, for buyers who are paying

    @property
    def free(self) -> int:
        return max(0, self.unsold - self.reserved)


def _counted(row: Variant) -> _Counted:
    """Of a locked variant, in one look: payments turn both down and do not wait for the lock."""
    held = Reservation.objects.filter(variant=OuterRef("id"), state=ReservationState.HELD)
    keys = LicenceKey.objects.filter(variant=OuterRef("id"), line=None)
    pieces = held.values("variant").annotate(pieces=Sum("quantity")).values("pieces")
    there = keys.values("variant").annotate(there=Count("id")).values("there")
    counts = Coalesce(Subquery(there), 0), Coalesce(Subquery(pieces), 0)
    return _Counted(*Variant.objects.filter(id=row.id).values_list(*counts).get())


def _recount(row: Variant) -> int:
    """What can be ordered of a locked variant; answers how many unsold keys it has."""
    counted = _counted(row)
    row.stock = counted.free
    row.save(update_fields=["stock", "keyed"])
    return counted.unsold


def _note(row: Variant, verb: str, now: datetime, **facts: object) -> None:
    journal.record(
        owner=row.seller_id, actor=row.seller_id, verb=verb, subject=row.listing_id, now=now,
        variant=str(row.id), **facts,
    )  # fmt: skip
