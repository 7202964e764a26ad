import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction

from goodword.kit import clock, jobs
from goodword.kit.errors import Invalid, Refused
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.shop import actions, queries, tasks
from goodword.shop.actions.refusals import (
    BadQuantity,
    BoughtFromOneself,
    NotForSale,
    OutOfStock,
    PriceChanged,
    ReservationEnded,
)
from goodword.shop.models import PriceChange, Reservation, Sale, Variant

from . import town
from .town import NOW, yuan

LATER = NOW + timedelta(minutes=15)


@pytest.fixture
def seller(db):
    seller = town.person("lin", "Lin")
    town.open_shop(seller)
    return seller


@pytest.fixture
def buyer(db):
    return town.person("chen", "Chen")


def reserve(buyer, *items, order=None, until=LATER, now=NOW):
    order = order or new_id()
    return order, actions.reserve(
        order=order, buyer=buyer.id, items=list(items), until=until, now=now
    )


def item(row, quantity=1, expected=None):
    return actions.Item(town.first_variant(row).id, quantity, expected)


def stock(row):
    return town.first_variant(row).stock


def test_a_promise_says_all_that_was_offered(seller, buyer):
    cup = town.listing(
        seller, "Celadon cup", town.variant(120, 5, Glaze="Celadon"),
        description="Thrown by hand.", shipping=yuan(12), brand="Lin", origin="Longquan",
    )  # fmt: skip
    _order, [promise] = reserve(buyer, item(cup, 2, yuan(120)))
    assert (promise.listing, promise.seller, promise.quantity) == (cup.id, seller.id, 2)
    assert (promise.unit_price, promise.shipping) == (yuan(120), yuan(12))
    assert promise.ship_within == timedelta(hours=48)
    facts = promise.snapshot
    assert facts["title"] == "Celadon cup"
    assert facts["options"] == [["Glaze", "Celadon"]]
    assert facts["price"] == {"minor": 12000, "currency": "CNY"}
    assert facts["seller"] == {"id": str(seller.id), "handle": "lin", "name": "Lin"}
    assert len(facts["pictures"]) == 1
    assert stock(cup) == 3


def test_shipping_is_paid_once_a_listing(seller, buyer):
    cup = town.listing(
        seller, "Cup", town.variant(50, 5, Size="S"), town.variant(60, 5, Size="L"),
        shipping=yuan(10),
    )  # fmt: skip
    small, large = cup.variants.order_by("position")
    _order, promises = reserve(buyer, actions.Item(large.id, 1), actions.Item(small.id, 1))
    assert [one.variant for one in promises] == [large.id, small.id]
    assert [one.shipping for one in promises] == [yuan(10), yuan(0)]


def test_all_or_nothing(seller, buyer):
    plenty, scarce = (
        town.listing(seller, "Plenty"),
        town.listing(seller, "Scarce", town.variant(9, 1)),
    )
    with pytest.raises(OutOfStock) as refusal:
        reserve(buyer, item(plenty, 2), item(scarce, 2))
    assert "Only 1 of “Scarce” is left" in str(refusal.value)
    assert (refusal.value.left, refusal.value.status) == (1, 409)
    assert (stock(plenty), stock(scarce)) == (5, 1)
    assert not Reservation.objects.exists()


def test_the_same_variant_twice_is_one_item(seller, buyer):
    cup = town.listing(seller)
    _order, promises = reserve(buyer, item(cup, 2), item(cup, 1))
    assert [one.quantity for one in promises] == [3]
    assert stock(cup) == 2


def test_a_changed_price_is_a_question(seller, buyer):
    cup = town.listing(seller)
    actions.change_price(
        seller=seller, variant=town.first_variant(cup).id, price=yuan(130), now=NOW
    )
    with pytest.raises(PriceChanged) as refusal:
        reserve(buyer, item(cup, 1, yuan(120)))
    assert "¥130.00 instead of" in str(refusal.value)
    assert refusal.value.price == yuan(130)
    assert stock(cup) == 5
    reserve(buyer, item(cup, 1, yuan(130)))


def test_an_expected_price_in_another_currency_is_no_match(seller, buyer):
    with pytest.raises(PriceChanged):
        reserve(buyer, item(town.listing(seller), 1, Money(12000, "EUR")))


@pytest.mark.parametrize("quantity", [0, -1, 1000])
def test_quantities_have_bounds(seller, buyer, quantity):
    with pytest.raises(BadQuantity):
        reserve(buyer, item(town.listing(seller, "Cup", town.variant(1, 5000)), quantity))


