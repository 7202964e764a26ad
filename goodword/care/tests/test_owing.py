"""What a seller owes by a case: compensation for a fake, and a refund that she cannot give back."""

import pytest
from django.test import Client

from goodword.care import actions, pages, queries
from goodword.care.refusals import CaseMissing, NotPossible, NotYours
from goodword.care.states import Reason, Vote
from goodword.journal import queries as journal
from goodword.kit import desk
from goodword.kit.ids import new_id
from goodword.kit.models import HouseRule
from goodword.money import queries as money
from goodword.money.actions.escrow import NotEnough
from goodword.money.banking import claims, deposit, details, payouts
from goodword.money.banking import queries as banking
from goodword.money.banking import rules as bank_rules
from goodword.money.banking.states import DetailKind
from goodword.money.models import Claim
from goodword.money.rules import AccountRef
from goodword.money.states import AccountKind
from goodword.notices.models import Notice
from goodword.orders import actions as orders
from goodword.orders import pages as order_pages
from goodword.orders.tests.town import (
    DAY,
    HOUR,
    NOW,
    at,
    balanced,
    let_time_pass,
    offered,
    shipped,
    state,
    yuan,
)

from .test_cases import (
    an_operator,
    crowd,
    earned,
    now_state,
    opened,
    received,
    vote,
)

__all__ = ["crowd"]
pytestmark = pytest.mark.django_db


def disputed(wang, lin, cup, *, silent=False):
    """A line that its buyer calls a fake: the panel has it, or the seller said nothing."""
    order = received(wang, lin, cup)
    case = opened(wang, order, Reason.FAKE, words="The mark is printed.")
    actions.refuse(seller=lin, case=case.id, words="It is real.", now=NOW)
    actions.escalate(buyer=wang, case=case.id, now=NOW)
    let_time_pass(NOW + 3 * DAY)
    for side in (wang,) if silent else (wang, lin):
        actions.file(member=side, case=case.id, words="So it is.", now=NOW + 3 * DAY)
    case.refresh_from_db()
    return order, case


def sold(wang, lin, now=NOW):
    """Something else is sold and released."""
    order = shipped(wang, lin, offered(lin, "Bowl"), now=now)
    with at(now):
        orders.confirm(buyer=wang, order=order.id, now=now)
    let_time_pass(now + 7 * DAY)
    assert state(order) == "released"
    return order


def put_up(lin, amount, now=NOW):
    deposit.top_up(seller=lin.id, amount=amount, key=str(new_id()), now=now)


def stands(kind, member):
    return money.balance(AccountRef(kind, "CNY", holder=member.id))


def told(member):
    return set(Notice.objects.filter(owner=member.id).values_list("kind", flat=True))


def card(member):
    given = bank_rules.details(
        kind=DetailKind.CARD, holder="林梅", number="6222021001116245702", bank="工商银行"
    )
    details.keep_details(member=member.id, currency="CNY", details=given, now=NOW)


def test_an_open_dispute_about_what_was_released_keeps_the_deposit(lin, wang, cup, crowd):
    """It may be decided later than the house's time after the last sale is over."""
    sold(wang, lin, now=NOW - 60 * DAY)
    put_up(lin, yuan(100))
    order = sold(wang, lin, now=NOW - 40 * DAY)
    case = opened(wang, order, Reason.FAKE, words="The mark is printed.", now=NOW - 26 * DAY)
    out = {"seller": lin.id, "amount": yuan(100), "key": "o", "now": NOW}
    with pytest.raises(deposit.StillNeeded, match="wants money back"):
        deposit.take_out(**out)
    with at(NOW):
        actions.withdraw(buyer=wang, case=case.id, now=NOW)
    deposit.take_out(**out)
    assert stands(AccountKind.DEPOSIT, lin) == yuan(0)


