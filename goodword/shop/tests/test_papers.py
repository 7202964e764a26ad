"""Papers: every relation × where one could show itself, before and after it is changed."""

from datetime import timedelta

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goodword.kit.errors import NotFound
from goodword.kit.ids import new_id
from goodword.people.actions import issue_token
from goodword.shop import actions, papers, queries
from goodword.shop.models import Evidence
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


def bought(cup, buyer, at):
    order = new_id()
    (promise,) = actions.reserve(
        order=order, buyer=buyer.id, items=[actions.Item(town.first_variant(cup).id, 1)],
        until=at + town.DAY, now=at,
    )  # fmt: skip
    actions.sell(order=order, now=at)
    return promise


EVERYONE, BUYERS, OPERATORS = EvidenceFor.EVERYONE, EvidenceFor.BUYERS, EvidenceFor.OPERATORS
SEES = {  # by the audience now; an early buyer keeps what was promised to her
    EVERYONE: {"seller", "friend", "early", "late"},
    BUYERS: {"seller", "early", "late"},
    OPERATORS: {"seller", "operator"},
}


def test_matrix_of_papers_whose_audience_changes(seller, cup):
    viewers = {name: town.person(name) for name in ("friend", "early", "late", "stranger")}
    viewers |= {"seller": seller, "operator": operator(), "street": None}
    for name in ("friend", "early", "late"):
        town.befriend(seller, viewers[name])
    given = {(before, after): add(seller, cup, before) for before in ALL for after in ALL}
    bought(cup, viewers["early"], NOW)
    later = NOW + timedelta(hours=1)
    for (_before, after), paper in given.items():
        actions.show_paper_to(seller=seller, evidence=paper.id, audience=after, now=later)
    promise = bought(cup, viewers["late"], later + timedelta(hours=1))
    pages = {
        name: {str(one.id) for one in queries.listing(viewers[name].id, cup.id, now=NOW).evidence}
        for name in ("seller", "friend", "early", "late")
    }
    promised = {one["id"] for one in promise.snapshot["evidence"]}
    desk = {one.id for one in papers.for_operators()}
    for (before, after), paper in given.items():
        opens = {name for name, viewer in viewers.items() if file_opens(viewer, paper)}
        assert opens == SEES[after] | ({"early"} if before != OPERATORS else set())
        shown = {name for name, seen in pages.items() if str(paper.id) in seen}
        assert shown == SEES[after] - {"operator"}
        assert (str(paper.id) in promised) == (after != OPERATORS)
        assert (paper.id in desk) == (after == OPERATORS)
    hidden = queries.listing(viewers["friend"].id, cup.id, now=NOW).evidence_for_buyers
    assert hidden == len(ALL)


def test_the_page_and_programs_change_it_for_the_next_request(seller, cup):
    paper, friend = add(seller, cup, EVERYONE), town.person("friend")
    town.befriend(seller, friend)
    hers, reading = Client(), Client()
    hers.force_login(seller)
    reading.force_login(friend)
    file = reverse("shop:evidence", args=[paper.id, "large"])
    change = reverse("shop:show_paper_to", args=[paper.id])
    assert reading.get(file).status_code == 200
    assert reading.post(change, {"audience": "everyone"}).status_code == 404
    assert hers.post(change, {"audience": "buyers"}).status_code == 302
    assert reading.get(file).status_code == 404
    hers.post(change, {"audience": "nobody"})
    assert Evidence.objects.get().audience == BUYERS

    def put(member, **body):
        _row, token = issue_token(owner=member, name="x", now=NOW)
        return Client().put(
            f"/api/v1/shop/evidence/{paper.id}/audience", body, "application/json",
            headers={"authorization": f"Bearer {token}"},
        )  # fmt: skip

    assert put(friend, audience="everyone").status_code == 404
    assert put(seller, audience="nobody").status_code == 422
    assert put(seller, audience="everyone").status_code == 204
    assert reading.get(file).status_code == 200


def pdf(pages, size="width: 300pt, height: 400pt"):
    text = "#pagebreak()".join(["#rect(fill: red)"] * pages)
    return typst.compile(f"#set page({size})\n{text}".encode(), format="pdf")


def test_a_pdf_becomes_a_paper_for_each_page_or_is_refused(seller, cup, monkeypatch):
    monkeypatch.setattr(papers, "PAGES", 2)  # fewer to draw
    client = Client()
    client.force_login(seller)
    _row, token = issue_token(owner=seller, name="x", now=NOW)
    given = {"kind": "customs", "audience": "buyers", "alt": "Stamp"}

    def page(data, **more):
        file = SimpleUploadedFile("receipt.pdf", data)
        url = reverse("shop:add_evidence", args=[cup.id])
        return client.post(url, {**given, **more, "picture": file})

    def program(data):
        return Client().post(
            f"/api/v1/shop/listings/{cup.id}/evidence",
            {**given, "picture": SimpleUploadedFile("receipt.pdf", data)},
            headers={"authorization": f"Bearer {token}"},
        )

    assert page(pdf(2)).status_code == 302
    assert [one.alt for one in Evidence.objects.order_by("position")] == [
        "Stamp (1/2)", "Stamp (2/2)"
    ]  # fmt: skip
    assert [one["kind"] for one in program(pdf(1)).json()["evidence"]] == ["customs"] * 3
    torn, thick = pdf(1)[:-400], pdf(papers.PAGES + 1)
    large = b"%PDF-" + b"0" * (16 * 1024 * 1024)
    assert [program(one).status_code for one in (torn, thick, large)] == [422, 422, 413]
    refused = page(torn)
    assert (refused.status_code, "cannot be read" in refused.content.decode()) == (422, True)
    assert page(pdf(1), kind="rumour").status_code == 422
    Evidence.objects.bulk_create(
        Evidence(listing=cup, seller=seller, kind="receipt", added_at=NOW, position=n,
                 **town.picture())
        for n in range(17)
    )  # fmt: skip
    assert [send(torn).status_code for send in (page, program)] == [422, 422]
    assert "at most 20" in page(torn).content.decode()
