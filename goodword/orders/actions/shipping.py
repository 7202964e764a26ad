"""On its way, and there."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from goodword.kit import rows
from goodword.kit.ids import new_id
from goodword.kit.together import together
from goodword.people.models import Member

from .. import rules
from ..models import OrderLine, Shipment
from ..refusals import BadCarrier, BadNumber
from ..states import Carrier, Delivery, Role, TimerKind, Verb
from .common import Locked, lock, note, pick, shift, wind
from .settling import settle


@transaction.atomic
@together()
def ship(
    *,
    seller: Member,
    order: UUID,
    carrier: str,
    number: str,
    lines: Collection[UUID] | None = None,
    now: datetime,
) -> Shipment:
    """A parcel with what waits to be shipped (or just `lines`) is with the carrier.

    `carrier` is a code of `states.CARRIERS`. Raises OrderMissing, NotYours, NotPossible,
    BadCarrier, BadNumber.
    """
    locked = lock(order)
    chosen = pick(locked, Verb.SHIP, locked.role_of(seller.id), now, lines)
    by, number = checked(carrier, number)
    parcel = Shipment(
        id=new_id(), order=locked.order, buyer_id=locked.order.buyer_id, seller=seller,
        carrier=carrier, number=number, at=now,
    )  # fmt: skip
    rows.insert([parcel])
    shift(chosen, Verb.SHIP, now, shipped_at=now, delivery=by.delivery, shipment_id=parcel.id)
    wind(locked, chosen, now)
    note(
        locked, "shipped", now, actor=seller.id, lines=chosen, tell=[locked.order.buyer_id],
        carrier=carrier, number=number,
    )  # fmt: skip
    return parcel


@transaction.atomic
@together()
def correct(
    *, seller: Member, order: UUID, shipment: UUID, carrier: str, number: str, now: datetime
) -> None:
    """Mend a parcel's number while it is under way. It never makes the buyer's time shorter.

    Raises OrderMissing, NotYours, NotPossible, BadCarrier, BadNumber.
    """
    locked = lock(order)
    inside = [line for line in locked.lines if line.shipment_id == shipment]
    chosen = pick(
        locked, Verb.CORRECT, locked.role_of(seller.id), now, [line.id for line in inside]
    )
    by, number = checked(carrier, number)
    Shipment.objects.filter(id=shipment).update(carrier=carrier, number=number)
    if by.delivery == Delivery.POST:
        shift(chosen, Verb.CORRECT, now, delivery=by.delivery)
        wind(locked, chosen, now)
    note(
        locked, "corrected", now, actor=seller.id, lines=chosen, tell=[locked.order.buyer_id],
        carrier=carrier, number=number,
    )  # fmt: skip


def checked(carrier: str, number: str) -> tuple[Carrier, str]:
    """The carrier of that code and its number as it is kept. Raises BadCarrier, BadNumber."""
    by = rules.carrier(carrier)
    if by is None:
        raise BadCarrier
    number = rules.tracking_number(number)
    if not rules.plausible(by, number):
        raise BadNumber(by.example)
    return by, number


@transaction.atomic
@together()
def confirm(
    *, buyer: Member, order: UUID, lines: Collection[UUID] | None = None, now: datetime
) -> None:
    """The buyer has what was shipped; its money goes to the seller as soon as the terms allow.

    Raises OrderMissing, NotYours, NotPossible.
    """
    locked = lock(order)
    chosen = pick(locked, Verb.CONFIRM, locked.role_of(buyer.id), now, lines)
    receive(locked, chosen, Verb.CONFIRM, now, actor=buyer.id, tell=[locked.order.seller_id])


@transaction.atomic
@together()
def extend(*, buyer: Member, order: UUID, now: datetime) -> datetime:
    """Give the parcel more time before it counts as received, once; answers until when.

    Raises OrderMissing, NotYours, NotPossible.
    """
    locked = lock(order)
    chosen = pick(locked, Verb.EXTEND, locked.role_of(buyer.id), now)
    shift(chosen, Verb.EXTEND, now, extended=True)
    wind(locked, chosen, now)
    until = rules.due(chosen[0], TimerKind.RECEIVE, locked.terms)
    assert until is not None
    note(
        locked, "extended", now, actor=buyer.id, lines=chosen, tell=[locked.order.seller_id],
        until=until.isoformat(),
    )  # fmt: skip
    return until


def receive(
    locked: Locked,
    lines: Sequence[OrderLine],
    verb: Verb,
    now: datetime,
    *,
    actor: UUID | None = None,
    tell: Collection[UUID],
) -> None:
    """By the buyer's hand (CONFIRM) or because her time is over (COUNT_RECEIVED)."""
    facts: dict[str, Any] = {"by": Role.BUYER if actor else Role.HOUSE}
    shift(lines, verb, now, received_at=now, paused_for=timedelta(0))
    note(locked, "received", now, actor=actor, lines=lines, tell=tell, **facts)
    released = settle(locked, lines, now)
    wind(locked, [line for line in lines if line not in released], now)
