"""From my circle to a settled order, with JavaScript and without, by finger and by key."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from goodword.kit import clock, jobs
from goodword.money import queries as money
from goodword.shop.models import Listing

from ..conftest import Opens
from ..town import befriend, member, moment, show, tea_shop

pytestmark = pytest.mark.journey
NUMBER = "SF1234567890123"
ADDRESS = {
    "Name": "Chen Bo",
    "Phone": "13800138000",
    "Province, city, district": "Hangzhou, Xihu",
    "Street and house": "1 Longjing Road",
}


def test_from_my_circle_to_a_settled_order(opens: Opens):
    lin, chen = member("Lin Xiaoman"), member("Chen Bo")
    befriend(lin, chen)
    for n in range(5):
        moment(lin, f"A morning in the studio, {n}.", pictures=3 if n == 0 else 0)
    cup = tea_shop(lin)
    show(lin, cup)
    moment(lin, "Tea with my grandmother.")
    for n in range(4):
        moment(lin, f"Walking home {n}.")
    buyer, seller = opens(chen), opens(lin)

    # 1. My circle: life, and among it one market card, visibly of another kind.
    buyer.goto("/")
    life = buyer.get_by_role("article", name="Lin Xiaoman’s moment")
    card = buyer.get_by_role("article", name="Market: Celadon teacup")
    expect(life).to_have_count(10)
    expect(life.locator(".grid9--3 img")).to_have_count(3)
    expect(card).to_have_count(1)
    expect(card.get_by_text("Market", exact=True)).to_be_visible()

    # 2. The card opens a real listing.
    card.get_by_text("Celadon teacup").click()
    look_at_the_listing(buyer)

    # 3. I buy it, and the money is held.
    choose(buyer, "celadon")
    buyer.get_by_role("button", name="Buy", exact=True).click()
    order = check_out_and_pay(buyer, "Card that works")
    expect(buyer.get_by_text("Paid, to ship")).to_be_visible()
    where = buyer.get_by_role("region", name="Where the money is")
    expect(where.get_by_text("CN¥156.00")).to_be_visible()  # 148 and 8 for shipping
    expect(where.locator(".is-here")).to_have_text("Held")
    expect(buyer.get_by_role("heading", name="What happens next")).to_be_visible()
    expect(buyer.get_by_text("If nobody does anything")).to_be_visible()

    # 4. The seller ships, I confirm, the money settles; both see one story.
    seller.goto("/notices")
    seller.goto("/sales")
    seller.get_by_role("link", name="Ship it").click()
    expect(seller.get_by_text("1 Longjing Road")).to_be_visible()
    seller.get_by_label("Tracking number").fill(NUMBER)
    seller.get_by_role("button", name="It is on its way").click()
    expect(seller.get_by_text("On its way").first).to_be_visible()

    buyer.reload()
    expect(buyer.get_by_label("Tracking number")).to_have_value(NUMBER)
    buyer.get_by_role("button", name="I have it").click()
    expect(buyer.get_by_text("because this seller is new here")).to_be_visible()
    a_week_passes()
    buyer.reload()
    expect(buyer.get_by_text("All done.")).to_be_visible()
    expect(where.locator(".is-here")).to_have_text("Lin Xiaoman")
    seller.goto(order)
    stories = [story_of(page) for page in (buyer, seller)]
    assert len(stories[0]) == len(stories[1]) >= 4
    assert all(line.difference == 0 for line in money.trial_balance())
    buyer.goto(f"/listings/{cup.id}")
    expect(buyer.get_by_text("1 sold")).to_be_visible()


def look_at_the_listing(page: Page) -> None:
    expect(page.get_by_role("heading", name="Celadon teacup")).to_be_visible()
    expect(page.locator(".listing__price")).to_contain_text("148")
    for part in (
        "Delivery",
        "Who has the money, and until when",
        "Evidence",
        "Price history",
        "About it",
    ):
        expect(page.get_by_role("heading", name=part)).to_be_visible()
    expect(page.get_by_text("3 left")).to_be_visible()
    expect(page.get_by_text(re.compile("CN¥8"))).not_to_have_count(0)
    expect(page.get_by_text(re.compile("7 days"))).not_to_have_count(0)
    expect(page.get_by_role("img", name="The kiln’s receipt")).to_have_count(1)


def choose(page: Page, glaze: str) -> None:
    page.locator(".chip", has_text=glaze).click()


def check_out_and_pay(page: Page, card: str) -> str:
    """Fill in the address, order, choose the sandbox's card; answers the order's URL."""
    check_out(page)
    pay(page, card)
    page.wait_for_url(re.compile(r"/orders/[0-9a-f-]+$"))
    return page.url


def check_out(page: Page) -> None:
    for label, value in ADDRESS.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Place the order").click()
    page.wait_for_url(re.compile("/pay$"))


def pay(page: Page, card: str) -> None:
    page.locator(".choice", has_text=card).click()
    page.get_by_role("button", name=re.compile("^Pay ")).click()


def a_week_passes() -> None:
    """The clocks of new sellers run out; this process does the worker's work of that day."""
    with clock.at(clock.now() + timedelta(days=8)):
        jobs.run_due()


