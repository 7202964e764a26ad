"""A cluster's files: made by initdb, whole or not at all, and checked before the server starts."""

import shutil

from goodword.kit.postgres.access import ADMIN
from goodword.kit.postgres.accounts import Account
from goodword.kit.postgres.binaries import Binaries
from goodword.kit.postgres.errors import (
    ClusterMissing,
    NoSpace,
    PostgresError,
    StartFailed,
    WrongVersion,
)
from goodword.kit.postgres.place import Place, make_folder, sync, write_private

ROOM_NEEDED = 64 * 2**20  # bytes: a new cluster takes 40 MB, a running one a 16 MB log segment


def create(
    place: Place, account: Account, tools: Binaries, *, password: str, durable: bool, lock: int
) -> None:
    """Run initdb for `place`. Raises NoSpace, StartFailed.

    initdb inherits the folder's lock, so that one whose parent was killed is
    waited for and never meets the next.
    """
    fresh = place.home / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    make_folder(fresh, 0o700, account)
    handed_over = place.home / "initdb-password"
    write_private(handed_over, password)
    account.own(handed_over)
    try:
        answer = account.run(
            [
                tools.tool("initdb"),
                f"--pgdata={fresh}",
                f"--username={ADMIN}",
                f"--pwfile={handed_over}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--text-search-config=simple",
                "--no-instructions",
                *([] if durable else ["--no-sync"]),
            ],
            pass_fds=(lock,),
        )
    finally:
        handed_over.unlink(missing_ok=True)
    if answer.returncode != 0:
        raise start_failure(place, answer.stderr or answer.stdout)
    fresh.rename(place.data)
    sync(place.home)


def require_room(place: Place) -> None:
    """Raises NoSpace before a full disk makes the server panic."""
    free = shutil.disk_usage(place.home).free
    if free < ROOM_NEEDED:
        raise NoSpace(
            f"The disk that holds {place.home} has {free // 2**20} MB left and the database "
            f"needs {ROOM_NEEDED // 2**20} MB: free some space."
        )


def require_version(place: Place, major: int) -> None:
    """Raises WrongVersion, or ClusterMissing if the files are no cluster's."""
    try:
        written_by = (place.data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        raise ClusterMissing(
            f"{place.data} holds no database: bring it back from a backup, "
            "or delete it to begin with an empty one."
        ) from None
    if written_by != str(major):
        raise WrongVersion(
            f"The database in {place.data} was written by PostgreSQL {written_by}, this Goodword "
            f"brings PostgreSQL {major}: dump it with the Goodword that wrote it and load the "
            "dump into a new data folder."
        )


def start_failure(place: Place, words: str) -> PostgresError:
    """The error for a server or an initdb which said `words` and gave up."""
    if "No space left on device" in words:
        return NoSpace(f"The disk that holds {place.home} is full: free some space.")
    last = "\n".join(words.strip().splitlines()[-8:])
    return StartFailed(f"The database server did not start. Its last lines:\n{last}")
