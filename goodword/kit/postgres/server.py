"""The server as processes: find ours, never somebody else's; launch, watch and end it."""

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from goodword.kit.postgres.accounts import CLEAN_ENVIRONMENT, Account
from goodword.kit.postgres.errors import StartFailed, StopFailed
from goodword.kit.postgres.place import SOCKET_NAME, Place

PAUSE = 0.02  # seconds between two looks
ORPHANS_LEAVE = 10.0  # seconds in which backends notice that their postmaster died
FAST_STOP = 60.0  # seconds for SIGINT: roll back, checkpoint
HARD_STOP = 15.0  # seconds for SIGQUIT: leave at once, recover at the next start

# Children of this process, so that a server that dies here is reaped and not a zombie.
_children: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True)
class Server:
    """A postmaster that was seen to be the one of this place."""

    process: psutil.Process
    ready: bool

    @property
    def pid(self) -> int:
        return int(self.process.pid)

    @property
    def alive(self) -> bool:
        _reap()
        try:
            return bool(self.process.is_running() and self.process.status() != psutil.STATUS_ZOMBIE)
        except psutil.NoSuchProcess:
            return False


def find(place: Place) -> Server | None:
    """The running postmaster of this cluster.

    A pid in postmaster.pid proves nothing: the number may be stale or belong to
    another program by now. The process must be a postgres that works in our data.
    """
    _reap()
    try:
        lines = (place.data / "postmaster.pid").read_text().splitlines()
        process = psutil.Process(abs(int(lines[0])))
        if _works_in(process, place.data) and _is_postmaster(process):
            return Server(process, ready=len(lines) > 7 and lines[7].strip() == "ready")
    except (OSError, ValueError, IndexError, psutil.Error):
        pass
    return None


def launch(place: Place, account: Account, command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start the server as a child of this process, in a session of its own.

    Only under the folder's lock. Raises StartFailed if the cluster is still in
    use by processes that cannot be ended from here.
    """
    alive = _claim(place)
    try:
        _sweep(place)
        # The session of its own keeps a Ctrl-C meant for the app from stopping the database first.
        output = os.open(
            start_log(place), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600
        )
        try:
            child = subprocess.Popen(
                list(command),
                env=dict(CLEAN_ENVIRONMENT),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                pass_fds=(alive,),
                **account.drop(),
            )
        finally:
            os.close(output)
    finally:
        os.close(alive)
    _children.append(child)
    return child


def stop(place: Place) -> bool:
    """End the server in order; True if one was running. Raises StopFailed."""
    server = find(place)
    if server is None:
        return False
    for sign, patience in ((signal.SIGINT, FAST_STOP), (signal.SIGQUIT, HARD_STOP)):
        with contextlib.suppress(psutil.NoSuchProcess):
            server.process.send_signal(sign)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if not server.alive:
                return True
            time.sleep(PAUSE)
    raise StopFailed(f"The database server (process {server.pid}) does not stop: end it by hand.")


def start_log(place: Place) -> Path:
    return place.folder / "start.log"


def last_words(place: Place, lines: int = 5) -> str:
    """The last lines the server wrote, from whichever log it wrote last."""
    logs = [start_log(place), *place.log.glob("postgresql-*.log")]
    for log in sorted(logs, key=lambda path: path.stat().st_mtime, reverse=True):
        text = log.read_text(errors="replace").splitlines()
        said = [line for line in text if line.strip() and "logging collector" not in line]
        said = [line for line in said if not line.startswith("HINT:  Future log output")]
        if said:
            return "\n".join(said[-lines:])
    return "(it wrote nothing)"


def _claim(place: Place) -> int:
    """Take the lock which every process of a server inherits and holds for as long as it lives.

    It tells apart "the postmaster died" and "nothing writes to these files any
    more", also between containers that share a data folder but not their pids.
    """
    alive = os.open(place.folder / "alive", os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    for patience in (ORPHANS_LEAVE, HARD_STOP):
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            _reap()
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return alive
            time.sleep(PAUSE)
        for orphan in _orphans(place):
            with contextlib.suppress(psutil.Error):
                orphan.kill()
    os.close(alive)
    raise StartFailed(
        f"Another server, perhaps in another container, still uses {place.data}: stop it first."
    )


def _sweep(place: Place) -> None:
    # The server itself would believe these if their pid were in use again by anything.
    for name in (place.data / "postmaster.pid", place.socket / f"{SOCKET_NAME}.lock"):
        name.unlink(missing_ok=True)
    (place.socket / SOCKET_NAME).unlink(missing_ok=True)


def _orphans(place: Place) -> list[psutil.Process]:
    return [process for process in psutil.process_iter() if _works_in(process, place.data)]


def _works_in(process: psutil.Process, data: Path) -> bool:
    """Whether it is a live PostgreSQL process whose working folder is `data`."""
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        name = process.cmdline()[0]
        if not name.startswith("postgres:") and os.path.basename(name) != "postgres":
            return False
        return os.path.samefile(process.cwd(), data)
    except (psutil.Error, OSError, IndexError):
        return False


def _is_postmaster(process: psutil.Process) -> bool:
    # Its children rename themselves to "postgres: checkpointer" and the like.
    return "-D" in process.cmdline()[1:]


def _reap() -> None:
    for child in list(_children):
        if child.poll() is not None:
            with contextlib.suppress(ValueError):
                _children.remove(child)