def test_a_fake_is_compensated_from_the_deposit_once_and_the_rest_by_later_sales(
    lin, wang, cup, crowd
):
    sold(wang, lin, now=NOW - 30 * DAY)
    sold(wang, lin, now=NOW - 30 * DAY)
    put_up(lin, yuan(200))
    card(lin)
    cards = (f"/listings/{cup.listing_id}", f"/shops/{cup.listing.shop_id}")
    for page in cards:
        assert "CN¥200.00 put up to answer for fakes" in Client().get(page).content.decode()
    order, case = disputed(wang, lin, cup)
    assert pages.case_page(wang.id, case.id).at_stake == yuan(500)
    vote(case, *[Vote.BUYER] * 4)
    assert (now_state(case), case.compensation_minor) == ("decided", 50000)
    for page in cards:
        assert "put up to answer" not in Client().get(page).content.decode(), "it is claimed"
    # Set aside, and nobody has it yet: she can take out neither deposit nor balance.
    four = NOW + 4 * DAY
    assert stands(AccountKind.PAYABLE, wang) == yuan(0)
    with pytest.raises(deposit.StillNeeded):
        deposit.take_out(seller=lin.id, amount=yuan(1), key="o", now=NOW + 90 * DAY)
    with pytest.raises(NotEnough):
        payouts.ask_payout(seller=lin.id, currency="CNY", amount=yuan(1), key="p", now=four)
    assert [one.state for one in banking.claims_of(wang.id)] == ["frozen"]
    for side in (lin, wang):
        assert "care.upheld" in told(side)
    let_time_pass(NOW + 10 * DAY)
    assert (now_state(case), state(order)) == ("refunded", "refunded")
    assert stands(AccountKind.PAYABLE, wang) == yuan(240)  # all of deposit and balance
    assert (stands(AccountKind.DEPOSIT, lin), earned(lin)) == (yuan(0), yuan(0))
    (owed,) = banking.claims_of(lin.id)
    assert (owed.state, owed.rest, owed.mine) == ("due", yuan(260), True)
    sold(wang, lin, now=NOW + 11 * DAY)
    with pytest.raises(NotEnough):
        payouts.ask_payout(
            seller=lin.id, currency="CNY", amount=yuan(1), key="q", now=NOW + 18 * DAY
        )
    for _time in range(2):
        claims.pay_due(seller=lin.id, currency="CNY", now=NOW + 18 * DAY)
        assert stands(AccountKind.PAYABLE, wang) == yuan(360)
    sold(wang, lin, now=NOW + 19 * DAY)
    sold(wang, lin, now=NOW + 19 * DAY)
    claims.pay_due(seller=lin.id, currency="CNY", now=NOW + 27 * DAY)
    assert (stands(AccountKind.PAYABLE, wang), earned(lin)) == (yuan(500), yuan(100))
    assert [one.state for one in banking.claims_of(lin.id)] == ["paid"]
    assert {"money.compensated"} <= told(wang)
    assert "care.upheld" in [deed.verb for deed in journal.story(order.id)]
    assert balanced()


def test_a_successful_appeal_takes_the_compensation_back_before_it_is_paid(lin, wang, cup, crowd):
    operator = an_operator()
    sold(wang, lin, now=NOW - 30 * DAY)
    put_up(lin, yuan(100))
    _order, case = disputed(wang, lin, cup)
    vote(case, *[Vote.BUYER] * 4)
    four = NOW + 4 * DAY
    actions.appeal(member=lin, case=case.id, new="Here is the slip.", now=four)
    assert "care.appealed_to" in told(operator)
    assert desk._desks["appeals"].count() == 1
    decide = {"operator": operator, "case": case.id, "words": "It is real.", "now": four}
    with at(four):
        actions.decide(amount=yuan(0), **decide)
    assert (now_state(case), case.compensation_minor) == ("closed", 0)
    assert Claim.objects.get().state == "lifted"
    assert stands(AccountKind.DEPOSIT, lin) == yuan(100)
    assert stands(AccountKind.PAYABLE, wang) == yuan(0)
    for side in (lin, wang):
        assert "care.cleared" in told(side)


def test_what_goes_back_after_an_appeal_is_no_fake_from_then_on(lin, wang, cup):
    _order, case = disputed(wang, lin, cup, silent=True)
    let_time_pass(NOW + 6 * DAY)
    six = NOW + 6 * DAY
    actions.appeal(member=lin, case=case.id, new="Here is the slip.", now=six)
    actions.decide(
        operator=an_operator(), case=case.id, amount=yuan(120), words="Real, but cracked.", now=six
    )
    assert now_state(case) == "to_ship_back"
    assert Claim.objects.get().state == "lifted"
    assert "care.cleared" in told(lin)


