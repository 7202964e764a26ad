"""A seller changes what she offers: many at once without scripts, and a picture from her phone."""

import re

import pytest
from playwright.sync_api import expect

from goodword.kit import clock
from goodword.kit.money import Money
from goodword.shop import actions
from goodword.shop.models import Listing

from ..conftest import Opens
from ..town import first_variant, member, photo, tea_shop

pytestmark = pytest.mark.journey


def test_what_changed_meanwhile_is_asked_about_and_then_all_is_saved(opens: Opens):
    lin = member("Lin Xiaoman")
    caddy = tea_shop(lin, "Tea caddy")
    page = opens(lin, java_script_enabled=False)
    page.goto("/shop")
    page.get_by_role("link", name="Change many").click()
    price = page.get_by_label("Price of Tea caddy · celadon")
    expect(price).to_have_value("148")
    actions.change_price(
        seller=lin, variant=first_variant(caddy).id, price=Money(15900, "CNY"), now=clock.now()
    )
    price.fill("139")
    page.get_by_label("Stock of Tea caddy · tenmoku").fill("a few")
    page.get_by_label("Title of Tea caddy").fill("Celadon caddy")
    page.get_by_role("button", name="Save all").click()
    expect(page.get_by_text("“a few” is no number of pieces.")).to_be_visible()
    page.get_by_label("Stock of Tea caddy · tenmoku").fill("4")
    page.get_by_role("button", name="Save all").click()
    expect(page.get_by_text(re.compile(r"It costs .*159.* by now, not .*148"))).to_be_visible()
    page.get_by_role("button", name="Save all").click()
    expect(page.get_by_text("3 rows changed.")).to_be_visible()
    expect(page.get_by_label("Title of Celadon caddy")).to_have_value("Celadon caddy")
    row = Listing.objects.get(id=caddy.id)
    assert sorted(row.variants.values_list("price_minor", "stock")) == [(13900, 7), (18800, 4)]


def test_a_picture_that_was_hung_is_seen_at_once(opens: Opens):
    lin = member("Lin Xiaoman")
    caddy = tea_shop(lin, "Tea caddy")
    page = opens(lin)
    page.goto(f"/shop/listings/{caddy.id}")
    hung = page.locator("#pictures .hung img")
    before = hung.count()
    page.locator("#pictures input[type=file]").set_input_files(
        [{"name": "caddy.jpg", "mimeType": "image/jpeg", "buffer": photo()}]
    )
    page.get_by_role("button", name="Hang them").click()
    expect(hung).to_have_count(before + 1)