def story_of(page: Page) -> list[str]:
    return page.locator(".story__event").all_text_contents()


def test_buying_without_javascript(opens: Opens):
    lin, chen = member("Lin Xiaoman"), member("Chen Bo")
    befriend(lin, chen)
    cup = tea_shop(lin)
    buyer = opens(chen, java_script_enabled=False)
    seller = opens(lin, java_script_enabled=False)
    buyer.goto("/")
    buyer.get_by_role("navigation", name="Main").get_by_role("link", name="Market").click()
    buyer.get_by_role("link", name="Celadon teacup").first.click()
    choose(buyer, "tenmoku")
    buyer.get_by_role("button", name="Buy", exact=True).click()
    order = check_out_and_pay(buyer, "Card that works")
    expect(buyer.get_by_text("Paid, to ship")).to_be_visible()

    seller.goto(order)
    seller.get_by_label("Tracking number").fill(NUMBER)
    seller.get_by_role("button", name="It is on its way").click()
    buyer.goto(order)
    buyer.get_by_role("button", name="I have it").click()
    expect(buyer.get_by_text("Received").first).to_be_visible()
    assert Listing.objects.get(id=cup.id).variants.get(position=1).stock == 2


def test_a_bank_that_asks_and_one_that_declines(opens: Opens):
    lin, chen = member("Lin Xiaoman"), member("Chen Bo")
    befriend(lin, chen)
    cup = tea_shop(lin)
    buyer = opens(chen)
    buyer.goto(f"/checkout?variant={cup.variants.first().id}&quantity=1")
    check_out(buyer)
    pay(buyer, "Empty card")
    expect(buyer.get_by_text("The payment was declined. Nothing was charged.")).to_be_visible()
    pay(buyer, "Card with a check by the bank")
    confirm = buyer.get_by_role("link", name="Confirm with your bank")
    if confirm.count():
        confirm.click()
    buyer.get_by_role("button", name="Confirm", exact=True).click()
    buyer.wait_for_url(re.compile("/orders/"))
    expect(buyer.get_by_text("Paid, to ship")).to_be_visible()


def test_posting_with_the_keyboard_alone(opens: Opens):
    page = opens(member("Mei Lin"))
    page.goto("/")
    tab_to(page, "Post")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/post$"))
    tab_to(page, "What is on your mind?")
    page.keyboard.type("Written without a mouse.")
    tab_to(page, "Who can see it?")
    page.keyboard.press("Enter")
    tab_to(page, "Only me", key="ArrowDown", first="My circle")
    tab_to(page, "Post")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/$"))
    expect(page.get_by_text("Written without a mouse.")).to_be_visible()
    expect(page.get_by_title("Not for everyone")).to_be_visible()


FOCUSED = """() => {
  const it = document.activeElement;
  const label = it.labels?.[0] ?? it;
  return (it.getAttribute("aria-label") ?? label.innerText ?? "").trim();
}"""


def tab_to(page: Page, name: str, *, key: str = "Tab", first: str = "") -> None:
    """Press `key` until what is called `name` has the focus and shows it."""
    if first:
        tab_to(page, first)
    for _press in range(60):
        page.keyboard.press(key)
        here = page.evaluate(FOCUSED)
        if here.startswith(name) and not (name == "Post" and page.url.endswith("/post") and (
            page.evaluate("document.activeElement.tagName") != "BUTTON")
        ):  # fmt: skip
            ring = page.evaluate(
                "() => {const s = getComputedStyle(document.activeElement);"
                "return s.outlineStyle !== 'none' || s.boxShadow !== 'none'}"
            )
            assert ring or page.evaluate("document.activeElement.matches('input')"), name
            return
    raise AssertionError(f"{name} cannot be reached by {key}; the last was {here!r}")
