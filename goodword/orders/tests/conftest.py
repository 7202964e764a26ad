from collections.abc import Iterator

import pytest
from django.db import connection

from .town import offered, open_shop, person


def forget_all_jobs() -> None:
    """Django's flush leaves procrastinate's tables as they are."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """Real commits: for tests with connections of their own, or of what follows a commit."""
    forget_all_jobs()
    yield
    forget_all_jobs()


@pytest.fixture
def lin():
    """A seller with an open shop."""
    lin = person("lin")
    open_shop(lin)
    return lin


@pytest.fixture
def wang():
    """A buyer."""
    return person("wang")


@pytest.fixture
def stranger():
    return person("stranger")


@pytest.fixture
def cup(lin):
    """Five cups at 120 yuan, free of shipping."""
    return offered(lin, price=120, stock=5)
