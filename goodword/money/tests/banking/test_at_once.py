"""The same money wanted twice in one instant: it goes once, and no two lock each other out."""

from datetime import timedelta

import pytest

from goodword.kit.ids import new_id
from goodword.money.banking import deposit, payouts, statements
from goodword.money.models import BankLine
from goodword.money.queries import seller_balance
from goodword.money.states import AccountKind

from ..test_concurrency import at_once, refusals
from ..town import check_books
from .houses import ask, euro, house_account, iban, operator, sell, stands
from .test_knowing import HERS, HIS, camt, mt940, pay, told

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3
LATER = timedelta(days=31)  # nothing was sold for so long that the deposit may go


@pytest.fixture
def rich(open_town):
    """A seller with 40 euros on her balance, 60 in her deposit, and nothing unsettled."""
    sell(open_town, euro(100))
    iban(open_town.seller)
    top_up(open_town, 60, "first")
    open_town.now += LATER
    return open_town


def top_up(town, sum_, key):
    return deposit.top_up(seller=town.seller.id, amount=euro(sum_), key=key, now=town.now)


def take_out(town, sum_, key):
    return deposit.take_out(seller=town.seller.id, amount=euro(sum_), key=key, now=town.now)


def compensate(town, sum_, key):
    return deposit.compensate(
        seller=town.seller.id, buyer=town.buyer.id, order=new_id(), amount=euro(sum_),
        reason="a fake", key=key, actor=None, now=town.now, below_zero=False,
    )  # fmt: skip


def whose(town):
    """Her balance and deposit, what is on its way to her bank, and the buyer's balance."""
    (line,) = seller_balance(town.seller.id)
    return line.available, line.deposit, line.pending, stands(AccountKind.PAYABLE, town.buyer)


def test_freezing_and_unfreezing_never_meet_a_deadlock_and_lose_nothing(rich):
    """All want more than there is together, from both ends: whatever goes through, adds up."""
    for turn in range(ROUNDS):
        at_once(
            *[lambda key=f"u{turn}{n}": top_up(rich, 40, key) for n in range(4)],
            *[lambda key=f"d{turn}{n}": take_out(rich, 60, key) for n in range(4)],
        )
        available, put_up, _pending, _buyer = whose(rich)
        assert available + put_up == euro(100)
        assert min(available, put_up) >= euro(0)
    check_books()


def test_one_deposit_is_taken_out_once(rich):
    answers = at_once(*[lambda key=key: take_out(rich, 60, key) for key in "abcdef"])
    assert refusals(answers) == 5
    assert whose(rich) == (euro(100), euro(0), euro(0), euro(0))


def test_unfreezing_against_a_compensation(rich):
    """The buyer is paid whoever comes first; the deposit is never given twice."""
    _taken, compensated = at_once(
        lambda: take_out(rich, 60, "out"), lambda: compensate(rich, 60, "fake")
    )
    assert refusals([compensated]) == 0
    assert whose(rich) == (euro(40), euro(0), euro(0), euro(60))
    check_books()


def test_freezing_against_a_payout_of_the_same_money(rich):
    answers = at_once(
        lambda: top_up(rich, 40, "more"), lambda: ask(rich, euro(40)),
        lambda: compensate(rich, 100, "all of it"),
    )  # fmt: skip
    ends = {
        (True, False, True): (euro(0), euro(60), euro(40), euro(0)),
        (True, True, False): (euro(0), euro(0), euro(0), euro(100)),
        (False, True, False): (euro(0), euro(0), euro(0), euro(100)),
    }
    assert whose(rich) == ends[tuple(refusals([one]) == 1 for one in answers)]
    check_books()


def test_a_payout_ends_once(rich):
    """Called off by its owner, sent back by one operator and confirmed by another."""
    by = operator(rich).id
    for turn in range(ROUNDS):
        payout = ask(rich, euro(10), key=f"p{turn}")
        before = whose(rich)[0]
        go = {"payout": payout.id, "now": rich.now}
        answers = at_once(
            lambda go=go: payouts.cancel_payout(viewer=rich.seller.id, **go),
            lambda go=go: payouts.confirm_payout(operator=by, reference="B", **go),
            lambda go=go: payouts.return_payout(operator=by, reason="closed", **go),
        )
        payout.refresh_from_db()
        cancelled, confirmed, returned = (refusals([one]) == 0 for one in answers)
        back = payout.state in ("cancelled", "returned")
        assert whose(rich)[0] == before + (euro(10) if back else euro(0))
        assert whose(rich)[2] == euro(0)
        # Only what was sent can come back after it was confirmed.
        assert (cancelled, confirmed, returned).count(True) == 1 or (
            (cancelled, confirmed, returned) == (False, True, True) and payout.state == "returned"
        )
    check_books()


def test_two_operators_take_in_one_day_in_either_format(open_town):
    """Each line is known to whoever comes second, though neither saw the other's file begin."""
    house_account(open_town)
    by = operator(open_town).id
    files = (
        camt(pay(HERS), pay(HERS), pay(HIS), opening="0.00", closing="30.00"),
        mt940(told(HIS), told(HERS), told(HERS), opening="0,00", closing="30,00"),
    )
    found = at_once(
        *[
            lambda data=data: statements.import_statement(data=data, operator=by, now=open_town.now)
            for data in files * 2
        ]
    )
    assert sum(one.new for one in found) == BankLine.objects.count() == 3
    assert stands(AccountKind.GATEWAY) == euro(0)
