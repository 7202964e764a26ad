"""What machines read of public pages, and the poster."""

import json
import re
from io import BytesIO

import pytest
import segno
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from goodword.kit.money import Money
from goodword.kit.tests.strictness import faults
from goodword.people.actions import issue_token
from goodword.shop import actions, imports
from goodword.shop.drafts import VariantDraft
from goodword.shop.parcels import ELSEWHERE, Zone
from goodword.shop.poster import CODE, HEIGHT, ROOM, SIDE, WIDTH, fitting, said, wrapped
from goodword.shop.public_data import block
from goodword.shop.sellers import actions as sellers

from . import town

NASTY = "</script><script>alert('茶')</script> & <!-- \u2028"


def data_of(html):
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(found)


def told(address):
    """What machines read there."""
    return data_of(Client().get(address).content.decode())


def of(listing):
    return told(f"/listings/{listing.id}")


@given(st.text())
def test_no_text_ends_the_block(text):
    said = block({"name": text})
    assert json.loads(said) == {"name": text}
    assert not {"<", ">", "&"} & set(said)


@given(st.text(), st.integers(3, 30), st.integers(1, 3))
def test_lines_fit_and_only_the_last_is_cut(text, room, lines):
    found = wrapped(text, len, room, lines)
    assert len(found) <= lines
    assert all(len(line) <= room for line in found)
    whole = "".join("".join(found).split())
    assert whole.endswith("…") or whole == "".join(text.split())


@given(st.text(max_size=60), st.integers(20, 80))
def test_what_stands_beside_the_code_stays_there(text, size):
    words = said(text)
    letters = fitting(words, size)
    assert letters.size == 1 or letters.getlength(words) <= ROOM


@pytest.mark.django_db
def test_a_public_listing_tells_machines_what_people_read():
    lin = town.person("lin")
    town.open_shop(lin)
    cup = town.listing(lin, NASTY, town.variant(120, 5, Size="S"), town.variant(99, 0, Size="L"))
    html = Client().get(f"/listings/{cup.id}").content.decode()
    assert faults(html) == []
    found = data_of(html)
    assert (found["@type"], found["name"]) == ("Product", " ".join(NASTY.split()))
    assert [(one["price"], one["availability"][19:]) for one in found["offers"]] == [
        ("120.00", "InStock"), ("99.00", "OutOfStock"),
    ]  # fmt: skip
    assert found["image"][0].startswith("http://testserver/listings/pictures/")
    assert 'property="og:image" content="http://testserver/listings/pictures/' in html
    shop = Client().get(f"/shops/{cup.shop_id}").content.decode()
    assert faults(shop) == []
    assert data_of(shop)["makesOffer"][0]["price"] == "99.00"


