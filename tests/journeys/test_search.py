"""Looking for something, in a real browser, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import Browser, expect

from ..conftest import Opens
from ..house import House, session_of
from ..town import befriend, member, moment, tea_shop

pytestmark = pytest.mark.journey


def test_what_is_typed_narrows_what_is_found(opens: Opens):
    mei, chen = member("Mei Lin"), member("Chen Bo")
    befriend(mei, chen)
    tea_shop(mei, "Kumquat cordial")
    moment(mei, "周末去西湖喝龙井茶。")
    moment(mei, "Kumquats in the garden.")
    phone = opens(chen)
    phone.goto("/")
    phone.get_by_role("link", name="Search").click()
    field = phone.get_by_role("searchbox", name="What do you look for?")
    expect(field).to_be_focused()
    field.press_sequentially("kumq", delay=30)
    found = phone.get_by_role("region", name="Moments")
    expect(found.get_by_role("link")).to_have_count(1)
    expect(found.locator("mark")).to_have_text("Kumquats")
    expect(phone.get_by_role("region", name="Listings").locator("mark")).to_have_text("Kumquat")
    expect(field).to_be_focused()  # one goes on typing
    field.fill("西湖龙井")
    expect(phone.get_by_role("heading", name="Nothing found")).to_be_visible()
    field.fill("龙井")
    expect(found.locator("mark")).to_have_text("龙井")
    expect(phone).to_have_url(re.compile("%E9%BE%99"))
    phone.get_by_role("navigation", name="What to look through").get_by_text("People").click()
    expect(phone.get_by_role("heading", name="Nothing found")).to_be_visible()
    phone.get_by_role("searchbox").fill("mei")
    expect(phone.get_by_role("link", name="Mei Lin")).to_be_visible()


def test_it_works_without_javascript(opens: Opens, house: House, browser: Browser):
    mei, chen = member("Mei Lin"), member("Chen Bo")
    befriend(mei, chen)
    for n in range(23):
        moment(mei, f"Plum blossom, day {n}.")
    context = browser.new_context(base_url=house.url, java_script_enabled=False)
    context.add_cookies([session_of(chen)])
    page = context.new_page()
    page.goto("/search")
    page.get_by_role("searchbox").fill("plum")
    page.get_by_role("button", name="Search").click()
    rows = page.get_by_role("region", name="Moments").locator("a.find")
    expect(rows).to_have_count(20)
    page.get_by_role("link", name="Show more").click()
    expect(rows).to_have_count(3)
    context.close()
