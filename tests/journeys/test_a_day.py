"""A day in the circle, as the first issue tells it: from my friends' moments to a settled order,
and a moment of my own. Everything happens in the house: its pages, its jobs, its clock."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from goodword.circle.models import MomentPicture
from goodword.kit import clock
from goodword.kit.ids import new_id
from goodword.money import queries as money
from goodword.orders import actions as orders
from goodword.people.models import Member
from goodword.shop.actions import Item, set_stock
from goodword.shop.models import Listing

from ..conftest import Opens
from ..town import befriend, first_variant, member, moment, photo, show, tea_shop
from .scene import ADDRESS
from .steps import NUMBER, check_out_and_pay, choose, wait_for_the_stream

pytestmark = pytest.mark.journey
NOBODYS = "/moments/01890000-0000-7000-8000-000000000000"


def test_a_day_in_the_circle(opens: Opens):
    lin, chen, stranger = member("Lin Xiaoman"), member("Chen Bo"), member("Stranger")
    befriend(lin, chen)
    cup = established_tea_shop(lin)
    a_week_of_life(lin, cup)
    mine, hers, strangers = opens(chen), opens(lin), opens(stranger)

    # 1. My circle: friends' life moments with pictures in the familiar grid, and among them,
    #    visibly of another kind, one market card.
    mine.goto("/")
    life = mine.get_by_role("article", name="Lin Xiaoman’s moment")
    card = mine.get_by_role("article", name="Market: Celadon teacup")
    expect(life).to_have_count(9)
    for pictures in (1, 3, 9):
        expect(life.locator(f".grid9--{pictures} img")).to_have_count(pictures)
    expect(card).to_have_count(1)
    expect(card.get_by_text("Market", exact=True)).to_be_visible()
    expect(card).to_contain_text("from CN¥148")
    expect(life.get_by_text("Market", exact=True)).to_have_count(0)

    # 2. I open the card: a real listing with price, price history, stock per variant, units sold,
    #    shipping, returns promise, evidence.
    card.get_by_text("Celadon teacup").click()
    expect(mine.get_by_role("heading", name="Celadon teacup")).to_be_visible()
    expect(mine.locator(".listing__price")).to_contain_text("CN¥148")
    expect(part(mine, "Price history")).to_contain_text("CN¥168")
    expect(chip(mine, "celadon")).to_contain_text(re.compile("CN¥148.* · 50 left"))
    expect(chip(mine, "tenmoku")).to_contain_text(re.compile("CN¥188.* · Only 3 left"))
    expect(mine.get_by_text("10 sold")).to_be_visible()
    expect(part(mine, "Delivery")).to_contain_text("Shipping CN¥8")
    expect(part(mine, "Delivery")).to_contain_text("Can be returned within 7 days of receipt")
    expect(part(mine, "Evidence").get_by_role("img", name="The kiln’s receipt")).to_be_visible()

    # 3. I buy it. The money is held: the page shows where it is, what happens next, and what
    #    happens if nobody acts.
    choose(mine, "celadon")
    mine.get_by_role("button", name="Buy", exact=True).click()
    order = check_out_and_pay(mine, "Card that works")
    expect(mine.get_by_text("Paid, to ship")).to_be_visible()
    where = mine.get_by_role("region", name="Where the money is")
    expect(where).to_contain_text("CN¥156")  # 148 and 8 for shipping
    expect(where).to_contain_text(
        "is held by Sandbox, not by Lin Xiaoman, until you have the goods"
    )
    expect(where.locator(".is-here")).to_have_text("Held")
    expect(part(mine, "What happens next")).to_contain_text("The seller ships it")
    clocks = mine.locator(".clock")
    expect(clocks).to_contain_text("If nobody does anything")
    expect(clocks).to_contain_text("you may cancel alone and get everything back")
    expect(clocks).to_contain_text("It was never shipped: all the money comes back to you")

    # 4. The seller ships with a courier number, I confirm, the money settles; both see the order's
    #    story in one timeline. The ledger's trial balance is zero.
    hers.goto("/sales")
    hers.get_by_role("link", name="Ship it").click()
    expect(hers.get_by_text("1 Longjing Road")).to_be_visible()
    hers.get_by_label("Tracking number").fill(NUMBER)
    hers.get_by_role("button", name="It is on its way").click()
    expect(hers.get_by_text("On its way").first).to_be_visible()
    mine.reload()
    expect(mine.get_by_label("Tracking number")).to_have_value(NUMBER)
    mine.get_by_role("button", name="I have it").click()
    expect(where.locator(".is-here")).to_have_text("Lin Xiaoman")
    hers.goto(order)
    expect(story_of(mine)).to_have_text([
        "You ordered for CN¥156.00.", "You paid CN¥156.00.",
        "Lin Xiaoman shipped it with SF Express.", "You confirmed that you have it.",
        "CN¥156.00 went to Lin Xiaoman.",
    ])  # fmt: skip
    expect(story_of(hers)).to_have_text([
        "Chen Bo ordered for CN¥156.00.", "Chen Bo paid CN¥156.00.",
        "You shipped it with SF Express.", "Chen Bo has it and confirmed.",
        "CN¥156.00 came to your balance.",
    ])  # fmt: skip
    assert {line.difference for line in money.trial_balance()} == {0}
    mine.goto(f"/listings/{cup.id}")
    expect(mine.get_by_text("11 sold")).to_be_visible()
    expect(chip(mine, "celadon")).to_contain_text("49 left")

    # 5. I publish a life moment with pictures from my phone; friends see it at once; a stranger
    #    gets 404 for the moment and for each picture.
    hers.goto("/")
    wait_for_the_stream(hers)
    post_from_the_phone(mine, "First plum blossom by the lake.", "A branch with three flowers")
    hers.get_by_role("link", name="1 new moment").click()
    seen = hers.get_by_role("article", name="Chen Bo’s moment")
    expect(seen.get_by_text("First plum blossom by the lake.")).to_be_visible()
    expect(seen.get_by_role("img", name="A branch with three flowers")).to_be_visible()
    expect(seen.locator(".grid9 img")).to_have_count(3)
    missing = strangers.request.get(NOBODYS)
    for path in addresses_of_the_moment(chen):
        assert hers.request.get(path).status == 200, path
        refused = strangers.request.get(path)
        assert refused.status == missing.status == 404, path
        assert opens(None).request.get(path, max_redirects=0).status in (302, 404), path


def established_tea_shop(seller: Member) -> Listing:
    """A shop whose ten first sales are long completed: it is not new, so money settles at once."""
    cup = tea_shop(seller)
    set_stock(seller=seller, variant=first_variant(cup).id, stock=60, now=clock.now())
    then = clock.now() - timedelta(days=40)
    customer = member("Wen Jing")
    for _sale in range(10):
        completed_sale(seller, customer, cup, then)
    return cup


def completed_sale(seller: Member, buyer: Member, listing: Listing, then: datetime) -> None:
    """A sale of `then`, whose timers have rung since."""
    (made,) = orders.place_and_pay(
        buyer=buyer, items=[Item(first_variant(listing).id, 1)], address=ADDRESS,
        key=str(new_id()), method="card", now=clock.now(),
    )  # fmt: skip
    with transaction.atomic():  # the worker would ring what is long due in between
        orders.ship(seller=seller, order=made.order.id, carrier="sf", number=NUMBER, now=then)
        orders.confirm(buyer=buyer, order=made.order.id, now=then)
        for days in (8, 30):
            orders.ring(order=made.order.id, now=then + timedelta(days=days))


def a_week_of_life(friend: Member, listing: Listing) -> None:
    for n, pictures in enumerate((0, 9, 0, 3)):
        moment(friend, f"A morning in the studio, {n}.", pictures=pictures)
    show(friend, listing)
    for n, pictures in enumerate((1, 0, 0, 0, 0)):
        moment(friend, f"Walking home {n}.", pictures=pictures)


def part(page: Page, heading: str):
    """The part of the page under this heading."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=heading)).last


def chip(page: Page, glaze: str):
    return page.locator(".chip", has_text=glaze)


def story_of(page: Page):
    return page.locator(".story__event .story__text > p:first-child")


def post_from_the_phone(page: Page, words: str, alt: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Post", exact=True).click()
    page.get_by_label("What is on your mind?").fill(words)
    page.locator("input[name=pictures]").set_input_files(
        [{"name": f"IMG_{n}.jpg", "mimeType": "image/jpeg", "buffer": photo()} for n in range(3)]
    )
    page.get_by_label("What can be seen").first.fill(alt)
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url(re.compile(r"/$"))
    expect(page.get_by_text(words)).to_be_visible()


def addresses_of_the_moment(author: Member) -> list[str]:
    files = list(MomentPicture.objects.filter(author=author).values_list("id", "moment_id"))
    forms = ("thumb", "large")
    return [
        f"/moments/{files[0][1]}",
        *(f"/pictures/{id_}/{form}" for id_, _ in files for form in forms),
    ]
