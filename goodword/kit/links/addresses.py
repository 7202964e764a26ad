"""Which addresses are on the open internet, and which links may be followed at all."""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from .refusals import NotALink

Address = IPv4Address | IPv6Address

LONGEST = 2048  # characters of a link
# IANA's special-purpose registries; written out, since Python's own properties differ by version.
_NOT_PUBLIC = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # Azure's house server, on a public number
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    )
)  # fmt: skip
_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?\.?")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_KEPT = "/:?#[]@!$&'()*+,;=%~"


def is_public(address: Address) -> bool:
    """Whether a stranger's server may stand there.

    Of IPv6 only global unicast, without tunnels that hide another address (6to4, Teredo, mapped
    IPv4); behind NAT64 the address inside decides.
    """
    if isinstance(address, IPv6Address):
        if address.scope_id:
            return False
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _UNICAST:
            return False
    return not any(address in block for block in _NOT_PUBLIC if block.version == address.version)


class Link(NamedTuple):
    """A link taken apart: all of it in ASCII, the host in lower case."""

    scheme: str
    host: str
    port: int
    target: str  # path and query, as the request line says it

    def __str__(self) -> str:
        usual = self.port == _PORTS[self.scheme]
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{'' if usual else f':{self.port}'}{self.target}"


_PORTS = {"http": 80, "https": 443}


def read(url: str) -> Link:
    """Take a link apart; raises NotALink for what no browser's address bar should hold."""
    if len(url) > LONGEST or _FORBIDDEN.search(url):
        raise NotALink
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii(parts.hostname or "")
    except ValueError as error:
        raise NotALink from error
    if parts.scheme not in _PORTS or not host or "@" in parts.netloc or port == 0:
        raise NotALink
    target = quote(parts.path or "/", safe=_KEPT)
    if parts.query:
        target += "?" + quote(parts.query, safe=_KEPT)
    return Link(parts.scheme, host, port or _PORTS[parts.scheme], target)


def _ascii(host: str) -> str:
    if ":" in host:
        address = IPv6Address(host)
        if address.scope_id:
            raise NotALink
        return str(address)
    name = host if host.isascii() else host.encode("idna").decode("ascii")
    if not _HOST.fullmatch(name.lower()):
        raise NotALink
    return name.lower()


def parsed(text: str) -> Address | None:
    """An address from its text, None if it is none."""
    try:
        return ip_address(text)
    except ValueError:
        return None
