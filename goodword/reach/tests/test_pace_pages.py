"""What a reader can do about the market from a card: ask why, wave it away, turn it down."""

from datetime import timedelta

import pytest
from django.test import Client

from goodword.circle import actions as circle_actions
from goodword.circle import queries as circle
from goodword.circle.states import MarketDial
from goodword.circle.tests.worlds import NOON, member
from goodword.kit import clock, jobs
from goodword.people import actions as people
from goodword.reach import queries
from goodword.reach.digests import actions as digests
from goodword.reach.models import Impression
from goodword.reach.pacing import queries as pacing
from goodword.reach.pacing import reasons
from goodword.reach.tests.test_pace import MINUTE, lin, look, offer, reader  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(reader, lin):  # noqa: F811
    made = [offer(lin, NOON - n * MINUTE, n) for n in range(3)]
    look(reader, NOON)
    return made


def test_a_card_says_why_and_opens_its_listing_which_counts_once(client, reader, shown):  # noqa: F811
    client.force_login(reader)
    with clock.at(NOON):
        page = client.get("/").content.decode()
        assert f'href="/moments/{shown[0].id}/why"' in page
        assert f'href="/moments/{shown[0].id}/listing"' in page
        told = client.get(f"/moments/{shown[0].id}/why").content.decode()
        assert "is your friend, and you have their market on" in told
        assert "It leads 2 others of the same shop" in told
        for _twice in range(2):
            answer = client.get(f"/moments/{shown[0].id}/listing")
            assert answer["Location"] == f"/listings/{shown[0].listing}"
    assert Impression.objects.filter(opened_at=NOON).count() == 1


def test_a_page_counts_as_seen_unless_its_reader_tells(client, reader, lin):  # noqa: F811
    made = offer(lin, NOON - MINUTE)
    jobs.run_due(clock.now() + timedelta(days=1))
    program = Client(headers={"Authorization": f"Bearer {token(reader)}"})
    client.force_login(reader)
    lies = Impression.objects.filter(moment=made.id)
    with clock.at(NOON):
        client.cookies["goodword_tells"] = "1"
        assert f'id="m-{made.id}" data-unseen' in client.get("/").content.decode()
        (card,) = program.get("/api/v1/timeline?tells=true").json()["moments"]
        assert (card["id"], card["unseen"]) == (str(made.id), True)
        assert lies.get().seen_at is None
        for nothing in ("x", str(reader.id)):
            assert client.post("/circle/seen", {"moment": nothing}).status_code == 204
        other = Client()
        other.force_login(lin)  # nobody tells what another reader saw
        assert other.post("/circle/seen", {"moment": made.id}).status_code == 204
        assert lies.get().seen_at is None
    with clock.at(NOON + MINUTE):
        assert client.post("/circle/seen", {"moment": [made.id, "x"]}).status_code == 204
        assert "data-unseen" not in client.get("/").content.decode()
    told = {"moments": [str(made.id)]}
    with clock.at(NOON + 2 * MINUTE):
        answer = program.put("/api/v1/timeline/seen", told, content_type="application/json")
        assert answer.status_code == 204
    assert lies.get().seen_at == NOON + MINUTE  # the first time counts
    lies.delete()
    with clock.at(NOON + 3 * MINUTE):
        del client.cookies["goodword_tells"]
        assert "data-unseen" not in client.get("/").content.decode()
    assert lies.get().seen_at == NOON + 3 * MINUTE


def token(owner):
    return people.issue_token(owner=owner, name="program", now=NOON)[1]


@pytest.mark.parametrize("place", ["/?show=market", "digest"])
def test_a_look_from_the_market_or_a_digest_counts_as_from_the_circle(client, reader, lin, place):  # noqa: F811
    circle_actions.set_dials(owner=reader, friend=lin.id, life=True, market=MarketDial.DIGEST)
    made = offer(lin, NOON - MINUTE)
    jobs.run_due(clock.now() + timedelta(days=1))
    client.force_login(reader)
    if place == "digest":
        place = f"/digests/{digests.make(reader=reader.id, now=NOON).id}"
    with clock.at(NOON):
        assert f'href="/moments/{made.id}/listing"' in client.get(place).content.decode()
        for _twice in range(2):
            client.get(f"/moments/{made.id}/listing")
    (row,) = Impression.objects.all()
    assert (row.reader, row.seller, row.opened_at, row.after_at) == (reader, lin.id, NOON, None)
    client.force_login(lin)
    with clock.at(NOON):
        client.get(f"/moments/{made.id}/listing")
    assert Impression.objects.count() == 1  # her own look is none


def test_an_opened_fold_was_seen(client, reader, shown):  # noqa: F811
    client.force_login(reader)
    with clock.at(NOON + MINUTE):
        client.get(f"/moments/{shown[0].id}/fold")
    seen = Impression.objects.filter(seen_at=NOON + MINUTE, after_at=None)
    assert {row.moment for row in seen} == {shown[1].id, shown[2].id}


def test_why_counts_only_what_may_still_be_seen(reader, shown):  # noqa: F811
    assert reasons.why(reader.id, shown[0].id, now=NOON).folded == 2
    circle_actions.delete_moment(moment=shown[1], author=shown[1].author, now=NOON)
    assert reasons.why(reader.id, shown[0].id, now=NOON).folded == 1
    circle_actions.delete_moment(moment=shown[2], author=shown[2].author, now=NOON)
    found = reasons.why(reader.id, shown[0].id, now=NOON)
    assert (found.folded, any("leads" in one for one in found.sentences)) == (0, False)


def test_not_this_and_less_of_this_shop(client, reader, lin, shown):  # noqa: F811
    client.force_login(reader)
    with clock.at(NOON):
        assert client.post(f"/moments/{shown[0].id}/dismissal").status_code == 302
        assert queries.timeline(reader.id, now=NOON).cards == []
        assert client.post(f"/moments/{shown[1].id}/quieter", {"market": "off"}).status_code == 302
    edge = circle.friendship(reader.id, lin.id)
    assert (edge.life, edge.market) == (True, MarketDial.OFF)


def test_why_is_nobody_elses(client, reader, shown):  # noqa: F811
    client.force_login(member("stranger"))
    for address in ("why", "listing"):
        assert client.get(f"/moments/{shown[0].id}/{address}").status_code == 404
    for address in ("dismissal", "quieter"):
        assert client.post(f"/moments/{shown[0].id}/{address}").status_code == 404
    assert not Impression.objects.exclude(opened_at=None, dismissed_at=None).exists()


def test_the_share_is_chosen_on_a_page_and_a_wrong_one_changes_nothing(client, reader):  # noqa: F811
    client.force_login(reader)
    assert client.post("/me/market", {"every": "20"}).status_code == 302
    for wrong in ("3", "-1", "x", "²"):
        answer = client.post("/me/market", {"every": wrong})
        assert answer.status_code == 422
        assert "Choose how much of the market" in answer.content.decode()
    assert pacing.share(reader.id) == 20
    page = client.get("/me/market").content.decode()
    assert 'value="20" required checked' in page
    client.post("/me/market", {"every": ""})
    assert pacing.share(reader.id) is None
