"""The pure decisions: every row of the state table, and what happens when nobody acts."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.kit.house import HouseRules
from goodword.kit.ids import spoken
from goodword.kit.money import Money
from goodword.orders import rules, states
from goodword.orders.states import (
    CARRIERS,
    FINAL,
    MOVES,
    OPEN,
    TIMERS,
    LineState,
    Role,
    TimerKind,
    Verb,
)

S, T, V = LineState, TimerKind, Verb
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MOMENT = timedelta(microseconds=1)
OLD_HAND = rules.Terms.of(HouseRules(), seller_completed=10)
NEWCOMER = rules.Terms.of(HouseRules(), seller_completed=9)


@dataclass(frozen=True)
class Line:
    """An order line in a state, each step of its way an hour after the one before."""

    state: str
    placed_at: datetime = NOON
    paid_at: datetime | None = None
    shipped_at: datetime | None = None
    received_at: datetime | None = None
    ship_within: timedelta = 48 * HOUR
    delivery: str = "courier"
    extended: bool = False
    cancel_asked_at: datetime | None = None
    kept_at: datetime | None = None
    paused_at: datetime | None = None
    paused_for: timedelta = timedelta(0)
    delivered_at: datetime | None = None


WAY = [S.AWAITING_PAYMENT, S.HELD, S.SHIPPED, S.RECEIVED, S.RELEASED, S.COMPLETED]


def line(state, **changes):
    step = S.SHIPPED if state == S.HANDED_OVER else state
    far = WAY.index(step) if step in WAY else 0
    times = {
        name: NOON + hours * HOUR
        for hours, name in ((1, "paid_at"), (2, "shipped_at"), (3, "received_at"))
        if far >= hours
    }
    return Line(state, **(times | changes))


# state, timer, since which step, after how long, what it does then
TABLE = [
    (S.AWAITING_PAYMENT, T.PAY, "placed_at", 15 * MINUTE, V.EXPIRE),
    (S.HELD, T.SHIP, "paid_at", 48 * HOUR, None),
    (S.HELD, T.UNSHIPPED, "paid_at", 14 * DAY, V.REFUND_UNSHIPPED),
    (S.HANDED_OVER, T.HANDOVER, "shipped_at", 24 * HOUR, V.COUNT_RECEIVED),
    (S.SHIPPED, T.REMIND_EARLY, "shipped_at", 7 * DAY, None),
    (S.SHIPPED, T.REMIND_LATE, "shipped_at", 9 * DAY, None),
    (S.SHIPPED, T.RECEIVE, "shipped_at", 10 * DAY, V.COUNT_RECEIVED),
    (S.RECEIVED, T.RELEASE, "received_at", 7 * DAY, V.RELEASE),
    (S.RELEASED, T.COMPLETE, "received_at", 15 * DAY, V.COMPLETE),
]


@pytest.mark.parametrize(("state", "kind", "since", "after", "does"), TABLE)
def test_each_timer_of_the_table(state, kind, since, after, does):
    one = line(state)
    due = rules.due(one, kind, NEWCOMER)
    assert due == getattr(one, since) + after
    assert TIMERS[kind].does == does
    assert rules.Step(due, kind) in rules.steps(one, NEWCOMER)
    if does:
        assert rules.refusal(does, Role.HOUSE, one, NEWCOMER, due - MOMENT) == "not_due"
        assert rules.refusal(does, Role.HOUSE, one, NEWCOMER, due) is None


def test_the_table_has_every_timer():
    elsewhere = {T.ANSWER, T.CARE}  # asked for below; care's to say
    assert {row[1] for row in TABLE} == set(TimerKind) - elsewhere


def test_an_established_sellers_money_waits_for_nothing():
    one = line(S.RECEIVED)
    assert rules.due(one, T.RELEASE, OLD_HAND) == one.received_at
    assert rules.money_is_due(one, OLD_HAND, one.received_at)
    assert not rules.money_is_due(one, NEWCOMER, one.received_at + 7 * DAY - MOMENT)
    assert rules.money_is_due(one, NEWCOMER, one.received_at + 7 * DAY)


def test_post_takes_longer_and_an_extension_seven_days():
    one = line(S.SHIPPED)
    for changes, days in (
        ({}, 10), ({"delivery": "post"}, 30), ({"extended": True}, 17),
        ({"delivery": "post", "extended": True}, 37),
    ):  # fmt: skip
        changed = replace(one, **changes)
        assert rules.due(changed, T.RECEIVE, OLD_HAND) == one.shipped_at + days * DAY


def test_the_carriers_word_only_ever_makes_the_time_longer():
    one = line(S.SHIPPED)
    usual = one.shipped_at + 10 * DAY
    for came, until in ((1, 10), (7, 10), (8, 11), (10, 13), (40, 43)):
        changed = replace(one, delivered_at=one.shipped_at + came * DAY)
        due = rules.due(changed, T.RECEIVE, OLD_HAND)
        assert due == one.shipped_at + until * DAY >= usual
        assert rules.due(changed, T.REMIND_LATE, OLD_HAND) == due - DAY


def test_what_takes_thirty_days_to_make_is_not_refunded_after_fourteen():
    one = line(S.HELD, ship_within=30 * DAY)
    assert rules.due(one, T.SHIP, OLD_HAND) == one.paid_at + 30 * DAY
    assert rules.due(one, T.UNSHIPPED, OLD_HAND) == one.paid_at + 42 * DAY
    quick = line(S.HELD, ship_within=1 * HOUR)
    assert rules.due(quick, T.UNSHIPPED, OLD_HAND) == quick.paid_at + 14 * DAY


MAY = {  # everything that anybody can do at some time, from which states
    (V.PAY, Role.BUYER): {S.AWAITING_PAYMENT},
    (V.CANCEL, Role.BUYER): {S.AWAITING_PAYMENT, S.HELD},
    (V.CANCEL, Role.SELLER): {S.AWAITING_PAYMENT, S.HELD},
    (V.ASK_CANCEL, Role.BUYER): {S.HELD},
    (V.KEEP, Role.SELLER): {S.HELD},
    (V.CANCEL_UNANSWERED, Role.HOUSE): {S.HELD},
    (V.SHOW_CODE, Role.BUYER): {S.HELD},
    (V.HAND_OVER, Role.SELLER): {S.HELD},
    (V.SHIP, Role.SELLER): {S.HELD},
    (V.DELIVER, Role.SELLER): {S.HELD},
    (V.DELIVER, Role.HOUSE): {S.HELD},
    (V.PUT_RIGHT, Role.SELLER): {S.SHIPPED, S.RECEIVED, S.RELEASED},
    (V.CORRECT, Role.SELLER): {S.SHIPPED},
    (V.CONFIRM, Role.BUYER): {S.SHIPPED, S.HANDED_OVER},
    (V.EXTEND, Role.BUYER): {S.SHIPPED},
    (V.TAKE_PAYMENT, Role.HOUSE): {S.AWAITING_PAYMENT},
    (V.EXPIRE, Role.HOUSE): {S.AWAITING_PAYMENT},
    (V.GIVE_BACK, Role.HOUSE): {S.AWAITING_PAYMENT},
    (V.REFUND_UNSHIPPED, Role.HOUSE): {S.HELD},
    (V.COUNT_RECEIVED, Role.HOUSE): {S.SHIPPED, S.HANDED_OVER},
    (V.RELEASE, Role.HOUSE): {S.RECEIVED},
    (V.COMPLETE, Role.HOUSE): {S.RELEASED},
    (V.NOTE_DELIVERED, Role.HOUSE): {S.SHIPPED},
    (V.STOP, Role.HOUSE): {S.SHIPPED, S.HANDED_OVER, S.RECEIVED, S.RELEASED},
    (V.RESUME, Role.HOUSE): {S.SHIPPED, S.HANDED_OVER, S.RECEIVED, S.RELEASED},
    (V.GIVE_ALL, Role.HOUSE): {S.SHIPPED, S.HANDED_OVER, S.RECEIVED, S.RELEASED},
    (V.SHARE, Role.HOUSE): {S.SHIPPED, S.HANDED_OVER, S.RECEIVED},
}


def fits(verb):
    return "digital" if verb in (V.DELIVER, V.PUT_RIGHT) else "courier"


def test_what_is_digital_is_delivered_and_what_is_a_thing_is_sent():
    digital, thing = line(S.HELD, delivery="digital"), line(S.HELD)
    for verb in (V.SHIP, V.HAND_OVER):
        assert rules.refusal(verb, Role.SELLER, digital, NEWCOMER, NOON) == "is_digital"
    assert rules.refusal(V.SHOW_CODE, Role.BUYER, digital, NEWCOMER, NOON) == "is_digital"
    assert rules.refusal(V.DELIVER, Role.SELLER, thing, NEWCOMER, NOON) == "is_a_thing"


@pytest.mark.parametrize(("verb", "role", "state"), list(product(Verb, Role, LineState)))
def test_every_verb_in_every_state_by_every_role(verb, role, state):
    asked = NOON if verb in (V.KEEP, V.CANCEL_UNANSWERED) else None
    one = line(state, cancel_asked_at=asked, delivery=fits(verb))
    allowed_from = MAY.get((verb, role), set())
    whys = {
        rules.refusal(verb, role, one, NEWCOMER, NOON + wait)
        for wait in (MINUTE, 2 * HOUR, 3 * DAY, 60 * DAY)
    }
    if state in allowed_from:
        assert None in whys
    elif allowed_from:
        assert whys == {f"state_{state}"}
    else:
        assert whys == {"not_yours"}


def test_the_buyer_cancels_alone_from_the_promised_hour_on():
    one = line(S.HELD)
    promised = one.paid_at + 48 * HOUR
    ask = (V.ASK_CANCEL, Role.BUYER, one, OLD_HAND)
    cancel = (V.CANCEL, Role.BUYER, one, OLD_HAND)
    assert rules.refusal(*cancel, promised - MOMENT) == "cancel_too_early"
    assert rules.refusal(*ask, promised - MOMENT) is None
    assert rules.refusal(*cancel, promised) is None
    assert rules.refusal(*ask, promised) == "cancel_alone"
    assert rules.refusal(V.CANCEL, Role.SELLER, one, OLD_HAND, one.paid_at) is None
    asked = replace(one, cancel_asked_at=NOON)
    assert rules.refusal(V.ASK_CANCEL, Role.BUYER, asked, OLD_HAND, NOON) == "asked_before"


def test_paying_and_extending_end_with_their_clocks():
    waiting, under_way = line(S.AWAITING_PAYMENT), line(S.SHIPPED)
    assert rules.refusal(V.PAY, Role.BUYER, waiting, OLD_HAND, NOON + 15 * MINUTE - MOMENT) is None
    late = rules.refusal(V.PAY, Role.BUYER, waiting, OLD_HAND, NOON + 15 * MINUTE)
    assert late == "pay_too_late"
    extend = (V.EXTEND, Role.BUYER, under_way, OLD_HAND)
    assert rules.refusal(*extend, under_way.shipped_at + 10 * DAY) == "state_received"
    again = replace(under_way, extended=True)
    assert rules.refusal(V.EXTEND, Role.BUYER, again, OLD_HAND, NOON + 1 * DAY) == "extended_before"


@pytest.mark.parametrize("state", LineState)
def test_only_what_was_received_is_due_to_the_seller(state):
    late = NOON + 60 * DAY
    assert rules.money_is_due(line(state), OLD_HAND, late) == (state == S.RECEIVED)


@dataclass
class Paid:
    """A line of one parcel: what it cost, and its share of the parcel's cost."""

    id: UUID
    state: str
    parcel: str
    price: int
    shipping: int = 0

    @property
    def goods(self):
        return Money(self.price, "CNY")

    @property
    def total(self):
        return Money(self.price + self.shipping, "CNY")


