"""Drill bits to order: ranges to choose from, a quote asked for, answered, accepted and ordered."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from goodword.kit import clock, jobs
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.notices.models import Notice
from goodword.shop import actions, asking, mine, queries, quotes
from goodword.shop.actions import Item, NotForSale, NotQuoted, QuoteMissing, VariantMissing
from goodword.shop.actions.refusals import BoughtFromOneself
from goodword.shop.asking import Ask, BadAsk, BadWish
from goodword.shop.drafts import BadListing
from goodword.shop.models import PriceChange, Quote, Shop, Variant
from goodword.shop.queries import ListingMissing

from .town import DAY, NOW, draft, first_variant, listing, open_shop, person, variant, yuan

DIAMETER = Ask(name="Diameter", unit="in", low="3", high="36", step="0.5")
BLADES = Ask(name="Blades", values=("2", "3", "4"))


@given(st.decimals(0, 50, places=2), st.decimals("0.05", 4, places=2))
def test_a_range_takes_exactly_its_steps(value, step):
    ask = Ask(name="Length", low="3", high=str(3 + 8 * step), step=str(step))
    steps = {3 + n * step for n in range(9)}
    try:
        assert Decimal(ask.answer(str(value))) in steps
    except asking.Invalid:
        assert value not in steps


@pytest.mark.parametrize("typed", ["", "2.5", "36.5", "12.25", "1e1", "-3", "٣", "NaN", "3 in"])
def test_what_is_not_in_the_range_says_the_range(typed):
    with pytest.raises(BadWish, match=r"3–36 in, in steps of 0\.5") as refusal:
        asking.answers([DIAMETER, BLADES], [typed, "5"])
    assert set(refusal.value.fields) == {"wish_0", "wish_1"}


def test_a_thousand_is_not_taken_for_one():
    ask = Ask(name="Length", unit="mm", low="0", high="2000", step="0.001")
    assert [ask.answer(typed) for typed in ("1250", "1,5", "0,125")] == [
        "1250 mm", "1.5 mm", "0.125 mm",
    ]  # fmt: skip
    for typed in ("1,250", "1，250", "12,000"):
        with pytest.raises(asking.Invalid):
            ask.answer(typed)


@pytest.mark.parametrize(
    "ask",
    [
        Ask(name="", low="1", high="2", step="1"),
        Ask(name="Length"),
        Ask(name="Length", low="3", high="2", step="1"),
        Ask(name="Length", low="1", high="2", step="0"),
        Ask(name="Length", low="1", high="2", step="0.3"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_at_its_row(ask):
    with pytest.raises(BadAsk) as refusal:
        asking.cleaned([DIAMETER, ask])
    assert set(refusal.value.fields) == {"ask_1"}


@pytest.fixture
def lin():
    lin = person("lin")
    open_shop(lin)
    return lin


@pytest.fixture
def bits(lin):
    return listing(
        lin, "Drill bit", variant(900, 3), made_to_order=True, lead_days=20, asks=(DIAMETER, BLADES)
    )


def asked(buyer, bits, **values):
    return actions.ask_quote(
        buyer=buyer, listing=bits.id, wishes=["12.5", "4"], quantity=6, now=NOW, **values
    )


@pytest.mark.django_db
def test_a_shop_that_ends_answers_no_quotes_any_more(lin, bits):
    asked(person("wang"), bits)
    answered(lin, asked(person("wei"), bits))
    actions.close_shop(owner=lin, now=NOW)
    shop = Shop.objects.get(owner=lin)
    assert actions.end_closing(shop=shop, open_orders=0, now=NOW + 7 * DAY)
    assert set(Quote.objects.values_list("state", flat=True)) == {"expired"}


def answered(lin, quote, now=NOW):
    return actions.answer_quote(
        seller=lin, quote=quote.id, price=yuan(4200), lead_days=35, valid_days=10, now=now
    )


def order(buyer, made, now):
    return actions.reserve(
        order=new_id(), buyer=buyer.id, items=[Item(made.id, 1, yuan(4200))], until=now + DAY,
        now=now,
    )  # fmt: skip


@pytest.mark.django_db
def test_an_accepted_quote_is_ordered_as_it_was_answered_and_by_nobody_else(lin, bits):
    wang, stranger = person("wang"), person("stranger")
    answered(lin, asked(wang, bits, note="For clay."))
    (seen,) = quotes.quotes(wang.id)
    made = actions.accept_quote(buyer=wang, quote=seen.id, now=NOW + DAY)
    assert actions.accept_quote(buyer=wang, quote=seen.id, now=NOW + DAY) == made
    with pytest.raises(VariantMissing):
        order(stranger, made, NOW + DAY)
    (promise,) = order(wang, made, NOW + DAY)
    assert promise.unit_price == yuan(4200)
    assert promise.ship_within == timedelta(days=35, hours=48), "as quoted, not as listed"
    said = promise.snapshot
    assert said["variant_name"] == "12.5 in · 4 · × 6"
    assert said["quote"]["wishes"] == [["Diameter", "12.5 in"], ["Blades", "4"]]
    assert (said["quote"]["note"], said["quote"]["pieces"], said["lead_days"]) == (
        "For clay.", 6, 35,
    )  # fmt: skip
    kinds = set(Notice.objects.values_list("owner", "kind"))
    assert {
        (lin.id, "shop.quote_asked"),
        (wang.id, "shop.quote_answered"),
        (lin.id, "shop.quote_accepted"),
    } <= kinds


@pytest.mark.django_db
def test_every_quote_is_on_some_page_and_on_one_only(lin, bits):
    wang = person("wang")
    for minute in range(7):
        asked_at = NOW + timedelta(minutes=minute // 2)  # some in the very same moment
        actions.ask_quote(
            buyer=wang, listing=bits.id, wishes=["12.5", "4"], quantity=6, now=asked_at
        )
    seen, cursor, pages = [], "", 0
    while pages == 0 or cursor:
        page = quotes.shelf(lin.id, selling=True, cursor=cursor, limit=3)
        seen, cursor, pages = [*seen, *page.quotes], page.next, pages + 1
    assert pages == 3
    assert [one.id for one in seen] == [one.id for one in quotes.quotes(lin.id, selling=True)]


@pytest.mark.django_db
def test_nobody_else_sees_the_quoted_price_anywhere(lin, bits):
    wang = person("wang")
    answered(lin, asked(wang, bits))
    actions.accept_quote(buyer=wang, quote=Quote.objects.get().id, now=NOW)
    page = queries.listing(None, bits.id, now=NOW)
    assert [one.price for one in page.variants] == [yuan(900)]
    (card,) = queries.market(None).cards
    assert (card.low, card.high, card.variants, card.pieces) == (yuan(900), yuan(900), 1, 3)
    assert mine.my_listings(lin.id).rows[0].card.high == yuan(900)
    assert PriceChange.objects.count() == 1, "the public history knows nothing of it"
    changed = draft(
        "Drill bit", variant(950, 3), made_to_order=True, lead_days=20, asks=(DIAMETER,)
    )
    actions.edit_listing(seller=lin, listing=bits.id, draft=changed, now=NOW)
    assert Variant.objects.get(buyer=wang).retired_at is None, "an edit takes no promise back"


@pytest.mark.django_db
def test_it_holds_until_its_last_second_and_is_over_by_itself(lin, bits):
    wang = person("wang")
    quote = asked(wang, bits)
    answered(lin, quote)
    made = actions.accept_quote(buyer=wang, quote=quote.id, now=NOW)
    last = NOW + timedelta(days=10)
    with clock.at(last):
        jobs.run_due()
    assert Quote.objects.get().state == "expired"
    with pytest.raises((NotForSale, VariantMissing)):
        order(wang, made, last)


@pytest.mark.django_db
def test_the_time_itself_ends_it_even_if_the_job_is_late(lin, bits):
    wang = person("wang")
    quote = asked(wang, bits)
    answered(lin, quote)
    made = actions.accept_quote(buyer=wang, quote=quote.id, now=NOW)
    with pytest.raises(NotForSale):
        order(wang, made, NOW + timedelta(days=10))
    order(wang, made, NOW + timedelta(days=10, seconds=-1))
    assert not actions.expire_quote(quote=quote.id, now=NOW + timedelta(days=11))
    assert Quote.objects.get().state == "accepted", "what was ordered stays ordered"


@pytest.mark.django_db
def test_unanswered_it_is_over_after_the_house_rule(lin, bits):
    asked(person("wang"), bits)
    with clock.at(NOW + timedelta(days=14, seconds=-1)):
        jobs.run_due()
    assert Quote.objects.get().state == "asked"
    with clock.at(NOW + timedelta(days=14)):
        jobs.run_due()
    assert Quote.objects.get().state == "expired"


@pytest.mark.django_db
def test_only_the_two_may_and_only_in_its_turn(lin, bits):
    wang, stranger = person("wang"), person("stranger")
    quote = asked(wang, bits)
    for who in (stranger, wang):
        with pytest.raises(QuoteMissing):
            answered(who, quote)
    with pytest.raises(QuoteMissing):
        quotes.quote(stranger.id, quote.id)
    with pytest.raises(NotQuoted):
        actions.accept_quote(buyer=wang, quote=quote.id, now=NOW)
    actions.decline_quote(seller=lin, quote=quote.id, now=NOW)
    for late in (
        lambda: answered(lin, quote),
        lambda: actions.withdraw_quote(buyer=wang, quote=quote.id, now=NOW),
    ):
        with pytest.raises(NotQuoted):
            late()
    plain = listing(lin, "Cup")
    with pytest.raises(ListingMissing):
        actions.ask_quote(buyer=wang, listing=plain.id, wishes=[], now=NOW)


@pytest.mark.django_db
def test_asked_answered_and_accepted_without_javascript(lin):
    seller, buyer = Client(), Client()
    seller.force_login(lin)
    buyer.force_login(person("wang"))
    bits = listing(lin, "Drill bit", variant(900, 3), made_to_order=True, lead_days=20)
    page = seller.get(f"/shop/listings/{bits.id}").content.decode()
    row = first_variant(bits)
    edit = {
        "title": "Drill bit", "currency": "CNY", "condition": "new", "shipping": "0",
        "days_min": "2", "days_max": "5", "ship_within_hours": "48", "returns_days": "7",
        "made_to_order": "on", "lead_days": "20", "row_options": "[]", "row_price": "900",
        "row_stock": "3", "row_seen": "3", "row_code": "", "row_id": str(row.id),
        "ask_name": ["Diameter", "Blades", ""], "ask_low": ["3", "", ""],
        "ask_high": ["36", "", ""], "ask_step": ["0.5", "", ""], "ask_unit": ["in", "", ""],
        "ask_values": ["", "2, 3, 4", ""],
    }  # fmt: skip
    assert page.count('name="ask_name"') == 2
    assert seller.post(f"/shop/listings/{bits.id}", edit).status_code == 302
    seen = queries.listing(None, bits.id, now=clock.now())
    assert seen.asks == (DIAMETER, BLADES)
    assert "3–36 in, in steps of 0.5" in buyer.get(f"/listings/{bits.id}").content.decode()
    form = {"wish_0": "12.5", "wish_1": "4", "quantity": "6", "note": "For clay."}
    wrong = buyer.post(f"/listings/{bits.id}/quote", form | {"wish_0": "2"})
    assert wrong.status_code == 422
    asked_at = buyer.post(f"/listings/{bits.id}/quote", form).url
    page = seller.get(asked_at).content.decode()
    assert "For clay." in page
    pressed = re.findall(r"<button[^>]*>", page.split(f'action="{asked_at}/answer"')[1])[0]
    assert "formaction" not in pressed, "Enter in a field answers, and does not turn it down"
    answer = {"price": "4,200", "lead_days": "35", "valid_days": "10", "answer": "Gladly."}
    assert seller.post(f"{asked_at}/answer", answer).status_code == 302
    assert "Gladly." in buyer.get(asked_at).content.decode()
    checkout = buyer.post(f"{asked_at}/acceptance").url
    text = buyer.get(checkout).content.decode()
    assert "12.5 in · 4 · × 6" in text
    assert 'name="price" value="420000"' in text


@pytest.mark.django_db
def test_what_is_ordered_leads_to_its_order_and_what_is_over_can_be_asked_again(lin, bits):
    wang = person("wang")
    buyer, seller = Client(), Client()
    buyer.force_login(wang)
    seller.force_login(lin)
    quote = asked(wang, bits, note="For clay.")
    actions.answer_quote(
        seller=lin, quote=quote.id, price=yuan(4200), lead_days=35, valid_days=10, now=clock.now()
    )
    made = actions.accept_quote(buyer=wang, quote=quote.id, now=clock.now())
    placed = new_id()
    actions.reserve(
        order=placed, buyer=wang.id, items=[Item(made.id, 1)], until=clock.now() + DAY,
        now=clock.now(),
    )  # fmt: skip
    for client in (buyer, seller):
        page = client.get(f"/quotes/{quote.id}").content.decode()
        assert f'href="/orders/{placed}"' in page
        assert "acceptance" not in page, "there is nothing left to check out"
    assert buyer.post(f"/quotes/{quote.id}/acceptance").url == f"/orders/{placed}"
    actions.release_reservation(order=placed, now=clock.now())
    assert "Check out" in buyer.get(f"/quotes/{quote.id}").content.decode()

    other = asked(wang, bits, note="For tin.")
    actions.withdraw_quote(buyer=wang, quote=other.id, now=clock.now())
    again = f"/listings/{bits.id}/quote?like={other.id}"
    assert again in buyer.get(f"/quotes/{other.id}").content.decode()
    page = buyer.get(again).content.decode()
    assert re.search(r'name="wish_0" value="12\.5"', page)
    assert re.search(r'value="4" selected', page)
    assert "For tin." in page
    stranger = Client()
    stranger.force_login(person("stranger"))
    assert stranger.get(again).status_code == 404


@pytest.mark.django_db
def test_what_makes_no_sense_is_neither_asked_nor_answered(lin, bits):
    wang = person("wang")
    with pytest.raises(BoughtFromOneself):
        asked(lin, bits)
    for pieces in (0, -1, 10_000):
        with pytest.raises(BadListing, match="1 to"):
            actions.ask_quote(
                buyer=wang, listing=bits.id, wishes=["12.5", "4"], quantity=pieces, now=NOW
            )
    quote = asked(wang, bits)
    for price in (Money(4200, "EUR"), yuan(0), yuan(-1)):
        with pytest.raises(BadListing):
            actions.answer_quote(
                seller=lin, quote=quote.id, price=price, lead_days=35, valid_days=10, now=NOW
            )


@pytest.mark.django_db
def test_a_quote_ends_when_its_time_is_over_and_not_before(lin, bits):
    """A job that comes early, or twice, changes nothing; both sides hear of the end once."""
    quote = answered(lin, asked(person("wang"), bits))
    over = NOW + 10 * DAY
    for now, ends in ((over - DAY, False), (over, True), (over, False)):
        assert actions.expire_quote(quote=quote.id, now=now) is ends
    assert Notice.objects.filter(kind="shop.quote_expired", subject=quote.id).count() == 2


@pytest.mark.django_db
def test_who_waits_for_an_answer_no_more_says_so_to_the_seller(lin, bits):
    wang = person("wang")
    quote = asked(wang, bits)
    actions.withdraw_quote(buyer=wang, quote=quote.id, now=NOW)
    told = Notice.objects.get(kind="shop.quote_withdrawn", subject=quote.id)
    assert (told.owner, told.actor) == (lin.id, wang.id)
    with pytest.raises(NotQuoted):
        answered(lin, quote)
