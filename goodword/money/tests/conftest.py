from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from goodword.people.models import Member

from .town import Town, forget_all_jobs

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture
def town(db: None) -> Town:
    """A buyer, a seller, and the ways to trade between them."""
    return Town.founded(NOON)


@pytest.fixture
def open_town(transactional_db: None) -> Iterator[Town]:
    """The same, committed, for tests with connections of their own."""
    forget_all_jobs()  # Django's flush leaves procrastinate's tables as they are
    yield Town.founded(NOON)
    forget_all_jobs()


@pytest.fixture
def stranger(town: Town) -> Callable[[], Member]:
    return lambda: town.member("stranger")
