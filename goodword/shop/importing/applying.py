"""A preview is carried out: one transaction for the whole file, so nothing is half-imported."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit import house, jobs
from goodword.kit.errors import Gone
from goodword.people.models import Member

from .. import queries
from ..actions import words
from ..actions.listings import describe, set_variants
from ..drafts import ListingDraft, cleaned
from ..models import ImportRow, ImportRun, ImportSource, Listing, Shop, Variant
from ..queries import ImportMissing
from ..states import ImportState, ListingState, RowOutcome
from .comparing import becomes, imprint, snapshot
from .finding import There, judge, offered, there
from .plan import Defaults, listing_draft
from .previewing import Preview, Progress, look

CHUNK = 50  # items written together
KEPT = timedelta(days=30)  # how long a preview waits for its seller


class ImportDropped(Gone):
    """The seller gave this preview up."""

    def __init__(self) -> None:
        super().__init__(_("This import was given up. Start again with your file."))


@transaction.atomic
def start(*, owner: Member, run: UUID, defaults: Defaults, now: datetime) -> ImportState:
    """Ask for the preview to be carried out, by a job of its own; returns its state now.

    A second time changes nothing. Raises ImportMissing, ImportDropped.
    """
    row = _locked(owner, run)
    if row.state == ImportState.DROPPED:
        raise ImportDropped
    if row.state == ImportState.PREVIEW:
        row.state, row.written, row.trouble = ImportState.RUNNING, 0, ""
        row.save(update_fields=["state", "written", "trouble"])
        jobs.defer(
            "shop.apply_import", lock=f"import:{row.shop_id}", owner=str(owner.id), run=str(run),
            defaults=asdict(_complete(defaults, now)),
        )  # fmt: skip
    return ImportState(row.state)


@transaction.atomic
def apply(
    *,
    owner: Member,
    run: UUID,
    defaults: Defaults | None = None,
    now: datetime,
    progress: Progress | None = None,
) -> Preview:
    """Carry the preview out: new items become drafts, changed ones are brought up to date.

    Whether an item is new is asked again here, so the shop may have changed since the preview.
    A second time changes nothing. Raises ImportMissing, ImportDropped.
    """
    shop = queries.import_run(owner.id, run).shop_id
    # One import of a shop at a time: two of the same file would both find nothing there yet. The
    # run's own row stays free, so that its progress can be noted and its owner can give it up.
    Shop.objects.select_for_update(no_key=True).get(id=shop)
    row = queries.import_run(owner.id, run)
    if row.state == ImportState.DROPPED:
        raise ImportDropped
    if row.state == ImportState.APPLIED:
        return look(row)
    readable = ImportRow.objects.filter(run=row).exclude(outcome=RowOutcome.REFUSED)
    items = list(readable.order_by("position"))
    _carry_out(row, items, _complete(defaults or Defaults(), now), now, progress)
    _end(row, now)
    result = look(row)
    journal.record(
        owner=owner.id, actor=owner.id, verb="shop.imported", subject=row.id, now=now,
        created=result.create, updated=result.update, unchanged=result.unchanged,
    )  # fmt: skip
    return result


def _end(run: ImportRun, now: datetime) -> None:
    """The last step, since the run's row is locked from here on. Raises ImportDropped."""
    begun = ImportRun.objects.filter(id=run.id).exclude(state=ImportState.DROPPED)
    if not begun.update(state=ImportState.APPLIED, ended_at=now, trouble=""):
        raise ImportDropped
    ImportSource.objects.filter(run=run).delete()
    run.state, run.ended_at = ImportState.APPLIED, now


def put_back(*, owner: Member, run: UUID, sentence: str) -> None:
    """The job could not carry it out: a preview again, which says why, unless it was given up."""
    running = ImportRun.objects.filter(id=run, owner=owner, state=ImportState.RUNNING)
    running.update(state=ImportState.PREVIEW, trouble=sentence[:500])  # its file is still kept


def _complete(defaults: Defaults, now: datetime) -> Defaults:
    """With the house rule filled in once, not asked for each item again."""
    hours = defaults.ship_within_hours or house.rules(now).ship_within // timedelta(hours=1)
    return replace(defaults, ship_within_hours=hours)


