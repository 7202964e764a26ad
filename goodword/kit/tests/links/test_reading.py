"""A head's words, in every charset, and in no time."""

import time

import pytest

from goodword.kit.links.preview import _line
from goodword.kit.links.reading import decoded, told

CHINESE = "<html><head>{}<title>白瓷盖碗，只有八只</title></head>"


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (CHINESE.format("").encode("gb18030"), "gb2312"),
        (CHINESE.format("").encode("gb18030"), "GBK"),
        (CHINESE.format('<meta charset="gb18030">').encode("gb18030"), ""),
        (CHINESE.format("<meta content='text/html; charset=gb2312'>").encode("gb18030"), ""),
        (CHINESE.format("").encode("gb18030"), ""),
        (CHINESE.format("").encode("gb18030"), "utf-8"),  # says one thing, is another
        (CHINESE.format('<meta charset="utf-8">').encode("gb18030"), "utf-8"),
        (CHINESE.format("").encode(), "unicode_escape"),
        (CHINESE.format("").encode(), "punycode"),
        (CHINESE.format("").encode(), "zip"),
        (CHINESE.format("").encode(), "no-such-charset"),
        (CHINESE.format("").encode(), "iso-8859-12"),
        (b"\xef\xbb\xbf" + CHINESE.format("").encode(), "gb2312"),
        (b"\xff\xfe" + CHINESE.format("").encode("utf-16-le"), "utf-8"),
        (b"\xfe\xff" + CHINESE.format("").encode("utf-16-be"), ""),
        (CHINESE.format("").encode("utf-16-le"), "utf-16le"),
        (CHINESE.format("").encode() + "白".encode()[:2], "utf-8"),  # cut in a character
    ],
)
def test_every_charset(body, header):
    assert told(decoded(body, header))["title"] == "白瓷盖碗，只有八只"


@pytest.mark.parametrize(
    ("text", "body", "header"),
    [
        ("茶壺", "茶壺".encode("big5"), "big5"),
        ("急須", "急須".encode("cp932"), "Shift_JIS"),
        ("찻주전자", "찻주전자".encode("cp949"), "euc-kr"),
        ("Théière – €", "Théière – €".encode("cp1252"), "iso-8859-1"),
        ("กา", "กา".encode("cp874"), "windows-874"),
        ("Théière", "Théière".encode("cp1252"), ""),
    ],
)
def test_the_world_around(text, body, header):
    assert decoded(body, header) == text


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<TITLE\n>A &lt;b&gt;</TITLE>", {"title": "A <b>"}),
        ("<title>A</title><title>B</title>", {"title": "A"}),
        ('<meta content="A > B" property="og:title" />', {"og:title": "A > B"}),
        ("<meta property='OG:Title' content='A \"b\"'>", {"og:title": 'A "b"'}),
        ("<meta property=og:title content=A><p>", {"og:title": "A"}),
        ('<meta name="description"content="A">', {"description": "A"}),
        ('<META NAME = "twitter:title"\nCONTENT = "A">', {"twitter:title": "A"}),
        ('<meta property="og:title" content="A" content="B">', {"og:title": "A"}),
        ('<meta name="a" content=""><meta name="a" content="B">', {"a": "B"}),
        ('<link rel="x image_src" href="/a.png">', {"image_src": "/a.png"}),
        ('<!-- <title>A</title> --><title>B</title>', {"title": "B"}),
        ("<script>'<title>A</title>'</script><title>B</title>", {"title": "B"}),
        ("<style><title>A</title></STYLE><title>B</title>", {"title": "B"}),
        ("<svg><title>A</title></svg><title>B</title>", {"title": "B"}),
        ("</head><title>A</title>", {}),
        ("<body><title>A</title>", {}),
        ("<!-- <title>A</title>", {}),
        ("<script><title>A</title>", {}),
        ("<title>A", {"title": "A"}),
        ('<meta property="og:title" content="A', {}),
        ("<metal property='og:title' content='A'>", {}),
        ("<meta><meta =><meta property><title>A</title>", {"title": "A"}),
        ("", {}),
    ],
)  # fmt: skip
def test_what_a_head_says(markup, found):
    assert told(markup) == found


@pytest.mark.parametrize(
    "piece",
    ["<a ", "<!", "<![", "<!--", "<meta ", "<meta a", "<meta a=", '<meta a="', "<meta a='b' ",
     "<title>", "</title", "<script", "<svg>", "<meta/", "<meta =", "&", "<meta content=\"&#", "<",
     "<link rel=", "<title", " ", "<meta a=b", "--", "\0"],
)  # fmt: skip
def test_a_megabyte_of_anything_is_read_at_once(piece):
    text = (piece * (1024 * 1024 // len(piece) + 1))[: 1024 * 1024]
    start = time.process_time()
    told(text)
    told("<meta " + text)
    decoded(text.encode(), "")
    assert time.process_time() - start < 0.5


def test_a_line_is_plain_text_of_bounded_length():
    assert _line(" a\n\tb\u202e\u2066\u200b\x07c ", 9) == "a bc"
    assert _line("x" * 300, 200) == "x" * 199 + "…"
    assert _line("नी\u200dला", 20) == "नी\u200dला"
    assert _line("\u202e \n", 20) == ""