def test_the_operator_says_whether_it_is_a_fake(lin, wang, cup):
    operator = an_operator()
    sold(wang, lin, now=NOW - 30 * DAY)
    for is_fake, owed, end in ((False, 0, "to_ship_back"), (True, 50000, "refunded")):
        _order, case = disputed(wang, lin, cup)
        assert case.state == "operator"
        actions.decide(
            operator=operator, case=case.id, amount=yuan(120), words="Look.", is_fake=is_fake,
            now=NOW + 3 * DAY,
        )  # fmt: skip
        assert now_state(case) == "decided"
        assert case.compensation_minor == owed
        let_time_pass(NOW + 10 * DAY)
        assert (now_state(case), case.stays) == (end, "fake" if is_fake else "")
    assert stands(AccountKind.PAYABLE, wang) == yuan(120)
    assert balanced()


def test_a_seller_who_is_silent_about_a_fake_can_still_appeal(lin, wang, cup):
    _order, case = disputed(wang, lin, cup, silent=True)
    let_time_pass(NOW + 6 * DAY)
    assert (now_state(case), case.decided_by) == ("decided", "silence")
    assert case.compensation_minor == 50000
    actions.withdraw(buyer=wang, case=case.id, now=NOW + 7 * DAY)
    assert now_state(case) == "closed"
    assert [one.state for one in banking.claims_of(lin.id)] == ["lifted"]


def spent(lin, rest, now):
    """The seller has had all but `rest` paid out."""
    card(lin)
    amount = earned(lin) - rest
    asked = payouts.ask_payout(seller=lin.id, currency="CNY", amount=amount, key="all", now=now)
    payouts.confirm_payout(payout=asked.id, operator=None, reference="B-1", now=now)


def test_the_last_word_after_an_appeal_waits_for_her_sales_too(lin, wang, cup):
    order = received(wang, lin, cup)
    let_time_pass(NOW + 7 * DAY)
    case = opened(wang, order, now=NOW + 8 * DAY)
    actions.refuse(seller=lin, case=case.id, words="It was whole.", now=NOW + 8 * DAY)
    actions.escalate(buyer=wang, case=case.id, now=NOW + 8 * DAY)
    let_time_pass(NOW + 11 * DAY)
    for side in (wang, lin):  # nobody may judge, so the operator decides
        actions.file(member=side, case=case.id, words="So it was.", now=NOW + 11 * DAY)
    decide = {"operator": an_operator(), "case": case.id, "words": "It is broken."}
    actions.decide(**decide, amount=yuan(60), now=NOW + 11 * DAY)
    actions.appeal(member=wang, case=case.id, new="Look again.", now=NOW + 11 * DAY)
    spent(lin, yuan(20), NOW + 11 * DAY)
    actions.decide(**decide, amount=yuan(90), now=NOW + 12 * DAY)
    assert (now_state(case), case.decision_minor, case.given_minor) == ("short", 9000, 2000)
    assert (state(order), earned(lin)) == ("released", yuan(0))
    sold(wang, lin, NOW + 12 * DAY)
    let_time_pass(NOW + 20 * DAY)
    assert (now_state(case), state(order), earned(lin)) == ("settled", "released", yuan(50))
    assert balanced()


def coming_short(wang, lin, cup, rest=30):
    """A return of what was released, of which its seller has `rest` yuan."""
    order = received(wang, lin, cup)
    let_time_pass(NOW + 7 * DAY)
    spent(lin, yuan(rest), NOW + 7 * DAY)
    case = opened(wang, order, now=NOW + 8 * DAY)
    let_time_pass(NOW + 13 * DAY)
    let_time_pass(NOW + 20 * DAY)
    return order, case


def test_what_a_seller_has_goes_back_at_once_and_the_rest_as_she_earns(lin, wang, cup):
    operator = an_operator()
    order, case = coming_short(wang, lin, cup)
    assert (now_state(case), case.given_minor) == ("short", 3000)
    assert money.parts_of(order.id)[case.line_id].refunded == yuan(30)
    assert "care.short" in told(operator)
    assert desk._desks["shortfalls"].count() == 1
    assert [one.id for one in queries.to_decide()] == [case.id]
    with pytest.raises(NotPossible):
        actions.withdraw(buyer=wang, case=case.id, now=NOW + 20 * DAY)
    let_time_pass(NOW + 21 * DAY)
    assert (now_state(case), case.given_minor) == ("short", 3000)
    sold(wang, lin, now=NOW + 22 * DAY)
    let_time_pass(NOW + 30 * DAY)  # the case tries each day
    assert (now_state(case), case.back_minor) == ("refunded", 12000)
    assert (state(order), earned(lin)) == ("refunded", yuan(30))
    assert [one.state for one in banking.claims_of(lin.id)] == ["paid"]
    assert balanced()


