"""Settings for the tests: a database of this run's own in the shared test cluster."""

import hashlib
import os
import tempfile
from pathlib import Path

from goodword.kit.i18n import PACKAGE
from goodword.kit.postgres.testing import shared_test_cluster

RUN = os.environ.setdefault("GOODWORD_TEST_RUN", f"test_{os.getpid()}")
_folder = tempfile.TemporaryDirectory(prefix="goodword-test-")
os.environ["GOODWORD_DATA"] = _folder.name
os.environ.setdefault("GOODWORD_TEST_DATABASE_URL", os.environ.get("DATABASE_URL", ""))
os.environ["DATABASE_URL"] = (
    os.environ["GOODWORD_TEST_DATABASE_URL"] or shared_test_cluster().start()
)

from .settings import *  # noqa: E402, F403


def schema_version(*also: Path) -> str:
    """A name for the present schema: runs with the same migrations, and files, share a database."""
    digest = hashlib.sha256()
    for file in [*also, *sorted(PACKAGE.glob("*/migrations/*.py"))]:
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


DATABASES["default"]["TEST"] = {"NAME": f"test_goodword_{RUN}"}  # noqa: F405
_options: dict[str, object] = DATABASES["default"]["OPTIONS"]  # type: ignore[assignment]  # noqa: F405
del _options["pool"]  # tests close connections themselves
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TESTING = True