@pytest.mark.django_db
def test_machines_are_told_what_it_is_and_whether_it_can_be_had():
    lin = town.person("lin")
    town.open_shop(lin)
    found = {
        condition: of(town.listing(lin, condition=condition))["itemCondition"]
        for condition in ("new", "like_new", "used")
    }
    used = "https://schema.org/UsedCondition"
    assert found == {
        "new": "https://schema.org/NewCondition", "like_new": used, "used": used,
    }  # fmt: skip
    code = VariantDraft(price=town.yuan(120), stock=5, seller_code="SECRET-7")
    vase = town.listing(
        lin, "Vase", code, brand="Lin & Sons", origin="Longquan", grams=1250, made_to_order=True,
        lead_days=30,
    )  # fmt: skip
    said = of(vase)
    assert said["brand"] == {"@type": "Brand", "name": "Lin & Sons"}
    assert said["countryOfOrigin"] == "Longquan"
    assert said["weight"] == {"@type": "QuantitativeValue", "unitCode": "GRM", "value": 1250}
    (one,) = said["offers"]
    assert one["availability"] == "https://schema.org/MadeToOrder"
    assert one["deliveryLeadTime"]["value"] == 30
    assert (said["sku"], one["sku"]) == (str(vase.id), str(town.first_variant(vase).id))
    assert "SECRET-7" not in str(said)
    actions.withdraw(seller=lin, listing=vase.id, now=town.NOW)
    assert of(vase)["offers"][0]["availability"] == "https://schema.org/Discontinued"
    bare = of(town.listing(lin, "Cup"))
    assert not {"brand", "countryOfOrigin", "weight"} & set(bare)
    assert "deliveryLeadTime" not in bare["offers"][0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scheme", "number", "called"),
    [("eu_vat", "DE136695976", "vatID"), ("cn_uscc", "91110000600037341L", "identifier")],
)
def test_a_checked_business_is_named_by_its_register(scheme, number, called):
    lin, olga = town.person("lin"), town.person("olga")
    shop = town.open_shop(lin)
    asked = sellers.ask_registration(
        owner=lin, scheme=scheme, name="Tee GmbH", number=number, pages=[town.picture()],
        now=town.NOW,
    )  # fmt: skip
    before = told(f"/shops/{shop.id}")
    sellers.accept(operator=olga, declaration=asked.id, now=town.NOW)
    after = told(f"/shops/{shop.id}")
    assert {name: after[name] for name in after.keys() - before.keys()} == {
        "legalName": "Tee GmbH", called: number,
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("currency", "price", "shipping"),
    [("CNY", "120.50", "8.05"), ("JPY", "12050", "805"), ("KWD", "12.050", "0.805")],
)
def test_amounts_have_their_currencys_digits(currency, price, shipping):
    lin = town.person("lin")
    town.open_shop(lin)
    dear, cheap = (VariantDraft(price=Money(n, currency), stock=5, options=(("Size", str(n)),))
                   for n in (99000, 12050))  # fmt: skip
    cup = town.listing(
        lin, "Cup", dear, cheap, currency=currency, shipping=Money(805, currency),
        shipping_days=(2, 4), ship_within_hours=49, returns_days=14,
    )  # fmt: skip
    html = Client().get(f"/listings/{cup.id}").content.decode()
    one = data_of(html)["offers"][1]
    assert (one["price"], one["priceCurrency"]) == (price, currency)
    assert f'<meta property="product:price:amount" content="{price}">' in html
    assert f'<meta property="product:price:currency" content="{currency}">' in html
    assert one["shippingDetails"] == {
        "@type": "OfferShippingDetails",
        "shippingRate": {"@type": "MonetaryAmount", "value": shipping, "currency": currency},
        "deliveryTime": {
            "@type": "ShippingDeliveryTime",
            "handlingTime": spell(0, 3),
            "transitTime": spell(2, 4),
        },
    }  # fmt: skip
    assert one["hasMerchantReturnPolicy"] == {
        "@type": "MerchantReturnPolicy",
        "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": 14,
    }


def spell(low, high):
    return {
        "@type": "QuantitativeValue", "unitCode": "DAY", "minValue": low, "maxValue": high,
    }  # fmt: skip


@pytest.mark.django_db
def test_each_zone_of_a_template_is_told_with_what_one_piece_costs_there():
    lin = town.person("lin")
    town.open_shop(lin)
    near = Zone(("CN-ZJ", "HK", "CN-SH"), 1000, 800, 500, 200, free_from=20000, days=(1, 2))
    far = Zone((ELSEWHERE,), 500, 6000, 500, 2500, days=(9, 9))
    post = actions.keep_template(
        seller=lin, name="Post", currency="CNY", zones=[near, far], now=town.NOW
    )
    sizes = (town.variant(120, 5, Size="S"), town.variant(200, 5, Size="L"))
    small, large = (
        one["shippingDetails"]
        for one in of(town.listing(lin, "Cup", *sizes, template=post.id, grams=1600))["offers"]
    )
    assert [[zone["shippingRate"]["value"] for zone in one] for one in (small, large)] == [
        ["12.00", "135.00"], ["0.00", "135.00"],
    ]  # fmt: skip
    assert small[0]["shippingDestination"] == [
        {"@type": "DefinedRegion", "addressCountry": "CN", "addressRegion": ["SH", "ZJ"]},
        {"@type": "DefinedRegion", "addressCountry": "HK"},
    ]
    assert "shippingDestination" not in small[1]
    assert [zone["deliveryTime"]["transitTime"] for zone in small] == [spell(1, 2), spell(9, 9)]


