"""A movement of the bank is one line of the books, however many files tell of it, and how."""

from dataclasses import replace
from datetime import date

import pytest

from goodword.kit.money import Money
from goodword.money import bank
from goodword.money.bank import Direction
from goodword.money.banking.knowing import Span, apart, pairs
from goodword.money.banking.statements import import_statement
from goodword.money.gateways.transfer.references import reference_of
from goodword.money.models import BankLine

from ..bank.papers import camt, detail, entry
from ..town import check_books
from .houses import house_account, operator

HERS, HIS = (reference_of(f"01890000-0000-7000-8000-{n:012x}") for n in (1, 2))
LINE = bank.BankLine(
    booked_on=date(2026, 5, 4), direction=Direction.IN, amount=Money(1000, "EUR"), reference="",
    counterparty="", account="", text="", bank_id="", reversal=False,
)  # fmt: skip


def mt940(*lines: tuple[str, str], opening: str, closing: str, page: str = "1") -> bytes:
    """Each line its sum and what the payer wrote, as banks without numbers of their own write."""
    told = [f":61:2605040504{sum_}NTRFEREF\n:86:{text}" for sum_, text in lines]
    return "\n".join(
        [":20:S", ":25:12030000/0000202051", f":28C:00124/{page}", f":60F:C260504EUR{opening}",
         *told, f":62F:C260504EUR{closing}", ""]
    ).encode()  # fmt: skip


def pay(reference: str, name: str = "Hong Müller") -> str:
    return entry("10.00", details=detail(name=name, text=f"{reference} Tee für den Laden"))


def told(reference: str) -> tuple[str, str]:
    """The same in other words: no e2e, cut in lines, no umlauts, an old number of the account."""
    cut = f"SVWZ+{reference[:13]} {reference[13:]} TEE FUER"
    return "CR10,00", f"166?00GUTSCHRIFT?20{cut[:27]}?21{cut[27:]}?30ABNA?310417164300?32MUELLER"


@pytest.fixture
def house(town):
    house_account(town)
    return town


def take(town, data):
    found = import_statement(data=data, operator=operator(town).id, now=town.now)
    return found.new, found.known


@pytest.mark.django_db
def test_a_day_in_other_words_is_the_same_day(house):
    """Three payments of one sum, two of them alike; the other file tells them in another order."""
    day = camt(pay(HERS), pay(HERS), pay(HIS), opening="0.00", closing="30.00")
    again = mt940(told(HIS), told(HERS), told(HERS), opening="0,00", closing="30,00")
    assert take(house, day) == (3, 0)
    assert take(house, again) == (0, 3)
    assert take(house, day) == (0, 3)
    more = mt940(told(HIS), *[told(HERS)] * 3, opening="0,00", closing="40,00")
    assert take(house, more) == (1, 3), "one more of those that are alike is a payment"
    check_books()


@pytest.mark.django_db
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_the_same_payment_on_the_next_page_is_another(house, order):
    pages = [
        camt(pay(HERS), opening=f"{n}0.00", closing=f"{n + 1}0.00", number=str(n)) for n in range(3)
    ]
    for n in order:
        assert take(house, pages[n]) == (1, 0)
    for page in pages:
        assert take(house, page) == (0, 1)
    whole = mt940(*[told(HERS)] * 3, opening="0,00", closing="30,00")
    assert take(house, whole) == (0, 3)
    assert BankLine.objects.count() == 3


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"text": "for the tea"}, {"text": "TEA"}, True),
        ({"bank_id": "B-1"}, {"bank_id": "B-2"}, False),
        ({"bank_id": "B-1", "reference": "e2e"}, {"bank_id": "B-1", "reference": "kref"}, True),
        ({"bank_id": "B-1"}, {}, True),
        ({"reference": "order-2026-000012345"}, {"reference": "ORDER 2026 00001"}, True),
        ({"reference": "order 1"}, {"reference": "order 2"}, False),
        ({"account": "NL91ABNA0417164300"}, {"account": "417164300"}, True),
        ({"account": "NL91ABNA0417164300"}, {"account": "DE02120300000000202051"}, False),
        ({"text": f"tea {HERS}"}, {"text": f"tea {HIS}"}, False),
        ({"text": f"tea {HERS}"}, {"text": f"{HIS} and {HERS[:7]} {HERS[7:]}"}, True),
        ({"amount": Money(1000, "EUR")}, {"amount": Money(1001, "EUR")}, False),
        ({"direction": Direction.IN}, {"direction": Direction.OUT}, False),
        ({"booked_on": date(2026, 5, 4)}, {"booked_on": date(2026, 5, 5)}, False),
    ],
)  # fmt: skip
def test_what_tells_two_movements_apart(one, other, same):
    lines = [replace(LINE, key="1", **one)], [replace(LINE, key="2", **other)]
    assert pairs(*lines) == ({0: 0} if same else {})
    assert pairs(*reversed(lines)) == ({0: 0} if same else {})


def test_the_line_that_looks_most_like_it_is_taken():
    plain, hers, his = (
        replace(LINE, key=key, text=text)
        for key, text in (("1", ""), ("2", f"tea {HERS}"), ("3", f"tea {HIS}"))
    )
    again = [replace(one, key="", text=f"{one.text}s") for one in (his, plain, hers)]
    assert pairs(again, [plain, hers, his]) == {0: 2, 1: 0, 2: 1}


def test_statements_are_apart_only_where_one_leads_to_the_other():
    day = date(2026, 5, 4)
    first, second, third = (
        Span(name, opened, closed, day, day)
        for name, opened, closed in (("a", 0, 10), ("b", 10, 30), ("c", 30, 5))
    )
    assert apart(second, [first, third]) == {"a", "c"}
    assert apart(third, [first, second]) == {"a", "b"}
    assert apart(third, [first]) == set()
    whole = Span("w", 0, 5, day, day)
    assert apart(whole, [first, second, third]) == set()
    assert apart(Span("silent", None, None, None, None), [first]) == set()
    still = Span("s", 10, 10, day, day)
    assert apart(replace(first, id="x"), [still, first]) == {"s"}
    assert apart(replace(still, id="y"), [still]) == set(), "what came left again: the same day"
    earlier = replace(second, closed_on=date(2026, 5, 3), opened_on=date(2026, 5, 2))
    assert apart(earlier, [first]) == set(), "the sum is the same by chance: the days are not"
