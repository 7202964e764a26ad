"""What a case may do to a line: stop its clocks, let them go on, decide about its money."""

from datetime import datetime, timedelta
from typing import Any

from goodword.kit.money import Money
from goodword.money import actions as money
from goodword.money import queries as ledger
from goodword.shop import actions as shop
from goodword.shop.sellers.limits import watch

from .. import rules
from ..models import OrderLine
from ..refusals import NotPossible
from ..states import LineState, Role, TimerKind, Verb
from .billing import invoice
from .common import Locked, note, shift, stop, wind, wind_to
from .settling import give, square_shipping


def stop_clocks(locked: Locked, line: OrderLine, *, until: datetime, now: datetime) -> None:
    """A case was opened: the line's own clocks stand still until it ends, and the case's own runs.

    Raises NotPossible.
    """
    check(Verb.STOP, line, locked, now)
    shift([line], Verb.STOP, now, paused_at=now)
    wind_case(locked, line, until, now)


def wind_case(locked: Locked, line: OrderLine, at: datetime, now: datetime) -> None:
    """Start the case's clock, in place of the one that it had."""
    wind_to(locked, [line], [(rules.Step(at, TimerKind.CARE), line)], now)


def resume_clocks(locked: Locked, line: OrderLine, now: datetime) -> None:
    """The case was closed: the line's clocks go on where they stood."""
    assert line.paused_at is not None, "a case is closed that was not open"
    stood = line.paused_for + (now - line.paused_at)
    check(Verb.RESUME, line, locked, now)
    shift([line], Verb.RESUME, now, paused_at=None, paused_for=stood)
    wind(locked, [line], now)


def resolve(
    locked: Locked, line: OrderLine, *, back: Money, before: Money | None = None, reason: str,
    key: str, advance: bool = False, now: datetime,
) -> None:  # fmt: skip
    """Decide about a line's money: `back` to the buyer, what is left to the seller.

    What was released already is taken back from her; `before` says how much of it went back by
    `give_part`. Raises NotEnough when she does not have it, unless the house pays it in `advance`.
    """
    released = line.state == LineState.RELEASED
    part = ledger.parts_of(locked.order.id)[line.id]
    whole = part.released if released else part.held
    asked: dict[str, Any] = {"order": locked.order.id, "key": key, "now": now}
    if back and released:
        money.take_back(parts={line.id: back}, reason=reason, below_zero=advance, **asked)
    elif back:
        money.refund(parts={line.id: back}, reason=reason, **asked)
    if not released and back < whole:
        give(locked, [line.id], f"{key}/rest", now)
    given = back + before if before else back
    close_line(locked, line, all_back=given >= line.goods, now=now)
    if back:
        tell_refunded(locked, line, back, reason, now)
    square_shipping(locked, now)
    watch(seller=locked.order.seller_id, now=now)


def give_part(
    locked: Locked, line: OrderLine, *, most: Money, reason: str, key: str, now: datetime
) -> Money:
    """Take back of a released line what its seller has, at most `most`; answers how much.

    The line stays as it is: what is missing follows.
    """
    part = money.within_reach(order=locked.order.id, line=line.id, amount=most)
    if part:
        money.take_back(
            order=locked.order.id, parts={line.id: part}, reason=reason, key=key, now=now
        )  # fmt: skip
        tell_refunded(locked, line, part, reason, now)
    return part


def tell_refunded(locked: Locked, line: OrderLine, back: Money, reason: str, now: datetime) -> None:
    both = [locked.order.buyer_id, locked.order.seller_id]
    note(
        locked, "refunded", now, lines=[line], tell=both, amount=rules.facts_of(back),
        reason=reason,
    )  # fmt: skip


def close_line(locked: Locked, line: OrderLine, *, all_back: bool, now: datetime) -> None:
    stop(locked.order.id, [line.id], now)
    if all_back:
        shift([line], Verb.GIVE_ALL, now, paused_at=None)
        shop.reverse_sales(lines=[line.id], now=now)
    elif line.state == LineState.RELEASED:
        resume_clocks(locked, line, now)
    else:
        received = line.received_at or now
        shift(
            [line], Verb.SHARE, now, paused_at=None, paused_for=timedelta(0),
            received_at=received, released_at=now,
        )  # fmt: skip
        wind(locked, [line], now)
        invoice(locked, [line], now)


def check(verb: Verb, line: OrderLine, locked: Locked, now: datetime) -> None:
    if why := rules.refusal(verb, Role.HOUSE, line, locked.terms, now):
        raise NotPossible(why)
