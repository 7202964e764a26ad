"""Many listings changed at once: all or nothing, and what changed meanwhile is asked about."""

from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.shop import actions, sheet
from goodword.shop.actions import ListingChange, ManyRefused, VariantChange
from goodword.shop.models import Listing, PriceChange, Variant
from goodword.shop.states import ListingState

from . import town
from .town import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin():
    return town.person("lin", "Lin")


@pytest.fixture
def cup(lin):
    town.open_shop(lin)
    return town.listing(lin, "Cup", town.variant(120, 5, Size="S"), town.variant(140, 3, Size="L"))


def one(listing, size="S"):
    return next(v for v in listing.variants.all() if v.name == size)


def price(variant, amount, seen=None):
    seen = None if seen is None else town.yuan(seen)
    return VariantChange(variant=variant.id, price=town.yuan(amount), price_seen=seen)


def stock(variant, count, seen=None):
    return VariantChange(variant=variant.id, stock=count, stock_seen=seen)


def change(seller, *changes):
    return actions.change_many(
        seller=seller,
        listings=[c for c in changes if isinstance(c, ListingChange)],
        variants=[c for c in changes if isinstance(c, VariantChange)],
        now=NOW,
    )


def test_all_is_saved_by_the_verbs_that_every_page_uses(lin, cup):
    pot = town.listing(lin, "Pot", pictures=[town.picture()], offer=False)
    small, large = one(cup, "S"), one(cup, "L")
    done = change(
        lin,
        VariantChange(variant=small.id, price=town.yuan(99), stock=7, stock_seen=5),
        price(large, 140),
        ListingChange(listing=cup.id, title="Celadon cup", title_seen="Cup"),
        ListingChange(listing=pot.id, on_sale=True),
    )
    small.refresh_from_db()
    assert (done, small.price_minor, small.stock) == (4, 9900, 7)
    past = PriceChange.objects.filter(variant=small).order_by("at")
    assert [row.price_minor for row in past] == [12000, 9900]
    assert PriceChange.objects.filter(variant=large).count() == 1  # the same price is no change
    assert Listing.objects.get(id=cup.id).title == "Celadon cup"
    assert Listing.objects.get(id=pot.id).state == ListingState.ACTIVE


def test_one_bad_row_keeps_everything_as_it_was(lin, cup):
    draft = town.listing(lin, "Draft", pictures=[], offer=False)
    small, large = one(cup, "S"), one(cup, "L")
    with pytest.raises(ManyRefused) as refused:
        change(
            lin, price(small, 99), VariantChange(variant=large.id, price=Money(9900, "EUR")),
            ListingChange(listing=draft.id, on_sale=True),
        )  # fmt: skip
    assert set(refused.value.rows) == {large.id, draft.id}
    assert "picture" in refused.value.rows[draft.id]
    assert (refused.value.status, refused.value.questions) == (422, set())
    small.refresh_from_db()
    assert (small.price_minor, PriceChange.objects.filter(variant=small).count()) == (12000, 1)


def test_what_changed_meanwhile_is_a_question_and_saving_again_is_the_answer(lin, cup):
    small = one(cup, "S")
    town.buy(town.person("chen"), small)  # four are left of the five that she was shown
    actions.change_price(seller=lin, variant=small.id, price=town.yuan(110), now=NOW)
    asked = VariantChange(
        variant=small.id, price=town.yuan(99), price_seen=town.yuan(120), stock=9, stock_seen=5
    )
    with pytest.raises(ManyRefused) as question:
        change(lin, asked)
    assert (question.value.status, question.value.questions) == (409, {small.id})
    assert "¥110" in question.value.rows[small.id]
    assert "4" in question.value.rows[small.id]
    change(lin, VariantChange(
        variant=small.id, price=town.yuan(99), price_seen=town.yuan(110), stock=9, stock_seen=4
    ))  # fmt: skip
    small.refresh_from_db()
    assert (small.price_minor, small.stock) == (9900, 9)


def test_nothing_is_asked_about_what_she_leaves_or_what_became_so_anyway(lin, cup):
    small = one(cup, "S")
    town.buy(town.person("chen"), small)
    change(lin, price(small, 99, seen=120))  # the stock is not hers to lose
    small.refresh_from_db()
    assert (small.price_minor, small.stock) == (9900, 4)
    assert change(lin, stock(small, 4, seen=5)) == 1


def test_titles_hide_contacts_and_another_one_meanwhile_is_a_question(lin, cup):
    change(lin, ListingChange(listing=cup.id, title="Cup, wechat lin8888abc", title_seen="Cup"))
    row = Listing.objects.get(id=cup.id)
    assert "lin8888abc" not in row.title
    assert row.contacts_flagged
    with pytest.raises(ManyRefused, match="Nothing was saved"):
        change(lin, ListingChange(listing=cup.id, title="Mug", title_seen="Cup"))
    with pytest.raises(ManyRefused):
        change(lin, ListingChange(listing=cup.id, title=" "))


def test_others_rows_do_not_exist(lin, cup):
    chen = town.person("chen")
    with pytest.raises(ManyRefused) as refused:
        change(chen, price(one(cup), 1), ListingChange(listing=cup.id, on_sale=False))
    assert set(refused.value.rows) == {one(cup).id, cup.id}
    assert Listing.objects.get(id=cup.id).state == ListingState.ACTIVE


