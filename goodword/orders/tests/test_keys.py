"""Licence keys: each buyer gets her own, none goes out twice, and nobody else reads one."""

import itertools
from datetime import timedelta
from threading import Event

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from goodword.kit import clock
from goodword.kit.errors import Refused
from goodword.kit.ids import new_id
from goodword.orders.models import Order, OrderLine
from goodword.orders.words import AGREE
from goodword.shop import actions as shop
from goodword.shop import mine
from goodword.shop import queries as listings
from goodword.shop.actions import OutOfStock
from goodword.shop.actions.refusals import KeysCount
from goodword.shop.digital import actions as shelf
from goodword.shop.digital import keys
from goodword.shop.digital.refusals import (
    KeyReserved,
    KeysLeft,
    LastItem,
    LongKey,
    NotAtOnce,
)
from goodword.shop.models import DigitalItem, LicenceKey, Variant
from goodword.shop.states import Digital

from .test_at_once import at_once
from .test_digital import bought, draft_of, pattern, shown
from .town import NOW, let_time_pass, offered, pay, person, place, state

pytestmark = pytest.mark.django_db
YES = str(AGREE)
LATER = NOW + timedelta(minutes=16)


def pool(seller, *texts, **values):
    """A listing of an app of which each piece comes with a key."""
    made = pattern(seller, given=[{"text": "How to enter a key."}], stock=50, **values)
    keys.add(seller=seller, variant=made.id, texts=texts, now=NOW)
    return made


def stock(variant):
    return Variant.objects.get(id=variant.id).stock


def test_each_piece_comes_with_a_key_of_its_own_until_none_is_left(lin, wang, stranger):
    made = pool(lin, "K-1", "K-2", "K-3")
    assert stock(made) == 3  # what was typed before counts no more
    two = bought(wang, made, quantity=2)
    assert [one.text for one in shown(wang, two)] == ["How to enter a key.", "K-1", "K-2"]
    one = bought(stranger, made)
    assert [each.text for each in shown(stranger, one)] == ["How to enter a key.", "K-3"]
    assert [each.text for each in shown(lin, one)] == ["How to enter a key.", "K-3"]
    assert state(two) == "shipped"
    with pytest.raises(OutOfStock):
        place(wang, made, agreed=YES)
    assert stock(made) == 0
    assert not LicenceKey.objects.exclude(text="").exists()  # they are read in the orders alone


def test_what_is_not_paid_leaves_its_key_to_the_next(lin, wang, stranger):
    made = pool(lin, "K-1")
    (order,) = place(wang, made, agreed=YES)
    assert shown(wang, order) == []
    (left,) = keys.pools(lin.id, made.listing_id)
    assert (left.left, left.unsold, left.waiting, left.sold) == (0, 1, 1, 0)
    (key,) = left.some
    with pytest.raises(KeyReserved):
        keys.remove(seller=lin, key=key.id, now=NOW)
    assert keys.stop(seller=lin, variant=made.id, now=NOW) == 0
    keys.add(seller=lin, variant=made.id, texts=["K-2"], now=NOW)
    assert stock(made) == 1
    let_time_pass(LATER)
    assert state(order) == "expired"
    assert stock(made) == 2
    assert shown(stranger, bought(stranger, made, now=LATER))[-1].text == "K-1"


def test_no_key_is_given_twice_not_even_by_raw_sql(lin, wang, stranger):
    made, other = pool(lin, "K-1", "K-2"), pattern(lin, given=[{"text": "Another app."}])
    again = keys.add(seller=lin, variant=other.id, texts=["K-2", "K-9"], now=NOW)
    assert (again.added, again.known) == (1, 1)
    bought(wang, made)
    again = keys.add(seller=lin, variant=made.id, texts=["K-1", "K-1", "K-2"], now=NOW)
    assert (again.added, stock(made)) == (0, 1)
    sold = LicenceKey.objects.get(line__isnull=False)
    for change in ({"line": None, "sold_at": None, "text": "K-1"}, {"added_at": NOW}):
        with pytest.raises(DatabaseError, match="shop_licencekey"), transaction.atomic():
            LicenceKey.objects.filter(id=sold.id).update(**change)
    with pytest.raises(DatabaseError, match="shop_licencekey"), transaction.atomic():
        LicenceKey.objects.filter(id=sold.id).delete()


def test_nothing_but_its_keys_counts_the_stock(lin):
    made = pool(lin, "K-1", "K-2")
    with pytest.raises(KeysCount):
        shop.set_stock(seller=lin, variant=made.id, stock=9, now=NOW)
    edited = draft_of(Digital.AT_ONCE, 9)
    shop.edit_listing(seller=lin, listing=made.listing_id, draft=edited, now=NOW)
    assert stock(made) == 2
    by_hand = draft_of(Digital.BY_HAND, 9)
    with pytest.raises(KeysLeft):
        shop.edit_listing(seller=lin, listing=made.listing_id, draft=by_hand, now=NOW)
    assert keys.stop(seller=lin, variant=made.id, now=NOW) == 2
    shop.set_stock(seller=lin, variant=made.id, stock=9, now=NOW)
    assert stock(made) == 9


