"""The pages as a browser without JavaScript meets them: links and forms."""

import re
from datetime import timedelta

import pytest
from django.test import Client, TestCase

from goodword.circle import actions as circle
from goodword.kit import clock
from goodword.kit.money import Money
from goodword.orders import actions, queries
from goodword.orders.models import CartLine, Order, OrderLine
from goodword.shop.drafts import VariantDraft
from goodword.shop.sellers import actions as sellers

from .town import (
    ADDRESS,
    NOW,
    NUMBER,
    first_variant,
    held,
    listing,
    offered,
    open_shop,
    person,
    place,
    shipped,
    state,
    yuan,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class Browser(Client):
    """What follows a commit happens before the answer, as it does in the app."""

    moment = NOW

    def request(self, **values):
        with clock.at(self.moment), TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**values)


def signed_in(member):
    client = Browser()
    client.force_login(member)
    return client


def fields(page):
    """The hidden and filled-in fields of the page's checkout form, by name, in order."""
    text = page.content.decode()
    found = {}
    for tag in re.findall(r"<input[^>]*>", text):
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name:
            found.setdefault(name[1], []).append(value[1] if value else "")
    return found


def filled(page, **changes):
    form = {name: values for name, values in fields(page).items() if name in NEEDED}
    return form | ADDRESS.stored() | changes


NEEDED = ("variant", "quantity", "price", "currency", "shipping", "key", "from_cart")


def test_buying_without_javascript(lin, wang):
    cup = offered(lin)
    buyer, seller = signed_in(wang), signed_in(lin)
    page = buyer.get(f"/checkout?variant={cup.id}&quantity=2")
    assert page.status_code == 200
    answer = buyer.post("/checkout", filled(page))
    order = Order.objects.get()
    assert answer["Location"] == f"/orders/{order.id}/pay"

    page = buyer.get(answer["Location"])
    assert "sandbox" in page.content.decode()
    key = fields(page)["key"][0]
    answer = buyer.post(f"/orders/{order.id}/pay", {"method": "card", "key": key})
    assert answer["Location"] == f"/orders/{order.id}"
    assert state(order) == "held"

    page = seller.get(f"/orders/{order.id}").content.decode()
    assert ADDRESS.street in page
    answer = seller.post(f"/orders/{order.id}/shipment", {"carrier": "sf", "number": NUMBER})
    assert (answer.status_code, state(order)) == (302, "shipped")

    page = buyer.get(f"/orders/{order.id}").content.decode()
    assert NUMBER in page
    answer = buyer.post(f"/orders/{order.id}/receipt")
    assert (answer.status_code, state(order)) == (302, "received")
    for client, where in ((buyer, "/orders?only=done"), (seller, "/sales?only=done")):
        assert order.reference in client.get(where).content.decode()


def test_a_second_press_of_the_order_button_makes_no_second_order(lin, wang):
    client = signed_in(wang)
    form = filled(client.get(f"/checkout?variant={offered(lin).id}"))
    answers = {client.post("/checkout", form)["Location"] for _ in range(2)}
    assert len(answers) == 1
    assert Order.objects.count() == 1


def test_a_cart_that_was_ordered_in_another_window_is_asked_about(lin, wang):
    cup = offered(lin)
    client = signed_in(wang)
    client.post("/cart/add", {"variant": cup.id})
    one, other = client.get("/checkout"), client.get("/checkout")
    first = client.post("/checkout", filled(one))["Location"]
    assert client.post("/checkout", filled(one))["Location"] == first, "a second tap is no question"
    asked = client.post("/checkout", filled(other))
    assert asked.status_code == 409
    assert "not in your cart any more" in asked.content.decode()
    assert Order.objects.count() == 1
    assert client.post("/checkout", filled(asked)).status_code == 302
    assert Order.objects.count() == 2


def test_a_price_that_changed_is_a_question_and_a_second_press_says_yes(lin, wang):
    cup = offered(lin, price=120)
    client = signed_in(wang)
    page = client.get(f"/checkout?variant={cup.id}")
    type(cup).objects.filter(id=cup.id).update(price_minor=15000)
    asked = client.post("/checkout", filled(page))
    assert asked.status_code == 409
    assert "150" in asked.content.decode()
    assert not Order.objects.exists()
    assert client.post("/checkout", filled(asked)).status_code == 302
    assert Order.objects.get().total.minor == 15000


def test_what_is_sold_out_meanwhile_is_left_out_of_what_a_second_press_orders(lin, wang):
    cup, pot = offered(lin), offered(lin, "Pot")
    client = signed_in(wang)
    for one in (cup, pot):
        client.post("/cart/add", {"variant": one.id})
    page = client.get("/checkout")
    type(pot).objects.filter(id=pot.id).update(stock=0)
    at_pot = client.get("/cart").content.decode().split(">Pot<")[1]
    assert "This is sold out now." in at_pot
    assert "stepper" not in at_pot, "no number of it can be ordered"
    asked = client.post("/checkout", filled(page))
    assert asked.status_code == 409
    said = asked.content.decode()
    assert "“Pot” has just been sold out." in said
    assert "“Pot” is left out" in said
    assert client.post("/checkout", filled(asked)).status_code == 302
    assert Order.objects.get().lines.get().variant_id == cup.id
    assert CartLine.objects.get().variant_id == pot.id


