"""What the supervisor loads before it forks, and what its children do with it.

Nothing here may open a database connection or start a thread in the supervisor: children would
share the one and miss the other.
"""

import importlib
import socket
from typing import Any

from ..errors import Stop

LIBRARIES = (
    "django.core.handlers.wsgi",
    "django.db.backends.postgresql.base",
    "django.template.backends.jinja2",
    "django.contrib.auth.hashers",
    "psycopg_pool",
    "babel.dates",
    "babel.numbers",
    "PIL.Image",
    "PIL.ImageCms",
    "cryptography.hazmat.primitives.asymmetric.ec",
    "structlog",
    "procrastinate",
    "granian.server.mp",
)


def load_libraries() -> None:
    """What needs no settings, and so no database."""
    for name in LIBRARIES:
        importlib.import_module(name)


def load_django() -> None:
    import django

    django.setup()


def prepare(*, demo: bool) -> None:
    """The child that makes everything ready."""
    from django.db import OperationalError
    from rich.console import Console

    from .preparing import prepare

    console = Console(stderr=True)
    try:
        prepare(console)
        if demo:
            from django.conf import settings

            from ..demo.building import ensure

            ensure(console, language=settings.CONFIG.language)
    except Stop as stop:
        stop.show()
        raise SystemExit(1) from stop
    except OperationalError as error:
        Stop(f"The database does not answer: {str(error).strip()}").show()
        raise SystemExit(1) from error


def load_pages() -> None:
    """Every address, page and sentence, so that children share them and the first page is quick."""
    from django.urls import get_resolver
    from django.utils.translation import trans_real

    importlib.import_module("goodword.reach.stream")
    importlib.import_module("goodword.ops.up.serving")
    importlib.import_module("goodword.ops.up.working")
    get_resolver()._populate()
    for language in ("en", "zh-hans"):
        trans_real.translation(language)
    load_templates()


def load_templates() -> None:
    """Compile every page; what comes out is kept in the data folder for the next start."""
    from django.conf import settings
    from django.template import engines
    from jinja2 import FileSystemBytecodeCache

    folder = settings.CONFIG.data / "cache" / "pages"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    environment: Any = engines["jinja2"].env  # type: ignore[attr-defined]
    environment.bytecode_cache = FileSystemBytecodeCache(str(folder))
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)


def load_application() -> None:
    """The door itself, which wants the static files in their place."""
    application()


def application() -> Any:
    """The door; it stands on the floor above, so the settings name it."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    return import_string(settings.WSGI_APPLICATION)


def serve_web(listening: socket.socket) -> None:
    from .serving import serve_web

    serve_web(listening, application())


def serve_events(listening: socket.socket) -> None:
    from goodword.reach.stream import application

    from .serving import serve_events

    serve_events(listening, application)


def work() -> None:
    from .working import work

    work()
