"""What stands behind a moment's link: asked of real servers, for whom the moment is for."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from goodword.circle import actions, queries
from goodword.circle.models import LinkCard, LinkPicture
from goodword.circle.states import Face, LinkState
from goodword.kit import blobs, clock, jobs
from goodword.kit.ids import new_id
from goodword.kit.pictures.shapes import FEED
from goodword.kit.tests.links.serving import answer, moved, network, og, page, serving
from goodword.people import actions as people

from .worlds import NOON, befriend, chosen, member, moment

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def site():
    with serving() as site:
        said = (
            og("title", "Spring tea <b>2026</b>"),
            og("description", "Picked by hand."),
            og("site_name", "A bank"),
            og("image", "/leaf.png"),
        )
        site.pages["/tea"] = answer(page("ignored", *said))
        site.pages["/plain"] = answer(page("Plain"))
        site.pages["/leaf.png"] = answer(png(), kind="image/png")
        site.pages["/moved"] = moved("/tea")
        yield site


@pytest.fixture
def wen():
    return member("wen")


@pytest.fixture
def friend(wen):
    friend = member("friend")
    befriend(friend, wen)
    return friend


def look(made, site, now=NOON):
    actions.preview_link(moment=made.id, now=now, network=network(site))


def card(viewer, made, now=NOON + MINUTE):
    return queries.moment_card(viewer.id, made.id, now=now).link


def browser(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_a_friend_sees_what_the_page_says_and_where_it_really_leads(site, wen, friend):
    made = moment(wen, f"看这个：{site.url('/moved')}。")
    assert card(friend, made) is None  # not asked yet: the plain link
    look(made, site)
    link = card(friend, made)
    assert (link.url, link.host) == (site.url("/moved"), "127.0.0.1")
    assert (link.title, link.description) == ("Spring tea <b>2026</b>", "Picked by hand.")
    assert (link.site_name, link.picture.width) == ("A bank", 640)
    assert [line.split()[1] for line in site.asked] == ["/moved", "/tea", "/leaf.png"]
    look(made, site)  # a job that runs again
    assert len(site.asked) == 3


def test_page_and_api_show_it_safely(site, wen, friend):
    made = moment(wen, f"<i>{site.url('/tea')}</i>", now=clock.now())
    actions.comment(moment=made, member=wen, text=f"or {site.url('/plain')}!", now=clock.now())
    look(made, site)
    shown = browser(friend).get(f"/moments/{made.id}").content.decode()
    safe = 'target="_blank" rel="noopener noreferrer nofollow"'
    assert f'&lt;i&gt;<a class="link" href="{site.url("/tea")}" {safe}>' in shown
    assert (
        f'or <a class="link" href="{site.url("/plain")}" {safe}>{site.url("/plain")}</a>!' in shown
    )
    assert "Spring tea &lt;b&gt;2026&lt;/b&gt;" in shown
    assert "127.0.0.1 · A bank" in shown
    _row, secret = people.issue_token(owner=friend, name="his", now=clock.now())
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    told = program.get(f"/api/v1/moments/{made.id}").json()["link"]
    assert (told["host"], told["site_name"]) == ("127.0.0.1", "A bank")
    assert browser(friend).get(told["picture"]["thumb"]).status_code == 200


def test_its_picture_is_for_whom_the_moment_is_for(site, wen, friend):
    made = moment(wen, site.url("/tea"), audience=chosen(friend))
    look(made, site)
    path = f"/pictures/{LinkPicture.objects.get().id}/thumb"
    other = member("other")
    befriend(other, wen)
    statuses = [
        browser(who).get(path).status_code for who in (wen, friend, other, member("stranger"))
    ]
    assert statuses == [200, 200, 404, 404]


def test_a_refusal_leaves_the_plain_link(site, wen, friend):
    site.pages["/file"] = answer(b"...", kind="application/zip")
    for path in ("/file", "/nowhere", "/deeper"):
        made = moment(wen, site.url(path))
        look(made, site)
        assert card(friend, made) is None
        assert LinkCard.objects.get(moment=made).state == LinkState.NONE
    inside = moment(wen, "http://127.0.0.1/")
    actions.preview_link(moment=inside.id, now=NOON)  # over the real internet: never the inside
    assert LinkCard.objects.get(moment=inside).state == LinkState.NONE


def test_a_picture_that_is_none_leaves_the_words(site, wen, friend):
    site.pages["/leaf.png"] = answer(b"GIF89a-not", kind="image/png")
    made = moment(wen, site.url("/tea"))
    look(made, site)
    assert (card(friend, made).title, card(friend, made).picture) == (
        "Spring tea <b>2026</b>",
        None,
    )


def test_an_hour_has_a_most(site, wen):
    for n in range(31):
        look(moment(wen, site.url("/plain"), now=NOON + n * timedelta(seconds=1)), site)
    states = list(LinkCard.objects.values_list("state", flat=True))
    assert (states.count("shown"), states.count("none")) == (30, 1)


def test_a_new_text_has_another_link(site, wen, friend):
    made = moment(wen, site.url("/tea"))
    actions.edit_moment(moment=made, author=wen, text=site.url("/plain"), now=NOON + MINUTE)
    look(made, site)
    assert card(friend, made).title == "Plain"
    actions.edit_moment(moment=made, author=wen, text="no link", now=NOON + 2 * MINUTE)
    assert card(friend, made) is None
    look(made, site)
    assert not LinkCard.objects.exists()


def test_what_the_text_no_longer_says_is_not_written(site, wen, friend):
    """She edits while the page is being asked."""
    made = moment(wen, site.url("/tea"))
    usual = network(site)

    def edits(address):
        if not made.refresh_from_db(fields=["text"]) and "/tea" in made.text:
            text = site.url("/plain")
            actions.edit_moment(moment=made, author=wen, text=text, now=NOON + MINUTE)
        return usual.is_public(address)

    slow = replace(usual, is_public=edits)
    actions.preview_link(moment=made.id, now=NOON, network=slow)
    assert site.asked != []
    assert card(friend, made) is None
    assert not LinkPicture.objects.exists()
    look(made, site)
    assert card(friend, made).title == "Plain"


def test_the_author_takes_it_off_and_it_stays_off(
    site, wen, friend, django_capture_on_commit_callbacks
):
    made = moment(wen, site.url("/tea"), now=clock.now())
    look(made, site)
    kept = blobs.store().path(LinkPicture.objects.get().key + FEED[0].suffix)
    path = f"/moments/{made.id}/link/remove"
    assert path in browser(wen).get(f"/moments/{made.id}").content.decode()
    assert path not in browser(friend).get(f"/moments/{made.id}").content.decode()
    assert browser(friend).post(path).status_code == 404
    assert kept.is_file()
    with django_capture_on_commit_callbacks(execute=True):
        assert browser(wen).post(path).url == f"/moments/{made.id}"
    assert not kept.exists()
    later = clock.now() + MINUTE
    assert card(friend, made, later) is None
    assert not LinkPicture.objects.exists()
    again = f"{site.url('/tea')} again"
    actions.edit_moment(moment=made, author=wen, text=again, now=clock.now())
    look(made, site)
    assert card(friend, made, later) is None


def test_what_is_for_sale_is_told_by_its_listing_and_by_no_other_page(wen):
    moment(wen, "https://tea.example", face=Face.MARKET, listing=new_id())
    assert not LinkCard.objects.exists()


def test_only_its_author_takes_it_off(site, wen, friend):
    made = moment(wen, site.url("/tea"))
    look(made, site)
    actions.take_link_off(moment=made, author=friend, now=NOON)
    assert card(friend, made).title == "Spring tea <b>2026</b>"


def test_it_goes_with_its_moment(site, wen, django_capture_on_commit_callbacks):
    made = moment(wen, site.url("/tea"))
    look(made, site)
    key = LinkPicture.objects.get().key + ".thumb.webp"
    blobs.store().open(key).close()
    actions.delete_moment(moment=made, author=wen, now=NOON)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.run_due()
    assert not LinkCard.objects.exists()
    with pytest.raises(blobs.NoSuchFile):
        blobs.store().open(key)


def test_nobody_is_asked_about_a_deleted_moment(site, wen):
    made = moment(wen, site.url("/tea"))
    actions.delete_moment(moment=made, author=wen, now=NOON)
    look(made, site)
    assert site.met == 0
