"""A line in the data folder that says when the newest backup was made, and what failed since."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from goodword.kit.postgres.place import write_private

from .manifest import Manifest

NAME = "last-backup.json"


@dataclass(frozen=True, slots=True)
class Failed:
    """A night's backup that could not be made, since the newest that could; `at` is UTC."""

    at: datetime
    why: str


def note(data: Path, file: Path, manifest: Manifest) -> None:
    """A backup was made; what failed before it is no longer worth telling."""
    said = {"made_at": manifest.made_at.isoformat(), "file": str(file.absolute())}
    write_private(data / NAME, json.dumps(said))


def note_failure(data: Path, why: str, *, now: datetime) -> None:
    said = {**read(data), "failed_at": now.isoformat(), "why": why}
    write_private(data / NAME, json.dumps(said))


def last(data: Path) -> tuple[datetime, str] | None:
    """When the newest backup of the house in `data` was made (UTC), and its file."""
    said = read(data)
    try:
        return datetime.fromisoformat(said["made_at"]), str(said["file"])
    except (ValueError, KeyError, TypeError):
        return None


def failed(data: Path) -> Failed | None:
    """The last try since then, if it failed."""
    said = read(data)
    try:
        return Failed(datetime.fromisoformat(said["failed_at"]), str(said["why"]))
    except (ValueError, KeyError, TypeError):
        return None


def read(data: Path) -> dict[str, Any]:
    """What is noted; nothing for a note that is not there or of which a half is left."""
    try:
        said = json.loads((data / NAME).read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
