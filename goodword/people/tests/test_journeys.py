"""Accounts in a real browser: keyboard forms, passkeys on a virtual device, axe on each page."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .conftest import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A phone at the house's door; any complaint of the browser fails the test."""
    complaints: list[str] = []
    context = browser.new_context(
        viewport=PHONE, reduced_motion="reduce", base_url=live_server.url, locale="en-GB"
    )
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    # The event stream is another server, which does not run here.
    assert [one for one in complaints if "/events" not in one and "ERR_" not in one] == []


def at(path: str) -> Callable[[str], bool]:
    """A pattern would also match what stands in the query: ?next=/me/settings."""
    return lambda url: urlsplit(url).path == path


def healthy(page: Page) -> None:
    expect(page.get_by_role("main")).to_be_visible()  # between two pages there is none
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def go(page: Page, role: Any, name: str) -> None:
    """Press what leads to another page, and be there: axe must not look at the one that goes."""
    with page.expect_navigation():
        page.get_by_role(role, name=name, exact=True).click()


def open_account(page: Page) -> None:
    page.goto("/account/signup/")
    healthy(page)
    page.get_by_label("Your name").fill("Lin Xiaoman")
    page.get_by_label("Handle").fill("lin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Open my account").click()
    page.wait_for_url(at("/"))


def test_a_passkey_opens_the_account_alone_and_as_a_second_step(page: Page) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    open_account(page)

    page.goto("/me/settings")
    go(page, "link", "Passkeys and second step")
    healthy(page)
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    go(page, "button", "Go on")
    healthy(page)
    page.get_by_label("Name, to tell it from others").fill("My phone")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    healthy(page)
    page.goto("/account/2fa/passkeys/")
    expect(page.get_by_text("My phone")).to_be_visible()
    expect(page.get_by_text("no password needed")).to_be_visible()
    healthy(page)

    sign_out(page)
    page.goto("/account/login/?next=/me/settings")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(at("/me/settings"))

    sign_out(page)
    page.goto("/account/login/")
    page.get_by_label("Handle or e-mail address").fill("lin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    healthy(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(at("/"))
    page.goto("/me")
    expect(page.get_by_text("@lin")).to_be_visible()


def test_a_device_that_refuses_leaves_a_sentence(page: Page) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    refusing = DEVICE | {"isUserVerified": False}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": refusing})
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("That passkey did not work.")
    healthy(page)


def test_the_page_for_a_new_password_is_healthy(page: Page) -> None:
    """The one page of one's own that tests/journeys/test_pages.py does not look at."""
    open_account(page)
    page.goto("/account/password/change/")
    healthy(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def sign_out(page: Page) -> None:
    page.goto("/me")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(at("/"))
