import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from goodword.kit import clock
from goodword.people import shelf
from goodword.people.models import Shelved


@pytest.mark.django_db
def test_values_are_kept_until_their_time(now: datetime) -> None:
    with clock.at(now):
        cache.set("a", [1.5, 2.5], 60)
        cache.set("for-good", True, None)
        assert (cache.get("a"), cache.get("nothing", "else")) == ([1.5, 2.5], "else")
        assert not cache.add("a", "other", 60)
    with clock.at(now + timedelta(seconds=60)):
        assert cache.get("a") is None
        assert cache.add("a", "other", 60)
        assert cache.get("a") == "other"
        assert cache.get("for-good") is True
        assert cache.touch("a", 600)
        assert cache.delete("a")
        assert not cache.delete("a")
        assert not cache.touch("a", 60)


@pytest.mark.django_db
def test_a_sweep_takes_only_what_has_run_out(now: datetime) -> None:
    with clock.at(now):
        cache.set("short", 1, 60)
        cache.set("long", 1, 600)
        cache.set("for-good", 1, None)
    assert shelf.sweep(now + timedelta(seconds=60)) == 1
    assert Shelved.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_who_add_at_once_one_gets_through() -> None:
    """allauth uses `add` as a lock and to take each one-time code only once."""
    gate = threading.Barrier(8)

    def add(number: int) -> bool:
        gate.wait()
        try:
            return cache.add("code", number, 60)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(add, range(8))) == [False] * 7 + [True]
