"""Payments by bank transfer, from the reference to the statement, and back by bank file."""

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from stdnum import iso11649

from goodword.kit import clock
from goodword.kit.errors import Conflict, Invalid, NotFound
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.money import actions, queries
from goodword.money.banking.files import keep_house_account
from goodword.money.banking.reconciling import reconcile
from goodword.money.banking.statements import import_statement
from goodword.money.gateways.transfer import BankTransfer, references
from goodword.money.models import AwaitedTransfer, BankLine, HouseAccount, Payment, Refund
from goodword.money.rules import AccountRef
from goodword.money.states import AccountKind, PaymentState, RefundState

from ..bank.papers import HOUSE, camt, detail, entry
from ..banking.houses import house_account, operator, take_in
from ..town import check_books

pytestmark = pytest.mark.django_db
S = PaymentState
HOUR = timedelta(hours=1)
PRICE = Money(12800, "EUR")


@pytest.fixture
def house(town):
    house_account(town)
    return town


def start(town):
    payment = actions.start_payment(
        order=new_id(), buyer=town.buyer.id, seller=town.seller.id, amount=PRICE, gateway="bank",
        method="transfer", key=str(new_id()), return_url="/orders/x", now=town.now,
    )  # fmt: skip
    return actions.send_payment(payment=payment.id, now=town.now)


def reference(payment):
    return AwaitedTransfer.objects.get(key=str(payment.id)).reference


def came(town, payment, sum_="128.00", *, text=None, id="B-1", opening="0.00"):
    """A statement on which so much came for the payment."""
    text = references.shown(reference(payment)) if text is None else text
    line = entry(sum_, id=id, details=detail(text=text))
    closing = f"{float(opening) + float(sum_):.2f}"
    return take_in(town, line, opening=opening, closing=closing, number=id)


def state(payment):
    return PaymentState(Payment.objects.get(id=payment.id).state)


def stands(kind, **named):
    return queries.balance(AccountRef(kind, "EUR", **named))


def escrow(town, payment):
    return town.escrow(payment.order, "EUR").minor


def going_back(payment):
    return sorted(Refund.objects.filter(payment=payment).values_list("amount", flat=True))


def test_a_reference_means_its_own_currency_only(house):
    """A bank that changed the money, or a slip: nobody holds yuan for a price in euros."""
    payment, by = start(house), operator(house).id
    keep_house_account(
        operator=by, currency="CNY", holder="Tea", number=HOUSE, now=house.now
    )  # fmt: skip
    line = entry("128.00", ccy="CNY", details=detail(text=reference(payment)))
    data = camt(line, opening="0.00", closing="128.00", ccy="CNY")
    assert import_statement(data=data, operator=by, now=house.now).open == 1
    asked = {"line": BankLine.objects.get().id, "operator": by, "now": house.now}
    with pytest.raises(Invalid, match="in this currency"):
        actions.assign_line(reference=reference(payment), **asked)
    assert (state(payment), escrow(house, payment)) == (S.STEP_UP, 0)


def test_a_reference_has_check_digits_and_tells_nothing(house):
    first, second = reference(start(house)), reference(start(house))
    assert first != second
    assert iso11649.validate(first) == first
    assert references.shown(first).startswith(f"{first[:4]} ")


@pytest.mark.parametrize("written", ["{}", "invoice {} thanks", "{}.", "x{}y"])
def test_it_is_found_in_whatever_a_bank_makes_of_it(house, written):
    found = reference(start(house))
    for shape in (found, references.shown(found), found.lower(), found[:9] + "\n" + found[9:]):
        assert found in references.found_in(written.format(shape))
    wrong = found[:-1] + ("A" if found[-1] != "A" else "B")
    assert list(references.found_in(written.format(wrong))) == []


def test_the_right_sum_is_held_and_the_same_file_again_changes_nothing(house):
    payment = start(house)
    assert state(payment) == S.STEP_UP
    assert came(house, payment).explained == 1
    assert (state(payment), escrow(house, payment)) == (S.CAPTURED, 12800)
    again = came(house, payment)
    assert (again.new, again.known) == (0, 1)
    assert escrow(house, payment) == 12800
    assert stands(AccountKind.GATEWAY, gateway="bank").minor == 12800
    check_books()