def test_what_the_buyer_cannot_see_any_more_is_left_out_and_said(lin, wang):
    chunsheng = person("chunsheng")
    open_shop(chunsheng)
    cup, stool = offered(lin), offered(chunsheng, "Stool")
    client = signed_in(wang)
    for one in (cup, stool):
        client.post("/cart/add", {"variant": one.id})
    page = client.get("/checkout")
    circle.block(owner=chunsheng, other=wang, now=clock.now())
    asked = client.post("/checkout", filled(page))
    assert asked.status_code == 404
    again = client.post("/checkout", filled(asked))
    assert "1 thing is left out: it is not offered any more." in asked.content.decode()
    assert again.status_code == 302
    assert Order.objects.get().lines.get().variant_id == cup.id


def test_the_page_says_that_calling_off_was_asked_for_and_what_was_not_paid_does_not_go_back(
    lin, wang
):
    buyer = signed_in(wang)
    paid, (unpaid,) = held(wang, offered(lin)), place(wang, offered(lin, "Pot"))
    buyer.post(f"/orders/{paid.id}/cancellation-request")
    page = buyer.get(f"/orders/{paid.id}").content.decode()
    assert "Unanswered, it is called off by itself." in page
    signed_in(lin).post(f"/orders/{paid.id}/cancellation")
    page = buyer.get(f"/orders/{paid.id}").content.decode()
    assert "Whatever you had paid goes back to you." in page
    assert "Unanswered" not in page
    buyer.post(f"/orders/{unpaid.id}/cancellation")
    page = buyer.get(f"/orders/{unpaid.id}").content.decode()
    assert "called off before anything was paid" in page
    assert "Whatever you had paid" not in page


def test_where_nothing_is_left_to_buy_no_button_says_otherwise(lin, wang):
    cup = offered(lin)
    client = signed_in(wang)
    page = client.get(f"/checkout?variant={cup.id}")
    type(cup).objects.filter(id=cup.id).update(stock=0)
    asked = client.post("/checkout", filled(page))
    assert asked.status_code == 409
    assert "has just been sold out." in asked.content.decode()
    for seen in (asked, client.get(f"/checkout?variant={cup.id}")):
        assert "Place the order" not in seen.content.decode()
        assert f'href="/listings/{cup.listing_id}"' in seen.content.decode()


def test_two_currencies_of_one_shop_are_two_orders_of_one_checkout(lin, wang):
    cup, pot = offered(lin, shipping=yuan(9)), first_variant(
        listing(lin, "Pot", VariantDraft(price=Money(3000, "EUR"), stock=3), currency="EUR")
    )  # fmt: skip
    client = signed_in(wang)
    for one in (cup, pot):
        client.post("/cart/add", {"variant": one.id})
    for path in ("/cart", "/checkout"):
        page = client.get(path)
        said = re.sub(r"<[^>]*>", "", page.content.decode())
        assert page.status_code == 200
        assert "CN¥120.00" in said
        assert "€30.00" in said
    type(cup.listing).objects.filter(id=cup.listing_id).update(shipping_minor=1000)
    asked = client.post("/checkout", filled(page))
    assert asked.status_code == 409, "what the yuan part costs to send has changed"
    assert "CN¥10.00 instead of CN¥9.00" in asked.content.decode()
    assert not Order.objects.exists()
    for _twice in range(2):
        assert client.post("/checkout", filled(asked))["Location"] == "/orders"
    assert {order.total for order in Order.objects.all()} == {yuan(130), Money(3000, "EUR")}
    assert {order.lines.get().variant_id for order in Order.objects.all()} == {cup.id, pot.id}
    assert not CartLine.objects.exists()


def test_an_address_that_cannot_be_is_said_at_its_field(lin, wang):
    client = signed_in(wang)
    page = client.get(f"/checkout?variant={offered(lin).id}")
    for wrong in ({"phone": "1"}, {"street": ""}):
        answer = client.post("/checkout", filled(page, **wrong))
        assert answer.status_code == 422
        assert "field__error" in answer.content.decode()
    assert not Order.objects.exists()


def test_an_order_that_came_to_nothing_leads_back_to_what_was_ordered(lin, wang):
    cup, pot = offered(lin), offered(lin, "Pot")
    (order,) = place(wang, cup, pot)
    again = [f'href="/listings/{one.listing_id}">' for one in (cup, pot)]
    buyer, seller = signed_in(wang), signed_in(lin)
    assert "Order “Pot” again" not in buyer.get(f"/orders/{order.id}").content.decode()
    buyer.post(f"/orders/{order.id}/cancellation")
    page = buyer.get(f"/orders/{order.id}").content.decode()
    assert state(order) == "cancelled"
    assert "Order “Pot” again" in page
    assert all(page.count(link) >= 1 for link in again)
    assert "Order “Pot” again" not in seller.get(f"/orders/{order.id}").content.decode()


