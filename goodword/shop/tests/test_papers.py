"""Papers for the operators alone: every relation × where a paper could show itself."""

import pytest
from django.test import Client
from django.urls import reverse

from goodword.kit.errors import NotFound
from goodword.kit.ids import new_id
from goodword.people.actions import issue_token
from goodword.shop import actions, papers, queries
from goodword.shop.states import EvidenceFor, EvidenceKind

from . import town
from .town import NOW

pytestmark = pytest.mark.django_db
ALL = list(EvidenceFor)


@pytest.fixture
def seller():
    seller = town.person("lin", "Lin")
    town.open_shop(seller, public=False)
    return seller


@pytest.fixture
def cup(seller):
    return town.listing(seller)


def add(seller, listing, audience):
    return actions.add_evidence(
        seller=seller, listing=listing.id, kind=EvidenceKind.RECEIPT, audience=audience,
        picture=town.picture(), now=NOW,
    )  # fmt: skip


def operator(handle="mei"):
    found = town.person(handle)
    found.is_operator = True
    found.save()
    return found


def file_opens(member, paper):
    try:
        return bool(queries.evidence_picture(member.id if member else None, paper.id))
    except NotFound:
        return False


def test_matrix(seller, cup):
    friend, buyer, stranger, mei = (
        town.person("friend"), town.person("buyer"), town.person("stranger"), operator()
    )  # fmt: skip
    for one in (friend, buyer):
        town.befriend(seller, one)
    given = {audience: add(seller, cup, audience) for audience in ALL}
    order = new_id()
    (promise,) = actions.reserve(
        order=order, buyer=buyer.id, items=[actions.Item(town.first_variant(cup).id, 1)],
        until=NOW + town.DAY, now=NOW,
    )  # fmt: skip
    actions.sell(order=order, now=NOW)
    opens = {
        name: {audience for audience in ALL if file_opens(viewer, given[audience])}
        for name, viewer in {
            "seller": seller, "friend": friend, "buyer": buyer, "stranger": stranger,
            "street": None, "operator": mei,
        }.items()
    }  # fmt: skip
    assert opens == {
        "seller": set(ALL),
        "friend": {EvidenceFor.EVERYONE},
        "buyer": {EvidenceFor.EVERYONE, EvidenceFor.BUYERS},
        "stranger": set(),
        "street": set(),
        "operator": {EvidenceFor.OPERATORS},
    }

    def told(viewer):
        page = queries.listing(viewer.id, cup.id, now=NOW)
        return {paper.audience for paper in page.evidence}, page.evidence_for_buyers

    assert told(seller) == (set(ALL), 0)
    assert told(friend) == ({EvidenceFor.EVERYONE}, 1)
    assert told(buyer) == ({EvidenceFor.EVERYONE, EvidenceFor.BUYERS}, 0)
    kept = {one["id"] for one in promise.snapshot["evidence"]}
    assert kept == {str(given[one].id) for one in (EvidenceFor.EVERYONE, EvidenceFor.BUYERS)}


def test_the_desk_lists_them_and_only_operators_open_it(seller, cup):
    paper, mei = add(seller, cup, EvidenceFor.OPERATORS), operator()
    add(seller, cup, EvidenceFor.BUYERS)
    draft = town.listing(seller, "Draft", pictures=[], offer=False)
    hers = add(seller, draft, EvidenceFor.OPERATORS)
    assert [one.id for one in papers.for_operators()] == [paper.id]
    assert papers.to_look_at() == 1
    assert not file_opens(mei, hers)
    client, url = Client(), reverse("shop:papers")
    look = reverse("shop:look_at_paper", args=[paper.id])
    file = reverse("shop:evidence", args=[paper.id, "large"])
    for member in (seller, town.person("chen")):
        client.force_login(member)
        assert [client.get(url).status_code, client.post(look).status_code] == [404, 404]
    assert client.get(file).status_code == 404
    client.force_login(mei)
    assert cup.title in client.get(url).content.decode()
    assert client.get(file).status_code == 200
    assert client.post(look).status_code == 302
    assert papers.to_look_at() == 0
    actions.remove_evidence(seller=seller, evidence=paper.id, now=NOW)
    assert "taken away" in client.get(url).content.decode()
    assert file_opens(mei, paper)
    mei.is_operator = False
    mei.save()
    assert not file_opens(mei, paper)


def test_programs_of_operators_read_the_same(seller, cup):
    paper, mei = add(seller, cup, EvidenceFor.OPERATORS), operator()
    client = Client()

    def call(method, path, member):
        _row, token = issue_token(owner=member, name="x", now=NOW)
        return client.generic(
            method, f"/api/v1{path}", headers={"authorization": f"Bearer {token}"}
        )

    assert call("GET", "/desk/papers", seller).status_code == 404
    assert [one["id"] for one in call("GET", "/desk/papers", mei).json()] == [str(paper.id)]
    assert call("POST", f"/desk/papers/{paper.id}/look", mei).status_code == 204
    assert call("GET", "/desk/papers", mei).json()[0]["looked_at"]
