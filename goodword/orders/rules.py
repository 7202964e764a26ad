"""What an order may do and when: no database, no clock. Amounts are minor units, times UTC."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from goodword.kit.house import HouseRules
from goodword.kit.money import Money

from .states import (
    CALLED_OFF,
    CARRIERS,
    EVEN_IN_A_CASE,
    FINAL,
    MOVES,
    OF_A_THING,
    OF_THE_DIGITAL,
    REMIND_BEFORE,
    SOLD,
    TIMERS,
    Carrier,
    Delivery,
    LineState,
    Role,
    TimerKind,
    Verb,
)

S = LineState
NUMBER = re.compile(r"[A-Z0-9]{8,30}")
POSTAL = re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}")
POSTAL_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


@dataclass(frozen=True, slots=True)
class Terms:
    """The house rules' numbers that hold for one order: what started keeps its rules."""

    pay_within: timedelta
    ship_within: timedelta
    refund_unshipped_after: timedelta
    receive_courier: timedelta
    receive_post: timedelta
    receive_extension: timedelta
    release_after: timedelta  # nothing, but for a new seller
    after_sale: timedelta
    # What older orders do not know: the defaults hold for them.
    handover: timedelta = timedelta(hours=24)
    answer_cancel: timedelta = timedelta(hours=48)
    look: timedelta = timedelta(days=3)  # at least so long from the carrier's “delivered” on
    receive_digital: timedelta = timedelta(days=3)

    @classmethod
    def of(cls, house: HouseRules, *, seller_completed: int) -> "Terms":
        """The terms that begin now with a seller who has completed so many orders."""
        is_new = seller_completed < house.new_seller_orders
        return cls(
            pay_within=house.pay_within,
            ship_within=house.ship_within,
            refund_unshipped_after=house.refund_unshipped_after,
            receive_courier=house.receive_courier,
            receive_post=house.receive_post,
            receive_extension=house.receive_extension,
            release_after=house.new_seller_hold if is_new else timedelta(0),
            after_sale=house.after_sale,
            handover=house.handover,
            answer_cancel=house.answer_cancel,
            look=house.look_after_delivery,
            receive_digital=house.receive_digital,
        )

    @classmethod
    def read(cls, stored: dict[str, int]) -> "Terms":
        """From the seconds that an order keeps."""
        return cls(**{name: timedelta(seconds=value) for name, value in stored.items()})

    def stored(self) -> dict[str, int]:
        """As seconds, JSON-able."""
        return {one.name: int(getattr(self, one.name).total_seconds()) for one in fields(self)}


class Line(Protocol):
    """What the rules need to know of an order line; times are None until it happened."""

    state: str
    placed_at: datetime
    paid_at: datetime | None
    shipped_at: datetime | None
    received_at: datetime | None
    ship_within: timedelta  # as this line's seller promised
    delivery: str
    extended: bool
    cancel_asked_at: datetime | None
    kept_at: datetime | None  # when the seller said no to that
    paused_at: datetime | None  # since when a case makes its clocks stand still
    paused_for: timedelta  # how long cases did so before, since the step that its clocks count from
    delivered_at: datetime | None  # when it was there, as the carrier says


class PaidLine(Protocol):
    """What the sharing out of money needs to know of a line."""

    id: UUID
    state: str

    @property
    def parcel(self) -> str: ...

    @property
    def goods(self) -> Money: ...

    @property
    def total(self) -> Money: ...


@dataclass(frozen=True, slots=True)
class Step:
    """What happens by itself at `at`, if nobody acts."""

    at: datetime
    kind: TimerKind


def next_states(state: LineState) -> frozenset[LineState]:
    """Where a line can go from `state`."""
    return frozenset(one.after for one in MOVES.values() if one.after and state in one.before)


def due(line: Line, kind: TimerKind, terms: Terms) -> datetime | None:
    """When `kind` rings for the line, or None while what starts its clock has not happened."""
    if kind == TimerKind.PAY:
        return line.placed_at + terms.pay_within
    if kind == TimerKind.SHIP:
        return line.paid_at + line.ship_within if line.paid_at else None
    if kind == TimerKind.UNSHIPPED:
        return line.paid_at + unshipped_after(line, terms) if line.paid_at else None
    if kind == TimerKind.ANSWER:
        asked = line.cancel_asked_at if not line.kept_at else None
        return asked + terms.answer_cancel if asked else None
    if kind in (TimerKind.RELEASE, TimerKind.COMPLETE):
        wait = terms.release_after if kind == TimerKind.RELEASE else terms.after_sale
        return line.received_at + wait + line.paused_for if line.received_at else None
    if line.shipped_at is None:
        return None
    if kind == TimerKind.HANDOVER:
        return line.shipped_at + terms.handover + line.paused_for
    received = line.shipped_at + receive_within(line, terms)
    if line.delivered_at:  # never sooner for it, but never before she could look at it either
        received = max(received, line.delivered_at + terms.look)
    return received + line.paused_for - REMIND_BEFORE.get(kind, timedelta(0))


