"""Chosen times at which a listing goes on sale and off it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from goodword.kit import jobs
from goodword.kit.errors import Invalid
from goodword.notices import actions as notices
from goodword.people.models import Member

from .. import rules
from ..models import Listing, ListingTimer
from ..queries import ListingMissing
from ..states import ListingState, PlanEnd, Planned
from .listings import NotReady, check_ready, locked, move, note

LATE = timedelta(minutes=2)  # a job this late is lost, or its worker is
SENTENCES = {
    "past": gettext_lazy("Choose a time that is still to come."),
    "far": gettext_lazy("Choose a time within a year."),
    "order_on": gettext_lazy("It can go off sale only after it has gone on sale."),
    "order_off": gettext_lazy("It is on sale: it can go on sale again only after it went off."),
    "not_on": gettext_lazy("It is not on sale: choose when it goes on sale, too."),
}


class BadPlan(Invalid):
    """These times cannot be; `fields` names the one."""

    def __init__(self, field: str, why: str) -> None:
        sentence = str(SENTENCES[why])
        super().__init__(sentence, fields={field: sentence})


@transaction.atomic
def plan(
    *,
    seller: Member,
    listing: UUID,
    offer_at: datetime | None,
    withdraw_at: datetime | None,
    now: datetime,
) -> None:
    """Plan when the listing goes on sale and off it (UTC), in place of what was planned before.

    None plans nothing. What is missing for a sale is asked when the time comes, so that a draft
    can be planned first and finished later. Raises ListingMissing, BadPlan.
    """
    row = locked(seller, listing)
    wrong = rules.wrong_plan(
        offer_at, withdraw_at, on_sale=row.state == ListingState.ACTIVE, now=now
    )
    if wrong:
        raise BadPlan(*wrong)
    wanted = {Planned.OFFER: offer_at, Planned.WITHDRAW: withdraw_at}
    waiting = {one.kind: one for one in _waiting(row)}
    changed = {
        kind: at
        for kind, at in wanted.items()
        if at != (waiting[kind].due_at if kind in waiting else None)
    }
    for kind, at in changed.items():
        if kind in waiting:
            _end(waiting[kind], PlanEnd.CHANGED, now)
        if at:
            ListingTimer.objects.create(
                listing=row, seller=seller, kind=kind, due_at=at, set_at=now
            )
            _queue(row.id, at)
    if changed:
        said = {f"{kind}_at": at.isoformat() for kind, at in wanted.items() if at}
        note(row, "shop.planned", now, **said)


def ring_plans(*, listing: UUID, now: datetime) -> int:
    """Do what was planned for the listing until now, in its order; answers how many rang.

    Early or doubled calls change nothing.
    """
    with transaction.atomic():
        row = (
            Listing.objects.select_for_update(no_key=True, of=("self",))
            .select_related("shop")
            .filter(id=listing)
            .first()
        )
        if row is None:
            raise ListingMissing
        due = [one for one in _waiting(row) if one.due_at <= now]
        for one in due:
            _ring(row, one, now)
        return len(due)


def _waiting(row: Listing) -> list[ListingTimer]:
    return list(ListingTimer.objects.filter(listing=row, ended_at=None).order_by("due_at", "id"))


def _ring(row: Listing, timer: ListingTimer, now: datetime) -> None:
    to = ListingState.ACTIVE if timer.kind == Planned.OFFER else ListingState.WITHDRAWN
    if row.state == to or (to == ListingState.WITHDRAWN and row.state == ListingState.DRAFT):
        _end(timer, PlanEnd.NEEDLESS, now)
        return
    try:
        if to == ListingState.ACTIVE:
            check_ready(row)
    except NotReady:
        _end(timer, PlanEnd.MISSED, now)
        _tell(row, "shop.plan_missed", now)
        return
    move(row, to, now=now)
    _end(timer, PlanEnd.DONE, now)
    _tell(row, "shop.plan_offered" if to == ListingState.ACTIVE else "shop.plan_withdrawn", now)


def _end(timer: ListingTimer, end: PlanEnd, now: datetime) -> None:
    timer.ended_at, timer.end = now, end
    timer.save(update_fields=["ended_at", "end"])


def _tell(row: Listing, kind: str, now: datetime) -> None:
    notices.tell(member=row.seller_id, kind=kind, subject=row.id, now=now, title=row.title)


def _queue(listing: UUID, at: datetime | None = None) -> None:
    jobs.defer("shop.ring_plans", at=at, lock=f"plans:{listing}", listing=str(listing))


def sweep_plans(*, now: datetime) -> int:
    """Hand out a job for each listing whose time has passed and whose job did not come."""
    late = ListingTimer.objects.filter(ended_at=None, due_at__lt=now - LATE)
    found = list(dict.fromkeys(late.order_by("due_at").values_list("listing", flat=True)[:500]))
    for listing in found:
        _queue(listing)
    return len(found)
