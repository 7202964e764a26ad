"""Publishing to a circle: the answer, until all friends can see it, and the fan-out's rows."""

import itertools
import json
import time
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import psycopg

from goodword.kit import clock
from goodword.kit.ids import new_id

from . import client, fanning, raw
from .house import House
from .run import Place, in_turns
from .town import Town

SLICE = 4000  # more than can be published in one
SINGLE = 60  # publishes that are watched until the last friend can see them

MOMENT = """
INSERT INTO circle_moment (id, author_id, face, text, state, audience_kind, audience_groups,
    audience_people, published_at, key)
VALUES (%(id)s, %(author)s, 'life', 'A raw day', 'published', 'everyone', '{}', '{}', %(now)s,
    %(id)s::text)"""
FAN_OUT = """
INSERT INTO reach_entry (reader_id, face, published_at, moment, author)
SELECT friend_id, 'life', %(now)s, %(id)s, %(author)s FROM circle_friendship
 WHERE owner_id = %(author)s
UNION ALL SELECT %(author)s, 'life', %(now)s, %(id)s, %(author)s"""
SEEN = (
    "SELECT count(*) FROM reach_entry WHERE reader_id = ANY (%s) AND face = 'life' AND moment = %s"
)


def run(place: Place) -> dict[str, float]:
    house, town, scale = place.house, place.town, place.scale
    visible = watch(house, town)
    posts, statements = requests(town), raw_journeys(town)
    many = scale.connections
    sides = {
        "app": lambda s: client.load(
            house.port, take(posts), seconds=s, connections=many
        ),
        "raw": lambda s: raw.load(
            house.dsn, take(statements), seconds=s, connections=many
        ),
        "fan_out": lambda s: fanning.load(
            house.dsn, unseen(house, town), seconds=s, connections=many
        ),
        "raw_fan_out": lambda s: raw.load(
            house.dsn, take(fan_outs(town)), seconds=s, connections=many
        ),
    }  # fmt: skip
    done = in_turns(place.progress, scale, sides, house=house)
    app, sql = done["app"], done["raw"]
    fan, raw_fan = done["fan_out"], done["raw_fan_out"]
    rows = scale.friends + 1
    return {
        "app_per_s": app.per_second,
        "raw_per_s": sql.per_second,
        "ratio": app.per_second / sql.per_second,
        "p50_ms": app.percentile_ms(0.5),
        "p99_ms": app.percentile_ms(0.99),
        "visible_p50_ms": visible.percentile_ms(0.5),
        "visible_p99_ms": visible.percentile_ms(0.99),
        "fan_out_rows_per_s": fan.per_second * rows,
        "raw_rows_per_s": raw_fan.per_second * rows,
        "fan_out_ratio": fan.per_second / raw_fan.per_second,
        "idle_mb": place.idle_mb,
        "rss_mb": house.memory_mb(),
    }


def take(journeys: Iterator[Any]) -> list[Any]:
    """Journeys that nobody has walked yet: a key that is sent twice would publish nothing."""
    return list(itertools.islice(journeys, SLICE))


def requests(town: Town) -> Iterator[list[client.Request]]:
    for token in itertools.cycle(town.tokens.values()):
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({"text": "A day 一天", "key": new_id().hex}).encode()
        yield [client.request("POST", "/api/v1/moments", headers, body)]


def raw_journeys(town: Town) -> Iterator[list[raw.Step]]:
    for author in itertools.cycle(town.tokens):
        values = {"id": new_id(), "author": author, "now": clock.now()}
        yield [(MOMENT, values), (FAN_OUT, values)]


def fan_outs(town: Town) -> Iterator[list[raw.Step]]:
    """The fan-out's statement alone."""
    for author in itertools.cycle(town.tokens):
        yield [(FAN_OUT, {"id": new_id(), "author": author, "now": clock.now()})]


def unseen(house: House, town: Town) -> list[UUID]:
    """Fresh moments that nobody's timeline has yet."""
    authors = take(itertools.cycle(town.tokens))
    rows = [{"id": new_id(), "author": author, "now": clock.now()} for author in authors]
    with psycopg.connect(house.dsn) as connection, connection.cursor() as cursor:
        cursor.executemany(MOMENT, rows)
    return [row["id"] for row in rows]


def watch(house: House, town: Town) -> client.Sample:
    """One after another: from sending a moment until every friend's timeline has it."""
    sample = client.nothing()
    with psycopg.connect(house.dsn, autocommit=True) as connection:
        for author, token in list(town.tokens.items())[:SINGLE]:
            body = urlencode({"text": "A watched day", "key": new_id().hex}).encode()
            request = urllib.request.Request(
                f"http://127.0.0.1:{house.port}/api/v1/moments",
                data=body,
                headers={"Authorization": f"Bearer {token}"},
            )
            begun = time.perf_counter()
            with urllib.request.urlopen(request, timeout=30) as answer:
                made = json.load(answer)["id"]
            friends = town.friends[author]
            while seen(connection, friends, made) < len(friends):
                if time.perf_counter() - begun > 30:
                    raise SystemExit("A moment did not reach all friends within 30 seconds.")
            sample.took.append(time.perf_counter() - begun)
    return sample


def seen(connection: psycopg.Connection[Any], friends: list[Any], moment: str) -> int:
    row = connection.execute(SEEN, [friends, moment]).fetchone()
    return row[0] if row else 0
