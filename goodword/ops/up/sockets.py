"""The two addresses of the house, taken before anything else is started."""

import errno
import socket
import sys

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


def shared_out(first: socket.socket, among: int) -> list[socket.socket]:
    """`first` and more listening sockets at its address: the kernel deals callers out to them.

    Processes that accept from one socket do not share evenly: whoever wakes first takes all that
    wait, and then works alone. A stranger is still refused the address, since `first` was bound
    without the option and a stranger's own first one is too. Only Linux deals; elsewhere all get
    `first`.
    """
    if sys.platform != "linux":
        return [first] * among
    first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    address = first.getsockname()[:2]
    more = [
        socket.create_server(address, family=first.family, backlog=BACKLOG, reuse_port=True)
        for _number in range(among - 1)
    ]
    return [first, *more]


def here(host: str, port: int) -> str:
    """The web address at which somebody on this machine finds `host`."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - compared, not bound
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
