"""The processes under the supervisor: forked, watched, started again, ended."""

import contextlib
import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .life import Life

SETTLED = 60.0  # seconds after which a process counts as started well
LONGEST_PAUSE = 30.0  # seconds between two tries at most


@dataclass(slots=True)
class Role:
    """One process that must be there. `patience`: seconds it gets to end after SIGTERM."""

    name: str
    run: Callable[[], None]
    patience: float
    pid: int = 0
    since: float = 0.0
    falls: int = 0  # in a row
    again_at: float = 0.0


@dataclass(slots=True)
class Crew:
    """All processes of a supervisor, by their roles; `say` tells the operator a sentence."""

    life: Life | None
    say: Callable[[str], None]
    roles: list[Role] = field(default_factory=list)

    def add(self, role: Role) -> None:
        self.roles.append(role)
        self._start(role)

    def look(self) -> None:
        """Notice who died and start again whose pause is over."""
        now = time.monotonic()
        for role in self.roles:
            if role.pid and (status := gone(role.pid)) is not None:
                self._fell(role, status, now)
            if not role.pid and now >= role.again_at:
                self._start(role)

    def next_look(self) -> float:
        """Seconds until somebody's pause is over; 1 at most."""
        pauses = [role.again_at - time.monotonic() for role in self.roles if not role.pid]
        return max(0.0, min([1.0, *pauses]))

    def end(self, *, hurried: Callable[[], bool]) -> None:
        """End everybody in order; those who take longer than their patience are killed."""
        started = time.monotonic()
        for role in self.roles:
            if role.pid:
                send(role.pid, signal.SIGTERM)
        while left := [role for role in self.roles if role.pid]:
            for role in left:
                if gone(role.pid) is not None:
                    role.pid = 0
                elif hurried() or time.monotonic() - started > role.patience:
                    send(role.pid, signal.SIGKILL)
            time.sleep(0.02)

    def end_by_itself(self) -> None:
        """Wait for those who know when to end."""
        for role in self.roles:
            if role.pid:
                os.waitpid(role.pid, 0)
                role.pid = 0

    def restart(self, name: str) -> None:
        """Ask the processes of this role to end; `look` then starts them again."""
        for role in self.roles:
            if role.name == name and role.pid:
                send(role.pid, signal.SIGTERM)

    def _start(self, role: Role) -> None:
        role.pid = fork(role.name, role.run, self.life)
        role.since = time.monotonic()

    def _fell(self, role: Role, status: int, now: float) -> None:
        role.falls = 1 if now - role.since > SETTLED else role.falls + 1
        pause = 0.0 if role.falls == 1 else min(0.5 * 2 ** (role.falls - 2), LONGEST_PAUSE)
        role.pid, role.again_at = 0, now + pause
        when = f"in {pause:g} s" if pause else "at once"
        self.say(f"The {role.name} process ended ({reason(status)}); it is started again {when}.")


def fork(name: str, run: Callable[[], None], life: Life | None) -> int:
    """Run `run` in a child of this process, which ends with it; returns the child's pid."""
    sys.stdout.flush()
    sys.stderr.flush()
    gc.collect()
    # Frozen for good, here too: a collection touches, and so copies, every object that it looks at,
    # those that the children share with us included (docs/decisions/0006-speed.md).
    gc.freeze()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        begin(name, life)
        run()
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 1
    except KeyboardInterrupt:
        code = 130
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def begin(name: str, life: Life | None) -> None:
    """A child's first steps: its own signals, its own group, its bond to the supervisor."""
    with contextlib.suppress(OSError):  # for `top` and `pgrep`, where there is such a thing
        Path("/proc/self/comm").write_text(f"goodword {name}")
    gc.enable()
    signal.set_wakeup_fd(-1)
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(sign, signal.SIG_DFL)
    # A Ctrl-C is for the supervisor, which then ends everybody in order.
    os.setpgid(0, 0)
    if life:
        life.join()


def gone(pid: int) -> int | None:
    """The exit code of a child that ended (negative: the signal), None while it lives."""
    try:
        found, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return 0
    return os.waitstatus_to_exitcode(status) if found else None


def send(pid: int, sign: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, sign)


def reason(status: int) -> str:
    """What an exit code says, for a sentence."""
    if status >= 0:
        return f"exit code {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
