"""What carriers say of parcels: read as often as one likes, kept once, believed with care.

The carrier's “delivered” confirms nothing for the buyer. It tells her, and gives her time to look
where the parcel came late.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit.errors import NotFound
from goodword.kit.rows import insert_new
from goodword.people.models import Member

from .. import rules
from ..gateways import Batch, Said, Source, Tracking, Unread
from ..models import OrderLine, Scan, Shipment, StrayScan, TrackingSource
from ..states import Role, Scanned, Stray, Verb
from .common import Locked, lock, note, shift, wind

AHEAD = timedelta(minutes=10)  # a carrier's clock may be so much before ours
BEFORE = timedelta(days=3)  # earlier than this before it was shipped, the number was another's
AT_ONCE = 500  # rows


class StrayMissing(NotFound):
    """No such row on the desk."""

    def __init__(self) -> None:
        super().__init__(_("This row is not on the desk any more."))


def read_tracking(*, gateways: Sequence[Tracking], now: datetime) -> int:
    """Read what carriers have said since the last time; answers how much of it was new.

    Killed at any point it can begin again. Not inside a transaction.
    """
    new = match_strays(now=now)
    for gateway in gateways:
        known = {row.name: row for row in TrackingSource.objects.all()}
        for source in gateway.sources(now=now):
            before = known.get(source.name)
            if before and before.whole and before.mark == source.mark:
                continue
            try:
                batch = gateway.read(source, now=now)
            except FileNotFoundError:
                continue
            new += take_in(source, batch, now=now)
    return new


def take_in(source: Source, batch: Batch, *, now: datetime) -> int:
    """Keep what one source said; answers how many rows of it were new."""
    new = strays = 0
    for part in parts(batch.said):
        fits, left = matched(part)
        new += sum(keep(order, said, now) for order, said in fits)
        strays += sum(stray(source.name, one, why, now) for one, why in left)
    strays += sum(unread(source.name, one, now) for one in batch.unread)
    TrackingSource.objects.update_or_create(
        name=source.name,
        defaults={
            "mark": source.mark, "whole": batch.whole, "read_at": now, "said": len(batch.said),
            "strays": strays,
        },
    )  # fmt: skip
    return new + strays


def parts(said: Sequence[Said]) -> Iterable[Sequence[Said]]:
    return (said[start : start + AT_ONCE] for start in range(0, len(said), AT_ONCE))


Fitting = list[tuple[UUID, list[tuple[Shipment, Said]]]]


def matched(said: Sequence[Said]) -> tuple[Fitting, list[tuple[Said, Stray]]]:
    """What fits parcels, by their orders; and what fits none, with the reason."""
    parcels: dict[str, list[Shipment]] = {}
    for row in Shipment.objects.filter(number__in={one.number for one in said}):
        parcels.setdefault(row.number, []).append(row)
    fits: list[tuple[Shipment, Said]] = []
    left = []
    for one in said:
        found = [row for row in parcels.get(one.number, ()) if one.carrier in ("", row.carrier)]
        why = why_not(found, one)
        if why:
            left.append((one, why))
        else:
            fits += [(row, one) for row in found]
    fits.sort(key=lambda fit: fit[0].order_id)
    grouped = groupby(fits, key=lambda fit: fit[0].order_id)
    return [(order, list(group)) for order, group in grouped], left


def why_not(found: Sequence[Shipment], said: Said) -> Stray | None:
    """One parcel may hold several orders of a seller; of several sellers, one has mistyped it."""
    if not found:
        return Stray.UNKNOWN
    if len({row.seller_id for row in found}) > 1:
        return Stray.SEVERAL
    if said.at < min(row.at for row in found) - BEFORE:
        return Stray.BEFORE
    return None


@transaction.atomic
def keep(order: UUID, said: Sequence[tuple[Shipment, Said]], now: datetime) -> int:
    """Write down what was said of an order's parcels; the order follows what is new."""
    locked = lock(order)
    fresh = [(parcel, scan) for parcel, one in said if (scan := kept(locked, parcel, one, now))]
    for parcel, scan in sorted(fresh, key=lambda one: one[1].at):
        heard(locked, parcel, scan, now)
    return len(fresh)


def kept(locked: Locked, parcel: Shipment, said: Said, now: datetime) -> Scan | None:
    """None when it was known already."""
    scan = Scan(
        shipment=parcel, order=locked.order, buyer_id=locked.order.buyer_id, number=said.number,
        kind=said.kind, said_at=said.at, at=now if said.at > now + AHEAD else said.at,
        place=said.place, words=said.words, read_at=now,
    )  # fmt: skip
    return scan if insert_new(scan) else None


