"""How much may be sold without being registered: counted by the ledger over the calendar year."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from goodword.journal import actions as journal
from goodword.kit import house
from goodword.kit.money import Money
from goodword.kit.rows import find, first, joined
from goodword.money import queries as money
from goodword.notices import actions as notices

from ..models import Declaration, Overrun, Shop
from ..states import Level
from . import clocks, rules
from .states import ClockKind, DeclarationState


def most(seller: UUID, *, now: datetime) -> Money:
    """What she may sell in this year as a private person.

    Her year begins with her first sale in it, and keeps the rule of then; before it, that of now.
    """
    began, currency = now, settings.CONFIG.currency
    past = house.spans("exempt_sum", now=now)
    begins = year(now).begins
    if past[-1].begin > begins:
        began = money.first_release(seller, currency, begins) or now
    return rules.limit(house.then(past, began).held["exempt_sum"], currency)


def year(now: datetime) -> rules.Year:
    return rules.Year.of(now, timezone.get_default_timezone())


def sold(seller: UUID, when: rules.Year) -> Money:
    """What the ledger says of that year, in the house's currency."""
    currency = settings.CONFIG.currency
    found = money.released_in(seller, when.begins, when.ends)
    return found.get(currency, Money(0, currency))


def level_facts(seller: UUID) -> dict[str, Any]:
    """Her `level`, and `level_at`, when it was declared or checked."""
    found = first(Declaration, owner_id=seller, state=DeclarationState.IN_FORCE)
    if found is None:
        return {"level": Level.NONE, "level_at": None}
    return {"level": Level(found.kind), "level_at": found.decided_at or found.at}


def level_of(seller: UUID) -> Level:
    return level_facts(seller)["level"]


def exceeded(seller: UUID, *, now: datetime) -> bool:
    """Whether she has passed the sum of this year, whatever she is."""
    return sold(seller, year(now)) > most(seller, now=now)


def stopped(seller: UUID) -> bool:
    """Whether her shop takes no orders until she is registered; so a new shop does not either."""
    return Overrun.objects.filter(owner=seller, stopped_at__isnull=False, lifted_at=None).exists()


@joined
def watch(*, seller: UUID, now: datetime) -> None:
    """Money of a sale became the seller's: tell her once when the year's sum is passed.

    From then on she has the house rule's time to be registered.
    """
    level = level_of(seller)
    if level == Level.REGISTERED:
        return
    if any(row.lifted_at is None for row in find(Overrun, owner_id=seller)):
        return
    this = year(now)
    limit, sum_ = most(seller, now=now), sold(seller, this)
    if not rules.exceeds(level, sum_, limit):
        return
    stops_at = now + house.rules(now).register_within
    facts = {
        "currency": limit.currency, "limit_minor": limit.minor, "sum_minor": sum_.minor,
        "passed_at": now, "stops_at": stops_at, "stopped_at": None, "lifted_at": None,
    }  # fmt: skip
    # There is one already if she was registered meanwhile and no longer is.
    row, _new = Overrun.objects.update_or_create(owner_id=seller, year=this.number, defaults=facts)
    for kind, due_at in rules.clocks(stops_at, now):
        clocks.wind(owner=seller, kind=kind, due_at=due_at)
    note(row, "limit_passed", now)


def ring(kind: ClockKind, *, seller: UUID, now: datetime) -> None:
    """A clock of the sum rang: ask the rule again, then remind, stop, or let it be."""
    row = Overrun.objects.select_for_update(no_key=True).filter(owner=seller, lifted_at=None)
    found = row.order_by("-year").first()
    if found is None or found.stopped_at:
        return
    # The rule of the day on which she passed it; what was taken back since counts no more.
    begun = rules.Year.of(found.passed_at, timezone.get_default_timezone())
    sum_ = sold(seller, begun)
    if not rules.exceeds(level_of(seller), sum_, Money(found.limit_minor, found.currency)):
        lift(seller, now=now)
        return
    if kind == ClockKind.REMIND:
        note(found, "limit_reminder", now)
        return
    found.stopped_at = now
    found.save(update_fields=["stopped_at"])
    Shop.objects.filter(owner=seller, closed_at=None).update(stopped_at=now)
    note(found, "stopped", now)


def lift(seller: UUID, *, now: datetime) -> None:
    """She is registered, or has not sold too much after all: her shop takes orders."""
    Overrun.objects.filter(owner=seller, lifted_at=None).update(lifted_at=now)
    Shop.objects.filter(owner=seller, closed_at=None).update(stopped_at=None)
    for kind in (ClockKind.REMIND, ClockKind.STOP):
        clocks.stop(owner=seller, kind=kind, now=now)


def note(row: Overrun, verb: str, now: datetime) -> None:
    facts: dict[str, Any] = {
        "year": row.year,
        "limit": {"minor": row.limit_minor, "currency": row.currency},
        "sum": {"minor": row.sum_minor, "currency": row.currency},
        "until": row.stops_at.isoformat(),
    }
    journal.record(
        owner=row.owner_id, actor=None, verb=f"shop.{verb}", subject=row.id, now=now, **facts
    )
    notices.tell(member=row.owner_id, kind=f"shop.{verb}", subject=row.id, now=now, **facts)
