"""A seller's order of her own things, and the forecasts: made once, settled by what came."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.circle import queries as circle
from goodword.circle.models import Moment
from goodword.circle.queries import MomentMissing
from goodword.circle.states import Face, MomentState
from goodword.kit import house, jobs
from goodword.kit.errors import Invalid

from ..models import Forecast, Reading, Rhythm, Slot
from ..pacing.actions import LOCK
from . import counting, queries, rules
from .rhythm import CIRCLE, DAY, DAYS, SPAN, WEEK, Expected, hour, reached
from .rules import Line

HOLDS = timedelta(days=7)  # a rhythm; nothing about one person can be read from its change
SMALL_HOLDS = timedelta(days=1)  # one that says nothing, since the circle is small
KEPT = SPAN + WEEK  # hours of reading that are kept

Change = Callable[[list[Line]], list[Line]]


@transaction.atomic
def rearrange(*, seller: UUID, change: Change, now: datetime) -> None:
    """Put what waits of the seller's as `change` says, and foresee anew what comes up otherwise."""
    with connection.cursor() as db:
        db.execute(LOCK, {"reader": seller})
    before = {line.moment: line for line, *_more in queries.waiting(seller, now=now)}
    after = change(rules.in_order(list(before.values())))
    Slot.objects.bulk_create(
        [
            Slot(moment=one.moment, seller_id=seller, position=one.position or 0,
                 since=one.since, out=one.out)
            for one in after
        ],
        update_conflicts=True, unique_fields=["moment"],
        update_fields=["position", "since", "out"],
    )  # fmt: skip
    late = {one.moment: one for one in after if one.since != before[one.moment].since}
    foresee_again(seller=seller, lines=late, now=now)


def foresee_again(*, seller: UUID, lines: Mapping[UUID, Line], now: datetime) -> None:
    """Make the forecasts of what comes up at another time now, unless something of it has come."""
    told = [
        row
        for row in Forecast.objects.filter(seller=seller, moment__in=list(lines))
        if not row.seen
    ]
    if not told:
        return
    made = rhythm(seller=seller, now=now)
    for row in told:
        line = lines[row.moment]
        row.start = hour(line.since or line.published_at)
        said = queries.outlook(made, audience=row.audience, start=row.start, shown=0)
        row.expected = kept(said.people)
    Forecast.objects.bulk_update(told, ["start", "expected"])


def kept(people: Sequence[Expected]) -> dict[str, list[float | None]]:
    return {str(one.days): [one.number, one.width] for one in people}


def order(*, seller: UUID, moments: Sequence[UUID], now: datetime) -> None:
    """Put these first, in this order; the others keep theirs behind. Raises MomentMissing for what
    does not wait, Invalid for one that is named twice."""
    if len(set(moments)) != len(moments):
        raise Invalid(_("Name each of them once."))

    def change(lines: list[Line]) -> list[Line]:
        by_id = {one.moment: one for one in lines}
        if not by_id.keys() >= set(moments):
            raise MomentMissing
        return rules.placed([by_id.pop(one) for one in moments] + list(by_id.values()))

    rearrange(seller=seller, change=change, now=now)


def move(*, seller: UUID, moment: UUID, by: int, now: datetime) -> None:
    """Move one `by` places down, up where negative. Raises MomentMissing."""

    def change(lines: list[Line]) -> list[Line]:
        return rules.moved(own(lines, moment), moment, by=by)

    rearrange(seller=seller, change=change, now=now)


def rest(*, seller: UUID, moment: UUID, on: bool, now: datetime) -> None:
    """Keep one out of circles, or let it come up again; where it was shown it stays, and it is
    on her page and in the market as before. Raises MomentMissing."""

    def change(lines: list[Line]) -> list[Line]:
        return rules.rested(own(lines, moment), moment, out=on)

    rearrange(seller=seller, change=change, now=now)