def test_what_is_missing_cannot_be_paid_out_and_the_house_may_pay_it(lin, wang, cup):
    operator = an_operator()
    order, case = coming_short(wang, lin, cup)
    (owed,) = banking.claims_of(lin.id)
    assert (owed.kind, owed.rest) == ("refund", yuan(90))
    with pytest.raises(CaseMissing):
        actions.advance(operator=lin, case=case.id, now=NOW + 20 * DAY)
    with at(NOW + 20 * DAY):
        actions.advance(operator=operator, case=case.id, now=NOW + 20 * DAY)
    assert (now_state(case), state(order)) == ("refunded", "refunded")
    assert money.parts_of(order.id)[case.line_id].refunded == yuan(120)
    assert earned(lin) == yuan(-90)
    with pytest.raises(NotPossible):
        actions.advance(operator=operator, case=case.id, now=NOW + 20 * DAY)
    sold(wang, lin, now=NOW + 22 * DAY)
    assert earned(lin) == yuan(30)
    assert balanced()


def test_a_refund_comes_before_a_compensation_and_takes_the_deposit_too(lin, wang, cup):
    order = received(wang, lin, cup)
    let_time_pass(NOW + 7 * DAY)
    put_up(lin, yuan(50), now=NOW + 7 * DAY)
    spent(lin, yuan(20), NOW + 7 * DAY)
    claim = {"seller": lin.id, "buyer": wang.id, "order": new_id(), "now": NOW + 7 * DAY}
    claims.claim(kind="compensation", state="frozen", amount=yuan(60), key="fake", **claim)
    case = opened(wang, order, now=NOW + 8 * DAY)
    let_time_pass(NOW + 13 * DAY)
    let_time_pass(NOW + 20 * DAY)
    assert (now_state(case), case.given_minor) == ("short", 7000)
    claims.fall_due(key="fake", now=NOW + 20 * DAY)
    assert stands(AccountKind.PAYABLE, wang) == yuan(0)
    sold(wang, lin, now=NOW + 22 * DAY)
    let_time_pass(NOW + 30 * DAY)
    claims.pay_due(seller=lin.id, currency="CNY", now=NOW + 30 * DAY)
    assert (now_state(case), earned(lin)) == ("refunded", yuan(10))
    assert stands(AccountKind.PAYABLE, wang) == yuan(60)


def test_a_silent_seller_says_later_where_to_send_it(lin, wang, cup):
    order = received(wang, lin, cup)
    case = opened(wang, order)
    let_time_pass(NOW + 5 * DAY)
    say = {"case": case.id, "address": "Lin, Lane 3", "now": NOW + 11 * DAY}
    with pytest.raises(NotYours):
        actions.say_where(seller=wang, **say)
    actions.say_where(seller=lin, **say)
    with pytest.raises(NotPossible):
        actions.say_where(seller=lin, **say)
    assert pages.case_page(wang.id, case.id).case.return_address == "Lin, Lane 3"
    let_time_pass(NOW + 17 * DAY)
    assert now_state(case) == "to_ship_back"  # her time began anew
    let_time_pass(NOW + 18 * DAY)
    assert now_state(case) == "closed"


def test_what_a_fake_costs_and_how_often_one_asks_is_of_the_day_of_the_order(wang, lin, cup):
    old = received(wang, lin, cup)
    for name, value in (("fake_times", 9), ("fake_least", 0), ("cases_of_a_line", 1), ("jury", 5)):
        HouseRule.objects.create(name=name, value=value, since=NOW + HOUR)
    later = NOW + 2 * HOUR
    new = shipped(wang, lin, cup, now=later)
    costs = []
    for order in (old, new):
        case = opened(wang, order, Reason.FAKE, words="The mark is printed.", now=later)
        assert case.terms["jury"] == 5
        costs.append(case.compensates(case.line))
        actions.withdraw(buyer=wang, case=case.id, now=later)
    assert costs == [yuan(500), yuan(9 * 120)]
    for order, offers in ((old, 1), (new, 0)):
        notes = order_pages.order_page(wang.id, order.id, now=later).cases
        assert sum(one.label == "Return it, or report a problem" for one in notes) == offers
    opened(wang, old, Reason.FAKE, words="The mark is printed.", now=later)
    with pytest.raises(NotPossible, match="too often"):
        opened(wang, new, Reason.FAKE, words="The mark is printed.", now=later)