@pytest.mark.django_db
def test_what_is_not_promised_is_not_told():
    lin = town.person("lin")
    town.open_shop(lin)
    (kept,) = of(town.listing(lin, returns_days=0))["offers"]
    (file,) = of(town.listing(lin, returns_days=0, digital="by_hand"))["offers"]
    assert "shippingDetails" in kept
    for one in (kept, file):
        assert not {"hasMerchantReturnPolicy", "priceValidUntil"} & set(one)
    assert "shippingDetails" not in file


@pytest.mark.django_db
def test_people_and_machines_are_told_until_when_it_is_on_sale():
    lin = town.person("lin")
    town.open_shop(lin)
    cup = town.listing(lin)
    later = town.NOW + 3 * town.DAY
    actions.plan(seller=lin, listing=cup.id, offer_at=None, withdraw_at=later, now=town.NOW)
    assert of(cup)["offers"][0]["priceValidUntil"] == later.isoformat()
    assert "On sale until " in Client().get(f"/listings/{cup.id}").content.decode()
    _token, secret = issue_token(owner=lin, name="t", now=town.NOW)
    head = {"Authorization": f"Bearer {secret}"}
    answer = Client().get(f"/api/v1/listings/{cup.id}", headers=head).json()
    assert answer["on_sale_until"] == later.isoformat()
    actions.withdraw(seller=lin, listing=cup.id, now=town.NOW)
    assert "priceValidUntil" not in of(cup)["offers"][0]


@pytest.mark.django_db
def test_our_own_import_reads_a_listings_page():
    lin = town.person("lin")
    town.open_shop(lin)
    cup = town.listing(
        lin, NASTY, brand="Lin", origin="Longquan", shipping=town.yuan(8), shipping_days=(2, 4),
        returns_days=14,
    )  # fmt: skip
    page = Client().get(f"/listings/{cup.id}").content
    (found,) = imports.read(page, filename="cup.html").drafts
    assert (found.title, found.brand, found.origin, found.condition) == (
        " ".join(NASTY.split()), "Lin", "Longquan", "new",
    )  # fmt: skip
    assert (found.price_minor, found.currency, found.postage.express_minor) == (12000, "CNY", 800)
    assert (found.promise.returns_days, found.promise.shipping_days) == (14, (2, 4))


@pytest.mark.django_db
def test_a_listings_page_says_what_customs_ask():
    lin = town.person("lin")
    town.open_shop(lin)
    cup = town.listing(lin, customs_code="691110", customs_note="Porcelain, for the table")
    html = Client().get(f"/listings/{cup.id}").content.decode()
    assert "Customs code 691110. Porcelain, for the table" in html


@pytest.mark.django_db
def test_a_shop_for_friends_tells_machines_nothing():
    lin = town.person("lin")
    town.open_shop(lin, public=False)
    cup = town.listing(lin)
    hers = Client()
    hers.force_login(lin)
    for url in (f"/listings/{cup.id}", f"/shops/{cup.shop_id}"):
        html = hers.get(url).content.decode()
        assert "ld+json" not in html
        assert "og:title" not in html
    assert Client().get(f"/listings/{cup.id}/poster").status_code == 404


@pytest.mark.django_db
def test_the_poster_is_a_picture_whose_code_leads_to_the_listing():
    lin = town.person("lin")
    town.open_shop(lin, promise="泡坏了包退。")
    cup = town.listing(lin, "手工茶杯 🍵 " + NASTY)
    answer = Client().get(f"/listings/{cup.id}/poster")
    assert answer["Content-Type"] == "image/jpeg"
    assert ".jpg" in answer["Content-Disposition"]
    poster = Image.open(BytesIO(answer.content)).convert("L")
    assert poster.size == (WIDTH, HEIGHT)
    matrix = segno.make(f"http://testserver/listings/{cup.id}", error="m", micro=False).matrix
    size = SIDE // (len(matrix) + 4)
    edge = (SIDE - size * len(matrix)) // 2 + size // 2
    read = [
        [
            poster.getpixel((CODE[0] + edge + x * size, CODE[1] + edge + y * size)) < 128
            for x in range(len(matrix))
        ]
        for y in range(len(matrix))
    ]
    assert read == [[bool(dark) for dark in row] for row in matrix]
