import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.shop.imports.html import read_html


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<h3 style='x'>说明</h3><div><p>一 <b>二</b>三<br/>四</p></div>", "说明\n一 二三\n四"),
        (
            "<table><tr><td>高</td><td>15&times;6</td></tr><tr><td>重</td></tr></table>",
            "高 15×6\n重",
        ),
        ("一\n二", "一\n二"),
        ("<p>一\n二</p>", "一 二"),
        ("1 < 2 && 3 > 2 <b>对</b>", "1 < 2 && 3 > 2 对"),
        ("<3 茶 <p>杯", "<3 茶\n杯"),
        ('<p title="a > b">茶</p>', "茶"),
        ("<!-- <p>藏</p> -->茶<!-- 没关", "茶"),
        ("茶<!-- 没关 <p>杯", "茶杯"),
        ("<script>alert('<p>x</p>')</script><STYLE>p{}</style>茶<svg><text>x</text></svg>", "茶"),
        ("<style>没关 <p>茶</p>", "没关\n茶"),
        ("茶<p", "茶"),
        ("&lt;b&gt;&nbsp;&#22823;&#0;&#x202e;", "<b> 大\ufffd"),
        ("", ""),
    ],
)
def test_paragraphs(source, text):
    assert read_html(source).text == text


def test_pictures_once_each_in_order():
    prose = read_html(
        '<img src="//e.com/a.jpg"><IMG SRC=http://e.com/b.jpg><img src="//e.com/a.jpg">'
        '<img src="http://e.com/spaceball.gif" data-ks-lazyload="http://e.com/c.jpg">'
        '<td background="http://e.com/d.jpg"><img>http://e.com/e.jpg</img>'
        '<img src="file:///C:\\Users\\lin\\f.png"><img src="javascript:alert(1)">'
        '<img src="data:image/png;base64,AAAA"><img alt="src=http://e.com/x.jpg">'
    )
    assert prose.urls == (
        "https://e.com/a.jpg",
        "http://e.com/b.jpg",
        "http://e.com/c.jpg",
        "http://e.com/d.jpg",
        "http://e.com/e.jpg",
    )
    assert prose.local == ("f.png",)


_PIECES = (
    """< > </ /> <p <img src= " ' <!-- --> <script </script> = 茶 http://e.com/a.jpg <![CDATA["""
)
MARKUP = st.lists(st.sampled_from([*_PIECES.split(), " ", "\x00"]), max_size=40).map("".join)


@given(MARKUP)
def test_no_tag_survives(source):
    for prose in (read_html(source), read_html(f"<p>{source}</p>")):
        assert "<p" not in prose.text
        assert "<script" not in prose.text
        assert "\x00" not in prose.text
        assert all(url.startswith(("http://", "https://")) for url in prose.urls)


@given(st.text())
def test_any_text_is_read(source):
    assert "\n\n" not in read_html(f"<p>{source}").text


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "<a ",
        "<!--",
        "<!",
        "<a b='",
        '<a "',
        "</",
        "<?",
        "<![",
        "<script>",
        "<img>http://",
        "a=",
        "<div>",
    ],
)
@pytest.mark.timeout(20)
def test_hostile_markup_ends_in_time(unit):
    """The standard library's parser needs minutes for some of these."""
    for start in ("", "<img "):
        read_html(start + unit * (400_000 // len(unit)))
