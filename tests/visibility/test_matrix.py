"""Relation × audience × face × surface: a moment is there exactly where the rule table says so."""

import re
from collections.abc import Callable
from copy import deepcopy

import pytest
from django.db import transaction
from django.test import Client

from goodword.circle import actions as circle
from goodword.circle.states import Face, MarketDial
from goodword.kit import clock
from goodword.notices.models import Notice
from goodword.people import actions as people
from goodword.people.models import Member
from goodword.reach import news
from goodword.shop.models import Listing

from ..shelves import buy
from .world import MAY_SEE, NOT_WISHED, VIEWERS, Eyes, World, make_world

pytestmark = pytest.mark.django_db
BROWSED = {"market lens", "api market lens"}
BROUGHT = {"timeline", "timeline part", "api timeline", "stream"}


@pytest.fixture(scope="module")
def made(lasting) -> World:
    with lasting():
        return make_world(clock.now())


@pytest.fixture
def world(made: World) -> World:
    return deepcopy(made)


@pytest.mark.parametrize("face", list(Face))
@pytest.mark.parametrize("audience", list(MAY_SEE))
def test_a_moment_is_there_exactly_for_whom_it_is(world: World, audience: str, face: Face):
    moment = world.publish(audience, face)
    wrong = []
    for name in VIEWERS:
        for surface, seen in Eyes(world, name).sights(moment):
            if seen != expected(name, audience, face, surface):
                wrong.append(f"{name}: {surface} {'shows' if seen else 'lacks'} it")
    assert wrong == []
    liked = set(Notice.objects.filter(kind="circle.liked").values_list("actor", flat=True))
    tell = MAY_SEE[audience] - {"author", "muted"}
    assert liked == {world.people[name].id for name in tell}


def expected(name: str, audience: str, face: Face, surface: str) -> bool:
    if name not in MAY_SEE[audience]:
        return False
    if surface in ("audience page", "api audience", "edit page"):
        return name == "author"
    if surface == "digest":
        return name == "digester" and face == Face.MARKET
    if name == "author" and surface == "stream":
        return False  # she knows already
    if name == "author" and face == Face.MARKET and surface in BROUGHT:
        return False  # her own window is no news to her
    if surface in BROWSED:
        return name != "muter"  # who wants this friend's market nowhere does not meet it there
    return surface not in BROUGHT or name not in NOT_WISHED[face]


def test_nobody_without_an_account_sees_anything(world: World):
    moment = world.publish("everyone", Face.LIFE)
    file = moment.pictures.get().id
    for path in (f"/moments/{moment.id}", f"/pictures/{file}/thumb", f"/@{world.author.handle}"):
        answer = Client().get(path)
        assert (answer.status_code, answer.content) == (302, b"")
    assert str(moment.id) not in Client().get("/").content.decode()


Decision = Callable[[Member, Member], None]
SECRET: dict[str, Decision] = {
    "no life": lambda she, he: circle.set_dials(
        owner=she, friend=he.id, life=False, market=MarketDial.ON
    ),
    "no market": lambda she, he: circle.set_dials(
        owner=she, friend=he.id, life=True, market=MarketDial.OFF
    ),
    "digest": lambda she, he: circle.set_dials(
        owner=she, friend=he.id, life=True, market=MarketDial.DIGEST
    ),
    "snooze": lambda she, he: circle.snooze(owner=she, friend=he.id, on=True, now=clock.now()),
    "nickname": lambda she, he: circle.set_nickname(owner=she, friend=he.id, nickname="Bore"),
    "note": lambda she, he: circle.set_note(owner=she, friend=he.id, note="Owes me a tea."),
    "group": lambda she, he: circle.set_groups(
        owner=she,
        friend=he.id,
        groups=[circle.make_group(owner=she, name="Bores", now=clock.now()).id],
        now=clock.now(),
    ),
}


@pytest.mark.parametrize("friend", ["friend", "in_group"])
def test_what_she_decides_about_a_friend_leaves_his_answers_byte_identical(
    world: World, friend: str
):
    """Each decision is taken back before the next one, so that all are held against one answer."""
    he, she = world.people[friend], world.author
    with clock.at(world.now):
        moment = world.publish("everyone", Face.MARKET)
        circle.like(moment=moment, member=he, now=clock.now())
        order = buy(he, Listing.objects.get(id=moment.listing), pay=True)
        _row, secret = people.issue_token(owner=he, name="his", now=world.now)
        paths = everything_of(world, str(moment.id), str(moment.listing), str(order))
        before = [answer(he, secret, path) for path in paths]
        streamed = news.readers_of(moment.id, [he.id], now=world.now)
        for decision, decide in SECRET.items():
            with transaction.atomic():
                decide(she, he)
                for path, one in zip(paths, before, strict=True):
                    assert answer(he, secret, path) == one, (decision, path)
                assert news.readers_of(moment.id, [he.id], now=world.now) == streamed, decision
                transaction.set_rollback(True)


def everything_of(world: World, moment: str, listing: str, order: str) -> list[str]:
    she = world.author
    return [
        "/", "/?show=life", "/?show=market", f"/@{she.handle}", f"/moments/{moment}",
        f"/listings/{listing}", "/market", "/friends", f"/friends/{she.id}", "/groups", "/notices",
        "/me", f"/me/avatars/{she.id}", "/api/v1/timeline", f"/api/v1/members/{she.handle}/moments",
        f"/api/v1/members/{she.handle}", f"/api/v1/moments/{moment}", "/api/v1/friends",
        "/api/v1/friends/requests", "/api/v1/notices", "/api/v1/market",
        f"/api/v1/listings/{listing}", "/search?q=thing", "/search?q=author", "/search?q=bore",
        f"/search?q={she.handle}", "/api/v1/search?q=thing", "/api/v1/search?q=author",
    ]  # fmt: skip


PER_FORM = re.compile(rb'name="(csrfmiddlewaretoken|key)" value="[^"]*"')


def answer(member: Member, secret: str, path: str) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Status, body and headers but for what is new in every form."""
    client = Client()
    if path.startswith("/api/"):
        client = Client(headers={"Authorization": f"Bearer {secret}"})
    else:
        client.force_login(member)
    found = client.get(path)
    body = b"".join(found.streaming_content) if found.streaming else found.content
    return found.status_code, PER_FORM.sub(b"", body), sorted(found.headers.items())