def test_the_sheet_pages_over_the_middle_of_a_listing(lin, cup):
    empty = town.listing(lin, "Empty", pictures=[], offer=False, now=NOW)
    Variant.objects.filter(listing=empty).update(retired_at=NOW)
    many = town.listing(lin, "Many", *[town.variant(9, 1, N=str(n)) for n in range(4)], now=NOW)
    found, after, pages = [], None, 0
    while pages == 0 or after:
        page = sheet.sheet(lin.id, after=after, limit=2)
        found += [(one.id, row.id) for one in page.listings for row in one.variants or [one]]
        after, pages = page.next, pages + 1
    assert len(found) == len(set(found)) == 7
    assert {listing for listing, _row in found} == {empty.id, many.id, cup.id}
    assert sheet.sheet(town.person("chen").id).listings == []


def browser(member):
    client = Client()
    client.force_login(member)
    return client


class Fields(HTMLParser):
    """What a browser without scripts would send of a page's form: every field as it stands."""

    def __init__(self, page):
        super().__init__()
        self.data = {}
        self.feed(page.content.decode())

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        off = said.get("type") == "checkbox" and "checked" not in said
        if tag != "input" or off or "name" not in said:
            return
        self.data.setdefault(said["name"], []).append(said.get("value", "on"))


def fields(client, **changed):
    return Fields(client.get(reverse("shop:sheet"))).data | changed


def test_the_page_saves_without_scripts(lin, cup):
    client, small = browser(lin), one(cup, "S")
    data = fields(client, **{f"price-{small.id}": "99.5", f"title-{cup.id}": "Mug"})
    data.pop(f"on-{cup.id}")
    answer = client.post(reverse("shop:sheet"), data)
    assert answer.status_code == 302
    row = Listing.objects.get(id=cup.id)
    assert (row.title, row.state) == ("Mug", ListingState.WITHDRAWN)
    assert Variant.objects.get(id=small.id).price_minor == 9950
    assert "Nothing was changed" in client.post(
        reverse("shop:sheet"), fields(client), follow=True
    ).content.decode()  # fmt: skip


def test_a_row_that_cannot_be_read_does_not_let_another_pass_unasked(lin, cup):
    client, small, large = browser(lin), one(cup, "S"), one(cup, "L")
    data = fields(client, **{f"price-{small.id}": "cheap", f"price-{large.id}": "99"})
    actions.change_price(seller=lin, variant=large.id, price=town.yuan(150), now=NOW)
    first = client.post(reverse("shop:sheet"), data)
    assert first.status_code == 422
    assert "cheap" in first.content.decode()
    again = Fields(first).data | {f"price-{small.id}": "80"}
    second = client.post(reverse("shop:sheet"), again)
    assert second.status_code == 409
    assert "¥150" in second.content.decode()
    assert Variant.objects.get(id=small.id).price_minor == 12000
    assert client.post(reverse("shop:sheet"), Fields(second).data).status_code == 302
    minors = Variant.objects.filter(listing=cup).values_list("price_minor", flat=True)
    assert sorted(minors) == [8000, 9900]


def test_a_refused_save_never_writes_back_what_she_left_alone(lin, cup):
    draft = town.listing(lin, "Draft", pictures=[], offer=False)
    client, large = browser(lin), one(cup, "L")
    data = fields(client, **{f"on-{draft.id}": "on"})
    actions.change_price(seller=lin, variant=large.id, price=town.yuan(150), now=NOW)
    first = client.post(reverse("shop:sheet"), data)
    assert first.status_code == 422
    again = Fields(first).data
    again.pop(f"on-{draft.id}")
    assert client.post(reverse("shop:sheet"), again).status_code == 302
    assert Variant.objects.get(id=large.id).price_minor == 15000


def test_a_row_that_is_gone_is_said(lin, cup):
    client, small = browser(lin), one(cup, "S")
    data = fields(client, **{f"price-{small.id}": "99"})
    Variant.objects.filter(id=small.id).update(retired_at=NOW)
    answer = client.post(reverse("shop:sheet"), data)
    assert answer.status_code == 422
    assert "left out" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_browsers_and_a_buyer_at_once():
    """One of two saves wins and the other is asked; orders in between never wait in a circle."""
    lin, chen = town.person("lin", "Lin"), town.person("chen", "Chen")
    town.open_shop(lin)
    cup = town.listing(
        lin,
        "Cup",
        *[town.variant(100 + n, 50, N=str(n)) for n in range(4)],
        pictures=[town.picture()],
    )
    rows = list(cup.variants.order_by("-position"))  # against the order of their locks
    gate = Barrier(3)

    def save(amount):
        def deed():
            change(lin, *[price(row, amount, seen=100 + n) for n, row in by_number(rows)])
            return "saved"

        return deed

    def order():
        for _n in range(10):
            actions.reserve(
                order=new_id(), buyer=chen.id, items=[actions.Item(row.id, 1) for row in rows],
                until=NOW + town.DAY, now=NOW,
            )  # fmt: skip
        return "ordered"

    def run(deed):
        try:
            gate.wait()
            return deed()
        except ManyRefused as refusal:
            return len(refusal.questions)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        told = list(threads.map(run, [save(80), save(90), order]))
    assert sorted(map(str, told)) == ["4", "ordered", "saved"]
    minors = {row.price_minor for row in Variant.objects.filter(listing=cup)}
    assert minors == {8000 if told[0] == "saved" else 9000}
    assert {row.stock for row in Variant.objects.filter(listing=cup)} == {40}


def by_number(rows):
    return [(int(row.name), row) for row in rows]