def test_the_statements_say_what_the_books_say_or_the_difference_has_a_name(house):
    first, second, third = (start(house) for _payment in range(3))
    came(house, first)
    came(house, second, "127.99", id="B-2", opening="128.00")
    house.refund(first.order, Money(2800, "EUR"))
    house.work()
    stand = BankTransfer().stands()
    assert stand == {str(first.id): PRICE, str(second.id): Money(12799, "EUR")}
    assert [one for check in reconcile() for one in check.differences] == []
    actions.capture(payment=third.id, now=house.now)  # no statement says so
    named = [one for check in reconcile() for one in check.differences]
    (of_order,) = [one for one in named if one.order == third.order]
    assert of_order.amount == PRICE


def test_too_little_goes_back_and_the_order_can_be_paid_anew(house):
    payment = start(house)
    came(house, payment, "127.99")
    assert (state(payment), escrow(house, payment)) == (S.RETURNED, 0)
    assert going_back(payment) == [12799]
    check_books()


def test_of_too_much_the_rest_goes_back(house):
    payment = start(house)
    came(house, payment, "130.00")
    assert (state(payment), escrow(house, payment)) == (S.CAPTURED, 12800)
    assert going_back(payment) == [200]
    assert stands(AccountKind.REFUND, holder=house.buyer.id).minor == 200
    check_books()


def test_what_comes_too_late_goes_back(house):
    payment = start(house)
    assert actions.expire_payment(order=payment.order, now=house.now)
    house.work(after=HOUR)
    came(house, payment)
    assert (state(payment), going_back(payment)) == (S.RETURNED, [12800])
    check_books()


def test_paid_twice_it_is_held_once(house):
    payment = start(house)
    came(house, payment)
    came(house, payment, id="B-2", opening="128.00")
    assert (state(payment), escrow(house, payment)) == (S.CAPTURED, 12800)
    assert going_back(payment) == [12800]
    check_books()


@pytest.mark.parametrize(
    "asked", [{"side": "DBIT"}, {"more": "<RvslInd>true</RvslInd>"}], ids=["left", "undone"]
)
def test_only_what_came_pays(house, asked):
    """What left, and what a bank took of its own mistake, bear the reference too."""
    payment, by = start(house), operator(house).id
    line = entry("128.00", details=detail(text=reference(payment)), **asked)
    closing = "72.00" if "side" in asked else "328.00"
    assert take_in(house, line, opening="200.00", closing=closing).open == 1
    if "side" in asked:
        with pytest.raises(NotFound):
            actions.assign_line(
                line=BankLine.objects.get().id, reference=reference(payment), operator=by,
                now=house.now,
            )  # fmt: skip
    assert (state(payment), escrow(house, payment)) == (S.STEP_UP, 0)


def test_what_nobody_knows_waits_for_the_operator_who_says_whose_it_is(house):
    payment = start(house)
    found = came(house, payment, text="for the tea, love Hong")
    assert (found.explained, found.open) == (0, 1)
    assert state(payment) == S.STEP_UP
    line, by = BankLine.objects.get(), operator(house).id
    for wrong in ("tea", "RF18539007547034", reference(payment)[:-1]):
        with pytest.raises(Invalid):
            actions.assign_line(line=line.id, reference=wrong, operator=by, now=house.now)
    said = references.shown(reference(payment)).lower()
    actions.assign_line(line=line.id, reference=said, operator=by, now=house.now)
    assert (state(payment), escrow(house, payment)) == (S.CAPTURED, 12800)
    with pytest.raises(Conflict):
        actions.assign_line(line=line.id, reference=said, operator=by, now=house.now)
    check_books()


def refunded(house):
    payment = start(house)
    came(house, payment)
    house.refund(payment.order)
    house.work(after=HOUR)
    return payment, Refund.objects.get(payment=payment)


def numbered(root):
    space = {"p": root.tag.partition("}")[0].strip("{")}
    return [
        tuple(one.findtext(path, namespaces=space) for path in (
            "p:PmtId/p:EndToEndId", "p:Amt/p:InstdAmt", "p:CdtrAcct/p:Id/p:IBAN", "p:Cdtr/p:Nm",
        ))
        for one in root.iter(f"{{{space['p']}}}CdtTrfTxInf")
    ]  # fmt: skip


