"""The pages as browsers ask for them: who gets what, and what a form does."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goodword.circle.models import Moment
from goodword.kit import clock
from goodword.kit.ids import new_id
from goodword.people import actions as people
from goodword.shop import actions
from goodword.shop.models import Evidence, Listing, ListingPicture, Shop, Variant

from . import town
from .town import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_clock():
    with clock.at(NOW):
        yield


@pytest.fixture
def seller():
    return town.person("lin", "Lin")


@pytest.fixture
def shop(seller):
    return town.open_shop(seller, promise="Packed by my own hands.")


@pytest.fixture
def hers(client, seller):
    client.force_login(seller)
    return client


def text(answer):
    return answer.content.decode()


def upload(name="cup.jpg", data=None):
    return SimpleUploadedFile(name, data or town.jpeg(), "image/jpeg")


def form(**changes):
    return {
        "title": "Celadon cup", "description": "Thrown by hand.", "currency": "CNY",
        "condition": "new", "brand": "", "origin": "Longquan", "shipping": "12",
        "ship_within_hours": "48", "days_min": "2", "days_max": "5", "returns_days": "7",
        "row_options": "[]", "row_price": "120", "row_stock": "5", "row_seen": "", "row_code": "",
        "row_id": "", "do": "offer", **changes,
    }  # fmt: skip


def test_a_strangers_page_of_a_public_listing(client, seller, shop):
    cup = town.listing(seller, description="Thrown by hand.", shipping=town.yuan(12))
    answer = client.get(reverse("shop:listing", args=[cup.id]))
    page = text(answer)
    assert answer.status_code == 200
    for said in (
        "Celadon cup", "Thrown by hand.", "Packed by my own hands.", "Not declared yet",
        "Who has the money, and until when", "Price history", "Shipping CN¥12.00, 2–5 days",
    ):  # fmt: skip
        assert said in page
    assert "Show to my circle" not in page
    assert client.get(reverse("shop:shop", args=[shop.id])).status_code == 200


def test_a_face_is_for_members_and_a_stranger_meets_the_initial(client, seller, shop):
    people.set_avatar(member=seller, raw=town.jpeg(), now=NOW)
    cup = town.listing(seller)
    for name, id_ in [("shop:listing", cup.id), ("shop:shop", shop.id)]:
        page = client.get(reverse(name, args=[id_])).content.decode()
        assert 'class="avatar' in page
        assert "/avatars/" not in page
    client.force_login(town.person("chen"))
    assert "/avatars/" in client.get(reverse("shop:shop", args=[shop.id])).content.decode()


def test_a_private_shop_does_not_exist_for_strangers(client, seller):
    shop = town.open_shop(seller, public=False)
    cup = town.listing(seller)
    for name, id_ in [("shop:listing", cup.id), ("shop:shop", shop.id)]:
        hidden, nothing = (client.get(reverse(name, args=[one])) for one in (id_, new_id()))
        assert hidden.status_code == nothing.status_code == 404
        strip = lambda body: re.sub(rb'name="csrf[^>]*', b"", body)  # noqa: E731
        assert strip(hidden.content) == strip(nothing.content)
    picture = cup.pictures.get()
    assert client.get(reverse("shop:picture", args=[picture.id, "thumb"])).status_code == 404


def test_pictures_and_papers_are_served_to_those_who_may_see_them(client, seller, shop):
    cup = town.listing(seller)
    paper = actions.add_evidence(
        seller=seller, listing=cup.id, kind="receipt", audience="buyers", picture=town.picture(),
        now=NOW,
    )  # fmt: skip
    answer = client.get(reverse("shop:picture", args=[cup.pictures.get().id, "medium"]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    url = reverse("shop:evidence", args=[paper.id, "large"])
    assert client.get(url).status_code == 404
    buyer = town.person("chen")
    town.buy(buyer, town.first_variant(cup))
    client.force_login(buyer)
    assert client.get(url).status_code == 200
    assert client.get(reverse("shop:evidence", args=[paper.id, "huge"])).status_code == 404


def test_choosing_a_variant_works_without_script(client, seller, shop):
    cup = town.listing(
        seller, "Cup", town.variant(10, 3, Size="S"), town.variant(20, 0, Size="L"),
        town.variant(15, 9, Size="M"),
    )  # fmt: skip
    page = text(client.get(reverse("shop:listing", args=[cup.id])))
    small, large, _medium = cup.variants.order_by("position")
    assert f'action="{reverse("orders:checkout")}"' in page
    assert f'value="{small.id}" required data-price' in page
    assert f'value="{large.id}" required disabled' in page
    for stock in ("Only 3 left", "Sold out", "9 left"):
        assert f" · {stock}</small>" in page
    assert "from" in page


def test_a_sold_out_or_withdrawn_listing_says_so(client, seller, shop):
    cup = town.listing(seller, "Cup", town.variant(10, 0))
    url = reverse("shop:listing", args=[cup.id])
    assert "Sold out." in text(client.get(url))
    actions.withdraw(seller=seller, listing=cup.id, now=NOW)
    page = text(client.get(url))
    assert "no longer on sale" in page
    assert "Add to cart" not in page


def test_the_market_is_for_members(client, hers, seller, shop):
    town.listing(seller)
    assert "Celadon cup" in text(hers.get(reverse("shop:market")))
    empty = text(hers.get(reverse("shop:market") + "?from=friends"))
    assert "Your friends sell nothing yet" in empty
    client.logout()
    assert client.get(reverse("shop:market")).status_code == 302


def test_the_market_goes_on(hers, seller, shop):
    for n in range(25):
        town.listing(seller, f"Cup {n:02}", pictures=[], offer=False)
    Listing.objects.update(state="active", listed_at=NOW)
    first = text(hers.get(reverse("shop:market")))
    more = re.search(r'href="(\?from=all&amp;after=[^"]+)" rel="next"', first).group(1)
    second = text(hers.get(reverse("shop:market") + more.replace("&amp;", "&")))
    assert (first.count("goods__link"), second.count("goods__link")) == (24, 1)
    assert hers.get(reverse("shop:market") + "?after=zzz").status_code == 422


def test_opening_a_shop(hers, seller):
    assert hers.get(reverse("shop:mine")).status_code == 302
    assert hers.get(reverse("shop:open")).status_code == 200
    refused = hers.post(reverse("shop:open"), {"name": " "})
    assert refused.status_code == 422
    hers.post(reverse("shop:open"), {"name": "Lin's tea", "public": "on"})
    shop = Shop.objects.get()
    assert (shop.name, shop.public, shop.owner) == ("Lin's tea", True, seller)
    again = hers.post(reverse("shop:open"), {"name": "Second"})
    assert again.status_code == 409
    assert "You have a shop already" in text(again)


def test_editing_and_closing_a_shop(hers, shop):
    assert "Packed by my own hands." in text(hers.get(reverse("shop:edit_shop")))
    hers.post(reverse("shop:edit_shop"), {"name": "Lin", "about": "Since 1998."})
    shop.refresh_from_db()
    assert (shop.name, shop.about, shop.public) == ("Lin", "Since 1998.", False)
    hers.post(reverse("orders:closing"))
    shop.refresh_from_db()
    assert shop.closing_at == NOW + 7 * town.DAY
    assert "Your shop is closing" in text(hers.get(reverse("shop:mine")))
    actions.end_closing(shop=shop, open_orders=0, now=shop.closing_at)
    assert hers.get(reverse("shop:create")).status_code == 302


def test_making_a_listing(hers, shop):
    assert hers.get(reverse("shop:create")).status_code == 200
    answer = hers.post(
        reverse("shop:create"),
        form(pictures=[upload(), upload("side.jpg")], pictures_alt=["front", "side"]),
    )
    cup = Listing.objects.get()
    assert answer["Location"] == reverse("shop:listing", args=[cup.id])
    assert (cup.state, cup.shipping_minor, cup.origin) == ("active", 1200, "Longquan")
    assert [one.alt for one in cup.pictures.order_by("position")] == ["front", "side"]
    assert town.first_variant(cup).price_minor == 12000


def test_a_refused_listing_comes_back_as_it_was_typed(hers, shop):
    answer = hers.post(reverse("shop:create"), form(row_price="twelve"))
    page = text(answer)
    assert answer.status_code == 422
    assert "is no amount" in page
    assert 'value="twelve"' in page
    missing = hers.post(reverse("shop:create"), form())
    assert missing.status_code == 422
    assert text(missing).count("Add at least one picture.") == 1
    bomb = hers.post(reverse("shop:create"), form(pictures=[upload(data=b"no picture at all")]))
    assert bomb.status_code in (415, 422)
    assert not Listing.objects.exists()


def test_the_table_of_variants_is_made_without_script(hers, shop):
    options = {"option_name_0": "Colour", "option_values_0": "celadon，white"}
    page = text(hers.post(reverse("shop:create"), form(**options, do="rows")))
    assert page.count('name="row_price" value="120"') == 2
    assert "celadon" in page
    part = hers.post(
        reverse("shop:create"), form(**options, do="rows"), headers={"HX-Request": "true"}
    )
    assert "<html" not in text(part)
    stale = hers.post(reverse("shop:create"), form(**options, pictures=[upload()]))
    assert stale.status_code == 422
    assert "options have changed" in text(stale)
    rows = {
        "row_options": ['[["Colour", "celadon"]]', '[["Colour", "white"]]'],
        "row_price": ["120", "99.5"], "row_stock": ["1", "2"], "row_seen": ["", ""],
        "row_code": ["", "W"], "row_id": ["", ""],
    }  # fmt: skip
    hers.post(reverse("shop:create"), form(**options, **rows, pictures=[upload()]))
    cup = Listing.objects.get()
    assert [(v.name, v.price_minor, v.seller_code) for v in cup.variants.order_by("position")] == [
        ("celadon", 12000, ""), ("white", 9950, "W"),
    ]  # fmt: skip


def test_editing_a_listing(hers, seller, shop):
    cup = town.listing(seller, "Cup", town.variant(10, 1, Size="S"), town.variant(20, 2, Size="L"))
    url = reverse("shop:edit", args=[cup.id])
    page = text(hers.get(url))
    assert 'name="option_values_0" value="S, L"' in page
    small, large = cup.variants.order_by("position")
    posted = form(
        title="Cup, new", option_name_0="Size", option_values_0="S, L", do="save",
        row_options=['[["Size", "S"]]', '[["Size", "L"]]'], row_price=["8", ""],
        row_stock=["4", "2"], row_seen=["1", "2"], row_code=["", ""],
        row_id=[str(small.id), str(large.id)],
    )  # fmt: skip
    assert hers.post(url, posted)["Location"] == url
    cup.refresh_from_db()
    assert cup.title == "Cup, new"
    offered = Variant.objects.filter(listing=cup, retired_at=None)
    assert [(v.id, v.price_minor, v.stock) for v in offered] == [(small.id, 800, 4)]
    assert "contacts" not in text(hers.get(url))
    hers.post(url, {**posted, "description": "WeChat: wxsample88"})
    assert text(hers.get(url)).count("Contact details in the text were hidden") == 1


def test_states_pictures_and_papers(hers, seller, shop):
    cup = town.listing(seller, offer=False)
    edit = reverse("shop:edit", args=[cup.id])
    hers.post(reverse("shop:offer", args=[cup.id]))
    cup.refresh_from_db()
    assert cup.state == "active"
    hers.post(reverse("shop:add_pictures", args=[cup.id]), {"pictures": [upload()]})
    first, second = cup.pictures.order_by("position")
    hers.post(reverse("shop:change_picture", args=[second.id]), {"do": "lead"})
    hers.post(reverse("shop:change_picture", args=[first.id]), {"do": "remove"})
    assert ListingPicture.objects.get(removed_at=None).id == second.id
    hers.post(reverse("shop:change_picture", args=[second.id]), {"do": "remove"})
    assert "needs a picture" in text(hers.get(edit))
    paper = {"kind": "customs", "audience": "buyers", "picture": upload(), "alt": "stamp"}
    hers.post(reverse("shop:add_evidence", args=[cup.id]), paper)
    found = Evidence.objects.get()
    assert (found.kind, found.audience, found.alt) == ("customs", "buyers", "stamp")
    hers.post(reverse("shop:add_evidence", args=[cup.id]), {**paper, "kind": "rumour"})
    assert Evidence.objects.count() == 1
    hers.post(reverse("shop:remove_evidence", args=[found.id]))
    found.refresh_from_db()
    assert found.removed_at == NOW
    hers.post(reverse("shop:withdraw", args=[cup.id]))
    cup.refresh_from_db()
    assert cup.state == "withdrawn"


def test_many_at_once(hers, seller, shop):
    ready = [town.listing(seller, f"Ready {n}", offer=False) for n in range(2)]
    bare = town.listing(seller, "Bare", pictures=[], offer=False)
    other = town.person("chen")
    town.open_shop(other)
    foreign = town.listing(other, offer=False)
    ids = [str(one.id) for one in (*ready, bare, foreign)]
    hers.post(reverse("shop:many"), {"do": "offer", "listing": [*ids, "zz"]})
    states = {one.title: one.state for one in Listing.objects.filter(seller=seller)}
    assert states == {"Ready 0": "active", "Ready 1": "active", "Bare": "draft"}
    foreign.refresh_from_db()
    assert foreign.state == "draft"
    page = text(hers.get(reverse("shop:mine")))
    assert "2 listings changed." in page
    assert "Bare: Add at least one picture." in page
    hers.post(reverse("shop:many"), {"do": "withdraw", "listing": ids})
    assert Listing.objects.filter(seller=seller, state="withdrawn").count() == 2
    hers.post(reverse("shop:many"), {"do": "offer"})
    assert "Tick the listings first." in text(hers.get(reverse("shop:mine")))


def test_showing_to_the_circle(hers, seller, shop):
    friend = town.person("chen", "Chen")
    town.befriend(seller, friend)
    cup = town.listing(seller)
    url = reverse("shop:show", args=[cup.id])
    page = text(hers.get(url))
    key = re.search(r'name="key" value="([^"]+)"', page).group(1)
    posted = {"text": "Fresh glaze", "key": key, "audience": "chosen", "people": [str(friend.id)]}
    for _double_tap in range(2):
        assert hers.post(url, posted)["Location"] == reverse("reach:schedule")
    moment = Moment.objects.get()
    assert (moment.face, moment.listing, moment.audience_people) == ("market", cup.id, [friend.id])
    nobody = hers.post(url, {"key": "k2", "audience": "chosen"})
    assert nobody.status_code == 422


def test_other_peoples_listings_have_no_forms(hers, seller):
    other = town.person("chen")
    town.open_shop(other)
    cup = town.listing(other)
    for name in ("edit", "show", "offer", "withdraw", "add_pictures", "add_evidence"):
        assert hers.post(reverse(f"shop:{name}", args=[cup.id])).status_code == 404
    picture = cup.pictures.get()
    assert hers.post(reverse("shop:change_picture", args=[picture.id])).status_code == 404


def test_pages_speak_chinese(client, seller, shop):
    cup = town.listing(seller)
    page = text(
        client.get(reverse("shop:listing", args=[cup.id]), headers={"Accept-Language": "zh-CN"})
    )
    assert "价格记录" in page


@pytest.mark.parametrize("name", ["shop:market", "shop:mine", "shop:create", "shop:import"])
def test_no_page_carries_inline_code(hers, shop, seller, name):
    town.listing(seller)
    page = text(hers.get(reverse(name)))
    assert not re.search(r'\sstyle="|\son\w+="|<style|javascript:', page)


def test_pages_cost_the_same_for_three_and_for_thirty(client, seller, shop):
    viewer = town.person("chen")
    town.befriend(seller, viewer)
    client.force_login(viewer)

    def fill(count, start):
        for n in range(start, start + count):
            town.listing(seller, f"Cup {n}", pictures=[], offer=False)
        Listing.objects.update(state="active", listed_at=NOW)

    def costs():
        urls = [reverse("shop:market"), reverse("shop:shop", args=[shop.id])]
        found = []
        for url in urls:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            found.append(len(captured))
        return found

    fill(3, 0)
    costs()
    few = costs()
    fill(21, 3)
    assert costs() == few


def test_a_strangers_listing_page_costs_five_statements_at_most(client, seller, shop):
    cup = town.listing(seller, "Cup", *[town.variant(9 + n, 3, Size=str(n)) for n in range(20)])
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("shop:listing", args=[cup.id]))
    assert len(captured) <= 5
