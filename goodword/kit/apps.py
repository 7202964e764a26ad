import select
from datetime import datetime

from django.apps import AppConfig
from django.db.backends.postgresql import psycopg_any
from psycopg import Connection, _queries
from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import Loader
from psycopg_pool import ConnectionPool

# A page's statement has 21,000 letters, one that writes an order 88 values. Beyond 4,096 and 50,
# psycopg looks for its slots anew at each use, which takes 0.4 ms of a timeline's 3
# (docs/decisions/0006-speed.md).
LONGEST = 65_536
MOST = 1000

ask_the_server = ConnectionPool.check_connection


class KitConfig(AppConfig):
    name = "goodword.kit"
    label = "kit"

    def ready(self) -> None:
        _queries.MAX_CACHED_STATEMENT_LENGTH = LONGEST
        _queries.MAX_CACHED_STATEMENT_PARAMS = MOST
        ConnectionPool.check_connection = staticmethod(check)  # type: ignore[assignment]
        psycopg_any.BaseTzLoader = Moments


class Moments(psycopg_any.BaseTzLoader):
    """Reads `2026-11-01 09:00:00.5+00` in a fifth of the time that psycopg's own pattern takes.

    The session's time zone is the one that Django asks for, so its offset says nothing more.
    """

    def __init__(self, oid: int, context: AdaptContext | None = None) -> None:
        Loader.__init__(self, oid, context)

    def load(self, data: Buffer) -> datetime:
        return datetime.fromisoformat(str(data, "ascii")).replace(tzinfo=self.timezone)


def check(connection: Connection) -> None:
    """Raises unless the server is still there, as each request asks for the connection it is lent.

    One on this machine that has ended its session said so: then there is something to read. Only
    then, or over a network, which loses such words, is it asked, which takes a way there and back.
    """
    if connection.info.host.startswith("/"):
        said = select.poll()
        said.register(connection.fileno(), select.POLLIN)
        if not said.poll(0):
            return
    ask_the_server(connection)