def test_a_line_called_off_alone_leaves_the_shipping_for_the_others_of_its_parcel():
    cups, tea = "cups", "tea"
    blue = Paid(UUID(int=11), "held", cups, 100, shipping=10)
    red = Paid(UUID(int=12), "held", cups, 200)
    green = Paid(UUID(int=13), "held", tea, 300, shipping=20)
    order = [blue, red, green]

    def back(*leaving):
        parts = rules.first_shares(order, [one.id for one in leaving])
        return {one.price: parts[one.id].minor for one in leaving}

    assert back(blue) == {100: 100}
    assert back(red) == {200: 200}
    assert back(blue, red) == {100: 110, 200: 200}
    assert back(green) == {300: 320}
    red.state = "cancelled"
    assert back(blue) == {100: 110}
    red.state = "released"
    assert back(blue) == {100: 100}


def test_the_shipping_goes_where_the_parcel_goes():
    goes = rules.shipping_goes
    assert goes(["cancelled", "held"]) == goes(["refunded", "received"]) == "waits"
    assert goes(["cancelled", "released"]) == goes(["cancelled", "completed", "held"]) == "seller"
    assert goes(["cancelled", "refunded"]) == "buyer"


def test_who_does_nothing_is_told_the_whole_rest():
    one = line(S.SHIPPED)
    told = rules.if_nobody_acts(one, NEWCOMER, one.shipped_at)
    to_the_end = [T.REMIND_EARLY, T.REMIND_LATE, T.RECEIVE, T.RELEASE, T.COMPLETE]
    assert [step.kind for step in told] == to_the_end
    assert [step.at - one.shipped_at for step in told[2:]] == [10 * DAY, 17 * DAY, 25 * DAY]
    later = rules.if_nobody_acts(one, NEWCOMER, one.shipped_at + 8 * DAY)
    assert [step.kind for step in later] == to_the_end[1:]


