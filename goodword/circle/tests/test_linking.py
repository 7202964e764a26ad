"""Links in plain text: where they begin, where they end, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from goodword.circle.linking import first_link, host, parts

LINK = "https://tea.example/a?b=c&d=(e)#f"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (f"look {LINK}", LINK),
        (f"{LINK}.", LINK),
        (f"Really {LINK}?!", LINK),
        (f"({LINK})", LINK),
        (f"see ({LINK}, later).", LINK),
        (f"“{LINK}”", LINK),
        (f"'{LINK}'", LINK),
        (f"看这个：{LINK}。很好", LINK),
        (f"看{LINK}，很好", LINK),
        (f"看（{LINK}）", LINK),
        (f"「{LINK}」！", LINK),
        (f"<{LINK}>", LINK),
        (f"{LINK}\nnext", LINK),
        ("HTTPS://Tea.Example/", "HTTPS://Tea.Example/"),
        ("http://127.0.0.1:8000/x", "http://127.0.0.1:8000/x"),
        ("https://en.example/wiki/Tea_(plant)", "https://en.example/wiki/Tea_(plant)"),
        ("https://en.example/wiki/Tea_(plant).", "https://en.example/wiki/Tea_(plant)"),
    ],
)
def test_a_link_ends_where_the_sentence_goes_on(text, link):
    assert first_link(text) == link


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)", "data:text/html,hi", "ftp://tea.example/", "tea.example", "http://",
        "https://.", "https://user:word@tea.example/", "https://tea.example@evil.example/",
        "https://tea.example:0/", "xhttps://tea.example/", "https:// tea.example", "http:///path",
        "https://[::1", "https://-.example.!",
    ],
)  # fmt: skip
def test_what_is_no_link_stays_text(text):
    assert first_link(text) == ""
    assert [part.text for part in parts(text)] == [text]


def test_the_host_is_the_real_one():
    assert host("https://www.tea.example/x") == "tea.example"
    assert host("https://bank.example.evil.example/") == "bank.example.evil.example"
    assert host("mailto:me@tea.example") == ""


pieces = st.sampled_from(
    ["http://", "https://", "a.example", "/", "(", ")", "[", "]", ".", "。", "<b>", '"', "'", "&",
     " ", "@", ":", "javascript:", "80", "水"]
)  # fmt: skip


@given(st.lists(pieces, max_size=14).map("".join))
def test_nothing_is_lost_and_nothing_breaks_out(text):
    found = parts(text)
    assert "".join(part.text for part in found) == text
    for part in found:
        assert part.href == "" or part.href.lower().startswith(("http://", "https://"))
        assert not set(part.href) & set('<>"` \n')
        assert Markup.escape(part.href).unescape() == part.href


def test_long_hostile_text_is_read_in_no_time():
    assert first_link("https://" + "(" * 5000) == ""
    assert first_link("http://a.example/" + ")" * 5000) == "http://a.example/"
