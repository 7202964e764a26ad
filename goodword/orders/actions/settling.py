"""When what was received is decided, its money goes to the seller: each line by itself."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from goodword.kit import rows
from goodword.kit.money import total
from goodword.money import actions as money
from goodword.money import queries as ledger
from goodword.money.sharing import actions as sharing
from goodword.shop.sellers.limits import watch

from .. import rules
from ..models import OrderLine
from ..rules import Shipping
from ..states import CALLED_OFF, Verb
from .billing import invoice
from .common import Locked, note, shift, wind


def settle(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> list[OrderLine]:
    """Release what is held for those of `lines` whose time has come; answers which."""
    due = [line for line in lines if rules.money_is_due(line, locked.terms, now)]
    if not due:
        return []
    order = locked.order
    ids = [line.id for line in due]
    held = ledger.parts_of(order.id)
    amount = total([held[id_].held for id_ in ids])
    give(locked, ids, f"release/{ids[0]}", now)
    shift(due, Verb.RELEASE, now, released_at=now)
    wind(locked, due, now)
    note(
        locked, "released", now, lines=due, tell=[order.seller_id], amount=rules.facts_of(amount)
    )  # fmt: skip
    square_shipping(locked, now)
    invoice(locked, due, now)
    watch(seller=order.seller_id, now=now)
    return due


def give(locked: Locked, lines: Sequence[UUID], key: str, now: datetime) -> None:
    """Release the lines' money; where the seller has an account for it, her part goes on there."""
    order = locked.order
    transfer = money.release(order=order.id, lines=lines, key=key, now=now)
    sharing.follow_release(seller=order.seller_id, transfer=transfer)


def square_shipping(locked: Locked, now: datetime) -> None:
    """Give the shipping that called-off lines have left in escrow to whom it is due by now."""
    left = [
        line
        for line in locked.lines
        if line.shipping_minor and line.paid_at and line.state in CALLED_OFF
    ]
    if not left:
        return
    held = ledger.parts_of(locked.order.id)
    for line in left:
        if not held[line.id].held:
            continue
        siblings = [one.state for one in locked.lines if one.parcel == line.parcel]
        key = f"shipping/{line.id}"
        match rules.shipping_goes(siblings):
            case Shipping.SELLER:
                give(locked, [line.id], key, now)
            case Shipping.BUYER:
                parts = {line.id: held[line.id].held}
                money.refund(
                    order=locked.order.id, parts=parts, reason="shipping", key=key, now=now
                )


def complete(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> None:
    """The after-sale window of the lines is over."""
    shift(lines, Verb.COMPLETE, now)
    if locked.order.completed_at is None:
        rows.change(locked.order, completed_at=now)
    wind(locked, lines, now)
    note(locked, "completed", now, lines=lines)
