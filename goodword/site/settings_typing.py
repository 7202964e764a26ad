"""Settings for the type checker, which must not need a database."""

import os
import tempfile

os.environ.setdefault("DATABASE_URL", "postgresql://goodword@localhost/goodword")
os.environ.setdefault("GOODWORD_DATA", tempfile.mkdtemp(prefix="goodword-types-"))

from .settings import *  # noqa: F403
