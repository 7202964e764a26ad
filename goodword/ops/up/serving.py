"""Granian, one worker in the calling process, on a socket that the supervisor took.

Granian's own command makes a parent process for each server, which here would only repeat what the
supervisor does, and binds in the worker, so that a restart refuses callers. Hence its worker is
called directly; the arguments are those of the pinned release, and a test serves a page through it.
"""

import socket
from typing import Any

from granian._granian import SocketHolder
from granian.constants import HTTPModes, RuntimeModes, TaskImpl
from granian.http import HTTP1Settings, HTTP2Settings
from granian.server.mp import MPServer

from .sockets import BACKLOG

WEB_THREADS = 8  # requests in work at once; more only queue for Python's lock and for connections
THREADS_IDLE = 30  # seconds after which a thread without work ends
NO_TLS: tuple[Any, ...] = (False, None, None, None, "tls1.3", None, [], False)


def serve_web(listening: socket.socket, application: Any) -> None:
    """Answer pages and the API until SIGTERM."""
    _serve(MPServer._spawn_wsgi_worker, listening, application, threads=WEB_THREADS)


def serve_events(listening: socket.socket, application: Any) -> None:
    """Hold the open streams until SIGTERM; whoever stops this does not wait for readers to go."""
    _serve(MPServer._spawn_asgi_lifespan_worker, listening, application, threads=1)


def _serve(spawn: Any, listening: socket.socket, application: Any, *, threads: int) -> None:
    holder = SocketHolder(listening.fileno(), False, BACKLOG)  # type: ignore[call-arg]
    spawn(
        1,  # worker number
        None,  # process name
        lambda: application,
        ((None, holder), None),
        None,  # metrics pipe
        "asyncio",
        False,  # granian's own log
        "warning",
        None,  # log configuration
        (),  # environment files
        RuntimeModes.mt,
        1,  # runtime threads
        8,  # threads for files and the like, made when needed
        threads,
        THREADS_IDLE,
        BACKLOG,
        TaskImpl.asyncio,
        HTTPModes.auto,
        HTTP1Settings(),
        HTTP2Settings(),
        False,  # websockets
        None,  # static files: whitenoise's
        None,  # access log
        NO_TLS,
        {"url_path_prefix": None},
        (None, None),  # metrics
    )
