"""The cluster of one data folder, as the rest of Goodword uses it."""

import os
import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import psycopg
from psycopg import sql

from goodword.kit.postgres import accounts, binaries, server
from goodword.kit.postgres.accounts import Account
from goodword.kit.postgres.binaries import Binaries
from goodword.kit.postgres.errors import (
    ClusterDown,
    NoSpace,
    NotWritable,
    PostgresError,
    StartFailed,
    WrongVersion,
)
from goodword.kit.postgres.place import (
    SOCKET_NAME,
    Place,
    locked,
    make_folder,
    sentences,
    settle,
    shelf,
    write_private,
)
from goodword.kit.postgres.settings import server_settings

APP = "goodword"  # the role the app signs in as and the name of its database
ADMIN = "postgres"  # the superuser: only this package and the operator's tools use it
RECOVERY = 600.0  # seconds a server may replay its log after a crash
ROOM_NEEDED = 64 * 2**20  # bytes: a new cluster takes 40 MB, a running one a 16 MB log segment


@dataclass(frozen=True)
class ClusterStatus:
    """What an operator wants to know; `notes` are sentences."""

    state: str  # "running", "starting", "stopped" or "absent"
    pid: int | None
    data: Path | None
    log: Path | None
    socket: Path | None
    account: str | None
    notes: tuple[str, ...]


