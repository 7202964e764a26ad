"""Files that carriers drop into a folder: CSV with a head line, or JSON lines.

`tracking/zto/2026-11-01.csv`: the folder names the carrier, else a column does. Nothing is moved
or deleted, so the folder may be read-only, and a carrier may append to a file of the day.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ..rules import tracking_number
from ..states import CARRIERS
from .base import Batch, Said, Source, Unread
from .wording import COLUMNS, kind_of

QUIET = timedelta(seconds=20)  # a younger file may still be written
GIVES_UP = timedelta(minutes=10)  # from then on a last line without an end is all there is
LARGEST = 20 * 2**20  # bytes
HIDDEN = (".", "~")
UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload")
TIMES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M",
         "%Y%m%d%H%M%S", "%Y年%m月%d日 %H:%M")  # fmt: skip
TEXT = 200  # characters of a place or of words that are kept
HOME = ZoneInfo("Asia/Shanghai")  # the clock of all the carriers that have a pattern of numbers


class Odd(Exception):
    """A row that cannot be read; its argument is a key of `words.UNREAD`."""


class FileDrop:
    """`zone` is the clock of whoever writes times without one, unless the carrier's is known."""

    name = "files"

    def __init__(self, folder: Path, *, zone: str) -> None:
        self.folder, self.zone = folder, ZoneInfo(zone)

    def sources(self, *, now: datetime) -> list[Source]:
        """The files that are quiet by now, by the time at which they changed last."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = []
        for path in (*self.folder.glob("*"), *self.folder.glob("*/*")):
            if not is_file(path):
                continue
            stat = path.stat()
            if changed(stat.st_mtime) + QUIET <= now:
                name = path.relative_to(self.folder).as_posix()
                found.append((stat.st_mtime_ns, Source(name, f"{stat.st_size}:{stat.st_mtime_ns}")))
        return [source for _at, source in sorted(found, key=lambda one: (one[0], one[1].name))]

    def read(self, source: Source, *, now: datetime) -> Batch:
        """Whole lines only: what has no end yet is read when it has one, or when it is old."""
        path = self.folder / source.name
        if path.stat().st_size > LARGEST:
            return Batch((), (Unread(0, "too_large", source.name),))
        data, whole = path.read_bytes(), True
        if not data.endswith(b"\n") and changed(path.stat().st_mtime) + GIVES_UP > now:
            data, whole = data[: data.rfind(b"\n") + 1], False
        said: list[Said] = []
        unread: list[Unread] = []
        carrier = path.parent.name if path.parent != self.folder else ""
        for row, fields, text in rows(path, decoded(data)):
            try:
                said.append(self.event(row, fields, carrier))
            except Odd as odd:
                unread.append(Unread(row, str(odd), text[:TEXT]))
        return Batch(said, unread, whole)

    def event(self, row: int, fields: Mapping[str, Any] | None, folder: str) -> Said:
        """Raises Odd."""
        if fields is None:
            raise Odd("broken")
        known = named(fields)
        number, carrier = tracking_number(known.get("number", "")), known.get("carrier", "")
        carrier = (carrier or folder).casefold()
        if not number:
            raise Odd("no_number")
        if carrier and carrier not in CARRIERS:
            raise Odd("no_carrier")
        kind = kind_of(known.get("status", ""))
        if kind is None:
            raise Odd("no_status")
        at = instant(known.get("time", ""), self.clock_of(carrier))
        if at is None:
            raise Odd("no_time")
        place, words = known.get("place", "")[:TEXT], known.get("text", "")[:TEXT]
        return Said(row, carrier, number[:30], kind, at, place, words)

    def clock_of(self, carrier: str) -> ZoneInfo:
        return HOME if carrier and CARRIERS[carrier].pattern else self.zone


def is_file(path: Path) -> bool:
    if path.name.startswith(HIDDEN) or path.name.endswith(UNFINISHED):
        return False
    return path.suffix.lower() in (".csv", ".tsv", ".txt", ".jsonl", ".ndjson") and path.is_file()


def changed(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def decoded(data: bytes) -> str:
    """UTF-8, else GB18030 as Chinese carriers write; no row is lost for a sign."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def rows(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any] | None, str]]:
    """Each row's number, its fields by their names (None: broken) and what stands there."""
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return json_rows(text)
    return csv_rows(text)


def json_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any] | None, str]]:
    for row, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        yield row, value if isinstance(value, dict) else None, line


def csv_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any] | None, str]]:
    """By the head line; a row is one line, so that a stray quotation mark breaks only its own."""
    head: list[str] | None = None
    mark = ","
    for row, line in enumerate((one.rstrip("\r") for one in text.split("\n")), 1):
        if not line.strip():
            continue
        if head is None:
            mark = max(",;\t", key=line.count)
            head = [name.strip() for name in line.split(mark)]
            continue
        try:
            (cells,) = csv.reader([line], delimiter=mark, strict=True)
        except (csv.Error, ValueError):
            cells = []
        yield row, dict(zip(head, cells, strict=True)) if len(cells) == len(head) else None, line


def named(fields: Mapping[str, Any]) -> dict[str, str]:
    """Our names for the columns that are known, with what stands there as text."""
    return {
        ours: str(value).strip()
        for name, value in fields.items()
        if value is not None and (ours := COLUMNS.get(str(name).strip().casefold()))
    }


def instant(text: str, zone: ZoneInfo) -> datetime | None:
    """Aware and in UTC: ISO 8601, how carriers write it, or seconds and milliseconds since 1970."""
    if text.isdecimal() and len(text) in (10, 13):
        return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC)
    found = by_iso(text) or next((at for form in TIMES if (at := by_form(text, form))), None)
    if found is None or not 2000 <= found.year <= 2100:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def by_iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if "-" in text else None
    except ValueError:
        return None


def by_form(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007  # its zone is the carrier's
    except ValueError:
        return None