def _carry_out(
    run: ImportRun,
    items: Sequence[ImportRow],
    defaults: Defaults,
    now: datetime,
    progress: Progress | None,
) -> None:
    shop = there(run.owner_id, [item.key for item in items], lock=True)
    for begin in range(0, len(items), CHUNK):
        chunk = items[begin : begin + CHUNK]
        _write(run, chunk, shop, defaults, now)
        if progress:
            progress("writing", begin + len(chunk), len(items))


def _write(
    run: ImportRun,
    items: Sequence[ImportRow],
    shop: There,
    defaults: Defaults,
    now: datetime,
) -> None:
    fresh: list[tuple[Listing, ListingDraft]] = []
    for item in items:
        listing = shop.listings.get(item.key)
        judge(item, shop)
        if listing is None:
            listing, draft = _new(run, item, defaults, now)
            fresh.append((listing, draft))
            item.listing = listing
        elif item.outcome == RowOutcome.UPDATE:
            item.before = snapshot(listing, shop.of(listing))
            _update(listing, item, now)
        elif item.outcome == RowOutcome.UNCHANGED and listing.source_key == item.key:
            _note_digest(listing, item)
    _create(fresh)
    _imprint(items)
    ImportRow.objects.bulk_update(
        items, ["outcome", "listing", "messages", "changes", "before", "imprint"]
    )


def _note_digest(listing: Listing, item: ImportRow) -> None:
    """The file says in other words what stands here already."""
    if listing.source_digest != item.digest:
        listing.source_digest = item.digest
        listing.save(update_fields=["source_digest"])


def _imprint(items: Sequence[ImportRow]) -> None:
    """Remember how each listing looks right after, so that an undo sees what was done since."""
    done = [one for one in items if one.outcome in (RowOutcome.CREATE, RowOutcome.UPDATE)]
    variants = offered([item.listing_id for item in done if item.listing_id])
    for item in done:
        assert item.listing is not None
        item.imprint = imprint(item.listing, variants.get(item.listing.id, []))


def _new(
    run: ImportRun, item: ImportRow, defaults: Defaults, now: datetime
) -> tuple[Listing, ListingDraft]:
    draft = cleaned(listing_draft(item.payload, defaults=defaults))
    listing = Listing(
        shop_id=run.shop_id, seller_id=run.owner_id, currency=draft.currency, created_at=now,
        source_key=item.key, source_digest=item.digest, state=ListingState.DRAFT,
    )  # fmt: skip
    describe(listing, draft, now=now)
    listing.contacts_flagged = item.flagged
    return listing, draft


def _create(fresh: Sequence[tuple[Listing, ListingDraft]]) -> None:
    Listing.objects.bulk_create([listing for listing, _draft in fresh])
    variants = [
        Variant(
            listing=listing, seller_id=listing.seller_id, position=position,
            options=[list(pair) for pair in one.options], seller_code=one.seller_code,
            price_minor=one.price.minor, stock=one.stock,
        )
        for listing, draft in fresh
        for position, one in enumerate(draft.variants)
    ]  # fmt: skip
    Variant.objects.bulk_create(variants, batch_size=1000)
    words.keep([listing for listing, _draft in fresh])


def _update(listing: Listing, item: ImportRow, now: datetime) -> None:
    draft = becomes(listing, item.payload)
    describe(listing, draft, now=now)
    listing.contacts_flagged = item.flagged
    if listing.source_key == item.key:
        listing.source_digest = item.digest
    listing.save()
    set_variants(listing, draft.variants, now=now)


@transaction.atomic
def drop(*, owner: Member, run: UUID, now: datetime) -> None:
    """Give an import up, also one that is just carried out; a done one stays. ImportMissing."""
    row = _locked(owner, run)
    if row.state in (ImportState.PREVIEW, ImportState.RUNNING):
        row.state, row.ended_at = ImportState.DROPPED, now
        row.save(update_fields=["state", "ended_at"])
        ImportSource.objects.filter(run=row).delete()


def sweep(now: datetime) -> int:
    """Forget previews that were never carried out; returns how many."""
    over = (ImportState.APPLIED, ImportState.UNDOING, ImportState.UNDONE)
    old = ImportRun.objects.exclude(state__in=over).filter(created_at__lt=now - KEPT)
    count = old.count()
    old.delete()
    return count


def _locked(owner: Member, run: UUID) -> ImportRun:
    found = (
        ImportRun.objects.select_for_update(no_key=True, of=("self",))
        .select_related("shop")
        .filter(id=run, owner=owner)
        .first()
    )
    if found is None:
        raise ImportMissing
    return found
