"""Every way in which an order line ends without a sale: called off, expired, never shipped."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from goodword.kit.money import total
from goodword.kit.together import together
from goodword.money import actions as money
from goodword.people.models import Member
from goodword.shop import actions as shop

from .. import rules
from ..models import OrderLine
from ..refusals import PaidMeanwhile
from ..states import LineState, Role, Verb
from .common import Locked, lock, note, pick, shift, wind
from .settling import square_shipping


@transaction.atomic
@together()
def cancel(
    *, member: Member, order: UUID, lines: Collection[UUID] | None = None, now: datetime
) -> None:
    """Call off what is not shipped; what was paid for it goes back whole.

    The seller at any time; the buyer before paying, and alone once the promised time is over.
    Raises OrderMissing, NotPossible, PaidMeanwhile.
    """
    locked = lock(order)
    role = locked.role_of(member.id)
    chosen = pick(locked, Verb.CANCEL, role, now, lines)
    other = locked.order.seller_id if role == Role.BUYER else locked.order.buyer_id
    if chosen[0].state == LineState.AWAITING_PAYMENT:
        call_off_unpaid(locked, Verb.CANCEL, now)
        note(locked, "called_off", now, actor=member.id, tell=[other] * (role == Role.SELLER))
    else:
        refund(locked, chosen, Verb.CANCEL, now, reason="cancelled", actor=member.id, tell=[other])


@transaction.atomic
@together()
def ask_to_cancel(*, buyer: Member, order: UUID, now: datetime) -> None:
    """Ask the seller to call the order off while her promised time runs; she decides.

    Raises OrderMissing, NotYours, NotPossible.
    """
    locked = lock(order)
    chosen = pick(locked, Verb.ASK_CANCEL, locked.role_of(buyer.id), now)
    shift(chosen, Verb.ASK_CANCEL, now, cancel_asked_at=now)
    wind(locked, chosen, now)
    note(locked, "cancel_asked", now, actor=buyer.id, lines=chosen, tell=[locked.order.seller_id])


@transaction.atomic
@together()
def keep(*, seller: Member, order: UUID, now: datetime) -> None:
    """Say no to calling it off: the seller ships it as she promised.

    Raises OrderMissing, NotYours, NotPossible.
    """
    locked = lock(order)
    chosen = pick(locked, Verb.KEEP, locked.role_of(seller.id), now)
    shift(chosen, Verb.KEEP, now, kept_at=now)
    wind(locked, chosen, now)
    note(locked, "kept", now, actor=seller.id, lines=chosen, tell=[locked.order.buyer_id])


def expire(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> bool:
    """The time to pay is over. False, and nothing changes, when the money is there after all."""
    if not money.expire_payment(order=locked.order.id, now=now):
        return False
    give_up(locked, Verb.EXPIRE, lines, now)
    note(locked, "expired", now, tell=[locked.order.buyer_id])
    return True


def call_off_unpaid(locked: Locked, verb: Verb, now: datetime) -> None:
    """An unpaid order ends as a whole: its one payment is for all of it."""
    if not money.expire_payment(order=locked.order.id, now=now):
        raise PaidMeanwhile
    give_up(locked, verb, locked.lines, now)


def give_up(locked: Locked, verb: Verb, lines: Sequence[OrderLine], now: datetime) -> None:
    shift(lines, verb, now)
    shop.release_reservation(order=locked.order.id, now=now)
    wind(locked, lines, now)


def refund(
    locked: Locked,
    lines: Sequence[OrderLine],
    verb: Verb,
    now: datetime,
    *,
    reason: str,
    actor: UUID | None = None,
    tell: Collection[UUID],
) -> None:
    """Money and pieces of the lines go back; the order's other lines go on."""
    order = locked.order
    ids = [line.id for line in lines]
    parts = rules.first_shares(locked.lines, ids)
    amount = total(list(parts.values()))
    money.refund(order=order.id, parts=parts, reason=reason, key=f"refund/{ids[0]}", now=now)
    was_sold = lines[0].state == LineState.HELD
    shift(lines, verb, now)
    if was_sold:
        shop.restock(order=order.id, variants=[line.variant_id for line in lines], now=now)
        shop.reverse_sales(lines=ids, now=now)
    wind(locked, lines, now)
    facts: dict[str, Any] = {"amount": rules.facts_of(amount), "reason": reason}
    note(locked, "refunded", now, actor=actor, lines=lines, tell=tell, **facts)
    square_shipping(locked, now)
