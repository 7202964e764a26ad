"""A line in the data folder that tells the doctor when the newest backup was made."""

import json
from datetime import datetime
from pathlib import Path

from goodword.kit.postgres.place import write_private

from .manifest import Manifest

NAME = "last-backup.json"


def note(data: Path, file: Path, manifest: Manifest) -> None:
    said = {"made_at": manifest.made_at.isoformat(), "file": str(file.absolute())}
    write_private(data / NAME, json.dumps(said))


def last(data: Path) -> tuple[datetime, str] | None:
    """When the newest backup of the house in `data` was made (UTC), and its file."""
    try:
        said = json.loads((data / NAME).read_text())
        return datetime.fromisoformat(said["made_at"]), str(said["file"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