def test_a_refund_goes_back_by_bank_file_to_the_account_it_came_from(house):
    _payment, refund = refunded(house)
    assert refund.state == RefundState.SENT
    file = actions.make_refund_file(operator=operator(house).id, currency="EUR", now=house.now)
    with pytest.raises(Conflict):
        actions.make_refund_file(operator=operator(house).id, currency="EUR", now=house.now)
    name, data = actions.refund_file_bytes(file)
    HouseAccount.objects.filter(currency="EUR").update(holder="Somebody Else")
    assert actions.refund_file_bytes(file) == (name, data)  # as it was decided
    ((number, sum_, iban, holder),) = numbered(ET.fromstring(data))
    assert name.startswith("refunds-")
    assert (sum_, iban, holder) == ("128.00", "NL91ABNA0417164300", "Hong Mei")
    left = entry("128.00", side="DBIT", id="B-9", details=detail(e2e=number, text=f"x {number}"))
    less = left.replace("128.00", "127.00").replace("B-9", "B-8")
    assert take_in(house, less, opening="128.00", closing="1.00", number="5").open == 1
    take_in(house, left, opening="1.00", closing="-127.00", number="2")
    refund.refresh_from_db()
    assert (refund.state, refund.reference) == (RefundState.DONE, number)
    assert stands(AccountKind.GATEWAY, gateway="bank").minor == 0
    twice = left.replace("B-9", "B-11")
    assert take_in(house, twice, opening="-127.00", closing="-255.00", number="4").open == 1
    back = entry("128.00", id="B-10", details=detail(text=f"RETURN {number} account closed"))
    take_in(house, back, opening="-255.00", closing="-127.00", number="3")
    refund.refresh_from_db()
    assert (refund.state, refund.reason) == (RefundState.FAILED, "account_closed")
    assert stands(AccountKind.REFUND, holder=house.buyer.id) == PRICE
    check_books()


def test_what_somebody_else_sends_goes_back_to_them_and_the_rest_to_who_paid(house):
    """A second transfer under the same reference must not draw the first one's refund to itself."""
    payment = start(house)
    came(house, payment)
    other = detail(
        text=references.shown(reference(payment)), name="Uncle Bo", iban="DE89370400440532013000"
    )
    take_in(
        house, entry("1.00", id="B-2", details=other), opening="128.00", closing="129.00",
        number="2",
    )  # fmt: skip
    house.work(after=HOUR)
    house.refund(payment.order)
    house.work(after=HOUR)
    file = actions.make_refund_file(operator=operator(house).id, currency="EUR", now=house.now)
    found = numbered(ET.fromstring(actions.refund_file_bytes(file)[1]))
    assert sorted(one[1:] for one in found) == [
        ("1.00", "DE89370400440532013000", "Uncle Bo"),
        ("128.00", "NL91ABNA0417164300", "Hong Mei"),
    ]


def browser(member):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(member)
    return client


def test_the_payer_is_told_what_to_fill_in_and_nobody_else_is(house):
    payment = start(house)
    path = f"/money/transfers/{payment.id}"
    page = browser(house.buyer).get(path).text
    assert references.shown(reference(payment)) in page
    assert "DE02 1203 0000 0000 2020 51" in page
    assert "128.00" in page
    assert "<svg" in page
    assert browser(house.seller).get(path).status_code == 404
    came(house, payment)
    assert browser(house.buyer).get(path)["Location"] == "/orders/x"


def test_the_code_is_as_the_standard_says():
    drawn = []
    payload = {"holder": "Tea", "iban": "DE02120300000000202051", "bic": "BYLADEM1001"}
    for amount in (Money(1, "EUR"), Money(99_999_999_999, "EUR")):
        drawn.append(references.code(**payload, amount=amount, reference="RF18539007547034"))
    assert all(re.match("<svg ", one) for one in drawn)
    for amount in (Money(100_000_000_000, "EUR"), Money(100, "CNY")):
        assert references.code(**payload, amount=amount, reference="RF18539007547034") == ""


def test_the_operators_page_and_the_api_do_the_same(house):
    payment, _refund = refunded(house)
    by = operator(house)
    desk = browser(by)
    assert "1 refund waits" in desk.get("/money/bank").text
    with clock.at(house.now):
        made = desk.post("/money/bank/refunds", {"currency": "EUR"})
        assert desk.get(made["Location"])["Content-Type"] == "application/xml"
        came(house, payment, text="no reference", id="B-3", opening="128.00")
    line = BankLine.objects.get(text__contains="no reference")
    path = f"/money/bank/lines/{line.id}/payment"
    assert "It pays for an order" in desk.get("/money/bank").text
    assert browser(house.buyer).post(path, {"reference": reference(payment)}).status_code == 404
    assert desk.post(path, {"reference": reference(payment)}).status_code == 302
    assert going_back(payment) == [12800, 12800]
    check_books()
