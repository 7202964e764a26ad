"""Steps that several journeys take."""

import re

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
    page.wait_for_function("performance.getEntriesByType('resource').length > 0")
    assert page.locator("body[data-events]").count()
    page.evaluate(
        """() => new Promise((heard) => {
             const ear = new EventSource(document.body.dataset.events, {withCredentials: true});
             ear.onopen = () => { ear.close(); heard(); };
           })"""
    )
