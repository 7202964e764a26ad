"""The states of an order line, the verbs that move it and the timers that ring for it, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import chain

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.kit.house import DAY

Words = str | Promise


class LineState(StrEnum):
    AWAITING_PAYMENT = "awaiting_payment"  # promised to the buyer until her time to pay is over
    HELD = "held"  # paid; the money waits with the custodian and the seller has to ship
    SHIPPED = "shipped"  # on its way; the buyer's clock runs
    HANDED_OVER = "handed_over"  # given from hand to hand, proved by the buyer's code
    RECEIVED = "received"  # with the buyer; the money waits while the seller is new
    RELEASED = "released"  # the money is the seller's; the after-sale window is open
    COMPLETED = "completed"  # done
    EXPIRED = "expired"  # not paid in time; the pieces went back to the shop
    CANCELLED = "cancelled"  # called off before it was shipped; what was paid goes back
    REFUNDED = "refunded"  # never shipped, gone when the money came, or decided by a case


class Role(StrEnum):
    BUYER = "buyer"  # who ordered
    SELLER = "seller"  # who promised
    HOUSE = "house"  # a timer or a gateway's answer, nobody's hand


class Verb(StrEnum):
    PAY = "pay"  # try to pay; moves nothing until the money is there
    TAKE_PAYMENT = "take_payment"  # the money is there
    EXPIRE = "expire"  # the time to pay is over
    GIVE_BACK = "give_back"  # the money came after the pieces had gone
    CANCEL = "cancel"  # call it off before it is shipped
    ASK_CANCEL = "ask_cancel"  # ask the seller to call it off, while the promised time runs
    KEEP = "keep"  # the seller says no to calling it off
    CANCEL_UNANSWERED = "cancel_unanswered"  # the seller said nothing to that: called off
    SHOW_CODE = "show_code"  # make the code that proves a handover
    HAND_OVER = "hand_over"  # give it from hand to hand, with the buyer's code
    SHIP = "ship"  # hand it to a carrier
    DELIVER = "deliver"  # digital goods: put it where the buyer can fetch it
    PUT_RIGHT = "put_right"  # digital goods: give a corrected file for one that was wrong
    CORRECT = "correct"  # mend the tracking number
    REFUND_UNSHIPPED = "refund_unshipped"  # it was never shipped
    CONFIRM = "confirm"  # the buyer has it
    EXTEND = "extend"  # more time to receive, once
    COUNT_RECEIVED = "count_received"  # the time to receive is over
    RELEASE = "release"  # the money goes to the seller
    COMPLETE = "complete"  # the after-sale window is over
    NOTE_DELIVERED = "note_delivered"  # the carrier says that it is there; moves nothing
    STOP = "stop"  # a case was opened about the line: its clocks stand still
    RESUME = "resume"  # the case was closed: they go on
    GIVE_ALL = "give_all"  # a case gave all of the line's money back
    SHARE = "share"  # a case shared it out; what is the seller's is released


class TimerKind(StrEnum):
    PAY = "pay"  # the time to pay is over
    SHIP = "ship"  # the time that the seller promised to ship in is over
    UNSHIPPED = "unshipped"  # it was never shipped
    ANSWER = "answer"  # the seller has not answered whether to call it off
    REMIND_EARLY = "remind_early"  # three days before it counts as received
    REMIND_LATE = "remind_late"  # one day before
    RECEIVE = "receive"  # it counts as received
    HANDOVER = "handover"  # the same for what was handed over in person
    RELEASE = "release"  # a new seller's money has waited long enough
    COMPLETE = "complete"  # the after-sale window is over
    CARE = "care"  # what the line's case waits for; that is care's to say


class Delivery(StrEnum):
    COURIER = "courier"  # a parcel service with tracking
    POST = "post"  # the post, over borders too
    IN_PERSON = "in_person"  # from hand to hand
    DIGITAL = "digital"  # fetched on the order's page


class Scanned(StrEnum):
    """What a carrier says of a parcel."""

    ACCEPTED = "accepted"  # the carrier has it
    MOVING = "moving"  # on the road
    CUSTOMS = "customs"  # at a border
    OUT = "out"  # out for delivery
    DELIVERED = "delivered"  # given to somebody, says the carrier
    FAILED = "failed"  # nobody was there
    RETURNING = "returning"  # it goes back to who sent it


class Stray(StrEnum):
    """Why what a carrier said is nobody's parcel (yet)."""

    UNKNOWN = "unknown"  # no parcel has this number, or not with this carrier
    SEVERAL = "several"  # parcels of several sellers have it
    BEFORE = "before"  # the number was used before, for something else
    UNREAD = "unread"  # the row could not be read


