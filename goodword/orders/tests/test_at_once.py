"""Two connections at the same instant: exactly one wins, and the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from goodword.kit import clock, jobs, rows
from goodword.kit.errors import Refused
from goodword.money import queries as money
from goodword.money.actions import receive_callback
from goodword.money.gateways.sandbox import Sandbox
from goodword.money.models import Payment
from goodword.money.states import AnswerKind
from goodword.orders import actions
from goodword.orders.models import Order, OrderLine, Timer
from goodword.shop.actions import Item, OutOfStock

from .town import (
    ADDRESS,
    DAY,
    HOUR,
    NOW,
    NUMBER,
    balanced,
    held,
    held_money,
    offered,
    open_shop,
    person,
    place,
    shipped,
    state,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]


def at_once(*deeds, now=NOW):
    """Each deed on a thread and a connection of its own; answers or refusals, in their order."""
    gate = Barrier(len(deeds))

    def run(deed):
        try:
            gate.wait()
            with clock.at(now):
                return deed()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))


def order_it(buyer, variant, key):
    items = [Item(variant.id, 1)]
    asked = {"buyer": buyer, "items": items, "address": ADDRESS, "key": key, "method": "card"}
    return lambda: actions.place_and_pay(**asked, now=NOW)[0].order


def test_a_double_submit_makes_one_order_and_one_payment(wang, cup):
    both = at_once(*[order_it(wang, cup, "tap")] * 4)
    assert len({order.id for order in both}) == 1
    assert state(both[0]) == "held"
    assert held_money(both[0]) == 12000
    assert [one.kind for one in money.trail(both[0].id)] == ["capture"]
    cup.refresh_from_db()
    assert cup.stock == 4


def test_a_double_submit_of_the_last_piece_is_no_sold_out(lin, wang):
    last = offered(lin, "Last bowl", stock=1)
    both = at_once(*[order_it(wang, last, "tap")] * 3)
    assert len({order.id for order in both}) == 1


def test_the_last_piece_has_one_buyer(lin, wang, stranger):
    last = offered(lin, "Last bowl", stock=1)
    answers = at_once(order_it(wang, last, "a"), order_it(stranger, last, "b"))
    assert sum(isinstance(one, Order) for one in answers) == 1
    assert sum(isinstance(one, OutOfStock) for one in answers) == 1
    assert Order.objects.count() == 1


def test_the_last_piece_among_fifty_has_one_buyer(lin):
    last = offered(lin, "Last bowl", stock=1)
    crowd = [person(f"buyer{number}") for number in range(50)]
    answers = at_once(*[order_it(buyer, last, "mine") for buyer in crowd])
    (order,) = [one for one in answers if isinstance(one, Order)]
    assert sum(isinstance(one, OutOfStock) for one in answers) == 49
    assert (state(order), held_money(order)) == ("held", 12000)
    assert (Order.objects.count(), Payment.objects.count()) == (1, 1)
    last.refresh_from_db()
    assert last.stock == 0
    assert balanced()


def test_two_payments_at_once_charge_once(wang, cup):
    (order,) = place(wang, cup)
    answers = at_once(
        *(
            lambda key=key: actions.pay(buyer=wang, order=order.id, method="card", key=key, now=NOW)
            for key in "abc"
        )
    )
    assert any(not isinstance(one, Refused) for one in answers)
    assert (state(order), held_money(order)) == ("held", 12000)
    assert [one.kind for one in money.trail(order.id)] == ["capture"]


def test_confirming_and_the_timer_receive_it_once(lin, wang, cup):
    order = shipped(wang, lin, cup)
    late = NOW + 10 * DAY
    at_once(
        lambda: actions.confirm(buyer=wang, order=order.id, now=late),
        lambda: actions.ring(order=order.id, now=late),
        now=late,
    )
    assert state(order) == "received"
    assert OrderLine.objects.get().received_at == late
    assert Timer.objects.filter(done_at=None).count() == 1


WAITED_FOR = """
SELECT count(*) > 0 FROM pg_locks
 WHERE NOT granted AND transactionid = pg_current_xact_id()::xid"""


def test_whoever_waits_for_an_order_sees_its_lines_as_they_are_then(wang, cup):
    order = held(wang, cup)

    def look():
        with transaction.atomic():
            found = [line.state for line in actions.lock(order.id).lines]
        connection.close()
        return found

    with ThreadPoolExecutor(1) as threads, transaction.atomic():  # which ends first
        rows.change_all(actions.lock(order.id).lines, state="shipped")
        seen = threads.submit(look)
        with connection.cursor() as cursor:
            while cursor.execute(WAITED_FOR).fetchone() == (False,):
                assert not seen.done()
    assert seen.result() == ["shipped"]


@pytest.mark.parametrize("_round", range(3))
def test_cancelling_and_shipping_have_one_winner(lin, wang, cup, _round):
    order = held(wang, cup)
    late = NOW + 49 * HOUR
    answers = at_once(
        lambda: actions.cancel(member=wang, order=order.id, now=late),
        lambda: actions.ship(seller=lin, order=order.id, carrier="sf", number=NUMBER, now=late),
        now=late,
    )
    assert sum(isinstance(one, Refused) for one in answers) == 1
    money_left = {"cancelled": 0, "shipped": 12000}
    assert held_money(order) == money_left[state(order)]
    assert balanced()


def test_paying_in_the_moment_of_expiry_ends_one_way(wang, cup):
    (order,) = place(wang, cup)
    over = NOW + HOUR / 4
    at_once(
        lambda: actions.pay(buyer=wang, order=order.id, method="card", key="k", now=NOW),
        lambda: actions.ring(order=order.id, now=over),
    )
    with clock.at(over):
        jobs.run_due()
    cup.refresh_from_db()
    ends = {"held": (12000, 4), "expired": (None, 5)}
    left = held_money(order)
    assert (left, cup.stock) == ends[state(order)]
    assert balanced()


def test_the_gateways_message_in_the_moment_of_expiry(wang, cup):
    """Held, or expired and sent back; the pieces are where the money says."""
    over = NOW + HOUR / 4
    for _turn in range(3):
        (order,) = place(wang, cup)
        actions.pay(buyer=wang, order=order.id, method="pending", key="k", now=NOW)
        charge = str(money.latest_payment(order.id).id)
        body, headers = Sandbox().message(charge, AnswerKind.CAPTURED, now=over)
        at_once(
            lambda body=body, headers=headers: receive_callback(
                gateway="sandbox", body=body, headers=headers, now=over
            ),
            lambda order=order: actions.ring(order=order.id, now=over),
            now=over,
        )
        with clock.at(over):
            jobs.run_due()
        cup.refresh_from_db()
        kinds = [one.kind for one in money.trail(order.id)]
        ends = {"held": (["capture"], 12000), "expired": (["late", "refund_paid"], None)}
        assert (kinds, held_money(order)) == ends[state(order)]
        assert cup.stock == 5 - pieces_held()
    assert balanced()


def pieces_held():
    return OrderLine.objects.filter(state="held").count()


def test_two_carts_of_the_same_shops_do_not_lock_each_other_out(lin, wang, stranger, cup):
    wen = person("wen")
    from .town import open_shop

    open_shop(wen)
    bowl = offered(wen, "Bowl", stock=50)
    goods = [Item(cup.id, 1), Item(bowl.id, 1)]
    answers = at_once(
        *(
            lambda buyer=buyer, items=items, key=key: actions.place(
                buyer=buyer, items=items, address=ADDRESS, key=key, now=NOW
            )
            for buyer, items, key in (
                (wang, goods, "1"), (stranger, goods[::-1], "1"), (wang, goods[::-1], "2"),
                (stranger, goods, "2"),
            )
        )
    )  # fmt: skip
    assert [len(one) for one in answers] == [2, 2, 2, 2]


def test_ordering_and_calling_off_take_their_locks_in_one_order(lin, wang, stranger):
    """A cart of two shops, while the same buyer calls off orders of the same goods."""
    open_shop(stranger)
    mine, theirs = offered(lin, "Bowl", stock=500), offered(stranger, "Jug", stock=500)
    cart = [Item(mine.id, 1), Item(theirs.id, 1)]

    def order_and_cancel(number):
        def deed():
            for turn in range(6):
                made = actions.place(
                    buyer=wang, items=cart, address=ADDRESS, key=f"{number}/{turn}", now=NOW
                )
                for order in made:
                    actions.cancel(member=wang, order=order.id, now=NOW)
            return len(made)

        return deed

    assert at_once(*[order_and_cancel(number) for number in range(4)]) == [2] * 4
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.stock, theirs.stock) == (500, 500)
