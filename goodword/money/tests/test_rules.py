from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.kit.ids import new_id
from goodword.kit.money import CurrencyMismatch, Money
from goodword.money import rules
from goodword.money.rules import AccountRef
from goodword.money.states import (
    ANSWER_STATES,
    ENDED_PAYMENTS,
    HOLD_MOVES,
    OPEN_PAYMENTS,
    PAYMENT_MOVES,
    AccountKind,
    AnswerKind,
    HoldState,
    PaymentState,
    Side,
    Step,
)


def yuan(minor: int) -> Money:
    return Money(minor, "CNY")


@st.composite
def captures(draw):
    """A capture, its fee, and refunds that together do not pass it."""
    captured = draw(st.integers(1, 10**7))
    refunds, left = [], captured
    while left and draw(st.booleans()):
        refunds.append(draw(st.integers(1, left)))
        left -= refunds[-1]
    return captured, draw(st.integers(0, 100)), refunds


@given(captures())
def test_what_is_shared_out_is_what_was_held(case):
    captured, percent, refunds = case
    refunded = sum(refunds)
    fee = rules.whole_fee(yuan(captured), percent)
    split = rules.release_split(fee=fee, captured=yuan(captured), refunded=yuan(refunded))
    assert split.seller + split.fee == yuan(captured - refunded)
    assert split.seller.minor >= 0
    assert split.fee.minor >= 0


@given(captures())
def test_the_fee_depends_on_how_much_was_refunded_not_on_when_or_how(case):
    captured, percent, refunds = case
    cut = {"fee": rules.whole_fee(yuan(captured), percent), "captured": yuan(captured)}
    whole = rules.release_split(**cut, refunded=yuan(0))
    seller, fee, refunded = whole.seller, whole.fee, yuan(0)
    for amount in refunds:
        back = rules.take_back_split(**cut, refunded=refunded, amount=yuan(amount))
        assert back.seller.minor >= 0
        assert back.fee.minor >= 0
        assert back.seller + back.fee == yuan(amount)
        seller, fee, refunded = seller - back.seller, fee - back.fee, refunded + yuan(amount)
    early = rules.release_split(**cut, refunded=refunded)
    assert (seller, fee) == (early.seller, early.fee)


@given(captures())
def test_the_fee_is_within_one_unit_of_its_share(case):
    captured, percent, refunds = case
    left = captured - sum(refunds)
    kept = rules.kept_fee(
        fee=rules.whole_fee(yuan(captured), percent),
        captured=yuan(captured),
        refunded=yuan(captured - left),
    )
    assert abs(kept.minor - left * percent / 100) <= 1


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=8), st.integers(0, 100))
def test_the_lines_fees_are_the_captures_fee_and_none_is_more_than_its_line(parts, percent):
    whole = rules.whole_fee(yuan(sum(parts)), percent)
    fees = rules.shared_fee(whole, parts)
    assert sum(fee.minor for fee in fees) == whole.minor
    for fee, part in zip(fees, parts, strict=True):
        assert 0 <= fee.minor <= part
        assert abs(fee.minor - part * whole.minor / sum(parts)) < 1


def test_nothing_is_mixed():
    with pytest.raises(CurrencyMismatch):
        rules.release_split(fee=yuan(5), captured=yuan(100), refunded=Money(1, "EUR"))


def test_a_fee_of_nothing_has_no_entry():
    escrow = AccountRef(AccountKind.ESCROW, "CNY", holder=new_id(), order=new_id())
    seller = AccountRef(AccountKind.PAYABLE, "CNY", holder=new_id())
    fees = AccountRef(AccountKind.FEES, "CNY")
    lines = rules.between(debit=escrow, credits=[(seller, yuan(100)), (fees, yuan(0))])
    assert [(line.account, line.side, line.amount.minor) for line in lines] == [
        (escrow, Side.DEBIT, 100),
        (seller, Side.CREDIT, 100),
    ]


