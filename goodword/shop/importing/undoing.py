"""An import is taken back: what it made goes, what it changed is as it was before.

Not what was ordered or changed here since: that stays, with a sentence. A draft that was never on
sale leaves nothing behind. What buyers have seen keeps its past prices; the price that comes back
is one more entry.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit import jobs
from goodword.kit.errors import Conflict
from goodword.kit.pictures import discard_pictures
from goodword.kit.pictures.shapes import FEED
from goodword.people.models import Member

from .. import queries
from ..actions import words
from ..actions.listings import note_prices
from ..models import (
    Evidence,
    ImportRow,
    ImportRun,
    Listing,
    ListingPicture,
    Reservation,
    Sale,
    Shop,
    Variant,
)
from ..states import ImportState, RowOutcome, TakenBack
from .comparing import KEPT, imprint
from .finding import offered
from .previewing import Preview, look


class NotDone(Conflict):
    """Only what was carried out can be taken back."""

    def __init__(self) -> None:
        super().__init__(_("This import was not carried out, so there is nothing to take back."))


@dataclass(frozen=True, slots=True)
class Undoing:
    """How many listings an undo takes back, and how many stay as they are."""

    takes_back: int
    stays: int


DONE = (ImportState.APPLIED, ImportState.UNDONE)


def look_back(run: ImportRun) -> Undoing:
    """What `undo` would do now."""
    if run.state not in DONE:
        return Undoing(0, 0)
    verdicts = [verdict for _row, verdict in _judged(run, _open(run))]
    free = verdicts.count(TakenBack.DONE)
    return Undoing(free, len(verdicts) - free)


@transaction.atomic
def start_undo(*, owner: Member, run: UUID) -> ImportState:
    """Ask for the import to be taken back, by a job of its own; returns its state now.

    While that goes on, a second time changes nothing. Raises ImportMissing, NotDone.
    """
    row = queries.import_run(owner.id, run)
    begun = ImportRun.objects.filter(id=run, state__in=DONE).update(state=ImportState.UNDOING)
    if begun:
        jobs.defer(
            "shop.undo_import", lock=f"import:{row.shop_id}", owner=str(owner.id), run=str(run)
        )
    row.refresh_from_db(fields=["state"])
    if row.state != ImportState.UNDOING:
        raise NotDone
    return ImportState(row.state)


@transaction.atomic
def undo(*, owner: Member, run: UUID, now: datetime) -> Preview:
    """Take the import back, item by item; a second time tries again what stayed.

    Raises ImportMissing, NotDone.
    """
    shop = queries.import_run(owner.id, run).shop_id
    Shop.objects.select_for_update(no_key=True).get(id=shop)
    row = queries.import_run(owner.id, run)
    if row.state not in (*DONE, ImportState.UNDOING):
        raise NotDone
    items = _open(row, lock=True)
    for item, verdict in _judged(row, items):
        item.taken_back = verdict
    free = [item for item in items if item.taken_back == TakenBack.DONE]
    _restore([item for item in free if item.outcome == RowOutcome.UPDATE], now)
    _remove([item for item in free if item.outcome == RowOutcome.CREATE])
    ImportRow.objects.bulk_update(items, ["taken_back", "listing"], batch_size=500)
    row.state = ImportState.UNDONE
    row.save(update_fields=["state"])
    result = look(row)
    journal.record(
        owner=owner.id, actor=owner.id, verb="shop.import_undone", subject=row.id, now=now,
        taken_back=result.taken_back, stays=result.stays,
    )  # fmt: skip
    return result


def _open(run: ImportRun, *, lock: bool = False) -> list[ImportRow]:
    """The items that changed something and were not taken back yet."""
    rows = (
        ImportRow.objects.filter(run=run, outcome__in=(RowOutcome.CREATE, RowOutcome.UPDATE))
        .exclude(taken_back=TakenBack.DONE)
        .exclude(listing=None)
        .order_by("position")
    )
    if lock:
        ids = [_listing(row).id for row in rows.select_related("listing")]
        # Who orders one of them asks for its key as she commits, and holds its variants already.
        locked = Listing.objects.select_for_update(no_key=True).filter(id__in=ids).order_by("id")
        list(locked.values_list("id"))
        list(
            Variant.objects.select_for_update().filter(listing__in=ids).order_by("id").values("id")
        )
    return list(rows.select_related("listing"))


def _listing(item: ImportRow) -> Listing:
    assert item.listing is not None  # as `_open` found them
    return item.listing


def _of(rows: QuerySet[Any]) -> set[UUID]:
    return set(rows.values_list("listing", flat=True))


def _judged(run: ImportRun, items: Sequence[ImportRow]) -> Iterable[tuple[ImportRow, TakenBack]]:
    """Each item with what can become of it: DONE when nothing stands in the way."""
    ids = [_listing(item).id for item in items]
    since = run.ended_at
    sold = _of(Sale.objects.filter(listing__in=ids, at__gte=since))
    sold |= _of(Reservation.objects.filter(listing__in=ids, at__gte=since))
    papers = _of(Evidence.objects.filter(listing__in=ids, added_at__gte=since))
    variants = offered(ids)
    for item in items:
        listing = _listing(item)
        if listing.id in sold:
            yield item, TakenBack.SOLD
        elif (
            listing.id in papers
            or imprint(listing, variants.get(listing.id, [])) != item.imprint
            or (item.outcome == RowOutcome.UPDATE and item.before is None)
        ):
            yield item, TakenBack.EDITED
        else:
            yield item, TakenBack.DONE


def _restore(items: Sequence[ImportRow], now: datetime) -> None:
    for item in items:
        listing, before = _listing(item), item.before
        assert before is not None  # asked by `_judged`
        for name in KEPT:
            setattr(listing, name, before.get(name, ""))
        listing.changed_at = datetime.fromisoformat(before["changed_at"])
        listing.save()
        _restore_variants(listing, before["variants"], now)
        words.keep([listing])


def _restore_variants(listing: Listing, before: dict[str, list[Any]], now: datetime) -> None:
    rows = list(Variant.objects.filter(listing=listing).order_by("id"))
    Variant.objects.filter(listing=listing, retired_at=None, buyer=None).exclude(
        id__in=before
    ).update(retired_at=now)
    back = [row for row in rows if str(row.id) in before]
    # Two variants may swap their options, and no two may have the same even for an instant.
    Variant.objects.filter(id__in=[row.id for row in back]).update(retired_at=now)
    dearer = []
    for row in back:
        options, code, price, stock, position = before[str(row.id)]
        if row.price_minor != price:
            dearer.append(row)
        row.options, row.seller_code, row.price_minor = options, code, price
        row.stock = row.stock if row.keyed else stock
        row.position, row.retired_at = position, None
    Variant.objects.bulk_update(
        back, ["options", "seller_code", "price_minor", "stock", "position", "retired_at"]
    )
    note_prices(listing, dearer, now=now)


def _remove(items: Sequence[ImportRow]) -> None:
    try:
        with transaction.atomic():
            _delete([_listing(item).id for item in items])
    except ProtectedError:
        for item in items:
            _remove_one(item)
        return
    for item in items:
        item.listing = None


def _remove_one(item: ImportRow) -> None:
    try:
        with transaction.atomic():
            _delete([_listing(item).id])
        item.listing = None
    except ProtectedError:
        item.taken_back = TakenBack.USED


def _delete(listings: Sequence[UUID]) -> None:
    pictures = ListingPicture.objects.filter(listing__in=listings)
    discard_pictures(list(pictures.values_list("key", flat=True)), variants=FEED)
    pictures.delete()
    Variant.objects.filter(listing__in=listings).delete()
    Listing.objects.filter(id__in=listings).delete()
