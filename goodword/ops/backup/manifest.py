"""What a backup says of itself, and whether that is so.

The file is a zip whose parts are stored as they are; `manifest.json` is the last and names the
others with their SHA-256. The file ends in the SHA-256 of all of itself, these 64 digits counted as
zeros, so that no byte of it can change unseen. It tells damage, not forgery: who can write the file
can write the digits too.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Protocol

from ..errors import Stop

FORMAT = "goodword-backup-1"
DATABASE, MEDIA, SECRETS, MANIFEST = "database.dump", "media.tar", "secrets.tar", "manifest.json"
PARTS = (DATABASE, SECRETS, MEDIA)
SEAL = 64  # hexadecimal digits
UNSEALED = b"0" * SEAL
LONGEST = 64 * 2**20  # bytes of a manifest that can be believed
PIECE = 2**20


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Unfit(Stop):
    """Not a backup, not whole any more, or not one for this release."""


@dataclass(frozen=True, slots=True)
class Part:
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made_at` is the moment that the database is of (UTC); `tools` the version of pg_dump.

    `withheld` are rights that the house has denied itself, as table and privilege; `missing` the
    keys of files that rows name and that were not there.
    """

    goodword: str
    made_at: datetime
    postgresql: int
    tools: int
    database_bytes: int
    migrations: tuple[str, ...]
    withheld: tuple[tuple[str, str], ...]
    files: int
    missing: tuple[str, ...]
    parts: dict[str, Part]

    def text(self) -> bytes:
        said = {"format": FORMAT, **asdict(self), "made_at": self.made_at.isoformat()}
        return json.dumps(said, indent=1).encode()

    @classmethod
    def parse(cls, text: bytes) -> "Manifest":
        """Raises KeyError, TypeError and ValueError for what is none."""
        said: dict[str, Any] = json.loads(text)
        if said.pop("format") != FORMAT:
            raise ValueError
        made_at = datetime.fromisoformat(said.pop("made_at"))
        if made_at.tzinfo is None:
            raise ValueError
        parts = {name: Part(**part) for name, part in said.pop("parts").items()}
        withheld = tuple((str(table), str(right)) for table, right in said.pop("withheld"))
        said |= {name: tuple(map(str, said[name])) for name in ("migrations", "missing")}
        return cls(made_at=made_at, parts=parts, withheld=withheld, **said)


def check(file: Path) -> Manifest:
    """The manifest of a file of which every byte is as it was written. Raises Unfit."""
    try:
        seal = sealed(file)
        with zipfile.ZipFile(file) as archive:
            if archive.comment != seal:
                raise Unfit(f"{file} was changed or damaged since it was made: do not rely on it.")
            names = archive.namelist()
            if names != [*PARTS, MANIFEST] or archive.getinfo(MANIFEST).file_size > LONGEST:
                raise Unfit(f"{file} is no backup of this release's kind ({FORMAT}).")
            return Manifest.parse(archive.read(MANIFEST))
    except (zipfile.BadZipFile, EOFError) as error:
        raise Unfit(f"{file} is no backup of Goodword, or was cut short.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise Unfit(f"{file} is no backup of this release's kind ({FORMAT}).") from error
    except OSError as error:
        raise Unfit(f"{file} cannot be read: {error.strerror}.") from error


def check_parts(file: Path, manifest: Manifest) -> None:
    """See that each part is what was read when the backup was made. Raises Unfit."""
    with zipfile.ZipFile(file) as archive:
        for name in PARTS:
            with part(archive, name, manifest) as source:
                source.drain()


def pieces(source: Readable) -> Iterator[bytes]:
    """What is left in a stream, a bounded piece at a time."""
    while data := source.read(PIECE):
        yield data


class Counting:
    """A stream that counts and digests what goes through it; the other one's own methods are its.

    Read to its end, a part that is not what its manifest says raises Unfit.
    """

    def __init__(self, stream: IO[bytes], *, name: str = "", expected: Part | None = None) -> None:
        self.stream = stream
        self.name = name
        self.expected = expected
        self.bytes = 0
        self.digest = hashlib.sha256()

    def __enter__(self) -> "Counting":
        return self

    def __exit__(self, *_error: object) -> None:
        self.stream.close()

    def write(self, data: bytes) -> int:
        self._saw(data)
        return self.stream.write(data)

    def read(self, size: int) -> bytes:
        data = self.stream.read(size)
        self._saw(data)
        if not data and self.expected not in (None, self.part()):
            raise Unfit(f"The part {self.name} is not what was written into the backup.")
        return data

    def drain(self) -> None:
        """Read what nobody asked for, so that all of it is checked."""
        for _piece in pieces(self):
            pass

    def part(self) -> Part:
        return Part(self.bytes, self.digest.hexdigest())

    def _saw(self, data: bytes) -> None:
        self.bytes += len(data)
        self.digest.update(data)


def part(archive: zipfile.ZipFile, name: str, manifest: Manifest) -> Counting:
    """The part `name`, to be read once from its beginning to its end."""
    return Counting(archive.open(name), name=name, expected=manifest.parts[name])


def seal(out: IO[bytes]) -> None:
    """Close a file whose zip ends in UNSEALED."""
    out.seek(0)
    digest = digest_of(pieces(out))
    out.seek(-SEAL, 2)
    out.write(digest.encode())


def sealed(file: Path) -> bytes:
    """The seal that the file ought to have. Raises Unfit for one that is too short."""
    left = file.stat().st_size - SEAL
    if left <= 0:
        raise Unfit(f"{file} is no backup of Goodword, or was cut short.")

    def content() -> Iterator[bytes]:
        rest = left
        with file.open("rb") as source:
            while rest and (data := source.read(min(rest, PIECE))):
                rest -= len(data)
                yield data
        yield UNSEALED

    return digest_of(content()).encode()


def digest_of(content: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for data in content:
        digest.update(data)
    return digest.hexdigest()


def release(version: str) -> tuple[int, ...]:
    """A version's numbers, for comparing."""
    return tuple(int(number) for number in re.findall(r"\d+", version))
