"""Publishing, seeing and not seeing, in real browsers."""

import re

import pytest
from playwright.sync_api import Page, expect

from goodword.circle.models import MomentPicture

from ..conftest import Opens
from ..town import befriend, member, moment, photo

pytestmark = pytest.mark.journey


def test_a_moment_from_the_phone_reaches_friends_at_once_and_no_stranger(opens: Opens):
    mei, chen, stranger = member("Mei Lin"), member("Chen Bo"), member("Stranger")
    befriend(mei, chen)
    moment(chen, "Rain since the morning.")
    chens_phone, meis_phone, strangers_phone = opens(chen), opens(mei), opens(stranger)
    chens_phone.goto("/")
    wait_for_the_stream(chens_phone)

    meis_phone.goto("/")
    meis_phone.get_by_role("link", name="Post", exact=True).click()
    meis_phone.get_by_label("What is on your mind?").fill("First plum blossom by the lake.")
    meis_phone.locator("input[name=pictures]").set_input_files(
        [{"name": f"IMG_{n}.jpg", "mimeType": "image/jpeg", "buffer": photo()} for n in range(3)]
    )
    meis_phone.get_by_label("What can be seen").first.fill("A branch with three flowers")
    meis_phone.get_by_role("button", name="Post", exact=True).click()
    meis_phone.wait_for_url(re.compile(r"/$"))
    expect(meis_phone.get_by_text("First plum blossom by the lake.")).to_be_visible()

    chens_phone.get_by_role("link", name="1 new moment").click()
    his = chens_phone.get_by_role("article", name="Mei Lin’s moment")
    expect(his.get_by_text("First plum blossom by the lake.")).to_be_visible()
    expect(his.get_by_role("img", name="A branch with three flowers")).to_be_visible()
    expect(his.locator(".grid9 img")).to_have_count(3)

    files = list(MomentPicture.objects.filter(author=mei).values_list("id", "moment_id"))
    paths = [f"/moments/{files[0][1]}"]
    paths += [f"/pictures/{id_}/{form}" for id_, _ in files for form in ("thumb", "large")]
    nobody = opens(None)
    nothing = strangers_phone.request.get("/moments/01890000-0000-7000-8000-000000000000")
    for path in paths:
        assert chens_phone.request.get(path).status == 200, path
        refused = strangers_phone.request.get(path)
        assert refused.status == nothing.status == 404, path
        assert nobody.request.get(path, max_redirects=0).status in (302, 404)
    assert same(strangers_phone, paths[0], nothing.url)
    for id_, _moment in files:
        kept = chens_phone.request.get(f"/pictures/{id_}/large").body()
        assert b"Camera of Somebody" not in kept
        assert b"Exif" not in kept


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


def same(page: Page, one: str, other: str) -> bool:
    """Whether two addresses answer alike but for the address itself."""
    bodies = {page.request.get(path).text().replace(path, "") for path in (one, other)}
    return len({re.sub(r"[0-9a-f-]{36}", "", body) for body in bodies}) == 1
