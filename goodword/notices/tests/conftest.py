from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from goodword.kit.ids import new_id
from goodword.notices import kinds

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture(autouse=True)
def waved() -> Iterator[None]:
    """A kind of the tests' own: “Chen waved with a blue scarf.”"""
    kinds.register(
        "tests.waved",
        sentence=lambda facts: f"{facts['actor']} waved with a {facts['what']}.",
        url=lambda subject: f"/waves/{subject}",
    )
    yield
    kinds.forget("tests.waved")


@pytest.fixture
def lin() -> UUID:
    return new_id()


@pytest.fixture
def chen() -> Iterator[Any]:
    """Somebody whom the notices know by name."""
    person = SimpleNamespace(id=new_id(), display_name="Chen", handle="chen", avatar_url="/chen")
    before = kinds._lookups[0]
    kinds.introduce(lambda ids: {person.id: person} if person.id in ids else {})
    yield person
    kinds.introduce(before)
