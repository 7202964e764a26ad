"""A picture of a listing to hang up or send on: its photo, name, price, and a code to scan.

A JPEG, since that is what a phone keeps among its pictures, sends on in any messenger, and prints.
"""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from unicodedata import east_asian_width

import segno
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont, ImageOps

from goodword.kit import blobs, formats
from goodword.kit.pictures.models import PictureRow
from goodword.money.invoices.letters import NARROW, SANS, prints

from .pages import ListingPage

WIDTH, HEIGHT = 1080, 1480
PHOTO = 960  # its height; below it are the words
MARGIN = 64
SIDE = 260  # of the code, with the white around it
CODE = (WIDTH - MARGIN - SIDE, 1160)  # its upper left corner
ROOM = CODE[0] - 2 * MARGIN  # for the words beside it
PAPER, INK, FAINT, RED, GOLD = "#fbf7f0", "#2b2320", "#7a6c60", "#b3392b", "#e9dcc4"


def drawn(page: ListingPage, picture: PictureRow | None, *, link: str) -> bytes:
    """The poster as JPEG; `link` is what the code leads to."""
    poster = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    poster.paste(_photo(picture), (0, 0))
    brush = ImageDraw.Draw(poster)
    _awning(brush)
    _words(brush, page)
    _code(brush, link)
    out = BytesIO()
    poster.save(out, "JPEG", quality=90, subsampling=0)
    return out.getvalue()


def _photo(picture: PictureRow | None) -> Image.Image:
    if picture is None:
        return Image.new("RGB", (WIDTH, PHOTO), GOLD)
    suffix = next(one.suffix for one in picture.variants if one.name == "large")
    with blobs.store().open(picture.key + suffix) as file:
        return ImageOps.fit(Image.open(file).convert("RGB"), (WIDTH, PHOTO))


def _awning(brush: ImageDraw.ImageDraw) -> None:
    """Twelve stripes with round ends, as on the house's shop windows."""
    wide = WIDTH // 12
    for place in range(12):
        left, colour = place * wide, RED if place % 2 == 0 else PAPER
        box = (left, -wide, left + wide - 1, 108)
        brush.rounded_rectangle(box, radius=wide // 2, fill=colour)


def _words(brush: ImageDraw.ImageDraw, page: ListingPage) -> None:
    title = font(54)
    for place, words in enumerate(
        wrapped(said(page.title), title.getlength, WIDTH - 2 * MARGIN, 2)
    ):
        _write(brush, words, (MARGIN, 992 + place * 70), title, INK, bold=True)
    if page.prices:
        price = formats.money(page.prices.low)
        words = price if page.prices.is_one else _("from %(price)s") % {"price": price}
        _write(brush, words, (MARGIN, 1164), fitting(words, 76), RED, bold=True)
    shop = font(38)
    (words,) = wrapped(said(page.shop.name), shop.getlength, ROOM)
    _write(brush, words, (MARGIN, 1276), shop, INK)
    small = font(30)
    for place, words in enumerate(wrapped(said(page.shop.promise), small.getlength, ROOM, 2)):
        _write(brush, words, (MARGIN, 1340 + place * 42), small, FAINT)


def _code(brush: ImageDraw.ImageDraw, link: str) -> None:
    left, top = CODE
    brush.rectangle((left, top, left + SIDE - 1, top + SIDE - 1), fill="#ffffff")
    rows = [list(row) for row in segno.make(link, error="m", micro=False).matrix]
    size = SIDE // (len(rows) + 4)
    edge = (SIDE - size * len(rows)) // 2
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                at = (left + edge + x * size, top + edge + y * size)
                brush.rectangle((*at, at[0] + size - 1, at[1] + size - 1), fill=INK)
    under = (left + SIDE / 2, top + SIDE + 8)
    brush.text(under, _("Scan to look"), font=font(26), fill=FAINT, anchor="ma")


def _write(
    brush: ImageDraw.ImageDraw,
    words: str,
    at: tuple[int, int],
    letters: ImageFont.FreeTypeFont,
    colour: str,
    *,
    bold: bool = False,
) -> None:
    """The font comes in one weight; a stroke makes it a bolder one."""
    brush.text(at, words, font=letters, fill=colour, stroke_width=1 if bold else 0)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(SANS, size)


def fitting(words: str, size: int) -> ImageFont.FreeTypeFont:
    """The font in which `words` stay beside the code, of this size at most."""
    return font(min(size, int(size * ROOM / max(1, font(size).getlength(words)))))


def said(text: str) -> str:
    """What of it the font has: a hole says less than nothing."""
    if not any(east_asian_width(letter) == "W" for letter in text):
        text = text.translate(NARROW)
    return "".join(" " if c.isspace() else c for c in text if c.isspace() or prints(c))


def wrapped(text: str, measure: Callable[[str], float], room: float, lines: int = 1) -> list[str]:
    """`text` in so many lines that are no longer than `room`; what is too long ends in “…”.

    Breaks at a space where there is one, as Chinese has none.
    """
    found: list[str] = []
    rest = " ".join(text.split())
    while rest and len(found) < lines:
        cut = most(rest, measure, room)
        if cut < len(rest) and len(found) == lines - 1:
            found.append(rest[: most(rest, measure, room - measure("…"))].rstrip() + "…")
            break
        space = rest.rfind(" ", 0, cut + 1)
        if cut < len(rest) and space > cut // 2:
            cut = space
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return found or [""]


def most(text: str, measure: Callable[[str], float], room: float) -> int:
    """How many signs of `text` have room; one at least, so that it comes to an end."""
    for place in range(1, len(text) + 1):
        if measure(text[:place]) > room:
            return max(1, place - 1)
    return len(text)
