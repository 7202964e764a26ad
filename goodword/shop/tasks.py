from typing import Any
from uuid import UUID

from django.utils import translation

from goodword.kit import clock, jobs
from goodword.kit.errors import Refused
from goodword.people import queries as people

from . import actions, importing, queries
from .following import actions as following


@jobs.periodic(name="shop.sweep_reservations", cron="* * * * *")
def sweep_reservations() -> None:
    """Find orders whose pieces waited too long, and hand out one job each."""
    for order in queries.overdue_orders(clock.now()):
        jobs.defer("shop.expire_reservation", lock=f"reservation:{order}", order=str(order))


@jobs.task(name="shop.expire_reservation")
def expire_reservation(order: str) -> None:
    """Release one order's pieces if their time is really over."""
    actions.expire_reservation(order=UUID(order), now=clock.now())


@jobs.task(name="shop.expire_quote")
def expire_quote(quote: str) -> None:
    """End a quote if its time is really over."""
    actions.expire_quote(quote=UUID(quote), now=clock.now())


@jobs.task(name="shop.end_following")
def end_following(one: str, other: str) -> None:
    """One of two members has blocked the other."""
    following.end_between(one=UUID(one), other=UUID(other))


@jobs.task(name="shop.ring_plans")
def ring_plans(listing: str) -> None:
    """Put one listing on sale, or take it off, if its chosen time has really come."""
    actions.ring_plans(listing=UUID(listing), now=clock.now())


@jobs.periodic(name="shop.sweep_plans", cron="* * * * *")
def sweep_plans() -> None:
    """Find chosen times whose job was lost."""
    actions.sweep_plans(now=clock.now())


@jobs.task(name="shop.apply_import")
def apply_import(owner: str, run: str, defaults: dict[str, Any]) -> None:
    """Carry an import out. Should this process die, another begins from the start, at nothing."""
    member, id_ = people.members([UUID(owner)])[UUID(owner)], UUID(run)
    chosen = importing.Defaults(**{**defaults, "shipping_days": tuple(defaults["shipping_days"])})
    with translation.override(member.language or translation.get_language()):
        try:
            with importing.noted(id_) as note:
                importing.apply(
                    owner=member, run=id_, defaults=chosen, now=clock.now(), progress=note
                )
        except Refused as refusal:  # to try again would change nothing
            importing.put_back(owner=member, run=id_, sentence=str(refusal))


@jobs.task(name="shop.undo_import")
def undo_import(owner: str, run: str) -> None:
    """Take an import back. Should this process die, another begins from the start, at nothing."""
    member = people.members([UUID(owner)])[UUID(owner)]
    importing.undo(owner=member, run=UUID(run), now=clock.now())