def test_what_cannot_be_bought(seller, buyer):
    cup = town.listing(seller)
    with pytest.raises(BoughtFromOneself):
        reserve(seller, item(cup))
    with pytest.raises(Invalid):
        reserve(buyer)
    with pytest.raises(actions.VariantMissing):
        reserve(buyer, actions.Item(new_id(), 1))
    hidden = town.listing(seller, "Draft", offer=False)
    with pytest.raises(actions.VariantMissing):
        reserve(buyer, item(hidden))
    actions.withdraw(seller=seller, listing=cup.id, now=NOW)
    with pytest.raises(NotForSale):
        reserve(buyer, item(cup))
    assert stock(cup) == 5


def test_a_shop_for_friends_sells_to_friends_only(buyer):
    seller, friend = town.person("mei"), town.person("friend")
    town.open_shop(seller, public=False)
    town.befriend(seller, friend)
    cup = town.listing(seller)
    with pytest.raises(actions.VariantMissing):
        reserve(buyer, item(cup))
    reserve(friend, item(cup))
    assert stock(cup) == 4


def test_released_pieces_go_back_once(seller, buyer):
    cup = town.listing(seller)
    order, _promises = reserve(buyer, item(cup, 3))
    assert actions.release_reservation(order=order, now=NOW) == 1
    assert actions.release_reservation(order=order, now=NOW) == 0
    assert stock(cup) == 5
    with pytest.raises(ReservationEnded):
        actions.sell(order=order, now=NOW)


def test_sold_pieces_stay_sold(seller, buyer):
    cup = town.listing(seller)
    order = town.buy(buyer, town.first_variant(cup), 2)
    actions.sell(order=order, now=NOW)
    assert actions.release_reservation(order=order, now=NOW) == 0
    assert stock(cup) == 3
    assert actions.restock(order=order, variants=[new_id()], now=NOW) == 0
    assert actions.restock(order=order, variants=[town.first_variant(cup).id], now=NOW) == 1
    assert actions.restock(order=order, now=NOW) == 0
    assert stock(cup) == 5


def test_paying_for_nothing_is_refused(db):
    with pytest.raises(ReservationEnded):
        actions.sell(order=new_id(), now=NOW)


def test_the_sweep_releases_what_was_not_paid_in_time(seller, buyer):
    cup = town.listing(seller)
    reserve(buyer, item(cup, 2))
    reserve(buyer, item(cup, 1), until=NOW + timedelta(hours=24))
    with clock.at(LATER - timedelta(seconds=1)):
        tasks.sweep_reservations(timestamp=0)
        jobs.run_due()
    assert stock(cup) == 2
    with clock.at(LATER):
        tasks.sweep_reservations(timestamp=0)
        jobs.run_due()
    assert stock(cup) == 4


def test_a_job_that_comes_early_asks_the_rule_again(seller, buyer):
    cup = town.listing(seller)
    order, _promises = reserve(buyer, item(cup, 2))
    assert actions.expire_reservation(order=order, now=LATER - timedelta(seconds=1)) == 0
    assert actions.expire_reservation(order=order, now=LATER) == 1
    assert stock(cup) == 5


def test_counting_again_keeps_what_was_reserved_meanwhile(seller, buyer):
    cup = town.listing(seller)
    reserve(buyer, item(cup, 2))
    counted = actions.set_stock(
        seller=seller, variant=town.first_variant(cup).id, stock=8, seen=5, now=NOW
    )
    assert counted.stock == 6
    counted = actions.set_stock(seller=seller, variant=counted.id, stock=4, now=NOW)
    assert counted.stock == 4


