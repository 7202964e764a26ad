"""Steps that several journeys take."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

NUMBER = "SF1234567890123"
ADDRESS = {
    "Who receives it": "Chen Bo",
    "Phone": "13800138000",
    "City, district": "Hangzhou, Xihu",
    "Street and house": "1 Longjing Road",
}


def choose(page: Page, glaze: str) -> None:
    page.locator(".chip", has_text=glaze).click()


def check_out_and_pay(page: Page, card: str) -> str:
    """Fill in the address, order, choose the sandbox's card; answers the order's URL."""
    check_out(page)
    pay(page, card)
    page.wait_for_url(re.compile(r"/orders/[0-9a-f-]+$"))
    return page.url


def check_out(page: Page, leads_to: str = "/pay$") -> None:
    if not page.locator("[name=to][type=radio]").count():  # nothing in the address book yet
        for label, value in ADDRESS.items():
            page.get_by_label(label, exact=True).fill(value)
        page.get_by_label("Province or country", exact=True).select_option("CN-ZJ")
    page.get_by_role("button", name="Place the order").click()
    page.wait_for_url(re.compile(leads_to))


def pay(page: Page, card: str) -> None:
    page.locator(".choice", has_text=card).click()
    page.get_by_role("button", name=re.compile("^Pay ")).click()


def wait_for_the_stream(page: Page) -> None:
    """The page listens; without this the announcement could come before its ear is there."""
    page.wait_for_function("ears.some((ear) => ear.readyState === EventSource.OPEN)")


@contextmanager
def answered(page: Page) -> Iterator[None]:
    """What is sent in this block the house has done when it ends.

    A click alone is over before that: going elsewhere would break it off, and whoever looks from
    another window could come too early.
    """
    kinds = ("document", "fetch", "xhr")  # a beacon tells what was seen
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.request.resource_type in kinds
    ):
        yield
