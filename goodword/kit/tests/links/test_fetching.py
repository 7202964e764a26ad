"""Real servers of the tests' own: kind ones, slow ones, greedy ones, liars."""

import gzip
import os
import ssl
import threading
import time
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from goodword.kit.errors import Refused
from goodword.kit.links import INTERNET, LinkLimits, Network, preview, refusals

from .serving import NOON, SOON, answer, drip, missing, moved, network, og, page, seen, serving


def test_a_page_tells_about_itself(site):
    head = [
        og("title", "白瓷盖碗 &amp; more"),
        og("description", "Eight\n  cups\u202e"),
        og("site_name", "Lin"),
    ]
    site.pages["/"] = answer(page("Other", *head), kind="text/html; charset=utf-8")
    found = seen(site)
    assert (found.title, found.description, found.site_name) == (
        "白瓷盖碗 & more",
        "Eight cups",
        "Lin",
    )
    assert (found.url, found.picture, found.fetched) == (site.url(), None, NOON)


def test_what_is_asked_tells_nothing_of_us(site, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    preview(
        site.url("/", host="teapot.example"),
        now=NOON,
        network=network(site, teapot_example=["127.0.0.1"]),
    )
    (asked,) = site.asked
    lines = asked.strip().split("\r\n")
    assert lines[0] == "GET / HTTP/1.1"
    assert sorted(line.partition(":")[0] for line in lines[1:]) == [
        "Accept", "Accept-Encoding", "Connection", "Host", "User-Agent",
    ]  # fmt: skip
    assert f"Host: teapot.example:{site.port}" in lines


def test_a_cookie_is_not_carried_to_the_next(site):
    site.pages["/"] = answer(b"", "Location: /b", "Set-Cookie: a=b; Path=/", status="302 Found")
    site.pages["/b"] = answer(page())
    seen(site)
    assert not any("cookie" in one.lower() for one in site.asked)
    assert len(site.asked) == 2


@pytest.mark.parametrize("status", ["301 X", "302 X", "303 X", "307 X", "308 X"])
def test_a_redirect_inside_is_refused(site, trap, status):
    site.pages["/"] = moved(trap.url(), status=status)
    with pytest.raises(refusals.NotPublic):
        seen(site, network=network(site, trap))


def test_the_third_redirect_is_looked_at_like_the_first(site, trap):
    site.pages |= {"/": moved("/b"), "/b": moved("/c"), "/c": moved(trap.url())}
    with pytest.raises(refusals.NotPublic):
        seen(site, network=network(site, trap))


@pytest.mark.parametrize(
    "goal",
    ["http://[::ffff:127.0.0.2]:{port}/", "//127.0.0.2:{port}/", "http://2130706434:{port}/",
     "http://inside.example:{port}/"],
)  # fmt: skip
def test_redirects_inside_in_other_words(site, trap, goal):
    site.pages["/"] = moved(goal.format(port=trap.port))
    names = {"2130706434": ["127.0.0.2"], "inside_example": ["127.0.0.1", "127.0.0.2"]}
    with pytest.raises(refusals.NotPublic):
        seen(site, network=network(site, trap, **names))


@pytest.mark.parametrize(
    "goal",
    ["file:///etc/passwd", "ftp://127.0.0.1/", "http://me:x@127.0.0.1:{port}/", "gopher://x/",
     "http://127.0.0.1:22/", "javascript:x", "http://127.0.0.1:{port}/a b"],
)  # fmt: skip
def test_redirects_that_are_no_links(site, goal):
    site.pages["/"] = moved(goal.format(port=site.port))
    with pytest.raises(refusals.NotALink):
        seen(site)
    assert site.met == 1


def test_three_redirects_and_no_more(site):
    site.pages |= {"/1": moved("/2"), "/2": moved("/3"), "/3": moved("/")}
    assert seen(site, "/1").url == site.url("/")
    site.pages["/0"] = moved("/1")
    with pytest.raises(refusals.Unreachable):
        seen(site, "/0")
    site.pages["/loop"] = moved("/loop")
    with pytest.raises(refusals.Unreachable):
        seen(site, "/loop")


def test_a_redirect_in_chinese(site):
    site.pages["/"] = "HTTP/1.1 302 X\r\nLocation: /白瓷\r\nContent-Length: 0\r\n\r\n".encode()
    site.pages["/%E7%99%BD%E7%93%B7"] = answer(page("白瓷"))
    assert seen(site).title == "白瓷"


def test_a_second_answer_of_the_name_server_changes_nothing(site, trap):
    """DNS rebinding: what was checked is what is connected to, and it is looked up just once."""
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    asked = count()

    def look_up(host, port):
        next(asked)
        return next(answers)

    turning = replace(network(site, trap), look_up=look_up)
    assert preview(site.url(host="turning.example"), now=NOON, network=turning).title == "Teapots"
    assert next(asked) == 1
    with pytest.raises(refusals.NotPublic):
        preview(site.url(host="turning.example"), now=NOON, network=turning)


def test_a_dead_address_is_followed_by_the_next(site):
    both = network(site, teapot_example=["::1", "127.0.0.1"])
    both = replace(both, is_public=lambda address: str(address) in ("::1", "127.0.0.1"))
    assert preview(site.url(host="teapot.example"), now=NOON, network=both).title == "Teapots"


def test_nobody_there(site):
    for names in ({}, {"gone_example": []}):

        def look_up(host, _port, names=names):
            if not names:
                raise OSError("no such name")
            return []

        with pytest.raises(refusals.Unreachable):
            preview("http://gone.example/", now=NOON, network=Network(look_up=look_up))
    with serving() as gone:
        pass
    with pytest.raises(refusals.Unreachable):
        seen(gone)


def test_without_a_word_it_is_five_seconds_a_megabyte_and_three_redirects():
    usual = LinkLimits()
    assert (usual.time, usual.page_bytes, usual.redirects) == (timedelta(seconds=5), 1 << 20, 3)


def given_up(work) -> bool:
    """Whether it was called too slow long before the other side, which takes a minute, was done."""
    start = time.monotonic()
    with pytest.raises(refusals.TooSlow):
        work()
    return time.monotonic() - start < 30


SLOW = {
    "silent": drip(b"", b""),
    "status drips": drip(b"", b"H"),
    "headers drip": drip(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n"),
    "one header drips": drip(b"HTTP/1.1 200 OK\r\nA: ", b"b"),
    "body drips": drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>x</title>", b"x"),
    "chunks drip": drip(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"1\r\nx\r\n",
    ),
    "continues": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.parametrize("way", SLOW)
def test_the_time_is_for_everything_together(site, way):
    site.pages["/"] = SLOW[way]
    assert given_up(lambda: seen(site, limits=SOON))


def test_redirects_share_the_time(site):
    """Each alone would be in time, and one more would be one too many."""

    def late(channel):
        time.sleep(0.3)
        channel.sendall(moved("/"))

    site.pages["/"] = late
    assert given_up(lambda: seen(site, limits=SOON))


def test_a_slow_name_server(site):
    over = threading.Event()
    slow = replace(network(site), look_up=lambda *_: over.wait(60) and ["127.0.0.1"])
    url = site.url(host="slow.example")
    assert given_up(lambda: preview(url, now=NOON, limits=SOON, network=slow))
    over.set()


def test_a_slow_handshake(site):
    url = site.url(scheme="https")
    assert given_up(lambda: preview(url, now=NOON, limits=SOON, network=network(site)))


def flood(head: bytes, drop: bytes):
    def reply(channel):
        channel.sendall(head)
        while True:
            channel.sendall(drop * 1000)

    return reply


GREEDY = {
    "headers without end": flood(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n"),
    "one header without end": flood(b"HTTP/1.1 200 OK\r\nA: ", b"b"),
    "status without end": flood(b"HTTP/1.1 200 ", b"O"),
    "continues without end": flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "rubbish": flood(b"", b"\0\xff"),
    "chunk of a vast size": answer(b"", "Transfer-Encoding: chunked") + b"f" * 40 + b"\r\nx",
    "chunk of no size": answer(b"", "Transfer-Encoding: chunked") + b"-5\r\nx",
    "nothing": b"",
    "not found": missing,
    "no content": answer(b"", status="204 No Content"),
    "a moved page without a goal": answer(b"", status="302 Found"),
    "switching": b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
    "brotli": answer(page(), "Content-Encoding: br"),
    "broken gzip": answer(b"\x1f\x8bnothing", "Content-Encoding: gzip"),
}


@pytest.mark.parametrize("way", GREEDY)
def test_what_is_no_answer(site, way):
    site.pages["/"] = GREEDY[way]
    with pytest.raises(refusals.Unreachable) as refusal:
        seen(site)
    assert refusal.value.status == 503
    assert refusal.type is not refusals.TooSlow


@pytest.mark.parametrize(
    "kind", ["application/pdf", "text/plain", "image/png", "text/htmlx", "", "x"]
)
def test_only_web_pages_have_a_preview(site, kind):
    site.pages["/"] = answer(page(), kind=kind)
    with pytest.raises(refusals.NotAPage):
        seen(site)


def test_a_page_without_a_word(site):
    site.pages["/"] = answer(b"<p>Hello")
    with pytest.raises(refusals.SaysNothing):
        seen(site)


def test_a_megabyte_is_read_and_no_more(site):
    sent = count()

    def endless(channel):
        channel.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Long</title>")
        while True:
            channel.sendall(b"x" * 65536)
            next(sent)

    site.pages["/"] = endless
    assert seen(site).title == "Long"
    assert next(sent) < 200  # the rest stands in the kernel's buffers


def test_a_gzip_bomb_is_read_like_any_long_page(site):
    bomb = gzip.compress(page("Bomb") + bytes(50_000_000))
    site.pages["/"] = answer(bomb, "Content-Encoding: gzip")
    tracemalloc.start()
    try:
        assert seen(site).title == "Bomb"
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_a_packed_page_that_goes_on_for_long_is_cut_where_the_limit_is(site):
    noise = gzip.compress(page("Noise") + os.urandom(3 * 1024 * 1024))
    site.pages["/"] = answer(noise, "Content-Encoding: gzip")
    assert seen(site).title == "Noise"


def test_certificates_are_asked_for():
    context = INTERNET.trusted()
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_the_word_of_a_page_beyond_the_megabyte_is_not_read(site):
    late = b"<!--" + b"x" * 1024 * 1024 + b"--><title>Late</title>"
    for reply in (answer(late), answer(gzip.compress(late), "Content-Encoding: gzip")):
        site.pages["/"] = reply
        with pytest.raises(refusals.SaysNothing):
            seen(site)


def test_a_packed_page(site):
    site.pages["/"] = answer(gzip.compress(page("Packed")), "Content-Encoding: gzip")
    assert seen(site).title == "Packed"


def test_a_page_in_chunks(site):
    body = b"5\r\n<titl\r\n12\r\ne>In chunks</title\r\n1\r\n>\r\n0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    site.pages["/"] = head + body
    assert seen(site).title == "In chunks"


def test_a_name_in_chinese(site):
    url = site.url(host="茶壶.example")
    names = {"xn--brs169g_example": ["127.0.0.1"]}
    found = preview(url, now=NOON, network=network(site, **names))
    assert found.url == site.url(host="xn--brs169g.example")
    assert f"Host: xn--brs169g.example:{site.port}" in site.asked[0]


def test_refusals_are_sentences_in_both_languages():
    from django.utils import translation

    kinds = [refusals.NotALink, refusals.NotPublic, refusals.NotAPage, refusals.SaysNothing,
             refusals.Unreachable]  # fmt: skip
    for kind in kinds:
        with translation.override("en"):
            assert str(kind()).endswith(".")
        with translation.override("zh-hans"):
            assert str(kind()).endswith("。")
        assert issubclass(kind, Refused)