def test_an_account_has_one_id_and_no_other_account_has_it():
    buyer, order = new_id(), new_id()
    accounts = [
        AccountRef(AccountKind.GATEWAY, "CNY", gateway="sandbox"),
        AccountRef(AccountKind.GATEWAY, "EUR", gateway="sandbox"),
        AccountRef(AccountKind.GATEWAY, "CNY", gateway="bank"),
        AccountRef(AccountKind.ESCROW, "CNY", holder=buyer, order=order),
        AccountRef(AccountKind.PAYABLE, "CNY", holder=buyer),
        AccountRef(AccountKind.REFUND, "CNY", holder=buyer),
        AccountRef(AccountKind.FEES, "CNY"),
    ]
    assert len({account.id for account in accounts}) == len(accounts)
    assert AccountRef(AccountKind.PAYABLE, "CNY", holder=buyer).id == accounts[4].id


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        (AccountKind.ESCROW, {"holder": new_id()}),
        (AccountKind.PAYABLE, {}),
        (AccountKind.PAYABLE, {"gateway": "sandbox"}),
        (AccountKind.FEES, {"holder": new_id()}),
        (AccountKind.GATEWAY, {}),
    ],
)
def test_an_account_is_named_as_the_chart_says(kind, named):
    with pytest.raises(ValueError, match="not named like"):
        AccountRef(kind, "CNY", **named)


def step(state, answer, *, answered=100):
    return rules.step(state, answer, asked=yuan(100), answered=yuan(answered))


@pytest.mark.parametrize("state", PaymentState)
def test_money_that_arrives_is_held_sent_back_or_known_already(state):
    expected = (
        Step.CAPTURE
        if state in OPEN_PAYMENTS
        else Step.RETURN
        if state in ENDED_PAYMENTS - {PaymentState.RETURNED, PaymentState.REVERSED}
        else Step.IGNORE
    )
    assert step(state, AnswerKind.CAPTURED) == expected


@pytest.mark.parametrize("state", sorted(OPEN_PAYMENTS))
@pytest.mark.parametrize("answered", [99, 101])
def test_money_in_another_amount_goes_back(state, answered):
    assert step(state, AnswerKind.CAPTURED, answered=answered) == Step.RETURN


@pytest.mark.parametrize("state", PaymentState)
@pytest.mark.parametrize("answer", AnswerKind)
def test_an_answer_moves_a_payment_only_along_its_table_and_never_twice(state, answer):
    result = step(state, answer)
    if result == Step.MOVE:
        assert ANSWER_STATES[answer] in PAYMENT_MOVES[state]
        assert step(ANSWER_STATES[answer], answer) == Step.IGNORE
    if result == Step.CAPTURE:
        assert PaymentState.CAPTURED in PAYMENT_MOVES[state]
    if result == Step.RETURN:
        assert PaymentState.RETURNED in PAYMENT_MOVES[state]


@pytest.mark.parametrize("answer", [one for one in AnswerKind if one != AnswerKind.REINSTATED])
@pytest.mark.parametrize("state", [PaymentState.CAPTURED, PaymentState.REFUNDED])
def test_nothing_but_a_bank_that_takes_it_back_undoes_a_capture(state, answer):
    reversed_ = answer == AnswerKind.REVERSED
    assert step(state, answer) == (Step.REVERSE if reversed_ else Step.IGNORE)


@pytest.mark.parametrize("answer", [one for one in AnswerKind if one != AnswerKind.REINSTATED])
def test_what_a_bank_took_back_is_over(answer):
    assert step(PaymentState.REVERSED, answer) == Step.IGNORE


@pytest.mark.parametrize("state", PaymentState)
def test_a_bank_gives_back_only_what_it_took(state):
    """From an order that was called off for it, it did too: everything of that was refunded."""
    took = state in (PaymentState.REVERSED, PaymentState.REFUNDED)
    assert step(state, AnswerKind.REINSTATED) == (Step.REINSTATE if took else Step.IGNORE)


def test_a_released_hold_moves_no_more():
    assert HOLD_MOVES[HoldState.RELEASED] == frozenset()


def test_looks_grow_apart_and_end():
    waits = [rules.next_look(looks) for looks in range(rules.LOOKS + 1)]
    assert waits[0] == timedelta(seconds=30)
    assert waits[7] == timedelta(minutes=64)
    assert waits[8] is None


def test_the_first_id_of_a_moment_parts_earlier_rows_from_later_ones():
    before = new_id()
    moment = datetime.now(UTC) + timedelta(milliseconds=5)
    assert before < rules.first_id(moment)
    assert rules.first_id(moment) < rules.first_id(moment + timedelta(milliseconds=1))


def test_a_body_is_the_same_whatever_its_order():
    order = new_id()
    assert rules.digest({"a": 1, "order": order}) == rules.digest({"order": order, "a": 1})
    assert rules.digest({"a": 1}) != rules.digest({"a": 2})
