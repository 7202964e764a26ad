"""When what was received is decided for the whole order, its money goes to the seller."""

from collections.abc import Sequence
from datetime import datetime

from goodword.money import actions as money

from .. import rules
from ..models import Order, OrderLine
from ..states import LineState, Verb
from .common import Locked, note, shift, wind


def settle(locked: Locked, now: datetime) -> bool:
    """Release the held money if every line is decided; answers whether it was released now."""
    if not rules.money_is_due(locked.lines, locked.terms, now):
        return False
    order = locked.order
    lines = [line for line in locked.lines if line.state == LineState.RECEIVED]
    money.release(order=order.id, key=f"release/{order.id}", now=now)
    shift(lines, Verb.RELEASE, now, released_at=now)
    wind(locked, lines, now)
    amount = rules.total([line.total for line in lines])
    note(locked, "released", now, tell=[order.seller_id], amount=rules.facts_of(amount))
    return True


def complete(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> None:
    """The after-sale window of the lines is over."""
    shift(lines, Verb.COMPLETE, now)
    if locked.order.completed_at is None:
        Order.objects.filter(id=locked.order.id).update(completed_at=now)
    wind(locked, lines, now)
    note(locked, "completed", now, lines=lines)