def unshipped_after(line: Line, terms: Terms) -> timedelta:
    """14 days, and as much longer as this line's seller promised to take than the usual 48 h."""
    return terms.refund_unshipped_after + max(timedelta(0), line.ship_within - terms.ship_within)


def receive_within(line: Line, terms: Terms) -> timedelta:
    by = {Delivery.POST: terms.receive_post, Delivery.DIGITAL: terms.receive_digital}
    base = by.get(Delivery(line.delivery), terms.receive_courier)
    return base + (terms.receive_extension if line.extended else timedelta(0))


def steps(line: Line, terms: Terms) -> list[Step]:
    """Every timer of the line's present state, soonest first; none while a case is open."""
    if line.paused_at:
        return []
    found = [
        Step(at, kind)
        for kind, timer in TIMERS.items()
        if timer.during == line.state and (at := due(line, kind, terms)) is not None
    ]
    return sorted(found, key=lambda step: step.at)


@dataclass(slots=True)
class Played:
    """A line that is only played on, to see what comes."""

    state: str
    placed_at: datetime
    paid_at: datetime | None
    shipped_at: datetime | None
    received_at: datetime | None
    ship_within: timedelta
    delivery: str
    extended: bool
    cancel_asked_at: datetime | None
    kept_at: datetime | None
    paused_at: datetime | None
    paused_for: timedelta
    delivered_at: datetime | None

    @classmethod
    def of(cls, line: Line) -> "Played":
        return cls(**{one.name: getattr(line, one.name) for one in fields(cls)})

    def move(self, verb: Verb, at: datetime) -> None:
        """As `actions` do when the timer of `verb` rings."""
        self.state = MOVES[verb].after or self.state
        if self.state == S.RECEIVED:
            self.received_at, self.paused_for = at, timedelta(0)


def if_nobody_acts(line: Line, terms: Terms, now: datetime) -> list[Step]:
    """What comes by itself from now on, down to the end: the timers' own table, played on.

    Nothing while a case is open; that is care's to say.
    """
    played, told = Played.of(line), list[Step]()
    while ahead := [s for s in steps(played, terms) if s.at > now or TIMERS[s.kind].does]:
        for step in ahead:
            told.append(step)
            if verb := TIMERS[step.kind].does:
                now = max(now, step.at)
                played.move(verb, now)
                break
        else:
            break
    return told


def refusal(verb: Verb, role: Role, line: Line, terms: Terms, now: datetime) -> str | None:
    """Why `role` may not do `verb` to the line now, as a key of `refusals.SENTENCES`; None: may."""
    if role not in MOVES[verb].by:
        return "not_yours"
    if line.state not in MOVES[verb].before:
        return f"state_{line.state}"
    if line.paused_at and verb not in EVEN_IN_A_CASE:
        return "in_care"
    if why := _is_otherwise(verb, line):
        return why
    match verb, role:
        case Verb.PAY, _ if now >= _certain(due(line, TimerKind.PAY, terms)):
            return "pay_too_late"
        case Verb.CANCEL, Role.BUYER if not cancels_alone(line, terms, now):
            return "cancel_too_early"
        case Verb.ASK_CANCEL, _ if cancels_alone(line, terms, now):
            return "cancel_alone"
        case Verb.ASK_CANCEL, _ if line.cancel_asked_at:
            return "asked_before"
        case Verb.KEEP, _ if not line.cancel_asked_at or line.kept_at:
            return "not_asked"
        case Verb.EXTEND, _ if line.extended:
            return "extended_before"
        case Verb.EXTEND, _ if now >= _certain(due(line, TimerKind.RECEIVE, terms)):
            return "state_received"
    if role == Role.HOUSE and not has_rung(verb, line, terms, now):
        return "not_due"
    return None


def _is_otherwise(verb: Verb, line: Line) -> str | None:
    """What is digital is delivered, and what is a thing is shipped or handed over."""
    digital = line.delivery == Delivery.DIGITAL
    if digital and verb in OF_A_THING:
        return "is_digital"
    return "is_a_thing" if verb in OF_THE_DIGITAL and not digital else None


