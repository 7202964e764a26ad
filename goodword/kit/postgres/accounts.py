"""Which account of the operating system the server runs as: PostgreSQL refuses to be root."""

import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goodword.kit.postgres.errors import PostgresError

UNPRIVILEGED = ("goodword", "postgres", "nobody")


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    @classmethod
    def owner_of(cls, path: Path) -> "Account":
        found = path.stat()
        return cls(found.st_uid, found.st_gid)

    @property
    def is_me(self) -> bool:
        return self.uid == os.geteuid()

    @property
    def name(self) -> str:
        try:
            return pwd.getpwuid(self.uid).pw_name
        except KeyError:
            return str(self.uid)

    def drop(self) -> dict[str, Any]:
        """Arguments for `subprocess` under which the child runs as this account."""
        if self.is_me:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        if not self.is_me:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def run(
        self, command: Sequence[str], *, pass_fds: Sequence[int] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run a short command as this account with nothing of our environment in it."""
        return subprocess.run(  # noqa: S603 - fixed programs, no shell
            list(command),
            env=dict(CLEAN_ENVIRONMENT),
            pass_fds=pass_fds,
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            **self.drop(),
        )

    def can_enter(self, folder: Path) -> bool:
        """Whether this account may pass through every folder on the way to `folder`."""
        return self.run(["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)]).returncode == 0


# The caller's locale, PG* variables and library paths must not leak into the server.
CLEAN_ENVIRONMENT: Mapping[str, str] = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"}


def choose(existing: Path) -> Account:
    """The owner of the cluster if there is one, else ourselves, else an unprivileged account.

    Raises PostgresError when root finds no unprivileged account, or when the
    cluster belongs to somebody else than the caller.
    """
    me = os.geteuid()
    if existing.is_dir():
        owner = Account.owner_of(existing)
        if owner.uid == 0:
            raise PostgresError(
                f"{existing} belongs to root, as which PostgreSQL does not run: "
                "give it back to the account that made it, with `chown -R`."
            )
        if me not in (0, owner.uid):
            raise PostgresError(f"{existing} belongs to {owner.name}: run this as {owner.name}.")
        return owner
    if me != 0:
        return Account(me, os.getegid())
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid)
    raise PostgresError(
        "PostgreSQL does not run as root and this machine has none of the accounts "
        f"{', '.join(UNPRIVILEGED)}: create one of them, for instance with `useradd goodword`."
    )
