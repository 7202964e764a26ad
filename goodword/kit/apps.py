import select

from django.apps import AppConfig
from psycopg import Connection, _queries
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
