"""One GET, by rules: who may be spoken to, how long, how much.

http.client speaks HTTP; what it speaks through is ours. The name is looked up once, every address
of it is checked, and one of exactly those is connected to, so no second answer of a name server can
come between. Proxies, cookies and the environment play no part.
"""

import io
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urljoin

from . import addresses
from .addresses import Address, Link
from .refusals import NotALink, NotAPage, NotPublic, TooMuch, TooSlow, Unreachable

_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; Goodword; link preview)",
    "Accept": "text/html, image/*;q=0.9",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_MOVED = frozenset((301, 302, 303, 307, 308))
_PIECE = 64 * 1024
_AROUND = 256 * 1024  # bytes on the wire that are not the body: headers, chunk sizes
_TRIES = 3  # addresses of one name
_look_ups = threading.BoundedSemaphore(8)


def look_up(host: str, port: int) -> list[str]:
    """All addresses of a name, from the system's resolver."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@cache
def trusted() -> ssl.SSLContext:
    """Whose certificates are believed: the system's. Loaded when first needed."""
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Network:
    """Where may be connected to, and how. INTERNET is the one for strangers' links."""

    is_public: Callable[[Address], bool] = addresses.is_public
    ports: frozenset[int] = frozenset((80, 443))
    look_up: Callable[[str, int], list[str]] = look_up
    trusted: Callable[[], ssl.SSLContext] = trusted


INTERNET = Network()


class Deadline:
    """A point in time after which nothing is waited for."""

    def __init__(self, after: timedelta) -> None:
        self._end = time.monotonic() + after.total_seconds()

    def left(self) -> float:
        """Seconds, more than none; raises TooSlow."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TooSlow
        return left


@dataclass(frozen=True, slots=True)
class Fetched:
    """`body` is unpacked and may be cut off at the limit; `kind` is the type without parameters."""

    url: str
    kind: str
    charset: str
    body: bytes
    whole: bool


def fetch(
    url: str, *, kind: str, most: int, redirects: int, deadline: Deadline, network: Network
) -> Fetched:
    """Get what stands at `url`, at most `most` bytes of it.

    `kind` is the type it must have; "image/" takes any image. Raises NotALink, NotPublic, NotAPage
    or Unreachable.
    """
    for _ in range(redirects + 1):
        link = addresses.read(url)
        with _asked(link, most, deadline, network) as answer:
            moved = answer.getheader("Location") if answer.status in _MOVED else None
            if moved is None:
                return _read(link, answer, kind, most)
        url = urljoin(str(link), _text(moved))
    raise Unreachable


@contextmanager
def _asked(link: Link, most: int, deadline: Deadline, network: Network) -> Iterator[HTTPResponse]:
    with _connected(link, deadline, network) as channel:
        # Speaks through the channel that it is given; never connects by itself.
        speaker = HTTPConnection(link.host, link.port)
        speaker.default_port = 443 if link.scheme == "https" else 80
        speaker.auto_open = 0
        speaker.sock = _Channel(_Bounded(channel, deadline, most + _AROUND))
        try:
            speaker.request("GET", link.target, headers=_HEADERS)
            yield speaker.getresponse()
        except (TimeoutError, ssl.SSLError, OSError, HTTPException, ValueError) as error:
            deadline.left()
            raise Unreachable from error


@contextmanager
def _connected(link: Link, deadline: Deadline, network: Network) -> Iterator[socket.socket]:
    channel = _first(_vetted(link, deadline, network), link.port, deadline)
    try:
        if link.scheme == "https":
            channel.settimeout(deadline.left())
            channel = network.trusted().wrap_socket(channel, server_hostname=link.host)
        yield channel
    except (TimeoutError, OSError) as error:
        deadline.left()
        raise Unreachable from error
    finally:
        channel.close()


def _vetted(link: Link, deadline: Deadline, network: Network) -> list[Address]:
    """The addresses of a link's host; if one of them is not public, none is good."""
    if link.port not in network.ports:
        raise NotALink
    literal = addresses.parsed(link.host)
    texts = [str(literal)] if literal else _resolved(link, deadline, network)
    found = [addresses.parsed(text) for text in dict.fromkeys(texts)]
    public = [one for one in found if one is not None and network.is_public(one)]
    if not found:
        raise Unreachable
    if len(public) < len(found):
        raise NotPublic
    return public


def _resolved(link: Link, deadline: Deadline, network: Network) -> list[str]:
    """Asked in a thread, since the system's resolver knows no deadline of ours."""
    answers: list[list[str]] = []

    def ask() -> None:
        try:
            with suppress(OSError, UnicodeError):
                answers.append(network.look_up(link.host, link.port))
        finally:
            _look_ups.release()

    if not _look_ups.acquire(timeout=deadline.left()):
        raise TooSlow
    asking = threading.Thread(target=ask, name="link-look-up", daemon=True)
    asking.start()
    asking.join(deadline.left())
    if asking.is_alive():
        raise TooSlow
    return answers[0] if answers else []


def _first(found: list[Address], port: int, deadline: Deadline) -> socket.socket:
    """A connection to the first of the addresses that takes one."""
    tries = found[:_TRIES]
    for place, address in enumerate(tries):
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        channel = socket.socket(family, socket.SOCK_STREAM)
        try:
            channel.settimeout(deadline.left() / (len(tries) - place))
            channel.connect((str(address), port))
        except OSError:
            channel.close()
        except BaseException:
            channel.close()
            raise
        else:
            return channel
    raise Unreachable


class _Bounded(io.RawIOBase):
    """A connection that ends at a point in time and after a number of bytes."""

    def __init__(self, channel: socket.socket, deadline: Deadline, most: int) -> None:
        self._channel, self._deadline, self._left = channel, deadline, most

    def say(self, data: bytes) -> None:
        self._channel.settimeout(self._deadline.left())
        self._channel.sendall(data)

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        if self._left <= 0:
            raise TooMuch
        self._channel.settimeout(self._deadline.left())
        got = self._channel.recv_into(into)
        self._left -= got
        return got


class _Channel:
    """What http.client wants of a socket. Who opened the real one closes it."""

    def __init__(self, bounded: _Bounded) -> None:
        self.sendall = bounded.say
        self._bounded = bounded

    def makefile(self, *_args: object, **_named: object) -> io.BufferedReader:
        return io.BufferedReader(self._bounded, _PIECE)

    def close(self) -> None:
        """Nothing: the answer is read after http.client is done with asking."""


def _read(link: Link, answer: HTTPResponse, kind: str, most: int) -> Fetched:
    if answer.status != 200:
        raise Unreachable
    found = answer.headers.get_content_type()
    if found != kind and not (kind.endswith("/") and found.startswith(kind)):
        raise NotAPage
    body = _unpacked(answer, most)
    charset = answer.headers.get_content_charset("")
    return Fetched(str(link), found, charset, body[:most], whole=len(body) <= most)


def _unpacked(answer: HTTPResponse, most: int) -> bytes:
    """The body, not read further than one byte behind `most`."""
    coding = answer.getheader("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip"):
        raise Unreachable
    packed = None if coding == "identity" else zlib.decompressobj(wbits=31)
    body = bytearray()
    while len(body) <= most:
        room = most + 1 - len(body)
        piece = answer.read1(min(_PIECE, room) if packed is None else _PIECE)
        if not piece:
            break
        try:
            body += piece if packed is None else packed.decompress(piece, room)
        except zlib.error as error:
            raise Unreachable from error
    return bytes(body)


def _text(header: str) -> str:
    """A header's characters as they were meant: servers write UTF-8, http.client reads Latin-1."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header