def test_a_case_makes_the_lines_own_clocks_stand_and_they_go_on_where_they_stood():
    one = line(S.SHIPPED, paused_at=NOON + 5 * DAY)
    assert rules.steps(one, NEWCOMER) == rules.if_nobody_acts(one, NEWCOMER, NOON) == []
    for verb, role in ((V.CONFIRM, Role.BUYER), (V.EXTEND, Role.BUYER)):
        assert rules.refusal(verb, role, one, NEWCOMER, NOON + 6 * DAY) == "in_care"
    assert rules.refusal(V.COUNT_RECEIVED, Role.HOUSE, one, NEWCOMER, NOON + 99 * DAY) == "in_care"
    later = line(S.SHIPPED, paused_for=4 * DAY)
    assert rules.due(later, T.RECEIVE, NEWCOMER) == later.shipped_at + 14 * DAY
    assert rules.due(later, T.REMIND_LATE, NEWCOMER) == later.shipped_at + 13 * DAY
    sold = line(S.RELEASED, paused_for=4 * DAY)
    assert rules.due(sold, T.COMPLETE, NEWCOMER) == sold.received_at + 19 * DAY


def test_what_nobody_answers_is_called_off_unless_the_seller_says_no():
    asked = line(S.HELD, cancel_asked_at=NOON + 3 * HOUR, ship_within=30 * DAY)
    assert rules.due(asked, T.ANSWER, OLD_HAND) == NOON + 51 * HOUR
    assert [s.kind for s in rules.if_nobody_acts(asked, OLD_HAND, NOON + 4 * HOUR)] == [T.ANSWER]
    kept = replace(asked, kept_at=NOON + 4 * HOUR)
    assert rules.due(kept, T.ANSWER, OLD_HAND) is None
    assert rules.refusal(V.ASK_CANCEL, Role.BUYER, kept, OLD_HAND, NOON) == "asked_before"
    late = NOON + 60 * DAY
    assert rules.refusal(V.CANCEL_UNANSWERED, Role.HOUSE, kept, OLD_HAND, late) == "not_due"


