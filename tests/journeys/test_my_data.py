"""Taking everything along and opening it without the house; going, and thinking better of it."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect

from goodword.circle import actions as circle
from goodword.kit import clock
from goodword.kit.ids import new_id
from goodword.people.models import Member

from ..conftest import PHONE, Opens, watch
from ..town import befriend, member, moment
from .test_accounts import PASSWORD, join

pytestmark = pytest.mark.journey


@pytest.fixture
def lin(inside) -> Member:  # in the house's database
    lin = member("Lin Xiaoman")
    chen = member("Chen Bo")
    befriend(lin, chen)
    mine = moment(lin, "The kiln is warm again.", pictures=2)
    circle.comment(moment=mine, member=chen, text="I can smell the wood.", now=clock.now())
    return lin


def test_an_archive_is_asked_for_fetched_and_opened(
    opens: Opens, lin: Member, browser: Browser, tmp_path: Path
):
    page = opens(lin, java_script_enabled=False)
    page.goto("/me/settings")
    page.get_by_role("link", name="My data").click()
    page.get_by_role("button", name="Make my archive").click()
    # The page looks again by itself until the worker has made it.
    with page.expect_download(timeout=120_000) as fetched:
        page.get_by_role("link", name="Download").click(timeout=120_000)
    assert fetched.value.suggested_filename.startswith(f"goodword-{lin.handle}-")
    ZipFile(fetched.value.path()).extractall(tmp_path)
    complaints: list[str] = []
    reader = browser.new_page(viewport=PHONE, locale="en-GB", offline=True)
    watch(reader, complaints)
    reader.goto((tmp_path / "index.html").as_uri())
    expect(reader.get_by_role("heading", name="Lin Xiaoman")).to_be_visible()
    story = reader.locator("article", has_text="The kiln is warm again.")
    expect(story.get_by_text("I can smell the wood.")).to_be_visible()
    picture = story.get_by_role("img").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 300
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    reader.get_by_label("Search in this page").fill("no such words")
    expect(story).to_be_hidden()
    reader.get_by_label("Search in this page").fill("KILN")
    expect(story).to_be_visible()
    reader.close()
    assert complaints == []


def test_leaving_is_asked_for_and_taken_back(opens: Opens):
    page = opens()
    join(page, f"lin_{new_id().hex[-8:]}")
    page.goto("/me/settings")
    page.get_by_role("link", name="Delete my account").click()
    expect(page.get_by_role("heading", name="What stays")).to_be_visible()
    page.get_by_role("button", name="Delete my account").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Your account will be deleted on")).to_be_visible()
    page.goto("/me/settings")
    page.get_by_role("link", name=re.compile("Change your mind")).click()
    page.get_by_role("button", name="Keep my account").click()
    expect(page.get_by_text("Your account will be deleted on")).to_have_count(0)
    expect(page.get_by_role("button", name="Delete my account")).to_be_visible()
