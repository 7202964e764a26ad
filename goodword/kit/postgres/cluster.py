"""The cluster of one data folder, as the rest of Goodword uses it."""

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from psycopg import pq

from goodword.kit.postgres import access, accounts, binaries, creation, server
from goodword.kit.postgres.access import ADMIN, APP
from goodword.kit.postgres.accounts import Account
from goodword.kit.postgres.binaries import Binaries
from goodword.kit.postgres.errors import ClusterDown, StartFailed
from goodword.kit.postgres.place import Place, locked, make_folder, sentences, settle, shelf
from goodword.kit.postgres.settings import server_settings

RECOVERY = 600.0  # seconds a server may take to replay its log after a crash


@dataclass(frozen=True)
class ClusterStatus:
    """What an operator wants to know; `notes` are sentences."""

    state: str  # "running", "starting", "stopped" or "absent"
    pid: int | None = None
    data: Path | None = None
    log: Path | None = None
    socket: Path | None = None
    account: str | None = None
    notes: tuple[str, ...] = ()


class Cluster:
    """The PostgreSQL cluster of the instance whose data folder is `data_dir`.

    The server is a child of the process that started it and outlives it: a
    supervisor calls `start()`, then `maintain()` every second, then `stop()`.
    As a context manager it stops the server at the end if it was the one to
    start it. Every method raises PostgresError with a sentence.

    `durable=False` trades safety for speed and is for tests only; `wheel`
    stands in for the binaries that were installed with Goodword.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        durable: bool = True,
        connections: int = 100,
        wheel: Binaries | None = None,
    ) -> None:
        self.data_dir = data_dir.absolute()
        self.folder = self.data_dir / "postgres"
        self.durable = durable
        self.connections = connections
        self._wheel = wheel
        self._launched = False

    def __enter__(self) -> "Cluster":
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._launched:
            self.stop()

    def start(self) -> str:
        """Make the cluster if there is none, start its server or find it running.

        Returns the URL of the app's database. Any number of processes may call
        it at any time: the first one works, the others wait and attach.
        """
        mode = 0o711 if os.geteuid() == 0 else 0o700
        with sentences(self.data_dir):
            make_folder(self.data_dir, mode)
            make_folder(self.folder, mode)
        with locked(self.folder) as lock, sentences(self.folder):
            account = accounts.choose(self._place().data)
            place = settle(self.folder, account)
            if not self._found(place):
                self._serve(place, account, lock)
            access.ensure_database(place)
        return self.dsn()

    def attach(self) -> str:
        """The URL of the app's database. Raises ClusterDown unless the server is running."""
        place = self._place()
        if not server.is_reachable(place) or not self._answers(
            place, lambda: server.is_reachable(place)
        ):
            raise ClusterDown(
                f"The database of {self.data_dir} is not running: start it with `goodword up`."
            )
        return self.dsn()

    def is_running(self) -> bool:
        return server.is_reachable(self._place())

    def maintain(self) -> bool:
        """Start the server again if it died; True if it had. Cheap while it lives."""
        if self.is_running():
            return False
        self.start()
        return True

    def stop(self) -> bool:
        """End the server in order; True if it was running."""
        self._launched = False
        if not self.folder.is_dir():
            return False
        with locked(self.folder):
            return server.stop(self._place())

    def destroy(self) -> None:
        """Stop the server and delete the cluster with every row in it, wherever it lies."""
        if not self.folder.is_dir():
            return
        with locked(self.folder), sentences(self.folder):
            place = self._place()
            server.stop(place)
            with server.unused(place):
                for folder in {place.home, place.socket} - {self.folder}:
                    shutil.rmtree(folder, ignore_errors=True)
                # The lock stays: somebody may be waiting for it.
                for path in set(self.folder.iterdir()) - {self.folder / "lock"}:
                    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def dsn(self, database: str = APP) -> str:
        """The URL by which the app signs in to `database`, through the private socket."""
        return access.url(self._place(), APP, database)

    def admin_dsn(self, database: str = ADMIN) -> str:
        """The URL by which the superuser signs in: for maintenance, never for the app."""
        return access.url(self._place(), ADMIN, database)

    def status(self) -> ClusterStatus:
        place = self._place()
        with sentences(place.home):
            if not place.data.is_dir():
                return ClusterStatus("absent")
        found = server.find(place)
        note = (
            f"The server's account cannot enter {self.data_dir}, so the database lies in "
            f"{place.home}: keep and back up both."
        )
        return ClusterStatus(
            state="stopped" if found is None else "running" if found.ready else "starting",
            pid=found.pid if found else None,
            data=place.data,
            log=place.log,
            socket=place.socket,
            account=Account.owner_of(place.data).name,
            notes=(note,) if place.moved else (),
        )

    def _place(self) -> Place:
        return Place.read(self.folder) or Place(self.folder, self.folder, self.folder / "socket")

    def _found(self, place: Place) -> bool:
        """Whether a server of ours answers by now; one that nobody can reach any more is ended."""
        if server.is_reachable(place):
            return self._answers(place, lambda: server.is_reachable(place))
        server.stop(place)
        return False

    def _serve(self, place: Place, account: Account, lock: int) -> None:
        creation.require_room(place)
        wheel = self._wheel or binaries.bundled()
        tools, major = binaries.runnable(wheel, account, self.folder if account.is_me else shelf())
        if not place.data.exists():
            creation.create(
                place,
                account,
                tools,
                password=access.make_password(self.folder, ADMIN),
                durable=self.durable,
                lock=lock,
            )
        creation.require_version(place, major)
        settings = server_settings(place, durable=self.durable, connections=self.connections)
        child = server.launch(place, account, tools.tool("postgres"), settings)
        self._launched = True
        if not self._answers(place, lambda: child.poll() is None):
            raise creation.start_failure(place, server.last_words(place))

    def _answers(self, place: Place, alive: Callable[[], bool]) -> bool:
        """Wait until the socket answers; False if the server went first. Raises StartFailed."""
        host = str(place.socket).replace("\\", "\\\\").replace("'", "\\'")
        address = f"host='{host}' port=5432 dbname={ADMIN} user={ADMIN}".encode()
        deadline = time.monotonic() + RECOVERY
        while time.monotonic() < deadline:
            if pq.PGconn.ping(address) == pq.Ping.OK:
                return True
            if not alive():
                return False
            time.sleep(server.PAUSE)
        raise StartFailed(
            f"The database server has not answered for {RECOVERY / 60:.0f} minutes. "
            f"Its last lines:\n{server.last_words(place)}"
        )
