"""Opening an account, coming back to it by every way, and closing the door behind a lost phone."""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import Page, expect

from goodword.kit.ids import new_id

from ..conftest import Opens
from .steps import answered

pytestmark = pytest.mark.journey
PASSWORD = "a kettle in the rain"


def join(page: Page, handle: str, email: str = "") -> None:
    page.goto("/")
    page.get_by_role("link", name="Join").click()
    page.get_by_label("Your name").fill("Lin Xiaoman")
    page.get_by_label("Handle").fill(handle)
    if email:
        page.get_by_label(re.compile("^E-mail")).fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Open my account").click()
    page.wait_for_url("/")


def sign_in(page: Page, name: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("Handle or e-mail address").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/me")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("/")


def is_in(page: Page, handle: str) -> None:
    page.goto("/me")
    expect(page.get_by_text(f"@{handle}")).to_be_visible()


@pytest.fixture
def handle() -> str:
    return f"lin_{new_id().hex[-8:]}"


def test_signing_in_by_handle_and_by_e_mail(opens: Opens, handle: str):
    page = opens()
    join(page, handle, f"{handle}@circle.example")
    is_in(page, handle)
    for name in (handle, handle.upper(), f"{handle}@circle.example"):
        sign_out(page)
        sign_in(page, name)
        page.wait_for_url("/")
        is_in(page, handle)
    sign_out(page)
    sign_in(page, "nobody_by_that_name")
    unknown = page.get_by_role("alert").first.inner_text()
    page.get_by_label("Handle or e-mail address").fill(handle)
    page.get_by_label("Password").fill("not the password")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()
    assert page.get_by_role("alert").first.inner_text() == unknown


def test_a_lost_phone_is_signed_out_from_home(opens: Opens, handle: str):
    phone, desk = opens(), opens()
    join(phone, handle)
    sign_in(desk, handle)
    desk.wait_for_url("/")
    desk.goto("/me/sessions")
    with answered(desk):
        desk.get_by_role("button", name="Sign out", exact=True).click()
    is_in(desk, handle)
    phone.goto("/me")
    phone.wait_for_url(re.compile("/account/login/"))


def test_a_code_from_an_app_as_the_second_step(opens: Opens, handle: str):
    page = opens()
    join(page, handle)
    page.goto("/account/2fa/totp/activate/")
    if page.get_by_role("heading", name="Is it you?").count():
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
    secret = page.get_by_label("Secret key").input_value()
    page.get_by_label("The code that the app shows now").fill(code(secret))
    page.get_by_role("button", name="Add the app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    sign_out(page)
    sign_in(page, handle)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.goto("/me")
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()  # not inside yet
    page.locator("input[name=code]").fill("000000")
    with page.expect_navigation():
        page.locator("input[name=code]").press("Enter")
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.locator("input[name=code]").fill(code(secret, later=1))
    page.locator("input[name=code]").press("Enter")
    page.wait_for_url("/")
    is_in(page, handle)


def code(secret: str, later: int = 0) -> str:
    """What the app shows `later` half minutes from now; a code serves once."""
    _before, now, *_after = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, now + later)))
