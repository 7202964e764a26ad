"""Shipping templates: made, named by listings, charged once a parcel, kept in the promise."""

from dataclasses import replace

import pytest
from django.test import Client

from goodword.kit.errors import Conflict
from goodword.kit.ids import new_id
from goodword.shop import actions, queries, schemas, shipping
from goodword.shop.actions import BadTemplate, Item, NotSentThere, TemplateInUse, TemplateMissing
from goodword.shop.drafts import BadListing
from goodword.shop.parcels import ELSEWHERE, Zone

from . import town
from .town import NOW, draft, first_variant, listing, open_shop, person, variant

pytestmark = pytest.mark.django_db
NEAR = Zone(("CN-ZJ",), 1000, 800, 500, 200)
ABROAD = Zone(("DE",), 500, 6000, 500, 2500)


@pytest.fixture
def lin():
    lin = person("lin")
    open_shop(lin)
    return lin


def template(seller, *zones, name="Post", **values):
    return actions.keep_template(
        seller=seller, name=name, currency="CNY", zones=zones or [NEAR, ABROAD], now=NOW, **values
    )


def reserve(buyer, *variants, region="CN-ZJ"):
    return actions.reserve(
        order=new_id(), buyer=buyer.id, items=[Item(one.id, 2) for one in variants],
        region=region, until=NOW + town.DAY, now=NOW,
    )  # fmt: skip


def test_two_listings_of_one_template_travel_in_one_parcel(lin):
    post = template(lin)
    cup = first_variant(listing(lin, "Cup", template=post.id, grams=300))
    pot = first_variant(listing(lin, "Pot", template=post.id, grams=500))
    one, two = reserve(person("wang"), cup, pot)
    assert one.shipping.minor + two.shipping.minor == 800 + 2 * 200, "1,600 g in one parcel"
    assert (one.shipping.minor, two.shipping.minor) == (450, 750), "shared by weight"
    assert one.snapshot["parcel"] == {
        "template": "Post", "region": "CN-ZJ", "grams": 1600, "minor": 1200, "lines": 2,
    }  # fmt: skip
    assert one.snapshot["shipping"]["minor"] == 450


def test_where_it_is_not_sent_nothing_is_reserved(lin):
    cup = first_variant(listing(lin, "Cup", template=template(lin).id, grams=300))
    with pytest.raises(NotSentThere, match="Xinjiang"):
        reserve(person("wang"), cup, region="CN-XJ")


def test_a_template_in_use_stays_and_others_cannot_name_it(lin):
    post, wang = template(lin), person("wang")
    open_shop(wang)
    listing(lin, "Cup", template=post.id, grams=300)
    with pytest.raises(TemplateInUse):
        actions.remove_template(seller=lin, template=post.id, now=NOW)
    with pytest.raises(BadListing):
        listing(wang, "Cup", template=post.id, grams=300)
    with pytest.raises(TemplateMissing):
        template(wang, template=post.id)
    with pytest.raises(Conflict):
        actions.keep_template(
            seller=lin, template=post.id, name="Post", currency="EUR", zones=[NEAR], now=NOW
        )
    (view,) = shipping.templates(lin.id)
    assert view.used == 1
    assert shipping.templates(wang.id) == []


def test_what_counts_weight_needs_one(lin):
    with pytest.raises(BadListing) as refusal:
        listing(lin, "Cup", template=template(lin).id)
    assert "grams" in refusal.value.fields


@pytest.mark.parametrize(
    "zones",
    [
        [],
        [Zone((), 1, 1, 1, 1)],
        [Zone(("ZZ",), 1, 1, 1, 1)],
        [NEAR, Zone(("CN-ZJ",), 1, 1, 1, 1)],
        [Zone(("DE", "DE"), 1, 1, 1, 1)],
        [Zone(("DE",), 1, -1, 1, 1)],
        [Zone(("DE",), 1, 1, 0, 1)],
        [Zone(("DE",), 1, 1, 1, 1, days=(3, 2))],
    ],
)
def test_what_makes_no_sense_is_refused_at_its_row(lin, zones):
    with pytest.raises(BadTemplate) as refusal:
        actions.keep_template(seller=lin, name="Post", currency="CNY", zones=zones, now=NOW)
    assert next(iter(refusal.value.fields)).startswith("zone_")


def test_made_in_a_browser_without_javascript(lin):
    client = Client()
    client.force_login(lin)
    row = {"first_grams": "1000", "first": "8", "step_grams": "500", "step": "2.50",
           "free_from": "", "days_min": "2", "days_max": "4"}  # fmt: skip
    form = {"name": "Post", "currency": "CNY", **{f"zone_{k}": [v] for k, v in row.items()}}
    form["zone_0_regions"] = ["CN-ZJ", "CN-JS"]
    more = client.post("/shop/shipping/new", form | {"do": "rows"})
    assert more.content.decode().count('name="zone_first"') == 2
    two = {f"zone_{k}": [v, "" if k == "first" else v] for k, v in row.items()}
    wrong = client.post("/shop/shipping/new", {**form, **two, "zone_1_regions": [ELSEWHERE]})
    assert wrong.status_code == 422
    answer = client.post("/shop/shipping/new", {**form, **two})
    assert answer.status_code == 302, "a row that says nothing is left out"
    (view,) = shipping.templates(lin.id)
    assert view.zones == [Zone(("CN-ZJ", "CN-JS"), 1000, 800, 500, 250, None, (2, 4))]
    cup = listing(lin, "Cup", template=view.id, grams=300)
    page = client.get(f"/shop/listings/{cup.id}").content.decode()
    assert f'value="{view.id}" selected' in page
    seen = client.get(f"/listings/{cup.id}").content.decode()
    assert "¥8.00 up to 1,000 g" in seen
    changed = draft("Cup", variant(), shipping_days=(2, 4), template=None)
    actions.edit_listing(seller=lin, listing=cup.id, draft=changed, now=NOW)
    assert queries.listing(None, cup.id, now=NOW).template is None


@pytest.mark.parametrize(
    ("flat", "zones", "days", "says"),
    [
        (8, (), 30, ["Shipping CN¥8.00", "30 days to return it"]),
        (0, (), 1, ["Free shipping", "1 day to return it"]),
        (5, (800, 3000), 0, ["Shipping from CN¥8.00", "No returns promised"]),
        (5, (3000, 0), 7, ["Free to some regions", "7 days to return it"]),
    ],
)
def test_a_card_says_what_sending_costs_and_how_long_it_can_go_back(lin, flat, zones, days, says):
    places = [replace(NEAR, first=zones[0]), replace(ABROAD, first=zones[1])] if zones else []
    posted = template(lin, *places).id if zones else None
    cup = listing(lin, shipping=town.yuan(flat), template=posted, returns_days=days, grams=9)
    card = queries.cards(lin.id, [cup.id])[cup.id]
    assert card.promises == says
    assert schemas.card(card)["shipping"]["minor"] == (min(zones) if zones else flat * 100)
