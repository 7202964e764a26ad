"""How far an import has come, for pages that look at it before its one transaction is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from .previewing import Progress

# Whoever gives the import up meanwhile holds its row; a figure is not worth waiting for.
NOTE = """
UPDATE shop_importrun SET written = %s
 WHERE id = (SELECT id FROM shop_importrun WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED)
"""


@contextmanager
def noted(run: UUID) -> Iterator[Progress]:
    """A `progress` for `apply` that others see at once, by a connection of its own."""
    aside = connection.copy()

    def note(_stage: str, done: int, _total: int) -> None:
        with aside.cursor() as cursor:
            cursor.execute(NOTE, [done, run])

    try:
        yield note
    finally:
        aside.close()
