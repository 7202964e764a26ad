"""Servers for the tests: what they answer is bytes, or whatever a function does with the socket."""

import contextlib
import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from goodword.kit.links import LinkLimits, Network, preview
from goodword.kit.links.addresses import is_public

NOON = datetime(2026, 5, 14, 12, tzinfo=UTC)
SOON = LinkLimits(time=timedelta(seconds=0.4))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)

Reply = bytes | Callable[[socket.socket], None]


@dataclass
class Site:
    """A server on `address`; `asked` are the requests as they came, `met` the connections."""

    address: str
    port: int = 0
    pages: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    met: int = 0

    def url(self, path: str = "/", host: str | None = None, scheme: str = "http") -> str:
        return f"{scheme}://{host or self.address}:{self.port}{path}"


@contextlib.contextmanager
def serving(address: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    site = Site(address)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            site.met += 1
            with contextlib.suppress(OSError):
                channel = tls.wrap_socket(self.request, server_side=True) if tls else self.request
                request = b""
                while b"\r\n\r\n" not in request:
                    piece = channel.recv(4096)
                    if not piece:
                        return
                    request += piece
                site.asked.append(request.decode("latin-1"))
                path = request.split(b" ")[1].decode()
                reply = site.pages.get(path.partition("?")[0], missing)
                if callable(reply):
                    reply(channel)
                else:
                    channel.sendall(reply)
                channel.close()

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_args: object) -> None:
            pass

    with Server((address, 0), Handler) as server:
        site.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield site
        server.shutdown()


def answer(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


def moved(goal: str, status: str = "302 Found") -> bytes:
    return answer(b"", f"Location: {goal}", status=status)


def page(title: str = "Teapots", *more: str) -> bytes:
    return f"<html><head><title>{title}</title>{''.join(more)}</head><body>…".encode()


def og(name: str, value: str) -> str:
    return f'<meta property="og:{name}" content="{value}">'


missing = answer(b"no", status="404 Not Found")


def drip(head: bytes, drop: bytes):
    """Something every 50 ms, for a minute."""

    def reply(channel):
        channel.sendall(head)
        for _ in range(1200):
            channel.sendall(drop)
            time.sleep(0.05)  # the server's slowness is what is tested

    return reply


def network(*sites: Site, **names: list[str]) -> Network:
    """127.0.0.1 counts as the open internet, and so does each site's port; nothing else changes."""
    known = {name.replace("_", "."): addresses for name, addresses in names.items()}
    return Network(
        is_public=lambda address: str(address) == "127.0.0.1" or is_public(address),
        ports=frozenset(site.port for site in sites),
        look_up=lambda host, _port: known[host],
    )


def seen(site: Site, path: str = "/", **more):
    return preview(site.url(path), now=NOON, **{"network": network(site), **more})