def test_an_order_that_knows_nothing_of_newer_rules_has_their_defaults():
    old = {name: value for name, value in OLD_HAND.stored().items() if name != "handover"}
    assert rules.Terms.read(old) == OLD_HAND


@pytest.mark.parametrize("state", LineState)
def test_exactly_the_open_states_have_something_ahead(state):
    assert bool(rules.if_nobody_acts(line(state), OLD_HAND, NOON)) == (state in OPEN)
    assert bool(rules.next_states(state)) == (state not in FINAL)


@given(st.lists(st.sampled_from(list(LineState)), min_size=1))
def test_an_order_is_as_far_as_its_last_open_line(given):
    overall = rules.overall(given)
    assert overall in given
    assert (overall in FINAL) == all(state in FINAL for state in given)


def test_a_partly_cancelled_order_ends_as_completed():
    assert rules.overall([S.CANCELLED, S.COMPLETED]) == S.COMPLETED
    assert rules.overall([S.CANCELLED, S.REFUNDED]) == S.REFUNDED


def test_terms_survive_being_stored():
    assert rules.Terms.read(NEWCOMER.stored()) == NEWCOMER
    assert NEWCOMER.release_after == 7 * DAY
    assert OLD_HAND.release_after == timedelta(0)


def test_a_forgotten_timer_or_verb_is_refused_at_import():
    for moves, timers in (
        ({v: m for v, m in MOVES.items() if v != V.SHIP}, TIMERS),
        (MOVES, {k: t for k, t in TIMERS.items() if k != T.RECEIVE}),
        (MOVES, {**TIMERS, T.RECEIVE: states.Timer(S.SHIPPED)}),
        (MOVES, {**TIMERS, T.RECEIVE: states.Timer(S.SHIPPED, V.CONFIRM)}),
        ({**MOVES, V.COMPLETE: states.move({Role.HOUSE}, {S.COMPLETED}, S.COMPLETED)}, TIMERS),
    ):
        with pytest.raises(TypeError):
            states.check(moves, timers)


def test_a_reference_is_short_and_stable():
    id_ = UUID("019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b")
    assert spoken(id_) == "3MQ3-YJJV"
    assert spoken(UUID(int=0)) == "0000-0000"


@pytest.mark.parametrize("code", [code for code, one in CARRIERS.items() if one.example])
def test_each_carriers_example_is_one_of_its_numbers(code):
    carrier = CARRIERS[code]
    number = rules.tracking_number(carrier.example)
    assert rules.plausible(carrier, number)
    assert not carrier.pattern or not rules.plausible(carrier, f"{number}+{number}")
    assert not rules.plausible(carrier, "1")
    assert not rules.plausible(carrier, "call me at lin")


def test_a_postal_number_with_a_wrong_check_digit_is_a_typing_error():
    post = CARRIERS["post"]
    assert rules.plausible(post, "RA473124829DE")  # the example of the standard, UPU S10
    assert not rules.plausible(post, "RA473124828DE")
    for two_digits in ("RA000000005DE", "RA000040000DE"):  # a rest of 11, and one of 10
        assert rules.plausible(post, two_digits)
    assert rules.plausible(CARRIERS["sf"], rules.tracking_number(" sf 1234-5678 90123 "))