def cancels_alone(line: Line, terms: Terms, now: datetime) -> bool:
    """An unpaid line at any time; a paid one once the promised time to ship is over."""
    if line.state == S.AWAITING_PAYMENT:
        return True
    over = due(line, TimerKind.SHIP, terms)
    return over is not None and now >= over


def has_rung(verb: Verb, line: Line, terms: Terms, now: datetime) -> bool:
    """Whether the timer that does `verb` is due; verbs without a timer have their own cause."""
    kinds = [
        kind for kind, timer in TIMERS.items() if timer.does == verb and timer.during == line.state
    ]
    times = [due(line, kind, terms) for kind in kinds]
    return not kinds or any(at is not None and now >= at for at in times)


def _certain(at: datetime | None) -> datetime:
    assert at is not None, "a state was reached without its time"
    return at


def money_is_due(line: Line, terms: Terms, now: datetime) -> bool:
    """Whether the line's money can go to the seller, whatever the order's other lines do."""
    return line.state == S.RECEIVED and now >= _certain(due(line, TimerKind.RELEASE, terms))


class Shipping(StrEnum):
    """Where the shipping goes that a called-off line has paid for all lines of its parcel."""

    WAITS = "waits"  # another of them may still need the parcel
    SELLER = "seller"  # the parcel went
    BUYER = "buyer"  # none of them was sent


def shipping_goes(states: Iterable[str]) -> Shipping:
    """By the states of all of an order's lines that share one parcel's cost."""
    given = {LineState(state) for state in states}
    if given & SOLD:
        return Shipping.SELLER
    return Shipping.WAITS if given - CALLED_OFF else Shipping.BUYER


def first_shares(lines: Sequence[PaidLine], leaving: Collection[UUID]) -> dict[UUID, Money]:
    """What goes back at once when the lines of `leaving` are called off.

    Each one's price; the shipping too, unless another line of its parcel is still to be sent or
    was. What is kept back then is settled by `shipping_goes`.
    """
    needed = {
        line.parcel for line in lines if line.id not in leaving and line.state not in CALLED_OFF
    }
    return {
        line.id: line.goods if line.parcel in needed else line.total
        for line in lines
        if line.id in leaving
    }


def lost_with(lines: Sequence[PaidLine], taken: Money) -> list[PaidLine]:
    """The lines that it is about when the buyer's bank takes `taken` of the payment back.

    Where exactly one of them costs that, it is this one. Otherwise nobody can say which ones are
    still paid, and it is all of them.
    """
    paid = [line for line in lines if line.state not in CALLED_OFF]
    alone = [line for line in paid if line.total == taken]
    return alone if len(alone) == 1 else paid


def overall(states: Iterable[str]) -> LineState:
    """The one state that a list shows for an order: of what is still open, the least advanced."""
    order = list(LineState)
    given = [LineState(state) for state in states]
    still = [state for state in given if state not in FINAL]
    if still:
        return min(still, key=order.index)
    return S.COMPLETED if S.COMPLETED in given else max(given, key=order.index)


def tracking_number(text: str) -> str:
    """The number as it is written on the slip, without what people put between its signs."""
    return re.sub(r"[\s\-.·]", "", text).upper()


def plausible(carrier: Carrier, number: str) -> bool:
    """Whether `number` (see `tracking_number`) can be one of the carrier's.

    Postal numbers carry a check digit (UPU S10); the post's other services have none, so what does
    not look like S10 only has to look like a number.
    """
    if carrier.pattern:
        return re.fullmatch(carrier.pattern, number) is not None
    if carrier.delivery == Delivery.POST and POSTAL.fullmatch(number):
        return postal_check(number[2:10]) == int(number[10])
    return NUMBER.fullmatch(number) is not None and sum(map(str.isdigit, number)) >= 6


def postal_check(serial: str) -> int:
    """The check digit of an S10 number's eight digits."""
    rest = 11 - sum(int(d) * w for d, w in zip(serial, POSTAL_WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def carrier(code: str) -> Carrier | None:
    return CARRIERS.get(code)


def facts_of(amount: Money) -> dict[str, Any]:
    """An amount as a deed or a snapshot keeps it."""
    return {"minor": amount.minor, "currency": amount.currency}


def plain(value: Any) -> Any:
    """An amount for JSON; everything else that JSON does not know is a mistake."""
    if isinstance(value, Money):
        return facts_of(value)
    raise TypeError(f"{value!r} is not JSON-able")
