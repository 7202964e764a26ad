"""Paying by bank transfer: what to fill in, and the statement that the operator takes in."""

import re

import pytest
from playwright.sync_api import expect

from goodword.kit import clock
from goodword.money.banking import files
from goodword.money.tests.bank.papers import HOUSE, camt, detail, entry
from goodword.people import operators

from ..conftest import DESK, Opens
from ..town import befriend, member, tea_shop
from .steps import check_out, choose

pytestmark = pytest.mark.journey


def test_paid_by_transfer_and_held_by_the_statement(opens: Opens):
    lin, chen, wang = member("Lin Xiaoman"), member("Chen Bo"), member("Wang Fang")
    befriend(lin, chen)
    cup = tea_shop(lin)
    operators.appoint(member=wang, on=True, now=clock.now())
    files.keep_house_account(
        operator=wang.id, currency="CNY", holder="Goodword", number=HOUSE, now=clock.now()
    )
    buyer = opens(chen)
    buyer.goto(f"/listings/{cup.id}")
    choose(buyer, "tenmoku")
    buyer.get_by_role("button", name="Buy", exact=True).click()
    check_out(buyer)
    buyer.locator(".choice", has_text="Bank transfer").click()
    buyer.get_by_role("button", name=re.compile("^Pay ")).click()
    buyer.wait_for_url(re.compile("/money/transfers/"))
    reference = buyer.get_by_label("Reference").input_value()
    amount = buyer.get_by_label("Amount in CNY").input_value()
    assert reference.startswith("RF")
    buyer.get_by_role("link", name="Back").first.click()
    order = buyer.url

    desk = opens(wang, viewport=DESK)
    desk.goto("/money/bank")
    line = entry(amount, ccy="CNY", id="B-1", details=detail(text=f"tea {reference.lower()}"))
    statement = camt(line, opening="0.00", closing=amount, ccy="CNY")
    desk.set_input_files(
        "input[type=file]",
        {"name": "statement.xml", "mimeType": "application/xml", "buffer": statement},
    )
    desk.get_by_role("button", name="Take it in").click()
    expect(desk.get_by_text("Lines that are new: 1")).to_be_visible()

    buyer.goto(order)
    expect(buyer.get_by_text("Paid, to ship")).to_be_visible()
    expect(buyer.get_by_text("The house’s bank account").first).to_be_visible()
