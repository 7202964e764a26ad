"""The operator's bank file, parsed back; and the statement that answers it."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone

from goodword.kit.money import Money
from goodword.money import bank
from goodword.money.banking import details, files, payouts, rules, statements
from goodword.money.banking.pain import Batch, Order, write
from goodword.money.banking.rules import Details
from goodword.money.banking.states import DetailKind, PayoutState, Taken
from goodword.money.models import BankLine, Payout
from goodword.money.states import AccountKind

from ..bank.papers import HOUSE, camt, entry
from ..town import check_books, yuan
from .houses import (
    CARD,
    IBAN,
    ask,
    came_back,
    euro,
    house_account,
    iban,
    left,
    operator,
    sell,
    stands,
    take_in,
)

pytestmark = pytest.mark.django_db
NS = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}
# The order of elements in the message definition, of those that we write.
ORDER = {
    "CstmrCdtTrfInitn": ["GrpHdr", "PmtInf"],
    "GrpHdr": ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"],
    "PmtInf": ["PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt",
               "Dbtr", "DbtrAcct", "DbtrAgt", "ChrgBr", "CdtTrfTxInf"],
    "CdtTrfTxInf": ["PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"],
}  # fmt: skip
LENGTHS = {"MsgId": 35, "PmtInfId": 35, "EndToEndId": 35, "Nm": 70, "Ustrd": 140, "IBAN": 34}


@pytest.fixture
def ready(town):
    """Two payouts that wait, 60.00 and 39.99, and a house with an account."""
    house_account(town)
    sell(town, euro(100))
    iban(town.seller)
    ask(town, euro(60))
    ask(town, Money(3999, "EUR"))
    return town


def test_a_file_made_in_the_morning_in_china_is_of_that_day(ready):
    """A bank takes no payment for the day before; in UTC it is still that day."""
    late = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai
    file = files.make_file(operator=operator(ready).id, currency="EUR", now=late)
    with timezone.override("Asia/Shanghai"):
        name, data = files.file_bytes(file.id)
    root = ET.fromstring(data)
    said = [root.findtext(f".//{{*}}{tag}") for tag in ("ReqdExctnDt/{*}Dt", "CreDtTm")]
    assert said == ["2027-01-01", "2027-01-01T00:30:00"]
    assert name.startswith("payouts-20270101-")


@pytest.mark.parametrize(
    ("currency", "said"), [("JPY", "1235"), ("KWD", "1.235"), ("CNY", "12.35")]
)
def test_an_amount_has_the_digits_of_its_currency(currency, said):
    house, to = (Details(DetailKind.IBAN, "Lin", number) for number in (HOUSE, IBAN))
    order = Order("PO1", to, Money(1235, currency), "Goodword PO1")
    at = datetime(2026, 11, 2, tzinfo=UTC)
    root = ET.fromstring(write(Batch("1", house, [order], at, at.date())))
    assert [one.text for one in root.iter() if one.tag.endswith(("InstdAmt", "CtrlSum"))] == [
        said
    ] * 3
    (amount,) = root.iter(f"{{{NS['p']}}}InstdAmt")
    assert amount.get("Ccy") == currency
    assert root.find(".//p:SvcLvl", NS) is None, "SEPA is euro"


def made(town, currency="EUR"):
    file = files.make_file(operator=operator(town).id, currency=currency, now=town.now)
    name, data = files.file_bytes(file.id)
    assert (name, data) == files.file_bytes(file.id)
    return ET.fromstring(data)


def check_message(root: ET.Element) -> None:
    """What the message definition asks of every file."""
    assert root.tag == f"{{{NS['p']}}}Document"
    for element in root.iter():
        name = element.tag.partition("}")[2]
        children = [child.tag.partition("}")[2] for child in element]
        if name in ORDER:
            places = [ORDER[name].index(child) for child in children]
            assert places == sorted(places), (name, children)
        if name in LENGTHS:
            assert 0 < len(element.text) <= LENGTHS[name]
        assert children or element.text, f"{name} is empty"
    for part in (root.find(".//p:GrpHdr", NS), root.find(".//p:PmtInf", NS)):
        amounts = [one.text for one in root.iterfind(".//p:InstdAmt", NS)]
        assert part.findtext("p:NbOfTxs", namespaces=NS) == str(len(amounts))
        total = sum(int(amount.replace(".", "")) for amount in amounts)
        assert part.findtext("p:CtrlSum", namespaces=NS).replace(".", "") == str(total)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", text(root, "CreDtTm"))


def text(root: ET.Element, tag: str) -> str:
    return root.findtext(f".//p:{tag}", namespaces=NS)


def test_the_bank_file_is_a_sepa_credit_transfer(ready):
    root = made(ready)
    check_message(root)
    assert (text(root, "PmtMtd"), text(root, "SvcLvl/p:Cd")) == ("TRF", "SEPA")
    assert (text(root, "ChrgBr"), text(root, "BtchBookg")) == ("SLEV", "false")
    assert (text(root, "Dbtr/p:Nm"), text(root, "DbtrAcct/p:Id/p:IBAN")) == (
        "Teeladchen Goodword",
        HOUSE,
    )
    assert text(root, "CtrlSum") == "99.99"
    orders = root.findall(".//p:CdtTrfTxInf", NS)
    assert [one.findtext("p:Amt/p:InstdAmt", namespaces=NS) for one in orders] == [
        "60.00",
        "39.99",
    ]
    assert {one.find("p:Amt/p:InstdAmt", NS).get("Ccy") for one in orders} == {"EUR"}
    assert {text(one, "CdtrAcct/p:Id/p:IBAN") for one in orders} == {IBAN}
    assert {text(one, "Cdtr/p:Nm") for one in orders} == {"Lin Mei"}
    numbers = set(Payout.objects.values_list("number", flat=True))
    assert {text(one, "EndToEndId") for one in orders} == numbers
    assert set(Payout.objects.values_list("state", flat=True)) == {PayoutState.SENT}
    with pytest.raises(files.NothingToSend):
        made(ready)


def test_chinese_bank_cards_go_into_an_ordinary_file(town):
    files.keep_house_account(
        operator=operator(town).id, currency="CNY", holder="好话小镇", number="1001234567890",
        bank="工商银行", now=town.now,
    )  # fmt: skip
    sell(town, yuan(500))
    given = rules.details(kind=DetailKind.CARD, holder="林梅", number=CARD, bank="工商银行浦东支行")
    details.keep_details(member=town.seller.id, currency="CNY", details=given, now=town.now)
    ask(town, currency="CNY")
    root = made(town, "CNY")
    check_message(root)
    assert root.find(".//p:SvcLvl", NS) is None
    assert (text(root, "Cdtr/p:Nm"), text(root, "CdtrAcct/p:Id/p:Othr/p:Id")) == ("林梅", CARD)
    assert text(root, "CdtrAgt/p:FinInstnId/p:Nm") == "工商银行浦东支行"


def test_a_file_needs_the_houses_account(town):
    sell(town, euro(100))
    iban(town.seller)
    ask(town)
    with pytest.raises(files.NoHouseAccount):
        made(town)


def test_the_statement_confirms_what_the_file_asked_for(ready):
    made(ready)
    first, second = Payout.objects.order_by("id")
    found = take_in(ready, left(first), opening="500.00", closing="440.00")
    assert (found.new, found.explained, found.open) == (1, 1, 0)
    first.refresh_from_db()
    assert (first.state, first.reference) == (PayoutState.PAID, "B-1")
    assert Payout.objects.get(id=second.id).state == PayoutState.SENT
    # What stood there before was the house's own; the books now say what the bank says.
    assert stands(AccountKind.GATEWAY) == euro(440)
    assert stands(AccountKind.OWN) == euro(500)
    check_books()


def test_the_same_statement_again_and_an_overlapping_one_change_nothing(ready):
    made(ready)
    first, second = Payout.objects.order_by("id")
    a, b = left(first, id="B-1"), left(second, id="B-2")
    take_in(ready, a, opening="500.00", closing="440.00")
    again = take_in(ready, a, opening="500.00", closing="440.00")
    assert (again.new, again.known) == (0, 1)
    longer = take_in(ready, a, b, opening="500.00", closing="400.01", number="2")
    assert (longer.new, longer.known, longer.explained) == (1, 1, 1)
    assert stands(AccountKind.GATEWAY) == Money(40001, "EUR")
    assert BankLine.objects.count() == 2
    check_books()


def test_what_the_bank_sends_back_is_the_members_again(ready):
    made(ready)
    payout = Payout.objects.order_by("id")[0]
    take_in(ready, left(payout), came_back(payout), opening="500.00", closing="500.00")
    payout.refresh_from_db()
    assert payout.state == PayoutState.RETURNED
    assert "account closed" in payout.reason
    assert stands(AccountKind.PAYABLE, ready.seller) == Money(6001, "EUR")
    assert stands(AccountKind.GATEWAY) == euro(500)
    check_books()


def test_paid_by_hand_the_statement_only_agrees(ready):
    payout = Payout.objects.order_by("id")[0]
    payouts.confirm_payout(
        payout=payout.id, operator=operator(ready).id, reference="by hand", now=ready.now
    )
    take_in(ready, left(payout), opening="500.00", closing="440.00")
    assert stands(AccountKind.GATEWAY) == euro(440)
    assert BankLine.objects.get().taken == Taken.PAYOUT


def test_a_payout_that_left_twice_is_not_explained_away(ready):
    made(ready)
    payout = Payout.objects.order_by("id")[0]
    twice = (left(payout, id="B-1"), left(payout, id="B-2"))
    found = take_in(ready, *twice, opening="500.00", closing="380.00")
    assert (found.explained, found.open) == (1, 1)
    assert stands(AccountKind.GATEWAY) == euro(440)


def test_what_left_or_came_against_the_books_is_not_explained_away(ready):
    """The member has it on her balance again, and at her bank: that is named, not swallowed."""
    made(ready)
    sent, other = Payout.objects.order_by("id")
    hand = {"operator": operator(ready).id, "now": ready.now}
    payouts.return_payout(payout=sent.id, reason="the bank refused the file", **hand)
    found = take_in(ready, left(sent), opening="500.00", closing="440.00")
    assert (found.explained, found.open) == (0, 1)
    payouts.confirm_payout(payout=other.id, reference="by hand", **hand)
    payouts.return_payout(payout=other.id, reason="account closed", **hand)
    found = take_in(
        ready, came_back(other, id="B-3"), came_back(other, id="B-4"), came_back(sent, id="B-5"),
        opening="440.00", closing="579.98", number="2",
    )  # fmt: skip
    assert (found.explained, found.open) == (1, 2)
    check_books()


def test_what_comes_with_the_number_of_a_payout_that_never_left_waits(ready):
    waiting = Payout.objects.order_by("id")[0]
    found = take_in(ready, came_back(waiting), opening="500.00", closing="560.00")
    assert (found.explained, found.open) == (0, 1)
    assert Payout.objects.get(id=waiting.id).state == PayoutState.ASKED


def test_another_amount_is_not_that_payout(ready):
    made(ready)
    payout = Payout.objects.order_by("id")[0]
    wrong = left(payout).replace("60.00", "6.00")
    assert take_in(ready, wrong, opening="500.00", closing="494.00").open == 1
    payout.refresh_from_db()
    assert payout.state == PayoutState.SENT


def test_a_statement_of_another_account_is_refused(ready):
    data = camt(closing="1000.00").replace(HOUSE.encode(), IBAN.encode())
    with pytest.raises(statements.WrongAccount, match="NL91"):
        statements.import_statement(data=data, operator=operator(ready).id, now=ready.now)


def test_a_broken_statement_leaves_nothing(ready):
    with pytest.raises(bank.Unreadable):
        take_in(ready, entry("1.00"), opening="500.00", closing="999.00")
    assert not BankLine.objects.exists()


def test_the_operator_explains_what_nobody_else_can(ready):
    found = take_in(
        ready, entry("30.00", id="S-1"), entry("2.50", side="DBIT", id="F-1"),
        opening="500.00", closing="527.50",
    )  # fmt: skip
    assert found.open == 2
    settled, fee = BankLine.objects.order_by("-amount")
    by = operator(ready).id
    explain = {"operator": by, "now": ready.now}
    before = ready.stands(AccountKind.GATEWAY, "EUR")
    statements.explain_line(line=settled.id, taken=Taken.SETTLED, gateway="sandbox", **explain)
    statements.explain_line(line=fee.id, taken=Taken.OWN, **explain)
    assert stands(AccountKind.GATEWAY) == Money(52750, "EUR")
    assert ready.stands(AccountKind.GATEWAY, "EUR") == before - euro(30)
    assert stands(AccountKind.OWN) == Money(49750, "EUR")
    with pytest.raises(statements.Conflict):
        statements.explain_line(line=fee.id, taken=Taken.OWN, **explain)
    check_books()
