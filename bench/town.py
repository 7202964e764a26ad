"""The made-up town of a bench: rows by COPY, the same for the same scale."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from rich.progress import Progress

from goodword.kit import clock
from goodword.kit.ids import new_id

from .scale import Scale

SPAN = timedelta(days=60)  # over which the moments lie
MARKET_EVERY = 10  # one moment in ten sells something
SELLS_EVERY = 10  # one member in ten sells, and so one friend in ten, however large a circle
LIKES = ("tea", "ceramics", "books", "furniture")
READERS = 400  # who have tokens and sessions; requests go round among them


State = dict[str, Any]  # what one step leaves for the next


@dataclass(slots=True)
class Town:
    now: datetime
    members: list[UUID]
    friends: dict[UUID, list[UUID]]
    tokens: dict[UUID, str]
    variants: list[tuple[UUID, UUID, UUID]]  # variant, listing, seller
    prices: dict[UUID, int]


def build(scale: Scale, progress: Progress) -> Town:
    """Fill an empty, migrated database; needs Django set up on it."""
    random.seed(20260520)
    steps = [people, friendships, shops, wishes, moments, answers, timelines, tokens]
    bar = progress.add_task("Loading the town", total=len(steps) + 1)
    town = Town(clock.now(), [new_id() for _ in range(scale.members)], {}, {}, [], {})
    state: State = {"moments": []}
    for step in steps:
        step(town, scale, state)
        progress.advance(bar)
    vacuum()
    progress.advance(bar)
    return town


def vacuum() -> None:
    """What autovacuum would have done by now: not with tables that are empty.

    Plans made for tables that are known to be empty read them whole, and sessions keep their plans.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT string_agg(oid::regclass::text, ', ') FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                  AND pg_relation_size(oid) > 0"""
        )
        (filled,) = cursor.fetchone()
        cursor.execute(f"VACUUM (ANALYZE) {filled}")


def copy(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """COPY rows in; what a row does not name gets the field's default."""
    from django.db import connection
    from psycopg.types.json import Jsonb

    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    keys = [field.attname for field in fields]
    documents = [n for n, f in enumerate(fields) if f.get_internal_type() == "JSONField"]
    unnamed = dict(zip(keys, fields, strict=True))
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        into = f"COPY {model._meta.db_table} ({columns}) FROM STDIN"
        with cursor.copy(into) as out:
            for row in rows:
                values = [row[key] if key in row else default(unnamed[key]) for key in keys]
                for n in documents:
                    values[n] = Jsonb(values[n])
                out.write_row(values)


def default(field: Any) -> Any:
    """The field's default; one that the database would set comes as an expression around it."""
    value = field.get_default()
    return getattr(getattr(value, "expression", value), "value", value)


def people(town: Town, scale: Scale, state: State) -> None:
    from goodword.people.models import Member

    copy(Member, (
        {"id": id_, "handle": f"member{n}", "display_name": f"Member {n} 成员", "password": "!",
         "joined_at": town.now - SPAN, "region": "CN"}
        for n, id_ in enumerate(town.members)
    ))  # fmt: skip