def test_a_declined_payment_says_so_and_can_be_tried_again(lin, wang):
    (order,) = place(wang, offered(lin))
    client = signed_in(wang)
    answer = client.post(f"/orders/{order.id}/pay", {"method": "declined", "key": "1"})
    page = client.get(answer["Location"]).content.decode()
    assert "declined" in page
    assert state(order) == "awaiting_payment"
    client.post(f"/orders/{order.id}/pay", {"method": "card", "key": "2"})
    assert state(order) == "held"


def test_a_strangers_order_looks_like_no_order(lin, wang, stranger):
    order = held(wang, offered(lin))
    client = signed_in(stranger)
    nothing = "00000000-0000-7000-8000-000000000000"
    for path in ("", "/pay"):
        mine, none = (client.get(f"/orders/{id_}{path}") for id_ in (order.id, nothing))
        assert (mine.status_code, none.status_code) == (404, 404)
        assert mine.content.decode().replace(str(order.id), nothing) == none.content.decode()
    for verb in ("pay", "shipment", "receipt", "extension", "cancellation", "cancellation-request"):
        form = {"method": "card", "key": "k", "carrier": "sf", "number": NUMBER}
        assert client.post(f"/orders/{order.id}/{verb}", form).status_code == 404
    assert state(order) == "held"


def test_the_address_is_the_sellers_only_while_she_needs_it(lin, wang):
    (order,) = place(wang, offered(lin))
    seller = signed_in(lin)
    assert ADDRESS.street not in seller.get(f"/orders/{order.id}").content.decode()
    order = held(wang, offered(lin))
    assert ADDRESS.street in seller.get(f"/orders/{order.id}").content.decode()
    seller.post(f"/orders/{order.id}/cancellation")
    assert ADDRESS.street not in seller.get(f"/orders/{order.id}").content.decode()
    for page in ("/sales", "/sales?only=all"):
        assert ADDRESS.street not in seller.get(page).content.decode()


def test_a_number_that_cannot_be_is_said_at_its_field(lin, wang):
    order = held(wang, offered(lin))
    answer = signed_in(lin).post(f"/orders/{order.id}/shipment", {"carrier": "sf", "number": "1"})
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
    assert state(order) == "held"


def test_the_cart_goes_through_the_checkout_and_is_empty(lin, wang):
    wen = person("wen")
    open_shop(wen)
    client = signed_in(wang)
    for variant in (offered(lin), offered(wen)):
        client.post("/cart/add", {"variant": variant.id, "quantity": 1})
    page = client.get("/checkout")
    assert client.post("/checkout", filled(page))["Location"] == "/orders"
    assert Order.objects.count() == 2
    assert "is empty" in client.get("/cart").content.decode()


def test_what_must_leave_first_stands_first(lin, wang):
    soon = held(wang, offered(lin), now=NOW - HOUR)
    slow = held(wang, offered(lin, ship_within_hours=240))
    late = held(wang, offered(lin), now=NOW + HOUR)
    after, seen = None, []
    for _page in range(3):
        page = queries.my_sales(lin.id, only="ship", before=after, limit=1)
        seen += [one.order.id for one in page.orders]
        after = page.next
    assert (seen, after) == ([soon.id, late.id, slow.id], None)
    assert [one.order.id for one in queries.my_sales(lin.id).orders] == [late.id, slow.id, soon.id]


def test_lists_ask_the_database_as_often_for_thirty_orders_as_for_three(
    lin, wang, django_assert_num_queries
):
    cup = offered(lin, stock=99)
    counts = []
    for orders in (3, 27):
        for _ in range(orders):
            shipped(wang, lin, cup)
        counts.append([queries_of(signed_in(member), path) for member, path in (
            (wang, "/orders"), (lin, "/sales?only=receive"))])  # fmt: skip
    assert OrderLine.objects.count() == 30
    assert counts[0] == counts[1]


def queries_of(client, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("name", "sent"), [("quantity", "9" * 5000), ("price", "9" * 5000), ("currency", "123")]
)
def test_figures_that_cannot_be_are_left_out(lin, wang, name, sent):
    client = signed_in(wang)
    form = filled(client.get(f"/checkout?variant={offered(lin).id}"))
    assert client.post("/checkout", {**form, name: sent}).status_code == 422
    assert not Order.objects.exists()


def test_who_sells_stands_on_cart_checkout_and_the_buyers_order(lin, wang):
    cup = offered(lin)
    sellers.declare_individual(owner=lin, now=NOW)
    actions.add_to_cart(buyer=wang, variant=cup.id, now=NOW)
    hers = signed_in(wang)
    for path in ("/cart", "/checkout"):
        assert "Private person" in hers.get(path).content.decode()
    order = shipped(wang, lin, cup)
    assert "Private person" in hers.get(f"/orders/{order.id}").content.decode()
    assert "Private person" not in signed_in(lin).get(f"/orders/{order.id}").content.decode()
