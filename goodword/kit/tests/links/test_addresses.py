"""What is on the open internet, and what is a link."""

import socket
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest

from goodword.kit.links import INTERNET, Network, preview, refusals
from goodword.kit.links.addresses import is_public, read

NOON = datetime(2026, 5, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "8.8.8.8", "223.5.5.5", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1",
     "192.167.0.1", "169.253.0.1", "2606:4700::1111", "2400:3200::1", "64:ff9b::8.8.8.8"],
)  # fmt: skip
def test_the_open_internet(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1",
     "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1",
     "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9",
     "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16",
     "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::8.8.8.8",
     "64:ff9b::10.0.0.1",
     "64:ff9b::127.0.0.1", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:4136:e378::1",
     "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1",
     "fd00:ec2::254", "fe80::1", "fe80::1%1", "2606:4700::1111%1", "fec0::1", "ff02::1"],
)  # fmt: skip
def test_everything_else(address):
    assert not is_public(ip_address(address))


def never(host, port):
    raise AssertionError(f"{host} was looked up")


@pytest.mark.parametrize(
    "url",
    ["", "teapot.example", "//teapot.example/", "ftp://teapot.example/", "file:///etc/passwd",
     "javascript:alert(1)", "data:text/html,x", "gopher://teapot.example/", "http://", "http:///x",
     "http://me@teapot.example/", "http://me:secret@teapot.example/", "http://@teapot.example/",
     "http://teapot.example@127.0.0.1/", "http://127.0.0.1\\@teapot.example/",
     "http://teapot.example\\.evil/", "http://teapot example/", "http://teapot.example/a b",
     "http://teapot.example/\r\nHost: x", "http://teapot.example/\0", "http://teapot.example:0/",
     "http://teapot.example:22/", "http://teapot.example:6379/", "https://teapot.example:8443/",
     "http://teapot.example:99999/", "http://teapot.example:x/", "http://[::1/", "http://[::1%lo]/",
     "http://%31%32%37.0.0.1/", "http://teapot.example%00.evil/", "http://tea℀pot.example/",
     "http://teapot.example／.evil/", f"http://{'a' * 300}.example/", "http://-teapot.example/",
     f"http://teapot.example/{'a' * 2048}"],
)  # fmt: skip
def test_what_is_no_link_is_not_even_looked_up(url):
    with pytest.raises(refusals.NotALink):
        preview(url, now=NOON, network=Network(look_up=never))


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "017700000001", "0x7f.1", "0",
     "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:a00:1]",
     "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "10.0.0.1", "192.168.1.1", "169.254.169.254",
     "100.100.100.200", "①②⑦.⓪.⓪.①", "127。0。0。1", "LOCALHOST", "127.0.0.1."],
)  # fmt: skip
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_every_way_to_write_an_address_of_our_own(scheme, host):
    """The system's resolver reads more ways than we do; what counts is the address it gives."""
    with pytest.raises((refusals.NotPublic, refusals.NotALink, refusals.Unreachable)) as refusal:
        preview(f"{scheme}://{host}/", now=NOON, network=Network(look_up=numeric))
    plain = host.strip("[]").isascii() and not host.endswith(".")
    assert not plain or refusal.type is refusals.NotPublic


def numeric(host, port):
    """The resolver, but for numbers and this machine's own name only: no packet leaves."""
    if host == "localhost":
        return ["127.0.0.1", "::1"]
    found = socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


@pytest.mark.parametrize(
    "records",
    [
        ["8.8.8.8", "10.0.0.1"],
        ["10.0.0.1", "8.8.8.8"],
        ["2606:4700::1111", "::1"],
        ["8.8.8.8", "::ffff:10.0.0.1"],
        ["8.8.8.8", "fe80::1%1"],
        ["8.8.8.8", "nonsense"],
    ],
)
def test_a_name_with_public_and_private_records_is_refused(records):
    with pytest.raises(refusals.NotPublic):
        preview("http://mixed.example/", now=NOON, network=Network(look_up=lambda *_: records))


def test_the_internet_is_the_default_and_cannot_be_changed():
    assert INTERNET.is_public is is_public
    assert INTERNET.ports == {80, 443}
    with pytest.raises(AttributeError):
        INTERNET.ports = frozenset((22,))


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("HTTP://Teapot.Example", "http://teapot.example/"),
        ("https://teapot.example:443/a?b=c#d", "https://teapot.example/a?b=c"),
        ("http://teapot.example:443/", "http://teapot.example:443/"),
        ("https://茶壶.example/白瓷?色=白", "https://xn--brs169g.example/%E7%99%BD%E7%93%B7?%E8%89%B2=%E7%99%BD"),
        ("http://[2606:4700:0:0::1111]/", "http://[2606:4700::1111]/"),
        ("https://bücher.example/%20", "https://xn--bcher-kva.example/%20"),
    ],
)  # fmt: skip
def test_a_link_is_read_as_browsers_read_it(url, link):
    assert str(read(url)) == link
