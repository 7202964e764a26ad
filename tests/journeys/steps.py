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
    wait_until(page, "ears.some((ear) => ear.readyState === EventSource.OPEN)")


def wait_until(page: Page, condition: str) -> None:
    """Wait until the page finds `condition`, in its own script, true.

    Playwright's `wait_for_function` asks from the second time on by eval, which our pages forbid.
    """
    page.evaluate(
        """() => new Promise((done, fail) => {
             setTimeout(fail, 60_000, new Error("It never came true."));
             const look = () => ("""
        + condition
        + """) ? done() : setTimeout(look, 20);
             look();
           })"""
    )


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
