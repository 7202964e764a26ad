"""Handed over in person, mended numbers, and a seller who does not answer."""

import pytest

from goodword.journal import queries as journal
from goodword.kit.errors import Forbidden, TooMany
from goodword.orders import actions, pages
from goodword.orders.actions import handing
from goodword.orders.models import Handover, OrderLine, Shipment
from goodword.orders.refusals import BadNumber, CodeGone, NotPossible, OrderMissing, WrongCode
from goodword.orders.states import TRIES

from .town import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    NUMBER,
    at,
    balanced,
    held,
    held_money,
    let_time_pass,
    shipped,
    state,
)

pytestmark = pytest.mark.django_db


def code_of(wang, order, now=NOW):
    return actions.make_code(buyer=wang, order=order.id, now=now).code


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"


def test_handed_over_with_her_code_it_counts_as_received_after_a_day(lin, wang, stranger, cup):
    order = held(wang, cup)
    code = code_of(wang, order)
    assert pages.order_page(wang.id, order.id, now=NOW).code.code == code
    assert pages.order_page(lin.id, order.id, now=NOW).code is None
    with pytest.raises(OrderMissing):
        actions.hand_over(seller=stranger, order=order.id, code=code, now=NOW)
    with pytest.raises(Forbidden):
        actions.hand_over(seller=wang, order=order.id, code=code, now=NOW)
    with at(NOW + HOUR):
        spaced = f" {code[:3]} {code[3:]} "
        actions.hand_over(seller=lin, order=order.id, code=spaced, now=NOW + HOUR)
    assert (state(order), held_money(order)) == ("handed_over", 12000)
    with pytest.raises(NotPossible):
        actions.hand_over(seller=lin, order=order.id, code=code, now=NOW + HOUR)
    let_time_pass(NOW + 25 * HOUR - MINUTE)
    assert state(order) == "handed_over"
    let_time_pass(NOW + 25 * HOUR)
    assert (state(order), held_money(order)) == ("received", 12000)
    let_time_pass(NOW + 9 * DAY)
    assert (state(order), held_money(order)) == ("released", 0)
    assert balanced()


def test_wrong_codes_are_counted_and_the_fifth_ends_it(lin, wang, cup):
    order = held(wang, cup)
    code = code_of(wang, order)
    for left in reversed(range(TRIES)):
        with pytest.raises(WrongCode) as refusal:
            actions.hand_over(seller=lin, order=order.id, code=wrong(code), now=NOW)
        assert (str(left) in str(refusal.value)) == (left > 0)
        assert Handover.objects.get(order=order).wrong == TRIES - left
    with pytest.raises(CodeGone):
        actions.hand_over(seller=lin, order=order.id, code=code, now=NOW)
    assert state(order) == "held"
    actions.hand_over(seller=lin, order=order.id, code=code_of(wang, order), now=NOW)
    assert state(order) == "handed_over"


def test_a_code_holds_for_a_day(lin, wang, cup):
    order = held(wang, cup)
    with pytest.raises(CodeGone):
        actions.hand_over(seller=lin, order=order.id, code="000000", now=NOW)
    code = code_of(wang, order)
    with pytest.raises(CodeGone):
        actions.hand_over(seller=lin, order=order.id, code=code, now=NOW + 24 * HOUR)


def test_so_many_codes_are_made_a_day_that_nobody_guesses_one(wang, cup, monkeypatch):
    monkeypatch.setattr(handing, "A_DAY", 2)
    order = held(wang, cup)
    for _code in range(2):
        code_of(wang, order)
    with pytest.raises(TooMany):
        code_of(wang, order)


def test_a_number_is_mended_while_under_way_and_never_shortens_the_buyers_time(lin, wang, cup):
    order = shipped(wang, lin, cup, carrier="post", number="RA473124829DE")
    parcel = Shipment.objects.get(order=order)
    mend = {"seller": lin, "order": order.id, "shipment": parcel.id, "now": NOW + DAY}
    with pytest.raises(BadNumber):
        actions.correct(carrier="sf", number="1", **mend)
    actions.correct(carrier="sf", number=NUMBER, **mend)
    parcel.refresh_from_db()
    assert (parcel.carrier, parcel.number) == ("sf", NUMBER)
    let_time_pass(NOW + 29 * DAY)
    assert state(order) == "shipped"
    let_time_pass(NOW + 30 * DAY)
    assert state(order) == "received"
    with pytest.raises(NotPossible):
        actions.correct(carrier="sf", number=NUMBER, **mend)
    other = shipped(wang, lin, cup)
    actions.correct(
        seller=lin, order=other.id, shipment=Shipment.objects.get(order=other).id, carrier="post",
        number="RA473124829DE", now=NOW,
    )  # fmt: skip
    let_time_pass(NOW + 29 * DAY)
    assert state(other) == "shipped"


def test_a_seller_who_says_nothing_has_agreed_to_call_it_off(lin, wang, cup):
    order = held(wang, cup)
    with at(NOW + HOUR):
        actions.ask_to_cancel(buyer=wang, order=order.id, now=NOW + HOUR)
    page = pages.order_page(lin.id, order.id, now=NOW + HOUR)
    assert [step.kind for step in page.ahead] == ["ship", "answer"]
    let_time_pass(NOW + 49 * HOUR - MINUTE)
    assert state(order) == "held"
    let_time_pass(NOW + 49 * HOUR)
    assert (state(order), held_money(order)) == ("cancelled", 0)
    assert balanced()


def test_a_seller_who_says_no_goes_on_as_promised(lin, wang, cup):
    order = held(wang, cup)
    actions.ask_to_cancel(buyer=wang, order=order.id, now=NOW + HOUR)
    actions.keep(seller=lin, order=order.id, now=NOW + 2 * HOUR)
    with pytest.raises(NotPossible):
        actions.keep(seller=lin, order=order.id, now=NOW + 2 * HOUR)
    let_time_pass(NOW + 3 * DAY)
    assert state(order) == "held"
    assert not OrderLine.objects.get(order=order).paused_at
    assert [deed.verb for deed in journal.story(order.id)].count("orders.kept") == 1
