"""Where the parts of one cluster lie.

Everything is inside `DATA/postgres`, unless the account that runs the server
cannot get there (root's checkout below a 0700 folder) or the path is too long
for a socket. Then that part lies elsewhere and `place.json` remembers where.
"""

import errno
import fcntl
import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from goodword.kit.postgres.accounts import Account
from goodword.kit.postgres.errors import ClusterMissing, NoSpace, NotWritable

ROOT_SHELF = Path("/var/lib/goodword")
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107  # bytes; sockaddr_un's 108 less the closing zero (unix(7))


@dataclass(frozen=True)
class Place:
    folder: Path
    home: Path
    socket: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def moved(self) -> bool:
        return self.home != self.folder

    @classmethod
    def read(cls, folder: Path) -> "Place | None":
        """The place `folder` remembers, or None if no cluster was ever put there.

        Raises NotWritable when it is not ours to read, ClusterMissing when it is damaged.
        """
        memory_file = folder / "place.json"
        try:
            with sentences(memory_file):
                memory = json.loads(memory_file.read_text())
            home = Path(memory["home"] or folder)
            return cls(folder, home, Path(memory["socket"] or home / "socket"))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            raise ClusterMissing(
                f"{memory_file} is damaged: bring it back from a backup."
            ) from None

    def remember(self) -> None:
        memory = {
            "home": str(self.home) if self.moved else None,
            "socket": str(self.socket) if self.socket != self.home / "socket" else None,
        }
        write_private(self.folder / "place.json", json.dumps(memory))


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn the file system's refusals below `path` into NoSpace and NotWritable."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoSpace(f"The disk that holds {path} is full: free some space.") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR):
            raise NotWritable(
                f"{error.filename or path} cannot be used: {error.strerror}. "
                "Choose another data folder or give this user the right to write there."
            ) from error
        raise


@contextmanager
def locked(folder: Path) -> Iterator[int]:
    """Hold the folder's own lock; the kernel lets go of it when the holder dies.

    Gives the lock's descriptor, for a child that must be done before the next holder begins.
    """
    with sentences(folder):
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
    finally:
        os.close(lock)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync(path.parent)


def sync(folder: Path) -> None:
    """Make the names in `folder` as durable as its files."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(path: Path, mode: int, account: Account | None = None) -> None:
    """Create `path` with exactly `mode`, whatever the umask; an existing one stays as it is."""
    if path.is_dir():
        return
    if not path.parent.is_dir():
        make_folder(path.parent, 0o755)
    # Nobody must ever see it with another mode, so it gets its name last.
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=path.parent))
    try:
        fresh.chmod(mode)
        if account:
            account.own(fresh)
        fresh.rename(path)
    except OSError:
        fresh.rmdir()
        if not path.is_dir():
            raise


def settle(folder: Path, account: Account) -> Place:
    """The remembered place, or a new one, ready for `account` to use.

    Raises ClusterMissing, NotWritable, NoSpace.
    """
    remembered = place = Place.read(folder)
    if place is None:
        home = folder if account.can_enter(folder) else _home_on_shelf(folder)
        place = Place(folder, home, home / "socket")
    if not place.home.is_dir():
        raise ClusterMissing(
            f"The database of {folder.parent} was kept in {place.home}, which is gone: "
            f"bring it back, or delete {folder} to begin with an empty one."
        )
    if not account.can_enter(place.home):
        raise NotWritable(
            f"{account.name}, as whom the database runs, may not enter {place.home}: "
            "let it pass through the folders on the way there."
        )
    make_folder(place.log, 0o700, account)
    place = _with_socket(place, account)
    if place != remembered:
        place.remember()
    return place


def shelf() -> Path:
    """Root's folder for what the server's account must reach."""
    with sentences(ROOT_SHELF):
        make_folder(ROOT_SHELF, 0o755)
    return ROOT_SHELF


def _home_on_shelf(folder: Path) -> Path:
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    for attempt in range(1, 1000):
        # A taken name belongs to a data folder that was deleted; its rows are not ours to delete.
        home = shelf() / (name if attempt == 1 else f"{name}-{attempt}")
        try:
            home.mkdir()
        except FileExistsError:
            continue
        home.chmod(0o711)
        return home
    raise NotWritable(f"{ROOT_SHELF} is full of clusters of deleted data folders: tidy it up.")


def _with_socket(place: Place, account: Account) -> Place:
    beside = place.home / "socket"
    if place.socket == beside and _fits(beside):
        make_folder(beside, 0o700, account)
        return place
    if place.socket != beside and _is_private(place.socket, account):
        return place
    return replace(place, socket=_short_folder(account))


def _fits(socket: Path) -> bool:
    # libpq and the server both read a comma as the end of one folder's name.
    text = str(socket)
    return (
        len(os.fsencode(socket / SOCKET_NAME)) <= SOCKET_PATH_LIMIT
        and not set(text) & set(',"')
        and text.isprintable()
    )


def _is_private(socket: Path, account: Account) -> bool:
    try:
        found = socket.lstat()
    except OSError:
        return False
    return (
        stat.S_ISDIR(found.st_mode)
        and found.st_uid == account.uid
        and stat.S_IMODE(found.st_mode) == 0o700
    )


def _short_folder(account: Account) -> Path:
    cache = Path.home() / ".cache" if account.is_me else shelf()
    for parent in (cache, Path("/tmp"), Path(tempfile.gettempdir())):  # noqa: S108
        try:
            socket = Path(tempfile.mkdtemp(prefix="goodword-", dir=parent))
        except OSError:
            continue
        account.own(socket)
        if _fits(socket) and account.can_enter(socket):
            return socket
        socket.rmdir()
    raise NotWritable("No folder with a short name for the database's socket: make /tmp writable.")
