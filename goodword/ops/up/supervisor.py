"""The one process that starts, watches and ends all others."""

import fcntl
import gc
import os
import select
import shutil
import signal
import socket
import time
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread
from types import FrameType
from urllib.parse import urlsplit

from rich.console import Console

from goodword.kit.postgres import Cluster, PostgresError
from goodword.kit.postgres.place import make_folder

from ..errors import AlreadyUp, Stop
from ..instance import is_embedded, knock, lock_path
from . import image, sockets
from .crew import Crew, Role, fork, gone, reason, send
from .life import Life

HANDOVER = 20.0  # seconds for the processes of a supervisor that was killed to go
OPENING = 30.0  # seconds until the first page must answer
RETRY = 5.0  # seconds between two tries to start a database that does not start


class Interrupted(BaseException):
    """A second Ctrl-C while the database starts, which after a crash may take minutes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What `goodword up` was asked for."""

    data: Path
    host: str
    port: int
    workers: int
    demo: bool


class Supervisor:
    """Use once: `run()` returns the exit code when everything has ended."""

    def __init__(self, plan: Plan, console: Console) -> None:
        self.plan = plan
        self.console = console
        self.cluster = Cluster(plan.data) if is_embedded() else None
        self.life = Life.begin()
        self.crew = Crew(self.life, self.say)
        self.keeper = Crew(None, self.say)
        self.asked = 0  # how often somebody asked to stop
        self.patient = True
        self.try_again_at = 0.0

    def say(self, sentence: str) -> None:
        self.console.print(sentence, highlight=False, soft_wrap=True)

    def run(self) -> int:
        began = time.monotonic()
        lock = hold(self.plan.data)
        web = sockets.take(self.plan.host, self.plan.port)
        events = sockets.take(self.plan.host, self.plan.port + 1)
        share_figures(self.plan.data / "cache" / "metrics")
        self._hear_signals()
        gc.disable()  # while loading, nearly everything that is made also stays
        if self.cluster:
            # The first child, while there is little to share and so little that it keeps alive.
            self.keeper.add(Role("keeper", self._keep, patience=60.0))
        try:
            self._start_database()
            if not self._prepare():
                return 0 if self.asked else 1
            self._open(web, events)
            if self._answers():
                self._announce(time.monotonic() - began)
            self._watch()
        except Interrupted:
            self.say("The database was still starting; it goes on by itself.")
            return 130
        finally:
            self._close()
            os.close(lock)
        return 0

    def _hear_signals(self) -> None:
        def asked(_sign: int, _frame: FrameType | None) -> None:
            self.asked += 1
            if self.asked > 1 and not self.patient:
                raise Interrupted

        self.bell, wakeup = os.pipe()
        os.set_blocking(self.bell, False)
        os.set_blocking(wakeup, False)
        signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, asked)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def _rest(self, seconds: float) -> None:
        """Wait, but no longer than until a signal comes."""
        if select.select([self.bell], [], [], seconds)[0]:
            os.read(self.bell, 4096)

    def _start_database(self) -> None:
        """The server starts while Python loads what everything else needs."""
        failure: list[BaseException] = []

        def start() -> None:
            try:
                if self.cluster:
                    self.cluster.start()
                else:
                    knock()
            except BaseException as error:
                failure.append(error)

        starting = Thread(target=start, daemon=True)
        self.patient = False
        starting.start()
        image.load_libraries()
        starting.join()
        self.patient = True
        if failure:
            raise failure[0]
        image.load_django()

    def _keep(self) -> None:
        """The keeper's work: outlive a supervisor that was killed, and then stop the database.

        Where all processes are told to end at once, as some service managers do, it is the last.
        """
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)
        self.life.wait_until_alone()
        if self.cluster:
            self.cluster.stop()

    def _prepare(self) -> bool:
        """Tables, static files, the town; in a child, since it needs connections."""
        pid = fork("setup", lambda: image.prepare(demo=self.plan.demo), self.life)
        image.load_pages()
        while (status := gone(pid)) is None:
            self._rest(1.0)
            if self.asked:
                send(pid, signal.SIGTERM if self.asked == 1 else signal.SIGKILL)
        if status not in (0, 1) and not self.asked:
            self.say(f"Preparing the house failed ({reason(status)}).")
        return status == 0

    def _open(self, web: socket.socket, events: socket.socket) -> None:
        image.load_application()
        gc.enable()
        # Held here as all sockets are: while one web process is started again, its callers wait.
        for own in sockets.shared_out(web, self.plan.workers):
            self.crew.add(Role("web", partial(image.serve_web, own), patience=10.0))
        self.crew.add(Role("events", lambda: image.serve_events(events), patience=1.0))
        self.crew.add(Role("worker", image.work, patience=12.0))

    def _answers(self) -> bool:
        """Wait for the first page; False when it does not come or nobody wants it any more."""
        deadline = time.monotonic() + OPENING
        while not self.asked and time.monotonic() < deadline:
            if is_ready(sockets.here(self.plan.host, self.plan.port)):
                return True
            self.crew.look()
            self._rest(0.05)
        if not self.asked:
            self.say("The house does not answer yet; see the messages above. It goes on trying.")
        return False

    def _announce(self, seconds: float) -> None:
        from django.conf import settings  # these want Django loaded

        from .. import queries
        from ..backup.standing import hindrance

        address = sockets.here(self.plan.host, self.plan.port)
        self.console.print(f"Goodword is open at [bold]{address}[/bold]  [dim]({seconds:.1f} s)[/]")
        if self.plan.demo:
            self.say("It is the demo town: on the first page, choose whom of its people to be.")
        elif "sandbox" in queries.offered_gateways():
            self.say(queries.paying()[1])
        if trouble := hindrance(settings.CONFIG.backups):
            self.say(trouble)
        self.console.print("[dim]Ctrl-C closes it.[/dim]")

    def _watch(self) -> None:
        while not self.asked:
            self._maintain()
            self.keeper.look()
            self.crew.look()
            self._rest(self.crew.next_look())

    def _maintain(self) -> None:
        if self.cluster is None or time.monotonic() < self.try_again_at:
            return
        self.patient = False
        try:
            if self.cluster.maintain():
                self.say("The database server had ended; it was started again.")
                self.crew.restart("worker")
        except PostgresError as error:
            self.say(str(error))
            self.try_again_at = time.monotonic() + RETRY
        finally:
            self.patient = True

    def _close(self) -> None:
        if self.asked:
            self.say("Closing…")
        self.crew.end(hurried=lambda: self.asked > 1)
        self.life.leave()
        self.keeper.end_by_itself()


def hold(data: Path) -> int:
    """The lock that says who looks after this data folder; every process of ours holds it too.

    What a killed supervisor left is given time to go. Raises AlreadyUp, or Stop when the folder
    cannot be used.
    """
    try:
        make_folder(data, 0o711 if os.geteuid() == 0 else 0o700)
        lock = os.open(lock_path(data), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Stop(
            f"The folder {data} cannot be used: {why}. Choose another with --data."
        ) from error
    deadline = time.monotonic() + HANDOVER
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            holder = os.pread(lock, 20, 0).decode().strip()
            if is_alive(holder) or time.monotonic() > deadline:
                raise AlreadyUp(data, holder) from None
            time.sleep(0.1)
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
    return lock


def share_figures(folder: Path) -> None:
    """Let the web processes add their figures for /metrics up, in files of this run."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def is_ready(address: str) -> bool:
    """Whether the house at `address` says that it can serve."""
    host = urlsplit(address)
    connection = HTTPConnection(host.hostname or "", host.port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def supervise(plan: Plan, console: Console) -> int:
    """Run the house until somebody closes it; returns the exit code. Raises Stop."""
    try:
        return Supervisor(plan, console).run()
    except PostgresError as error:
        raise Stop(str(error)) from error
