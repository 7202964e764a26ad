"""Django's cache interface on one PostgreSQL table.

Nothing is cached here for speed. allauth counts tries to sign in and remembers used one-time codes
through this interface, and with several processes both only hold where all of them look
(docs/decisions/0010-accounts.md). Values are JSON. Each call is one statement, so `add`, which
allauth uses as a lock, lets exactly one caller through.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection, models, transaction
from psycopg.types.json import Jsonb
from typing_extensions import override

from goodword.kit import clock

from .models import Shelved

ADD = """
INSERT INTO people_shelved AS s (key, value, until) VALUES (%(key)s, %(value)s, %(until)s)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until
 WHERE s.until <= %(now)s
RETURNING 1
"""
SET = """
INSERT INTO people_shelved (key, value, until) VALUES (%(key)s, %(value)s, %(until)s)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until
"""


class Shelf(BaseCache):
    """The backend for `CACHES`; `location` is not used."""

    @override
    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(ADD, self._row(key, value, timeout, version))
            return cursor.fetchone() is not None

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        with connection.cursor() as cursor:
            cursor.execute(SET, self._row(key, value, timeout, version))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        row = self._fresh().filter(key=self._name(key, version)).first()
        return row.value if row else default

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        found = self._fresh().filter(key=self._name(key, version))
        return bool(found.update(until=self._until(timeout)))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(Shelved.objects.filter(key=self._name(key, version)).delete()[0])

    def clear(self) -> None:
        Shelved.objects.all().delete()

    def _name(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)

    def _fresh(self) -> models.QuerySet[Shelved]:
        return Shelved.objects.filter(models.Q(until=None) | models.Q(until__gt=clock.now()))

    def _row(self, key: str, value: Any, timeout: Any, version: int | None) -> dict[str, Any]:
        return {
            "key": self._name(key, version),
            "value": Jsonb(value),
            "until": self._until(timeout),
            "now": clock.now(),
        }

    def _until(self, timeout: Any) -> datetime | None:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return None if seconds is None else clock.now() + timedelta(seconds=seconds)


def sweep(now: datetime) -> int:
    """Take away what has run out; returns how many rows that were."""
    with transaction.atomic():
        return Shelved.objects.filter(until__lte=now).delete()[0]
