"""Settings for the type checker and for making migrations, which must not need a database."""

import os
from pathlib import Path

os.environ.setdefault("DATABASE_URL", "postgresql://goodword@localhost/goodword")
os.environ.setdefault("GOODWORD_DATA", str(Path(__file__).parents[2] / "build" / "typing"))

from .settings import *  # noqa: F403
