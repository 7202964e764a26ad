"""Amounts and pieces at the edge of what can be: one clear sentence, never a fault of ours."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goodword.kit import clock
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.shop import actions
from goodword.shop.drafts import PRICE, STOCK, BadListing, cleaned
from goodword.shop.models import Variant
from goodword.shop.parcels import Zone

from . import town
from .test_api import CUP, Caller
from .town import DAY, NOW, draft, variant, yuan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_clock():
    with clock.at(NOW):
        yield


@pytest.fixture
def lin():
    lin = town.person("lin")
    town.open_shop(lin)
    return lin


TOO_MUCH = Money(PRICE + 1, "CNY")


@pytest.mark.parametrize(
    "changes",
    [
        {"shipping": TOO_MUCH},
        {"variants": (town.VariantDraft(price=TOO_MUCH, stock=1),)},
    ],
    ids=["shipping", "price"],
)
def test_too_much_is_not_said_to_be_too_little(changes):
    (field,) = changes
    with pytest.raises(BadListing, match=r"10,000,000,000\.00 at most") as refusal:
        cleaned(town.ListingDraft(**{"title": "Cup", "variants": (variant(),), **changes}))
    assert list(refusal.value.fields) == [field]


def test_a_price_alone_and_a_template_say_the_same(lin):
    cup = town.first_variant(town.listing(lin))
    with pytest.raises(BadListing, match="at most"):
        actions.change_price(seller=lin, variant=cup.id, price=TOO_MUCH, now=NOW)
    dear = Zone(("CN",), 1000, PRICE + 1, 500, 0)
    with pytest.raises(actions.BadTemplate, match="at most"):
        actions.keep_template(seller=lin, name="Post", currency="CNY", zones=[dear], now=NOW)


def test_what_is_no_currency_is_none(lin):
    hers = Caller(lin)
    status, refusal = hers.ask("POST", "/shop/listings", CUP | {"currency": "QQQ"})
    assert (status, list(refusal["fields"])) == (422, ["currency"])
    zone = {"regions": ["CN"], "first_grams": 0, "first": 1, "step_grams": 1, "step": 0}
    asked = {"name": "Post", "currency": "QQQ", "zones": [zone]}
    status, refusal = hers.ask("POST", "/shop/templates", asked)
    assert (status, list(refusal["fields"])) == (422, ["currency"])


def test_pieces_that_were_never_shown_are_refused(lin):
    hers = Caller(lin)
    cup = town.first_variant(town.listing(lin))
    for seen in (-1, STOCK + 1, -(2**62)):
        path = f"/shop/variants/{cup.id}/stock"
        assert hers.ask("PUT", path, {"stock": 5, "seen": seen})[0] == 422
    assert Variant.objects.get(id=cup.id).stock == 5


def test_a_stock_near_the_top_stands_in_no_refunds_way(lin):
    """What goes back into it is more than it can hold; the buyer's money must not wait for that."""
    cup = town.first_variant(town.listing(lin))
    order = new_id()
    actions.reserve(
        order=order, buyer=town.person("wang").id, items=[actions.Item(cup.id, 5)],
        until=NOW + DAY, now=NOW,
    )  # fmt: skip
    actions.sell(order=order, now=NOW)
    actions.set_stock(seller=lin, variant=cup.id, stock=STOCK - 2, now=NOW)
    assert actions.restock(order=order, now=NOW) == 1
    assert Variant.objects.get(id=cup.id).stock == STOCK - 1, "and it is still counted"


def test_pieces_that_came_back_meanwhile_do_not_burst_it(lin):
    row = town.listing(lin)
    cup = town.first_variant(row)
    actions.set_stock(seller=lin, variant=cup.id, stock=STOCK, seen=0, now=NOW)
    assert Variant.objects.get(id=cup.id).stock == STOCK
    again = town.VariantDraft(price=yuan(120), stock=STOCK, id=cup.id, stock_seen=0)
    actions.edit_listing(seller=lin, listing=row.id, draft=draft("Cup", again), now=NOW)
    assert Variant.objects.get(id=cup.id).stock == STOCK


def test_a_seller_is_offered_the_houses_own_money_first(lin, settings):
    settings.CONFIG = replace(settings.CONFIG, currency="KWD")
    client = Client()
    client.force_login(lin)
    page = client.get(reverse("shop:create")).content.decode()
    assert re.findall('<option value="([A-Z]{3})"', page)[:3] == ["KWD", "CNY", "EUR"]
    assert "KWD" in client.get(reverse("shop:new_template")).content.decode()
    table = SimpleUploadedFile("t.csv", b"Name,Price\nCup,12.345\n")
    found = Caller(lin).send("/shop/imports", file=table)[1]
    assert (found["currency"], found["create"]) == ("KWD", 1)
