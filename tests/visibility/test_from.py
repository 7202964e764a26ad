"""A life moment's “from” line: for whoever may see the listing, and not a byte of it for others."""

from re import sub

import pytest
from django.test import Client

from goodword.circle import actions as circle
from goodword.circle.models import Moment
from goodword.circle.states import Face
from goodword.kit import clock, jobs
from goodword.kit.ids import new_id
from goodword.people import actions as people
from goodword.people.models import Member
from goodword.shop import actions as shop
from goodword.shop.models import Listing

from ..town import befriend, member, tea_shop
from .test_matrix import answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Member:
    return member("Lin")


@pytest.fixture
def teller(seller: Member) -> Member:
    """She knows the seller; the listener does not."""
    teller = member("Mei")
    befriend(seller, teller)
    return teller


@pytest.fixture
def listener(teller: Member) -> Member:
    listener = member("Chen")
    befriend(teller, listener)
    return listener


@pytest.fixture
def tea(seller: Member) -> Listing:
    """On sale for the seller's friends alone."""
    listing = tea_shop(seller)
    shop.edit_shop(
        owner=seller, name="Lin's tea", about="", promise="", public=False, now=clock.now()
    )
    return listing


def signed_in(who: Member) -> Client:
    browser = Client()
    browser.force_login(who)
    return browser


def told(teller: Member, listing: Listing) -> Moment:
    sent = signed_in(teller).post(
        f"/listings/{listing.id}/tell", {"text": "This tea!", "key": str(new_id())}
    )
    assert sent.status_code == 302
    jobs.run_due()
    return Moment.objects.get(author=teller)


LINE = "Lin&#39;s tea · Celadon teacup"


def test_it_stays_life_with_one_quiet_line_and_no_price(
    teller: Member, listener: Member, seller: Member, tea: Listing
):
    offered = signed_in(teller).get(f"/listings/{tea.id}").content.decode()
    assert f"/listings/{tea.id}/tell" in offered
    assert LINE in signed_in(teller).get(f"/listings/{tea.id}/tell").content.decode()
    made = told(teller, tea)
    assert (made.face, made.from_listing, made.listing) == (Face.LIFE, tea.id, None)
    befriend(seller, listener)
    jobs.run_due()
    for path in ("/", f"/moments/{made.id}", f"/@{teller.handle}", "/?show=life"):
        page = signed_in(listener).get(path).content.decode()
        begin = page.rindex("<", 0, page.index(f'id="m-{made.id}"'))
        card = page[begin:].partition("</article>")[0]
        assert f'<a href="/listings/{tea.id}">{LINE}</a>' in card, path
        assert "price" not in card
        assert "148" not in sub(r"<[^>]*>", " ", card)  # ids hold any digits


def test_who_may_not_see_the_listing_gets_the_same_bytes_as_without_it(
    teller: Member, listener: Member, tea: Listing
):
    made = told(teller, tea)
    _row, secret = people.issue_token(owner=listener, name="his", now=clock.now())
    paths = [
        "/", "/?show=life", f"/moments/{made.id}", f"/@{teller.handle}", "/api/v1/timeline",
        f"/api/v1/moments/{made.id}", f"/api/v1/members/{teller.handle}/moments",
    ]  # fmt: skip
    with clock.at(clock.now()):
        hidden = [answer(listener, secret, path) for path in paths]
        assert [status for status, _body, _headers in hidden] == [200] * len(paths)
        Moment.objects.filter(id=made.id).update(from_listing=None)
        without = [answer(listener, secret, path) for path in paths]
    for path, one, other in zip(paths, hidden, without, strict=True):
        assert one == other, path


def test_nobody_can_tell_of_what_they_may_not_see(listener: Member, seller: Member, tea: Listing):
    browser = signed_in(listener)
    path, sent = f"/listings/{tea.id}/tell", {"text": "Look", "key": "k"}
    assert browser.get(path).status_code == browser.post(path, sent).status_code == 404
    _row, secret = people.issue_token(owner=listener, name="his", now=clock.now())
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.post(f"/api/v1/listings/{tea.id}/moments", sent).status_code == 404
    assert not Moment.objects.exists()
    befriend(seller, listener)
    made = program.post(f"/api/v1/listings/{tea.id}/moments", sent)
    assert made.status_code == 201
    jobs.run_due()
    shown = program.get("/api/v1/timeline").json()["moments"][0]
    assert (shown["id"], shown["face"]) == (made.json()["moment"], "life")
    assert shown["offer"]["id"] == str(tea.id)


def test_the_line_goes_with_the_friendship_to_the_seller(
    teller: Member, listener: Member, seller: Member, tea: Listing
):
    made = told(teller, tea)
    befriend(seller, listener)
    path = f"/moments/{made.id}"
    assert LINE in signed_in(listener).get(path).content.decode()
    circle.unfriend(member=seller, friend=listener, now=clock.now())
    assert LINE not in signed_in(listener).get(path).content.decode()