def friendships(town: Town, scale: Scale, state: State) -> None:
    """A ring of neighbours and as many chords: everybody has the same number of friends."""
    from goodword.circle.models import Friendship

    size, half = scale.members, scale.friends // 2
    strides = (
        list(range(1, half // 2 + 1))
        + random.sample(range(half // 2 + 1, (size - 1) // 2 + 1), half - half // 2)
        if (size - 1) // 2 >= half
        else list(range(1, half + 1))
    )
    for n, one in enumerate(town.members):
        near = {town.members[(n + s) % size] for s in strides}
        near |= {town.members[(n - s) % size] for s in strides}
        town.friends[one] = sorted(near - {one})
    copy(Friendship, (
        {"id": new_id(), "owner_id": one, "friend_id": friend, "since": town.now - SPAN,
         "groups": [], "market": "on"}
        for one, friends in town.friends.items() for friend in friends
    ))  # fmt: skip


def shops(town: Town, scale: Scale, state: State) -> None:
    from goodword.shop.models import Listing, ListingPicture, Shop, Variant

    sellers = town.members[::SELLS_EVERY][: scale.listings]
    shop_of = {seller: new_id() for seller in sellers}
    copy(Shop, (
        {"id": shop_of[s], "owner_id": s, "name": f"Shop {n}", "public": True,
         "level": "individual", "opened_at": town.now - SPAN} for n, s in enumerate(sellers)
    ))  # fmt: skip
    listings = [(new_id(), sellers[n % len(sellers)]) for n in range(scale.listings)]
    copy(Listing, (
        {"id": id_, "shop_id": shop_of[s], "seller_id": s, "title": f"Celadon cup no. {n}",
         "description": "Thrown by hand.", "currency": "CNY", "state": "active",
         "condition": "new", "shipping_days_min": 2, "shipping_days_max": 4,
         "created_at": town.now - SPAN, "changed_at": town.now - SPAN,
         "listed_at": town.now - SPAN}
        for n, (id_, s) in enumerate(listings)
    ))  # fmt: skip
    town.variants = [(new_id(), id_, s) for id_, s in listings]
    town.prices = {variant: 1000 + n for n, (variant, _l, _s) in enumerate(town.variants)}
    copy(Variant, (
        {"id": v, "listing_id": l, "seller_id": s, "options": [], "price_minor": town.prices[v],
         "stock": 1_000_000} for v, l, s in town.variants
    ))  # fmt: skip
    copy(ListingPicture, (picture() | {"listing_id": id_, "seller_id": s} for id_, s in listings))
    state["listings"] = {s: [l for l, seller in listings if seller == s] for s in sellers}


def wishes(town: Town, scale: Scale, state: State) -> None:
    """Everybody says what they like, every second lets the house learn, and things are for it."""
    from goodword.reach.models import Interest, Learning
    from goodword.shop.models import ListingInterests

    copy(Interest, (
        {"owner_id": one, "interest": key}
        for n, one in enumerate(town.members) for key in LIKES[n % 3 :]
    ))  # fmt: skip
    copy(Learning, ({"owner_id": one, "since": town.now} for one in town.members[::2]))
    copy(ListingInterests, (
        {"listing_id": listing, "seller_id": seller, "keys": list(LIKES[n % 4 :][:2])}
        for n, (_variant, listing, seller) in enumerate(town.variants)
    ))  # fmt: skip


def picture(position: int = 0) -> dict[str, Any]:
    id_ = new_id()
    return {"id": id_, "key": id_.hex, "width": 1080, "height": 810, "colour": "#88aa99",
            "sha256": b"\0" * 32, "dhash": 0, "total_bytes": 1, "alt": "a cup",
            "position": position}  # fmt: skip


def moments(town: Town, scale: Scale, state: State) -> None:
    from goodword.circle.models import Moment, MomentPicture

    sellers = list(state["listings"])
    step = SPAN / scale.moments
    rows: list[tuple[UUID, UUID, datetime, str]] = state["moments"]

    def made() -> Iterator[dict[str, Any]]:
        for n in range(scale.moments):
            market = n % MARKET_EVERY == 0
            author = random.choice(sellers if market else town.members)
            at = town.now - SPAN + step * n
            row = (new_id(), author, at, "market" if market else "life")
            rows.append(row)
            listing = random.choice(state["listings"][author]) if market else None
            yield {"id": row[0], "author_id": author, "face": row[3], "text": f"Moment {n}: 一天",
                   "state": "published", "audience_kind": "everyone", "audience_groups": [],
                   "audience_people": [], "published_at": at,
                   "key": str(n), "listing": listing}  # fmt: skip

    copy(Moment, made())
    copy(MomentPicture, (
        picture(position) | {"moment_id": id_, "author_id": author}
        for n, (id_, author, _at, face) in enumerate(rows) if face == "life"
        for position in range(n % 4)
    ))  # fmt: skip


def answers(town: Town, scale: Scale, state: State) -> None:
    from goodword.circle.models import Comment, Like

    def by_friends(count: int) -> Iterator[dict[str, Any]]:
        for id_, author, at, face in state["moments"]:
            if face == "life":
                for member in random.sample(town.friends[author], min(count, scale.friends)):
                    yield {"id": new_id(), "moment_id": id_, "author_id": author,
                           "member_id": member, "at": at, "text": "真好"}  # fmt: skip

    copy(Like, by_friends(5))
    copy(Comment, by_friends(2))


FANNED_OUT = """
INSERT INTO reach_entry (reader_id, face, published_at, moment, author)
SELECT r.reader, m.face, m.published_at, m.id, m.author_id
  FROM circle_moment m, LATERAL (
    SELECT f.friend_id AS reader FROM circle_friendship f WHERE f.owner_id = m.author_id
    UNION ALL SELECT m.author_id) r"""


def timelines(town: Town, scale: Scale, state: State) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(FANNED_OUT)


def tokens(town: Town, scale: Scale, state: State) -> None:
    from goodword.people import actions as people_actions
    from goodword.people.models import Member

    buyers = [one for one in town.members if one not in state["listings"]]
    for member in Member.objects.filter(id__in=buyers[-READERS:]):
        _row, plain = people_actions.issue_token(owner=member, name="bench", now=town.now)
        town.tokens[member.id] = plain
