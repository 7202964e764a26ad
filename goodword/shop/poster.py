"""A picture of a listing to hang up or send on: its photo, name, price, and a code to scan.

An SVG that holds all it needs, so it looks the same wherever it is opened; the letters are drawn
by whoever opens it, with the fonts that are there, Chinese ones too.
"""

from base64 import b64encode
from io import BytesIO
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

import segno
from django.utils.translation import gettext as _

from goodword.kit import blobs, formats
from goodword.kit.pictures.models import PictureRow

from .pages import ListingPage

WIDTH, HEIGHT = 1080, 1600
MARGIN = 64
PAPER, INK, FAINT, RED, GOLD = "#fbf7f0", "#2b2320", "#7a6c60", "#b3392b", "#e9dcc4"
FONTS = (
    "'PingFang SC','Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei',"
    "'Source Han Sans SC',system-ui,sans-serif"
)


def drawn(page: ListingPage, picture: PictureRow | None, *, link: str) -> str:
    """The poster as SVG; `link` is what the code leads to."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" font-family="{FONTS}">',
        f"<title>{escape(page.title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
        *_photo(picture),
        *_awning(),
        *_words(page),
        *_code(link),
        "</svg>",
    ]
    return "\n".join(parts)


def _photo(picture: PictureRow | None) -> list[str]:
    if picture is None:
        return [f'<rect width="{WIDTH}" height="{WIDTH}" fill="{GOLD}"/>']
    suffix = next(one.suffix for one in picture.variants if one.name == "large")
    with blobs.store().open(picture.key + suffix) as file:
        data = b64encode(file.read()).decode()
    return [
        f'<image width="{WIDTH}" height="{WIDTH}" preserveAspectRatio="xMidYMid slice"'
        f' href="data:image/webp;base64,{data}"/>'
    ]


def _awning() -> list[str]:
    """Twelve stripes with round ends, as on the house's shop windows."""
    wide = WIDTH / 12
    return [
        f'<path d="M{place * wide:.1f} 0h{wide:.1f}v72a{wide / 2:.1f} 36 0 0 1-{wide:.1f} 0z"'
        f' fill="{RED if place % 2 == 0 else PAPER}"/>'
        for place in range(12)
    ]


def _words(page: ListingPage) -> list[str]:
    top, found = WIDTH + 96, []
    for place, line in enumerate(wrapped(page.title, 26, lines=2)):
        found.append(_text(line, MARGIN, top + place * 74, 56, INK, bold=True))
    if page.prices:
        price = formats.money(page.prices.low)
        words = price if page.prices.is_one else _("from %(price)s") % {"price": price}
        found.append(_text(words, MARGIN, HEIGHT - 216, 76, RED, bold=True))
    found.append(_text(wrapped(page.shop.name, 30)[0], MARGIN, HEIGHT - 130, 38, INK))
    if page.shop.promise:
        found.append(_text(wrapped(page.shop.promise, 42)[0], MARGIN, HEIGHT - 74, 30, FAINT))
    return found


def _code(link: str) -> list[str]:
    out, side = BytesIO(), 256
    segno.make(link, error="m", micro=False).save(
        out, kind="svg", border=2, dark=INK, light="#ffffff", xmldecl=False, svgns=False,
        svgclass=None, lineclass=None, omitsize=True,
    )  # fmt: skip
    left, top = WIDTH - MARGIN - side, HEIGHT - MARGIN - side - 44
    inner = (
        out.getvalue()
        .decode()
        .replace("<svg", f'<svg x="{left}" y="{top}" width="{side}" height="{side}"', 1)
    )
    words = _text(_("Scan to look"), left + side / 2, HEIGHT - 62, 28, FAINT, anchor="middle")
    return [inner, words]


def _text(
    words: str, x: float, y: float, size: int, colour: str, *, bold: bool = False, anchor: str = ""
) -> str:
    more = (' font-weight="700"' if bold else "") + (
        f" text-anchor={quoteattr(anchor)}" if anchor else ""
    )
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}"{more}>{escape(words)}</text>'
    )


def wrapped(text: str, columns: int, *, lines: int = 1) -> list[str]:
    """`text` in lines of so many columns, a Chinese sign taking two; what is too long ends in “…”.

    Breaks at a space where there is one, as Chinese has none.
    """
    found: list[str] = []
    rest = " ".join(text.split())
    while rest and len(found) < lines:
        cut = fitting(rest, columns)
        if cut < len(rest) and len(found) == lines - 1:
            found.append(rest[: fitting(rest, columns - 1)].rstrip() + "…")
            break
        space = rest.rfind(" ", 0, cut + 1)
        if cut < len(rest) and space > cut // 2:
            cut = space
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return found or [""]


def fitting(text: str, columns: int) -> int:
    """How many signs of `text` fit."""
    used = 0
    for place, sign in enumerate(text):
        used += 2 if east_asian_width(sign) in "WF" else 1
        if used > columns:
            return place
    return len(text)