def test_prices_are_remembered_for_ever(seller):
    cup = town.listing(seller)
    one = town.first_variant(cup)
    actions.change_price(seller=seller, variant=one.id, price=yuan(100), now=NOW)
    actions.change_price(seller=seller, variant=one.id, price=yuan(100), now=NOW + town.DAY)
    found = queries.listing(None, cup.id, now=NOW).variants[0]
    assert [point.price for point in found.history] == [yuan(120), yuan(100)]
    assert found.reduction.percent == 16
    change = PriceChange.objects.first()
    for statement in (
        "UPDATE shop_pricechange SET price_minor = 1",
        "DELETE FROM shop_pricechange",
    ):
        with (
            pytest.raises(ProgrammingError, match="Cannot"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    change.refresh_from_db()
    assert change.price_minor == 12000


def test_only_the_seller_changes_prices_and_stock(seller, buyer):
    one = town.first_variant(town.listing(seller))
    with pytest.raises(actions.VariantMissing):
        actions.change_price(seller=buyer, variant=one.id, price=yuan(1), now=NOW)
    with pytest.raises(actions.VariantMissing):
        actions.set_stock(seller=buyer, variant=one.id, stock=1, now=NOW)
    with pytest.raises(Refused):
        actions.change_price(seller=seller, variant=one.id, price=yuan(0), now=NOW)
    with pytest.raises(Refused):
        actions.change_price(seller=seller, variant=one.id, price=Money(5, "EUR"), now=NOW)
    with pytest.raises(Refused):
        actions.set_stock(seller=seller, variant=one.id, stock=-1, now=NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE shop_variant SET stock = -1",
        "UPDATE shop_variant SET price_minor = 0",
        "UPDATE shop_listing SET currency = 'cny'",
        "UPDATE shop_listing SET shipping_minor = -1",
        "UPDATE shop_listing SET shipping_days_min = 9, shipping_days_max = 1",
        "UPDATE shop_listing SET state = 'gone'",
        "UPDATE shop_listing SET listed_at = NULL",
        "UPDATE shop_listing SET made_to_order = true",
    ],
)
def test_raw_sql_cannot_break_a_listing(seller, statement):
    town.listing(seller)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_units_sold_are_the_sum_of_rows_nobody_can_edit(seller):
    cup = town.listing(seller)
    one, line = town.first_variant(cup), new_id()

    def count(**changes):
        actions.record_sale(
            **{"line": line, "listing": cup.id, "variant": one.id, "seller": seller.id,
               "quantity": 2, "now": NOW, **changes}
        )  # fmt: skip

    count()
    count()
    count(line=new_id(), quantity=1)
    assert queries.listing(None, cup.id, now=NOW).sold == 3
    for lines in ([line, new_id()], [line]):  # the second was never counted; the first is again
        actions.reverse_sales(lines=lines, now=NOW)
    assert Sale.objects.filter(reversal=True).count() == 1
    assert queries.listing(None, cup.id, now=NOW).sold == 1
    assert queries.cards(None, [cup.id])[cup.id].sold == 1
    for statement in ("UPDATE shop_sale SET quantity = 99", "DELETE FROM shop_sale"):
        with (
            pytest.raises(ProgrammingError, match="Cannot"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sale.objects.create(
            line=new_id(), listing=cup, variant=one, seller=seller, quantity=-5, at=NOW
        )


def at_once(jobs_to_do):
    """Run the callables in threads of their own connection, let off together; their outcomes."""
    gate, outcomes = threading.Barrier(len(jobs_to_do)), [None] * len(jobs_to_do)

    def run(index, job):
        try:
            gate.wait()
            outcomes[index] = job()
        except Exception as error:
            outcomes[index] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=(index, job)) for index, job in enumerate(jobs_to_do)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_a_crowd_for_the_last_piece():
    seller = town.person("lin")
    town.open_shop(seller)
    cup = town.listing(seller, "Cup", town.variant(10, 1))
    # Fifty of them check out in goodword/orders/tests/test_at_once.py.
    buyers = [town.person(f"buyer{n}") for n in range(12)]
    outcomes = at_once([lambda one=one: reserve(one, item(cup)) for one in buyers])
    kinds = Counter(type(outcome).__name__ for outcome in outcomes)
    assert kinds == {"tuple": 1, "OutOfStock": 11}
    assert stock(cup) == 0
    assert Reservation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_carts_in_opposite_order_never_wait_for_each_other():
    seller, buyer = town.person("lin"), town.person("chen")
    town.open_shop(seller)
    cups = [town.listing(seller, f"Cup {n}", town.variant(10, 20)) for n in range(4)]

    def cart(turn):
        wanted = cups if turn % 2 else cups[::-1]
        order, _promises = reserve(buyer, *[item(cup) for cup in wanted])
        if turn % 3 == 0:
            actions.release_reservation(order=order, now=NOW)
        return order

    def edit(turn):
        return actions.edit_listing(
            seller=seller, listing=cups[turn].id,
            draft=town.draft(f"Cup {turn}", town.variant(10 + turn, 20)), now=NOW,
        )  # fmt: skip

    outcomes = at_once(
        [lambda turn=turn: cart(turn) for turn in range(12)]
        + [lambda turn=turn: edit(turn) for turn in range(4)]
    )
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert Variant.objects.filter(stock__lt=0).count() == 0