def test_keys_alone_are_enough_to_sell_and_cannot_be_the_last_to_go(lin, wang):
    made = pool(lin, "K-1", "K-2")
    (manual,) = DigitalItem.objects.filter(listing=made.listing_id)
    shelf.remove_item(seller=lin, item=manual.id, now=NOW)
    assert listings.listing(wang.id, made.listing_id, now=NOW).missing == []
    assert [row.missing for row in mine.my_listings(lin.id).rows] == [[]]
    with pytest.raises(LastItem):
        keys.stop(seller=lin, variant=made.id, now=NOW)
    assert [one.text for one in shown(wang, bought(wang, made))] == ["K-1"]


def test_only_for_what_is_delivered_at_once_and_only_as_keys(lin):
    with pytest.raises(NotAtOnce):
        keys.add(seller=lin, variant=offered(lin).id, texts=["K-1"], now=NOW)
    assert keys.texts_in(" a \r\n\r\nb\na\x00\n") == ["a", "b"]
    with pytest.raises(LongKey, match="Line 2 is longer"):
        keys.texts_in("a\n" + "b" * 201)


def test_too_few_keys_leave_it_to_the_seller(lin, wang):
    """As when somebody at the database took them: nothing is charged for nothing in silence."""
    made = pool(lin, "K-1")
    Variant.objects.filter(id=made.id).update(stock=F("stock") + 1)
    order = bought(wang, made, quantity=2)
    assert state(order) == "held"
    assert LicenceKey.objects.get().line is None


def test_nobody_but_its_seller_meets_the_list(client, lin, wang):
    made = pool(lin, "SECRET-1", "SECRET-2")
    key = LicenceKey.objects.first()
    bought(wang, made)
    client.force_login(wang)
    with clock.at(NOW):
        assert b"SECRET" not in client.get(f"/listings/{made.listing_id}").content
        for path in (f"variants/{made.id}/keys", f"variants/{made.id}/keys/stop",
                     f"keys/{key.id}/remove"):  # fmt: skip
            assert client.post(f"/shop/{path}", {"keys": "X"}).status_code == 404
        client.force_login(lin)
        page = client.get(f"/shop/listings/{made.listing_id}").content.decode()
        assert "SECRET-2" in page
        assert "SECRET-1" not in page  # it is on its order
        assert "1 key left" in page
        client.post(f"/shop/variants/{made.id}/keys", {"keys": "SECRET-3\nSECRET-1"})
        said = client.get(f"/shop/listings/{made.listing_id}").content.decode()
        assert "1 added; 1 had been given before." in said
        long = client.post(f"/shop/variants/{made.id}/keys", {"keys": "SECRET-4\n" + "b" * 201})
        assert long.status_code == 422
        assert "Line 2 is longer" in long.content.decode()
        assert f'<a href="#{made.id}-keys">' in long.content.decode()  # the way, from the top
        assert "SECRET-4\n" in long.content.decode()  # what was typed is there still
        client.post(f"/shop/keys/{LicenceKey.objects.get(text='SECRET-3').id}/remove")
    assert stock(made) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_eight_buyers_at_once_get_five_keys_each_a_different_one(lin):
    made = pool(lin, *(f"K-{n}" for n in range(6)))
    crowd = [person(f"buyer{n}") for n in range(8)]
    (spare,) = LicenceKey.objects.filter(text="K-5")

    def buy(buyer):
        return lambda: bought(buyer, made)

    answers = at_once(*map(buy, crowd), lambda: keys.remove(seller=lin, key=spare.id, now=NOW))
    orders = [one for one in answers if isinstance(one, Order)]
    assert sum(isinstance(one, Refused) for one in answers) == 9 - len(orders) - (
        answers[-1] is None
    )
    texts = [one.text for one in DigitalItem.objects.filter(line__isnull=False)]
    assert len(texts) == len(set(texts)) == len(orders) == 6 - (answers[-1] is None)
    assert {line.state for line in OrderLine.objects.filter(order__in=orders)} == {"shipped"}
    assert stock(made) == 0 == LicenceKey.objects.filter(line=None).count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_a_payment_that_ends_after_any_look_at_the_keys_leaves_the_stock_right(lin, wang):
    for look in itertools.count():
        made = pool(lin, f"{look}-1", f"{look}-2")
        (order,) = place(wang, made, agreed=YES)
        spare = LicenceKey.objects.get(text=f"{look}-2")
        looks = []

        def paid_meanwhile(
            execute, sql, params, many, context, order=order, look=look, looks=looks
        ):
            answer = execute(sql, params, many, context)
            if "COUNT(" in sql or "SUM(" in sql:
                looks.append(sql)
                if len(looks) == look + 1:
                    at_once(lambda: pay(wang, order))
            return answer

        with connection.execute_wrapper(paid_meanwhile):
            keys.remove(seller=lin, key=spare.id, now=NOW)
        assert stock(made) == 0
        if len(looks) <= look:
            break
    assert look > 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_a_payment_passes_over_the_key_that_another_one_is_taking(lin):
    """And does not wait for it: the first transaction ends only after the second."""
    made = pool(lin, "K-1", "K-2")
    took, done = Event(), Event()

    def take(line):
        return keys.hand_out(
            line=line, listing=made.listing_id, variant=made.id, seller=lin.id, quantity=1, now=NOW
        )

    def first():
        with transaction.atomic():
            assert take(new_id())
            took.set()
            assert done.wait(20)

    def second():
        assert took.wait(20)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '3s'")
                assert take(new_id())
        finally:
            done.set()

    at_once(first, second)
    texts = DigitalItem.objects.filter(line__isnull=False).values_list("text", flat=True)
    assert sorted(texts) == ["K-1", "K-2"]