class Cluster:
    """The PostgreSQL cluster of the instance whose data folder is `data_dir`.

    `durable=False` trades safety for speed and is for tests only.
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

        Returns the URL of the app's database. May be called at any time by any
        number of processes. Raises PostgresError with a sentence.
        """
        mode = 0o711 if os.geteuid() == 0 else 0o700
        with sentences(self.data_dir):
            make_folder(self.data_dir, mode)
            make_folder(self.folder, mode)
        with locked(self.folder) as lock, sentences(self.folder):
            account = accounts.choose(self._expected_place().data)
            place = settle(self.folder, account)
            place.remember()
            if server.find(place) is None:
                self._require_room(place)
                tools, major = binaries.runnable(
                    self._wheel or binaries.bundled(), account, self._shelf(account)
                )
                if not place.data.exists():
                    self._create(place, account, tools, lock)
                self._require_version(place, major)
                self._serve(place, account, tools)
            elif not self._answers(place, lambda: server.find(place) is not None):
                raise StartFailed("The database server was stopped while it was being started.")
            self._ensure_database()
        return self.dsn()

    def attach(self) -> str:
        """The URL of the app's database. Raises ClusterDown unless the server is running."""
        place = Place.read(self.folder)
        if (
            place is None
            or server.find(place) is None
            or not self._answers(place, lambda: server.find(place) is not None)
        ):
            raise ClusterDown(
                f"The database of {self.data_dir} is not running: start it with `goodword up`."
            )
        return self.dsn()

    def is_running(self) -> bool:
        place = Place.read(self.folder)
        return place is not None and server.find(place) is not None

    def maintain(self) -> bool:
        """Start the server again if it died; True if it had. Cheap: call it every second."""
        if self.is_running():
            return False
        self.start()
        return True

    def stop(self) -> bool:
        """End the server in order; True if it was running. Raises StopFailed."""
        self._launched = False
        if not self.folder.is_dir():
            return False
        with locked(self.folder):
            place = Place.read(self.folder)
            return place is not None and server.stop(place)

    def destroy(self) -> None:
        """Stop the server and delete the cluster with every row in it, wherever it lies."""
        self.stop()
        place = Place.read(self.folder)
        for path in (place.home, place.socket) if place else ():
            shutil.rmtree(path, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def dsn(self, database: str = APP) -> str:
        """The URL by which the app signs in to `database`, through the private socket."""
        return self._url(APP, "password", database)

    def admin_dsn(self, database: str = ADMIN) -> str:
        """The URL by which the superuser signs in: for maintenance, never for the app."""
        return self._url(ADMIN, "admin-password", database)

    def status(self) -> ClusterStatus:
        place = Place.read(self.folder)
        if place is None or not place.data.is_dir():
            return ClusterStatus("absent", None, None, None, None, None, ())
        found = server.find(place)
        state = "stopped" if found is None else "running" if found.ready else "starting"
        notes = []
        if place.moved:
            notes.append(
                f"The server's account cannot enter {self.data_dir}, "
                f"so the database lies in {place.home}: back it up as well."
            )
        return ClusterStatus(
            state=state,
            pid=found.pid if found else None,
            data=place.data,
            log=place.log,
            socket=place.socket,
            account=accounts.choose(place.data).name,
            notes=tuple(notes),
        )

    def _expected_place(self) -> Place:
        return Place.read(self.folder) or Place(self.folder, self.folder, self.folder / "socket")

    def _shelf(self, account: Account) -> Path:
        return self.folder if account.is_me else shelf()

    def _require_room(self, place: Place) -> None:
        free = shutil.disk_usage(place.home).free
        if free < ROOM_NEEDED:
            raise NoSpace(
                f"The disk that holds {place.home} has {free // 2**20} MB left, "
                f"the database needs {ROOM_NEEDED // 2**20} MB: free some space."
            )

    def _require_version(self, place: Place, major: int) -> None:
        try:
            written_by = (place.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            raise StartFailed(
                f"{place.data} holds no database: bring it back from a backup."
            ) from None
        if written_by != str(major):
            raise WrongVersion(
                f"The database in {place.data} was written by PostgreSQL {written_by}, this "
                f"Goodword brings PostgreSQL {major}: dump it with the Goodword that wrote it "
                "and load the dump into a new data folder."
            )

    def _create(self, place: Place, account: Account, tools: Binaries, lock: int) -> None:
        fresh = place.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        make_folder(fresh, 0o700, account)
        password = place.home / "initdb-password"
        write_private(password, self._secret("admin-password"))
        account.own(password)
        try:
            answer = account.run(
                [
                    tools.tool("initdb"),
                    f"--pgdata={fresh}",
                    f"--username={ADMIN}",
                    f"--pwfile={password}",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--text-search-config=simple",
                    "--no-instructions",
                    *([] if self.durable else ["--no-sync"]),
                ],
                pass_fds=(lock,),
            )
        finally:
            password.unlink(missing_ok=True)
        if answer.returncode != 0:
            raise _start_failure(place, f"{answer.stdout}{answer.stderr}"[-1000:])
        fresh.rename(place.data)
        _sync(place.home)

    def _serve(self, place: Place, account: Account, tools: Binaries) -> None:
        settings = server_settings(place, durable=self.durable, connections=self.connections)
        command = [tools.tool("postgres"), "-D", str(place.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        child = server.launch(place, account, command)
        self._launched = True
        if not self._answers(place, lambda: child.poll() is None):
            raise _start_failure(place, server.last_words(place))

    def _answers(self, place: Place, alive: Callable[[], bool]) -> bool:
        """Wait until the socket answers; False if the server died first. Raises StartFailed."""
        address = f"host='{_quoted(place.socket)}' port=5432 dbname={ADMIN} user={ADMIN}"
        deadline = time.monotonic() + RECOVERY
        while time.monotonic() < deadline:
            if psycopg.pq.PGconn.ping(address.encode()) == psycopg.pq.Ping.OK:
                return True
            if not alive():
                return False
            time.sleep(server.PAUSE)
        raise StartFailed(
            f"The database server has not answered for {RECOVERY / 60:.0f} minutes. "
            f"Its last lines:\n{server.last_words(place)}"
        )

    def _ensure_database(self) -> None:
        """The app's role and database, made by the superuser if they are missing."""
        self._secret("password")
        try:
            psycopg.connect(self.dsn(), connect_timeout=10).close()
            return
        except psycopg.OperationalError:
            pass  # the first start, or one that was killed before it came to this
        try:
            with psycopg.connect(self.admin_dsn(), autocommit=True, connect_timeout=10) as admin:
                role, word = sql.Identifier(APP), sql.Literal(self._secret("password"))
                known = admin.execute("SELECT FROM pg_roles WHERE rolname = %s", [APP]).rowcount
                verb = sql.SQL("ALTER ROLE" if known else "CREATE ROLE")
                admin.execute(sql.SQL("{} {} LOGIN CREATEDB PASSWORD {}").format(verb, role, word))
                if not admin.execute("SELECT FROM pg_database WHERE datname = %s", [APP]).rowcount:
                    admin.execute(sql.SQL("CREATE DATABASE {0} OWNER {0}").format(role))
        except psycopg.Error as error:
            raise PostgresError(
                f"The database of {self.data_dir} does not let its own password in: {error}"
            ) from error

    def _secret(self, name: str) -> str:
        path = self.folder / name
        if not path.exists():
            write_private(path, secrets.token_urlsafe(32))
        return path.read_text()

    def _url(self, role: str, secret: str, database: str) -> str:
        place = self._expected_place()
        try:
            password = (self.folder / secret).read_text()
        except FileNotFoundError:
            raise ClusterDown(
                f"There is no database in {self.data_dir} yet: make it with `goodword up`."
            ) from None
        except PermissionError:
            raise NotWritable(
                f"{self.folder / secret} may be read by its owner only: run this as its owner."
            ) from None
        host = quote(os.fsencode(place.socket), safe="")
        return f"postgresql://{role}:{password}@/{quote(database, safe='')}?host={host}&port=5432"


def _start_failure(place: Place, words: str) -> PostgresError:
    if "No space left on device" in words:
        return NoSpace(f"The disk that holds {place.home} is full: free some space.")
    return StartFailed(f"The database server did not start. Its last lines:\n{words}")


def _quoted(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace("'", "\\'")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


__all__ = ["Cluster", "ClusterStatus", "SOCKET_NAME"]
