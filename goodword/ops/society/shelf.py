"""Results that were kept, so that a long run which was cut short goes on where it was."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ..errors import Stop
from .job import Job, Result


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder with one file for each town; without a folder nothing is kept."""

    folder: Path | None

    def path(self, job: Job) -> Path | None:
        """Named by all that was asked of the town, its assumptions too."""
        if self.folder is None:
            return None
        asked = sha256(repr(job).encode()).hexdigest()[:12]
        name = f"{job.policy.value}-{job.members}x{job.days}-seed{job.seed}-{asked}.json"
        return self.folder / name

    def result(self, job: Job) -> Result | None:
        path = self.path(job)
        if path is None or not path.is_file():
            return None
        try:
            return dict(json.loads(path.read_text())["result"])
        except (ValueError, KeyError, TypeError) as error:
            raise Stop(f"{path} holds no result of a town: delete it, and it is played.") from error

    def keep(self, job: Job, result: Result) -> None:
        path = self.path(job)
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(".half")
            half.write_text(json.dumps({"asked": repr(job), "result": result}))
            half.replace(path)
        except OSError as error:
            raise Stop(f"Nothing can be kept in {path.parent}: {error.strerror}.") from error