def spread(*, seller: UUID, apart: bool, now: datetime) -> None:
    """Let them come up one after another as the pace allows, or all at once."""
    pace = house.rules(now)

    def change(lines: list[Line]) -> list[Line]:
        if not apart:
            return rules.together(lines)
        return rules.spread(
            lines, now=now, gap=pace.seller_gap, per_day=pace.seller_cards_a_day,
            zone=timezone.get_current_timezone(),
        )  # fmt: skip

    rearrange(seller=seller, change=change, now=now)


def own(lines: list[Line], moment: UUID) -> list[Line]:
    if moment not in {one.moment for one in lines}:
        raise MomentMissing
    return lines


@transaction.atomic
def rhythm(*, seller: UUID, now: datetime) -> Rhythm:
    """What the seller's forecasts are made of, made anew where the last is a week old."""
    found = Rhythm.objects.filter(seller=seller).first()
    if found and now - found.made_at < (SMALL_HOLDS if found.friends < CIRCLE else HOLDS):
        return found
    begin, end = counting.spans(now)
    there, bits = counting.presence(seller, begin=begin, end=end)
    first = counting.first_hour()
    values = {
        "made_at": now,
        "friends": len(bits),
        "means": reached(there, since=end if first is None else first),
        "widths": counting.widths(),
        "slots": counting.slots(seller, there, bits, now=now),
        "tallies": counting.tallies(seller, now=now),
    }
    Rhythm.objects.update_or_create(seller_id=seller, defaults=values)
    return Rhythm.objects.get(seller=seller)


def foresee(*, moment: UUID, now: datetime) -> Forecast | None:
    """Keep what is to be expected of a market moment; None for what is none. Twice is fine until
    something of it has come."""
    row = Moment.objects.filter(id=moment, face=Face.MARKET, state=MomentState.PUBLISHED).first()
    if row is None or Forecast.objects.filter(moment=moment).exclude(seen={}).exists():
        return None
    seller = row.author_id
    slot = Slot.objects.filter(moment=moment).first()
    start = hour(max(row.published_at, slot.since) if slot and slot.since else row.published_at)
    said = queries.outlook(
        rhythm(seller=seller, now=now),
        # A clock that is behind the one it was published by would find nobody.
        audience=circle.viewer_count(seller, moment, now=max(now, row.published_at)),
        start=start,
        shown=queries.shown(seller, now=now),
    )
    values = {
        "seller_id": seller, "made_at": row.published_at, "start": start,
        "audience": said.audience, "looks": said.looks, "turns": said.turns,
        "expected": kept(said.people),
    }  # fmt: skip
    return Forecast.objects.update_or_create(moment=moment, defaults=values)[0]


def start_settling(*, now: datetime) -> int:
    """Let go of old readings, and have each seller's open forecasts settled; for how many."""
    Reading.objects.filter(hour__lt=hour(now) - KEPT).delete()
    open_ = Forecast.objects.filter(settled_at=None).order_by("seller")
    sellers = open_.values_list("seller", flat=True).distinct()
    for seller in sellers:
        jobs.defer("reach.settle", lock=f"forecast:{seller}", seller=str(seller))
    return len(sellers)


@transaction.atomic
def settle(*, seller: UUID, now: datetime) -> None:
    """Note what came of the seller's moments up to the last midnight. Again changes nothing."""
    open_ = list(Forecast.objects.filter(seller=seller, settled_at=None).select_for_update())
    if not open_:
        return
    until = counting.midnight(now)
    end = hour(until)
    there, bits = counting.presence(seller, begin=min(row.start for row in open_), end=end)
    looked = counting.opened(seller, [row.moment for row in open_], until=until)
    for row in open_:
        row.opened = looked.get(row.moment, 0)
        for days in DAYS:
            if row.start + days * DAY <= end and len(bits) >= CIRCLE:
                came = there.within(row.start, days * DAY).bit_count()
                row.seen.setdefault(str(days), round(row.audience * came / len(bits), 2))
        row.settled_at = now if row.start + WEEK <= end else None
    Forecast.objects.bulk_update(open_, ["opened", "seen", "settled_at"])