def heard(locked: Locked, parcel: Shipment, scan: Scan, now: datetime) -> None:
    lines = [line for line in locked.lines if line.shipment_id == parcel.id]
    said_before = Scan.objects.filter(shipment=parcel, number=scan.number, kind=scan.kind)
    if scan.kind not in TOLD or said_before.exclude(id=scan.id).exists():
        return
    if scan.kind == Scanned.DELIVERED:
        delivered(locked, lines, scan.at, now)
    still = [line for line in lines if may_follow(line)]
    if still:
        buyer, seller = locked.order.buyer_id, locked.order.seller_id
        tell = [buyer] if scan.kind != Scanned.RETURNING else [buyer, seller]
        note(locked, TOLD[Scanned(scan.kind)], now, lines=still, tell=tell)


TOLD: Mapping[Scanned, str] = {
    Scanned.DELIVERED: "delivered",
    Scanned.FAILED: "not_met",
    Scanned.RETURNING: "going_back",
}


def may_follow(line: OrderLine) -> bool:
    """What is received or over needs no news of its parcel any more."""
    return line.state in rules.MOVES[Verb.NOTE_DELIVERED].before


def delivered(locked: Locked, lines: Sequence[OrderLine], at: datetime, now: datetime) -> None:
    """Let the lines' clocks know. A line in a case notes it too: its clocks stand anyway."""
    coming = [line for line in lines if may_follow(line)]
    for line in coming:
        latest = max(filter(None, (line.delivered_at, at)))
        shift([line], Verb.NOTE_DELIVERED, now, delivered_at=latest)
    running = [
        line
        for line in coming
        if rules.refusal(Verb.NOTE_DELIVERED, Role.HOUSE, line, locked.terms, now) is None
    ]
    if running:
        wind(locked, running, now)


def stray(source: str, said: Said, why: Stray, now: datetime) -> bool:
    """Lay it on the desk, once; whether it was new."""
    return insert_new(
        StrayScan(
            why=why, source=source[:200], row=said.row, carrier=said.carrier, number=said.number,
            kind=said.kind, said_at=said.at, place=said.place, text=said.words, seen_at=now,
            digest=digest(*(str(one) for name, one in asdict(said).items() if name != "row")),
        )
    )  # fmt: skip


def unread(source: str, row: Unread, now: datetime) -> bool:
    return insert_new(
        StrayScan(
            why=Stray.UNREAD, unread=row.why, source=source[:200], row=row.row,
            text=row.text.replace("\x00", "")[:200], seen_at=now,
            digest=digest(source, row.why, row.text),
        )
    )  # fmt: skip


def digest(*texts: str) -> bytes:
    return sha256("\x1f".join(texts).encode()).digest()


def match_strays(*, now: datetime) -> int:
    """A parcel's number is often typed after the carrier has seen it, or mended later."""
    known = Shipment.objects.filter(number=OuterRef("number"))
    waiting = StrayScan.objects.filter(
        Q(Exists(known.filter(carrier=OuterRef("carrier")))) | Q(Exists(known), carrier=""),
        ended_at=None, why__in=[Stray.UNKNOWN, Stray.SEVERAL],
    )  # fmt: skip
    rows = list(waiting.order_by("id")[:AT_ONCE])
    again = {
        Said(n, row.carrier, row.number, Scanned(row.kind), row.said_at, row.place, row.text): row
        for n, row in enumerate(rows)
        if row.said_at
    }
    fits, left = matched(list(again))
    new = sum(keep(order, said, now) for order, said in fits)
    unfit = dict(left)
    StrayScan.objects.filter(
        id__in=[row.id for said, row in again.items() if said not in unfit]
    ).update(ended_at=now)
    for said, why in unfit.items():
        StrayScan.objects.filter(id=again[said].id).update(why=why)
    return new


@transaction.atomic
def put_away(*, operator: Member, stray: UUID, now: datetime) -> None:
    """Take a row off the desk; the same row does not come back. Raises StrayMissing.

    Whether `operator` is one is the door's to ask.
    """
    if not StrayScan.objects.filter(id=stray, ended_at=None).update(ended_at=now):
        raise StrayMissing
    journal.record(
        owner=operator.id, actor=operator.id, verb="orders.stray_put_away", subject=stray, now=now
    )
