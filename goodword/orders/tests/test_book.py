"""The address book, and what shipping costs to where it says."""

import re

import pytest

from goodword.orders import actions, book
from goodword.orders.models import Order, SavedAddress
from goodword.orders.refusals import BadAddress, ShippingChanged
from goodword.shop import actions as shop
from goodword.shop.parcels import Zone

from .test_pages import filled, signed_in
from .town import ADDRESS, NOW, offered, place, yuan

pytestmark = pytest.mark.django_db
POST = [Zone(("CN-ZJ",), 1000, 800, 500, 200), Zone(("CN",), 1000, 2500, 500, 900)]
FAR = {**ADDRESS.stored(), "region": "CN-XJ", "city": "乌鲁木齐市", "street": "天山路 3 号"}


def by_weight(seller, title="Pot", grams=600):
    post = shop.keep_template(seller=seller, name="Post", currency="CNY", zones=POST, now=NOW)
    return offered(seller, title, template=post.id, grams=grams)


def test_one_is_the_default_and_the_very_same_is_kept_once(wang):
    home = actions.keep_address(owner=wang, address=ADDRESS, now=NOW)
    actions.keep_address(owner=wang, address=ADDRESS, now=NOW)
    work = actions.keep_address(owner=wang, address=ADDRESS.read(FAR), now=NOW)
    assert [(one.id, one.is_default) for one in book.addresses(wang.id)] == [
        (home.id, True), (work.id, False),
    ]  # fmt: skip
    actions.prefer_address(owner=wang, id_=work.id)
    assert book.home_region(wang.id) == "CN-XJ"
    actions.remove_address(owner=wang, id_=work.id)
    (left,) = book.addresses(wang.id)
    assert (left.id, left.is_default) == (home.id, True)


def test_nobody_else_has_it(wang, stranger):
    mine = actions.keep_address(owner=wang, address=ADDRESS, now=NOW)
    for do in (actions.prefer_address, actions.remove_address):
        with pytest.raises(book.AddressMissing):
            do(owner=stranger, id_=mine.id)
    with pytest.raises(book.AddressMissing):
        actions.keep_address(owner=stranger, address=ADDRESS, id_=mine.id, now=NOW)
    client = signed_in(stranger)
    assert client.get(f"/addresses/{mine.id}").status_code == 404


def test_a_region_that_nobody_knows_is_no_address(wang):
    with pytest.raises(BadAddress) as refusal:
        actions.keep_address(owner=wang, address=ADDRESS.read({**FAR, "region": "XX"}), now=NOW)
    assert set(refusal.value.fields) == {"region"}


def test_the_checkout_says_the_parcel_and_asks_when_it_costs_more(lin, wang):
    pot, lid = by_weight(lin), by_weight(lin, "Lid")
    for one in (pot, lid):
        actions.add_to_cart(buyer=wang, variant=one.id, now=NOW)
    near = actions.keep_address(owner=wang, address=ADDRESS, now=NOW)
    far = actions.keep_address(owner=wang, address=ADDRESS.read(FAR), now=NOW)
    client = signed_in(wang)
    cart = client.get("/cart").content.decode()
    page = client.get("/checkout")
    for text in (cart, page.content.decode()):
        assert text.count("One parcel of 600 g to Zhejiang") == 2, "each has its own template"
    form = filled(page, to=str(near.id), shipping=[f"{lin.id}:1600:CNY"])
    asked = client.post("/checkout", {**form, "to": str(far.id)})
    assert asked.status_code == 409
    assert "Shipping there costs CN¥50.00 instead of CN¥16.00" in asked.content.decode()
    assert Order.objects.count() == 0
    again = client.post("/checkout", {**form, "to": str(far.id), "shipping": f"{lin.id}:5000:CNY"})
    assert again.status_code == 302
    order = Order.objects.get()
    assert (order.shipping_minor, order.address["region"]) == (5000, "CN-XJ")
    assert order.goods_minor == yuan(240).minor


def test_looking_orders_nothing_and_the_first_address_goes_into_the_book(lin, wang):
    pot = by_weight(lin)
    client = signed_in(wang)
    page = client.get(f"/checkout?variant={pot.id}&quantity=1")
    assert "depends on where it goes" in page.content.decode()
    looked = client.post("/checkout", filled(page, to="new", do="look"))
    assert "One parcel of 600 g to Zhejiang, 2–5 days: CN¥8.00" in looked.content.decode()
    form = filled(looked, to="new", keep="on", shipping=f"{lin.id}:800:CNY")
    assert client.post("/checkout", form).status_code == 302
    (kept,) = book.addresses(wang.id)
    assert kept.address == ADDRESS
    # A browser sends nothing while a field that nobody sees is required and empty.
    fresh, again = page.content.decode(), client.get(f"/checkout?variant={pot.id}").content.decode()
    assert ("phone" in required_of(fresh), required_of(again)) == (True, set())
    assert SavedAddress.objects.count() == 1


def required_of(page):
    """The fields that a browser waits for."""
    tags = re.findall(r"<(?:input|select|textarea)[^>]*\srequired[^>]*>", page)
    return {re.search(r'name="(\w+)"', tag)[1] for tag in tags}


def test_shipping_that_was_not_shown_is_a_question(lin, wang):
    pot = by_weight(lin)
    with pytest.raises(ShippingChanged):
        place(wang, pot, shipping_seen=[])
    (order,) = place(wang, pot, shipping_seen=[(lin.id, yuan(8))])
    assert order.shipping_minor == 800
