"""What a reader can do about the market from a card: ask why, wave it away, turn it down."""

import pytest

from goodword.circle import actions as circle_actions
from goodword.circle import queries as circle
from goodword.circle.states import MarketDial
from goodword.circle.tests.worlds import NOON, member
from goodword.kit import clock
from goodword.reach import queries
from goodword.reach.models import Impression
from goodword.reach.pacing import queries as pacing
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


def test_why_counts_only_what_may_still_be_seen(reader, shown):  # noqa: F811
    assert pacing.why(reader.id, shown[0].id, now=NOON).folded == 2
    circle_actions.delete_moment(moment=shown[1], author=shown[1].author, now=NOON)
    assert pacing.why(reader.id, shown[0].id, now=NOON).folded == 1
    circle_actions.delete_moment(moment=shown[2], author=shown[2].author, now=NOON)
    found = pacing.why(reader.id, shown[0].id, now=NOON)
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
