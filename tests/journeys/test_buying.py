"""Buying and posting where something is missing: JavaScript, money, a mouse."""

import os
import re
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from facturx import get_xml_from_pdf
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from goodword.kit import clock
from goodword.kit.models import HouseRule
from goodword.kit.papers import pages_of
from goodword.money.models import IssuedPaper
from goodword.orders import actions as orders
from goodword.orders.models import OrderLine
from goodword.people import operators
from goodword.shop.models import Listing
from goodword.shop.sellers import actions as sellers
from goodword.shop.sellers.states import Scheme

from ..conftest import DESK, Opens
from ..town import befriend, member, picture, tea_shop
from .steps import NUMBER, answered, check_out, check_out_and_pay, choose, pay

pytestmark = pytest.mark.journey


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
    with answered(seller):
        seller.get_by_role("button", name="It is on its way").click()
    buyer.goto(order)
    buyer.get_by_role("button", name="I have it").click()
    expect(buyer.get_by_text("Received").first).to_be_visible()
    assert Listing.objects.get(id=cup.id).variants.get(position=1).stock == 2


def test_a_cart_of_two_sellers_becomes_an_order_with_each(opens: Opens):
    lin, mei, chen = member("Lin Xiaoman"), member("Mei Lin"), member("Chen Bo")
    buyer = opens(chen)
    for seller in (lin, mei):
        befriend(seller, chen)
        cup = tea_shop(seller)
        buyer.goto(f"/listings/{cup.id}")
        choose(buyer, "tenmoku")
        buyer.get_by_role("button", name="Add to cart").click()
        expect(buyer.get_by_role("region", name=f"{seller.display_name}’s tea")).to_be_visible()
    buyer.get_by_role("link", name="Check out").click()
    check_out(buyer, leads_to="/orders$")
    for left in (2, 1):
        expect(buyer.get_by_role("link", name="Pay", exact=True)).to_have_count(left)
        buyer.get_by_role("link", name="Pay", exact=True).first.click()
        pay(buyer, "Card that works")
        expect(buyer.get_by_text("Paid, to ship")).to_be_visible()
        buyer.goto("/orders")
    lines = OrderLine.objects.filter(buyer=chen)
    assert {(line.seller_id, line.state) for line in lines} == {(lin.id, "held"), (mei.id, "held")}
    assert len({line.order_id for line in lines}) == len(lines) == 2
    buyer.goto("/cart")
    expect(buyer.get_by_text("Your cart is empty")).to_be_visible()


def test_a_receipt_and_an_invoice_are_opened_as_pictures_and_verified(opens: Opens):
    lin, chen, wang = member("Lin Xiaoman"), member("Chen Bo"), member("Wang Fang")
    befriend(lin, chen)
    cup = tea_shop(lin)
    buyer, seller = opens(chen), opens(lin)
    rule = HouseRule.objects.create(name="new_seller_hold", value=0, since=clock.now())
    buyer.goto(f"/checkout?variant={cup.variants.first().id}&quantity=1")
    order = check_out_and_pay(buyer, "Card that works")
    seller.goto(order)
    seller.get_by_label("Tracking number").fill(NUMBER)
    with answered(seller):
        seller.get_by_role("button", name="It is on its way").click()
    buyer.goto(order)
    buyer.get_by_role("button", name="I have it").click()
    buyer.get_by_role("button", name="Ask for a receipt").click()
    receipt = opened_as_a_picture(buyer, "Receipt")
    assert "This is no invoice." in read(receipt)

    # Now she registers her business, and an operator looks at its papers.
    number = sellers.ask_registration(
        owner=lin, scheme=Scheme.VAT, name="Lin Tee GmbH", number="DE136695976",
        pages=[picture()], now=clock.now(),
    ).number  # fmt: skip
    operators.appoint(member=wang, on=True, now=clock.now())
    desk = opens(wang, viewport=DESK)
    desk.goto("/desk/sellers")
    asked = desk.get_by_role("article", name="Lin Tee GmbH")
    expect(asked.get_by_text(number)).to_be_visible()
    with answered(desk):
        asked.get_by_role("button", name="Accept").click()
    buyer.goto(f"/listings/{cup.id}")
    expect(buyer.get_by_text(number).first).to_be_visible()
    buyer.goto(f"/checkout?variant={cup.variants.first().id}&quantity=1")
    order = check_out_and_pay(buyer, "Card that works")
    rule.delete()  # the order keeps what held when it was placed
    goods = {"order": UUID(order.rsplit("/", 1)[1]), "now": clock.now()}
    orders.ship(seller=lin, carrier="sf", number=NUMBER, **goods)
    orders.confirm(buyer=chen, **goods)
    buyer.goto(order)
    invoice = opened_as_a_picture(buyer, "Invoice")
    told = get_xml_from_pdf(invoice, check_xsd=True)[1].decode()
    for part in (number, "Lin Tee GmbH", "urn:cen.eu:en16931:2017"):
        assert part in told
    assert number in read(invoice)


def opened_as_a_picture(page: Page, kind: str) -> bytes:
    """The PDF behind the order's link, once it was drawn and its code has led to “Genuine”."""
    link = page.get_by_role("link", name=re.compile(f"^{kind} "))
    expect(link).to_be_visible()
    pdf = page.request.get(str(link.get_attribute("href"))).body()
    assert pdf.startswith(b"%PDF-")
    (drawn,) = pages_of(pdf, most=1)
    if folder := os.environ.get("GOODWORD_SCREENSHOTS"):
        Path(folder, f"paper-{kind.lower()}.png").write_bytes(drawn)
    grey = Image.open(BytesIO(drawn)).convert("L").histogram()
    assert 0.005 < sum(grey[:128]) / sum(grey) < 0.3  # ink, and not one black page
    paper = IssuedPaper.objects.get(id=str(link.get_attribute("href")).split("/")[2])
    page.goto(f"/papers/{paper.id}/verify?d={paper.digest[:16]}")
    expect(page.get_by_text("Genuine")).to_be_visible()
    return pdf


def read(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_handed_over_in_person_with_a_code(opens: Opens):
    lin, chen = member("Lin Xiaoman"), member("Chen Bo")
    befriend(lin, chen)
    cup = tea_shop(lin)
    buyer, seller = opens(chen), opens(lin)
    buyer.goto(f"/checkout?variant={cup.variants.first().id}&quantity=1")
    order = check_out_and_pay(buyer, "Card that works")
    buyer.get_by_role("button", name="I am given it in person: make a code").click()
    code = buyer.get_by_label("The code").input_value()
    assert buyer.locator("svg").count()

    seller.goto(order)
    seller.get_by_text("Or hand it over in person").click()
    typed = seller.get_by_label("Code", exact=False).first
    digits = re.sub(r"\D", "", code)
    typed.fill(str((int(digits) + 1) % 10 ** len(digits)).zfill(len(digits)))
    seller.get_by_role("button", name="Handed over").click()
    expect(seller.get_by_text("This is not the buyer’s code.").first).to_be_visible()
    assert OrderLine.objects.get(order=order.rsplit("/", 1)[1]).state == "held"
    if not seller.get_by_role("button", name="Handed over").is_visible():
        seller.get_by_text("Or hand it over in person").click()
    seller.get_by_label("Code", exact=False).first.fill(code)
    seller.get_by_role("button", name="Handed over").click()
    expect(seller.get_by_text("You handed it over, as the code proves.")).to_be_visible()
    buyer.goto(order)
    buyer.get_by_role("button", name="I have it").click()
    expect(buyer.get_by_text("Received").first).to_be_visible()


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
