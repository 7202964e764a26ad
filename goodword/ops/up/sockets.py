"""The two addresses of the house, taken before anything else is started."""

import errno
import socket

from ..errors import PortTaken, Stop

BACKLOG = 1024  # callers who may wait, also while a web process is started again


def take(host: str, port: int) -> socket.socket:
    """A listening socket. Raises PortTaken, or Stop for an address that is not this machine's."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host, port) from error
        why = (error.strerror or str(error)).lower()
        raise Stop(f"Goodword cannot listen on {host}, port {port}: {why}.") from error


def here(host: str, port: int) -> str:
    """The web address at which somebody on this machine finds `host`."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - compared, not bound
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
