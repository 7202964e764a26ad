"""A reader's first page of 20: the API and the page against the same statements as raw SQL."""

import itertools
import random
import time
from typing import Any
from uuid import UUID

from . import client, raw
from .run import Place, in_turns
from .town import Town

MANY = 200_000  # more journeys than a slice can walk


def run(place: Place) -> dict[str, float]:
    house, town, scale = place.house, place.town, place.scale
    api = journeys([api_request(token) for token in town.tokens.values()])
    pages = journeys([page_request(cookie) for cookie in sessions(town)])
    statements = journeys([raw_steps(member, town) for member in town.tokens], wrap=False)
    many = scale.connections
    sides = {
        "app": lambda s: client.load(house.port, api, seconds=s, connections=many),
        "raw": lambda s: raw.load(house.dsn, statements, seconds=s, connections=many),
        "page": lambda s: client.load(house.port, pages, seconds=s, connections=many),
    }
    done = in_turns(place.progress, scale, sides, house=house)
    app, sql, page = done["app"], done["raw"], done["page"]
    return {
        "app_per_s": app.per_second,
        "raw_per_s": sql.per_second,
        "ratio": app.per_second / sql.per_second,
        "p50_ms": app.percentile_ms(0.5),
        "p99_ms": app.percentile_ms(0.99),
        "html_per_s": page.per_second,
        "html_ratio": page.per_second / sql.per_second,
        "html_p50_ms": page.percentile_ms(0.5),
        "idle_mb": place.idle_mb,
        "rss_mb": house.memory_mb(),
    }


def journeys(single: list[Any], *, wrap: bool = True) -> list[Any]:
    """Enough journeys to go round for a slice, in a shuffled order."""
    random.shuffle(single)
    steps = [[one] for one in single] if wrap else single
    return list(itertools.islice(itertools.cycle(steps), MANY // 10))


def api_request(token: str) -> client.Request:
    return client.request("GET", "/api/v1/timeline", {"Authorization": f"Bearer {token}"})


def page_request(cookie: str) -> client.Request:
    return client.request("GET", "/", {"Cookie": f"goodword_session={cookie}"})


def first_looks(readers: list[UUID]) -> list[float]:
    """How many seconds each reader's first look takes, which writes down what it shows."""
    from goodword.kit import clock
    from goodword.reach import queries

    took = []
    for reader in readers:
        began = time.perf_counter()
        queries.timeline(reader, now=clock.now())
        took.append(time.perf_counter() - began)
    return took


def sessions(town: Town) -> list[str]:
    """A signed-in session for every reader."""
    from django.conf import settings
    from django.contrib.auth import login
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    from goodword.people.models import Member

    keys = []
    for member in Member.objects.filter(id__in=list(town.tokens)):
        request = HttpRequest()
        request.session = SessionStore()
        request.META["REMOTE_ADDR"] = "127.0.0.1"
        login(request, member, backend=settings.AUTHENTICATION_BACKENDS[0])
        request.session.save()
        keys.append(request.session.session_key)
    return keys


def raw_steps(member: Any, town: Town) -> list[raw.Step]:
    """The statements of one timeline read, with their values, as the app itself sends them."""
    from django.db import connection

    from goodword.reach import queries

    steps: list[raw.Step] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        steps.append((sql, params))
        return execute(sql, params, many, context)

    queries.timeline(member, now=town.now)  # a first look notes what was met; later ones only read
    with connection.execute_wrapper(keep):
        queries.timeline(member, now=town.now)
    return [step for step in steps if "kit_houserule" not in step[0]]