S, R, V = LineState, Role, Verb


@dataclass(frozen=True, slots=True)
class Move:
    """What a verb does: by whom, from which states, to which (None: it stays)."""

    by: frozenset[Role]
    before: frozenset[LineState]
    after: LineState | None


def move(by: set[Role], before: set[LineState], after: LineState | None = None) -> Move:
    return Move(frozenset(by), frozenset(before), after)


MOVES: Mapping[Verb, Move] = {
    V.PAY: move({R.BUYER}, {S.AWAITING_PAYMENT}),
    V.TAKE_PAYMENT: move({R.HOUSE}, {S.AWAITING_PAYMENT}, S.HELD),
    V.EXPIRE: move({R.HOUSE}, {S.AWAITING_PAYMENT}, S.EXPIRED),
    V.GIVE_BACK: move({R.HOUSE}, {S.AWAITING_PAYMENT}, S.REFUNDED),
    V.CANCEL: move({R.BUYER, R.SELLER}, {S.AWAITING_PAYMENT, S.HELD}, S.CANCELLED),
    V.ASK_CANCEL: move({R.BUYER}, {S.HELD}),
    V.KEEP: move({R.SELLER}, {S.HELD}),
    V.CANCEL_UNANSWERED: move({R.HOUSE}, {S.HELD}, S.CANCELLED),
    V.SHOW_CODE: move({R.BUYER}, {S.HELD}),
    V.HAND_OVER: move({R.SELLER}, {S.HELD}, S.HANDED_OVER),
    V.SHIP: move({R.SELLER}, {S.HELD}, S.SHIPPED),
    V.DELIVER: move({R.SELLER, R.HOUSE}, {S.HELD}, S.SHIPPED),
    V.PUT_RIGHT: move({R.SELLER}, {S.SHIPPED, S.RECEIVED, S.RELEASED}),
    V.CORRECT: move({R.SELLER}, {S.SHIPPED}),
    V.REFUND_UNSHIPPED: move({R.HOUSE}, {S.HELD}, S.REFUNDED),
    V.CONFIRM: move({R.BUYER}, {S.SHIPPED, S.HANDED_OVER}, S.RECEIVED),
    V.EXTEND: move({R.BUYER}, {S.SHIPPED}),
    V.COUNT_RECEIVED: move({R.HOUSE}, {S.SHIPPED, S.HANDED_OVER}, S.RECEIVED),
    V.RELEASE: move({R.HOUSE}, {S.RECEIVED}, S.RELEASED),
    V.COMPLETE: move({R.HOUSE}, {S.RELEASED}, S.COMPLETED),
    V.NOTE_DELIVERED: move({R.HOUSE}, {S.SHIPPED}),
    V.STOP: move({R.HOUSE}, {S.SHIPPED, S.HANDED_OVER, S.RECEIVED, S.RELEASED}),
    V.RESUME: move({R.HOUSE}, {S.SHIPPED, S.HANDED_OVER, S.RECEIVED, S.RELEASED}),
    V.GIVE_ALL: move({R.HOUSE}, {S.SHIPPED, S.HANDED_OVER, S.RECEIVED, S.RELEASED}, S.REFUNDED),
    V.SHARE: move({R.HOUSE}, {S.SHIPPED, S.HANDED_OVER, S.RECEIVED}, S.RELEASED),
}
OF_A_THING = frozenset({V.SHIP, V.CORRECT, V.SHOW_CODE, V.HAND_OVER})  # nothing digital
OF_THE_DIGITAL = frozenset({V.DELIVER, V.PUT_RIGHT})  # no thing
OF_A_CASE = frozenset({V.RESUME, V.GIVE_ALL, V.SHARE})  # they and the next, while a case is open
EVEN_IN_A_CASE = OF_A_CASE | {V.PUT_RIGHT}

FINAL = frozenset({S.COMPLETED, S.EXPIRED, S.CANCELLED, S.REFUNDED})
OPEN = frozenset(S) - FINAL
SOLD = frozenset({S.RELEASED, S.COMPLETED})  # the seller has her money
CALLED_OFF = frozenset({S.EXPIRED, S.CANCELLED, S.REFUNDED})  # nothing is bought, nothing is owed


