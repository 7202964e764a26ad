"""What people wear to be painted: collars, knits, aprons.

Outlines are (across, down) from the hollow of the neck, across in units of the body's size.
"""

from collections.abc import Callable
from dataclasses import dataclass

from goodword.ops.demo.art.cut import Point, Shape, arc, bow, ellipse, rect, rounded, smooth
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.faces import Face
from goodword.ops.demo.art.hair import SIDES, Place
from goodword.ops.demo.art.ink import Colour, Ink, deep, mix, pale, turn

HOOD = ((-230, 30), (-150, -70), (0, -40), (150, -70), (230, 30), (90, 110), (0, 130), (-90, 110))
SCARF = ((-190, -10), (0, -76), (190, -10), (170, 90), (0, 120), (-170, 90))
STAND_UP = ((-132, 66), (-122, -40), (0, -10), (122, -40), (132, 66), (0, 86))
WOOLS = ("#d9452f", "#e8c15a", "#6f8f8a", "#f0e2c8", "#8a5a83")


@dataclass(frozen=True, slots=True)
class Neck:
    """Where clothes hang: the middle, the top of the body, its size, its colour, the skin."""

    cx: float
    top: float
    size: float
    colour: Colour
    skin: Colour
    kind: str

    def at(self, outline: tuple[Point, ...], side: int = 1) -> Shape:
        return [(self.cx + side * u * self.size, self.top + v) for u, v in outline]


def throat(skin: Colour) -> Ink:
    """The neck is always a little darker than the face above it."""
    return mix(skin, turn(skin, vivid=1.3, bright=0.86), 0.6)


def clothes(e: Easel, place: Place, face: Face, small: float) -> None:
    """Neckline and shoulders, painted over the neck."""
    cx, top = place(0, 0)[0], place(0, 1.22)[1]
    wide = 372 * small * (1.06 if face.style == "m" and small == 1 else 1)
    left = [(cx - wide - 40, 1060), (cx - wide, top + 190), (cx - wide * 0.72, top + 70)]
    right = [(cx + wide * 0.72, top + 70), (cx + wide, top + 190), (cx + wide + 40, 1060)]
    neck = [(cx - 118 * small, top - 8), (cx + 118 * small, top - 8)]
    body = smooth([*left, *neck, *right], steps=6)
    colour = face.cloth or "#c8553d"
    e.cast(body, dx=0, dy=-8, blur=24, alpha=0.18)
    e.paint(body, colour, shade=0.5, glow=0.35, angle=35)
    worn = Neck(cx, top, small, colour, throat(face.skin or "#f6d3b3"), face.top or "tee")
    with e.clip(body):
        _pattern(e, worn)
    _COLLARS.get(worn.kind, _collar)(e, worn)


def _pattern(e: Easel, n: Neck) -> None:
    if n.kind == "knit":
        for i in range(6):
            y = n.top + 60 + i * 46
            for j in range(-8, 9):
                x = n.cx + j * 46
                stitch = [(x - 12, y - 10), (x, y + 6), (x + 12, y - 10)]
                e.line(stitch, 6, pale(n.colour, 0.3), alpha=0.6)
    elif n.kind == "tee" and e.rng.random() < 0.4:
        for i in range(7):
            e.fill(rect(0, n.top + 70 + i * 56, 1000, 24), pale(n.colour, 0.5))
    elif n.kind in ("apron", "overall"):
        _bib(e, n)
    elif n.kind == "blazer":
        for side in SIDES:
            lapel = [(20, 330), (210, 90), (110, -20), (40, 40)]
            shape = [(n.cx + side * u, n.top + v) for u, v in lapel]
            e.paint(shape, deep(n.colour, 0.22), shade=0.3)


def _bib(e: Easel, n: Neck) -> None:
    denim, linen = mix(n.colour, "#3a4a5a", 0.7), mix(pale(n.colour, 0.75), "#f6efe0", 0.5)
    bib = denim if n.kind == "overall" else linen
    front = rounded(n.cx - 150 * n.size, n.top + 120, 300 * n.size, 500, 24)
    e.paint(front, bib, shade=0.4, angle=20)
    for side in SIDES:
        e.line(n.at(((128, 140), (170, -20)), side), 40 * n.size, bib)
        e.fill(ellipse(n.cx + side * 122 * n.size, n.top + 156, 14 * n.size), "#e0bc66")


def _round(e: Easel, n: Neck) -> None:
    e.fill(ellipse(n.cx, n.top - 14, 112 * n.size, 62 * n.size), n.skin)
    edge = arc(n.cx, n.top - 2, 120 * n.size, 64 * n.size, 0, 180)
    e.line(edge, 20 * n.size, deep(n.colour, 0.18))


def _hoodie(e: Easel, n: Neck) -> None:
    e.paint(smooth(n.at(HOOD), steps=5), deep(n.colour, 0.12), shade=0.4, glow=0.3)
    e.fill(ellipse(n.cx, n.top, 112 * n.size, 72 * n.size), n.skin)
    for side in SIDES:
        (ax, ay), (bx, by) = n.at(((52, 90), (62, 220)), side)
        e.line(bow(ax, ay, bx, by, 8), 8, "#f6efe0")


def _scarf(e: Easel, n: Neck) -> None:
    own = mix(n.colour, pale(n.colour), 0.1)
    wool = own if e.rng.random() < 0.4 else e.rng.choice(WOOLS)
    end = rounded(n.cx + 40, n.top + 20, 110 * n.size, 330, 20)
    e.paint(end, deep(wool, 0.12), shade=0.4)
    e.paint(smooth(n.at(SCARF), steps=6), wool, shade=0.5, glow=0.4)
    for i in range(3):
        (ax, ay), (bx, by) = n.at(((-160, 4 + 30 * i), (160, 4 + 30 * i)))
        e.line(bow(ax, ay, bx, by, 34), 4, deep(wool, 0.25), alpha=0.6)


def _mandarin(e: Easel, n: Neck) -> None:
    e.paint(smooth(n.at(STAND_UP), steps=5), deep(n.colour, 0.1), shade=0.3)
    trim = e.rng.choice(("#e6c878", "#f6efe0", "#3a3038"))
    e.line([(n.cx, n.top + 6), (n.cx, n.top + 84)], 6, trim)
    e.line(bow(n.cx, n.top + 84, n.cx + 220, n.top + 250, -30), 9, trim)
    for y in (30, 70):
        e.fill(ellipse(n.cx, n.top + y, 12), trim)


def _collar(e: Easel, n: Neck) -> None:
    """Shirt and blazer: a V and two flaps."""
    (ax, ay), (bx, by) = n.at(((-112, -44), (112, -44)))
    e.fill([(ax, ay), (bx, by), (n.cx + 20, n.top + 130), (n.cx - 20, n.top + 130)], n.skin)
    white = "#f6f1e6" if n.kind == "blazer" else pale(n.colour, 0.18)
    for side in SIDES:
        flap = [(n.cx + side * 10, n.top + 140), *n.at(((126, -58), (190, 16), (110, 118)), side)]
        e.paint(flap, white, shade=0.4, angle=90)
    if n.kind == "shirt":
        e.line([(n.cx, n.top + 140), (n.cx, 1000)], 4, deep(n.colour, 0.35))
        for i in range(3):
            e.fill(ellipse(n.cx, n.top + 190 + i * 84, 9), pale(n.colour, 0.6))


_COLLARS: dict[str, Callable[[Easel, Neck], None]] = {
    "tee": _round, "knit": _round, "apron": _round, "overall": _round, "hoodie": _hoodie,
    "scarf": _scarf, "mandarin": _mandarin,
}  # fmt: skip
