"""The server as processes: find ours, never somebody else's; launch, watch and end it."""

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from goodword.kit.postgres.accounts import CLEAN_ENVIRONMENT, Account
from goodword.kit.postgres.errors import InUse, StopFailed
from goodword.kit.postgres.place import SOCKET_NAME, Place

PAUSE = 0.02  # seconds between two looks
ORPHANS_LEAVE = 1.0  # seconds in which backends notice that their postmaster died
ORPHANS_DIE = 3.0  # seconds for the kernel to clear away the ones that we killed
FAST_STOP = 60.0  # seconds after SIGINT: roll back, checkpoint
HARD_STOP = 15.0  # seconds after SIGQUIT: leave at once, recover at the next start

# Children of this process, so that a server that dies here is reaped and not a zombie.
_children: list["subprocess.Popen[bytes]"] = []


@dataclass(frozen=True)
class Server:
    """A postmaster that was seen to be the one of this cluster."""

    process: psutil.Process
    ready: bool

    @property
    def pid(self) -> int:
        return int(self.process.pid)

    def is_alive(self) -> bool:
        _reap()
        try:
            return bool(self.process.is_running() and self.process.status() != psutil.STATUS_ZOMBIE)
        except psutil.NoSuchProcess:
            return False


def find(place: Place) -> Server | None:
    """The running postmaster of this cluster.

    The pid in postmaster.pid proves nothing: after a crash the number may
    belong to another program. The process must be a postgres at work in our data.
    """
    _reap()
    try:
        lines = (place.data / "postmaster.pid").read_text().splitlines()
        process = psutil.Process(int(lines[0]))
        if _works_in(process, place.data) and _is_postmaster(process):
            return Server(process, ready=len(lines) > 7 and lines[7].strip() == "ready")
    except (OSError, ValueError, OverflowError, IndexError, psutil.Error):
        pass
    return None


def is_reachable(place: Place) -> bool:
    """Whether the server runs and its socket was not swept away, as from a cleaned /tmp."""
    found = find(place)
    return found is not None and (not found.ready or (place.socket / SOCKET_NAME).exists())


def launch(
    place: Place, account: Account, program: str, settings: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    """Start the server as a child of this process. Only under the folder's lock. Raises InUse."""
    command = [program, "-D", str(place.data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with unused(place) as alive:
        # The server itself would believe these if their number were in use again by anything.
        for stale in (place.data / "postmaster.pid", place.socket / f"{SOCKET_NAME}.lock"):
            stale.unlink(missing_ok=True)
        output = os.open(
            start_log(place), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600
        )
        try:
            child = subprocess.Popen(  # noqa: S603 - the wheel's own program
                command,
                env=dict(CLEAN_ENVIRONMENT),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # A Ctrl-C meant for the app must not stop the database before the app is done.
                start_new_session=True,
                pass_fds=(alive,),
                **account.drop(),
            )
        finally:
            os.close(output)
    _children.append(child)
    return child


def stop(place: Place) -> bool:
    """End the server in order; True if one was running. Raises StopFailed."""
    found = find(place)
    if found is None:
        return False
    for sign, patience in ((signal.SIGINT, FAST_STOP), (signal.SIGQUIT, HARD_STOP)):
        with contextlib.suppress(psutil.NoSuchProcess):
            found.process.send_signal(sign)
        if _until(lambda: not found.is_alive(), patience):
            return True
    raise StopFailed(f"The database server (process {found.pid}) does not stop: end it by hand.")


@contextlib.contextmanager
def unused(place: Place) -> Iterator[int]:
    """Wait until no process of any server works in these files, and keep it so. Raises InUse.

    Every process of a server inherits the lock whose descriptor this gives, and
    so holds it for as long as it lives. That tells "the postmaster died" from
    "nothing writes here any more", also between containers which share a data
    folder but do not see each other's processes.
    """
    alive = os.open(place.folder / "alive", os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _until(lambda: _is_unused(place, alive), ORPHANS_LEAVE):
            for orphan in _at_work(place):
                with contextlib.suppress(psutil.Error):
                    orphan.kill()
            if not _until(lambda: _is_unused(place, alive), ORPHANS_DIE):
                raise InUse(
                    f"Another server, perhaps in another container, works in {place.data}: "
                    "stop that one first."
                )
        yield alive
    finally:
        os.close(alive)


def start_log(place: Place) -> Path:
    """What the server says before its own log begins."""
    return place.folder / "start.log"


def last_words(place: Place) -> str:
    """The last lines the server wrote, from whichever log it wrote last."""
    logs = [path for path in (start_log(place), *place.log.glob("*.log")) if path.exists()]
    for log in sorted(logs, key=lambda path: path.stat().st_mtime, reverse=True):
        said = [
            line
            for line in log.read_text(errors="replace").splitlines()
            if line.strip() and "logging collector" not in line and "Future log output" not in line
        ]
        if said:
            return "\n".join(said)
    return "(it wrote nothing)"


def _is_unused(place: Place, alive: int) -> bool:
    _reap()
    try:
        fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    # A server that somebody started by hand does not hold our lock, but leaves this behind.
    return not (place.data / "postmaster.pid").exists() or not _at_work(place)


def _at_work(place: Place) -> list[psutil.Process]:
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


def _until(reached: Callable[[], bool], patience: float) -> bool:
    deadline = time.monotonic() + patience
    while not reached():
        if time.monotonic() > deadline:
            return False
        time.sleep(PAUSE)
    return True


def _reap() -> None:
    for child in list(_children):
        if child.poll() is not None:
            with contextlib.suppress(ValueError):
                _children.remove(child)
