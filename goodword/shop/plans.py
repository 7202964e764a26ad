"""When a listing goes on sale and off it by itself; the seller's own reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .models import ListingTimer
from .states import PlanEnd, Planned


@dataclass(frozen=True, slots=True)
class PlanView:
    """What is planned (UTC); `missed_at` is when it last could not go on sale as planned."""

    offer_at: datetime | None = None
    withdraw_at: datetime | None = None
    missed_at: datetime | None = None

    @property
    def is_set(self) -> bool:
        return bool(self.offer_at or self.withdraw_at)


NOTHING = PlanView()


def plan_of(seller: UUID, listing: UUID) -> PlanView:
    """What the seller has planned for a listing of hers."""
    last = ListingTimer.objects.filter(seller=seller, listing=listing).exclude(ended_at=None)
    newest = last.exclude(end=PlanEnd.CHANGED).order_by("-ended_at").first()
    waiting = plans_of(seller, [listing]).get(listing, NOTHING)
    missed = newest.ended_at if newest and newest.end == PlanEnd.MISSED else None
    return PlanView(waiting.offer_at, waiting.withdraw_at, missed)


def plans_of(seller: UUID, listings: Sequence[UUID]) -> dict[UUID, PlanView]:
    """What waits for each of the seller's listings that has a plan; one statement."""
    found: dict[UUID, dict[str, datetime]] = {}
    rows = ListingTimer.objects.filter(seller=seller, listing__in=listings, ended_at=None)
    for listing, kind, at in rows.values_list("listing", "kind", "due_at"):
        found.setdefault(listing, {})[kind] = at
    return {
        listing: PlanView(times.get(Planned.OFFER), times.get(Planned.WITHDRAW))
        for listing, times in found.items()
    }