@dataclass(frozen=True, slots=True)
class Timer:
    """What rings while a line is in `during`; `does` None only tells. Its words: `words.AHEAD`.

    A case's clock belongs to no state: it rings while the line's own stand still.
    """

    during: LineState | None
    does: Verb | None = None


T = TimerKind
TIMERS: Mapping[TimerKind, Timer] = {
    T.PAY: Timer(S.AWAITING_PAYMENT, V.EXPIRE),
    T.SHIP: Timer(S.HELD),  # from here on the buyer may cancel alone
    T.UNSHIPPED: Timer(S.HELD, V.REFUND_UNSHIPPED),
    T.ANSWER: Timer(S.HELD, V.CANCEL_UNANSWERED),
    T.REMIND_EARLY: Timer(S.SHIPPED),
    T.REMIND_LATE: Timer(S.SHIPPED),
    T.RECEIVE: Timer(S.SHIPPED, V.COUNT_RECEIVED),
    T.HANDOVER: Timer(S.HANDED_OVER, V.COUNT_RECEIVED),
    T.RELEASE: Timer(S.RECEIVED, V.RELEASE),
    T.COMPLETE: Timer(S.RELEASED, V.COMPLETE),
    T.CARE: Timer(None),
}
TRIES = 5  # wrong codes at a handover
REMIND_BEFORE = {TimerKind.REMIND_EARLY: 3 * DAY, TimerKind.REMIND_LATE: 1 * DAY}
STOCK_SLACK = timedelta(hours=1)  # the order's own clock ends first, then the reservation's


def check(moves: Mapping[Verb, Move], timers: Mapping[TimerKind, Timer]) -> None:
    """Refuse tables that forget a verb, a state or a timer, or leave a state open for ever."""
    if set(moves) != set(Verb) or set(timers) != set(TimerKind):
        raise TypeError("every verb needs its move and every timer kind its timer")
    sources = frozenset(chain.from_iterable(one.before for one in moves.values()))
    targets = frozenset(one.after for one in moves.values() if one.after)
    if sources != OPEN or targets | {S.AWAITING_PAYMENT} != frozenset(S):
        raise TypeError("the moves leave a final state, or do not reach every state")
    ended = {timer.during for timer in timers.values() if timer.does}
    if ended != OPEN:
        raise TypeError("an open state has no timer that ends it")
    for kind, timer in timers.items():
        if timer.does and not (
            timer.during in moves[timer.does].before and R.HOUSE in moves[timer.does].by
        ):
            raise TypeError(f"{kind} does what the house may not do then")


check(MOVES, TIMERS)


def pairs() -> list[tuple[str, str]]:
    """The moves as (before, after), in a fixed order, for the trigger that guards them."""
    return sorted(
        {(str(old), str(one.after)) for one in MOVES.values() if one.after for old in one.before}
    )


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who brings it; `pattern` (None: any sensible one) is how its numbers look."""

    word: Words
    delivery: Delivery
    pattern: str | None
    example: str


CARRIERS: Mapping[str, Carrier] = {
    "sf": Carrier(_("SF Express"), Delivery.COURIER, r"SF\d{12,15}|\d{12}", "SF1234567890123"),
    "zto": Carrier(_("ZTO Express"), Delivery.COURIER, r"\d{12,15}", "751234567890"),
    "yto": Carrier(_("YTO Express"), Delivery.COURIER, r"(YT\d{13}|\d{10,18})", "YT1234567890123"),
    "sto": Carrier(_("STO Express"), Delivery.COURIER, r"\d{12,15}", "771234567890123"),
    "yunda": Carrier(_("Yunda Express"), Delivery.COURIER, r"\d{13,15}", "4312345678901"),
    "jd": Carrier(_("JD Logistics"), Delivery.COURIER, r"JD[A-Z0-9]{11,18}", "JD0012345678901"),
    "jt": Carrier(_("J&T Express"), Delivery.COURIER, r"JT\d{13}", "JT1234567890123"),
    "ems": Carrier(_("China Post EMS"), Delivery.POST, None, "EE123456785CN"),
    "post": Carrier(_("Another post"), Delivery.POST, None, "RA123456785DE"),
    "courier": Carrier(_("Another courier"), Delivery.COURIER, None, ""),
}
