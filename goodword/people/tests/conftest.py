from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from goodword.people import actions
from goodword.people.models import Member

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
PASSWORD = "a kettle in the rain"


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture
def join(db: None) -> Callable[..., Member]:
    """Make members: join("lin"), join("chen", email="chen@circle.example")."""

    def make(handle: str = "lin", **more: object) -> Member:
        given = {"display_name": handle.title(), "password": PASSWORD, "now": NOON, **more}
        return actions.register(handle=handle, **given)

    return make


@pytest.fixture
def lin(join: Callable[..., Member]) -> Member:
    return join("lin", display_name="Lin Xiaoman", email="lin@circle.example")


@pytest.fixture
def lins_browser(lin: Member) -> Client:
    client = Client()
    client.force_login(lin)
    return client
