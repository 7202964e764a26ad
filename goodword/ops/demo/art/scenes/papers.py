"""Evidence: receipts, customs papers, an authorisation, a parcel. Strokes and digits, no words."""

import itertools

from goodword.ops.demo.art.cut import Shape, arc, ellipse, move, rect, rounded, smooth, spin
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, mix
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.still import planks, tabletop

INK = "#3a3a48"
_SEGMENTS = {
    "a": (0.1, 0, 0.9, 0),
    "b": (1, 0.08, 1, 0.45),
    "c": (1, 0.55, 1, 0.92),
    "d": (0.1, 1, 0.9, 1),
    "e": (0, 0.55, 0, 0.92),
    "f": (0, 0.08, 0, 0.45),
    "g": (0.1, 0.5, 0.9, 0.5),
}
_DIGITS = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg")


class Sheet:
    """A paper lying at an angle: everything is placed in its own upright coordinates."""

    def __init__(self, e: Easel, x: float, y: float, w: float, h: float, angle: float) -> None:
        self.e, self.x, self.y, self.w, self.h, self.angle = e, x - w / 2, y - h / 2, w, h, angle
        self.mid = (x, y)

    def at(self, shape: Shape) -> Shape:
        return spin(move(shape, self.x, self.y), self.angle, *self.mid)

    def lay(self, outline: Shape, colour: Colour) -> None:
        shape = self.at(outline)
        self.e.cast(shape, dx=12, dy=18, blur=16, alpha=0.34)
        self.e.paint(shape, colour, shade=0.22, angle=50)
        self.e.mottle(shape, deep(colour, 0.1), 0.4)

    def stroke(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        width: float,
        colour: Colour = INK,
        alpha: float = 1.0,
    ) -> None:
        self.e.line(self.at([(x0, y0), (x1, y1)]), width, colour, alpha=alpha)

    def words(self, x: float, y: float, length: float, size: float, colour: Colour = INK) -> None:
        """A line of print too small to read."""
        at = x
        while at < x + length:
            word = min(size * self.e.rng.uniform(1.2, 4.2), x + length - at)
            self.stroke(at, y, at + word, y, size * 0.42, colour, 0.85)
            at += word + size * 0.7

    def number(self, x: float, y: float, text: str, size: float, colour: Colour = INK) -> None:
        """Digits, right-aligned at x, as a till prints them."""
        at = x
        for ch in reversed(text):
            if ch == ".":
                at -= size * 0.34
                self.e.fill(self.at(ellipse(at, y + size, size * 0.1)), colour)
                continue
            at -= size * 0.78
            for seg in _DIGITS[int(ch)]:
                ax, ay, bx, by = _SEGMENTS[seg]
                self.stroke(
                    at + ax * size * 0.5,
                    y + ay * size,
                    at + bx * size * 0.5,
                    y + by * size,
                    size * 0.14,
                    colour,
                )


def _amount(e: Easel, low: int, high: int) -> str:
    return f"{e.rng.randint(low, high)}.{e.rng.choice(('00', '50', '90', '95'))}"


def _bars(s: Sheet, x: float, y: float, w: float, h: float) -> None:
    at = x
    while at < x + w:
        bar = s.e.rng.choice((3, 4, 7, 10))
        s.e.fill(s.at(rect(at, y, bar, h)), INK)
        at += bar + s.e.rng.choice((4, 6, 9))


def _stamp(s: Sheet, x: float, y: float, r: float, colour: Colour, *, box: bool = False) -> None:
    """A rubber stamp, never pressed quite evenly."""
    tilt = s.e.rng.uniform(-18, 18)
    ring = rounded(x - r, y - r * 0.55, r * 2, r * 1.1, 12) if box else ellipse(x, y, r)
    for k in (1.0, 0.84):
        line = spin([(x + (px - x) * k, y + (py - y) * k) for px, py in ring], tilt, x, y)
        s.e.line(s.at([*line, line[0]]), r * 0.06, colour, alpha=0.75)
    star = spin(
        [
            p
            for i in range(5)
            for p in (
                spin([(x, y - r * 0.34)], i * 72, x, y)[0],
                spin([(x, y - r * 0.14)], i * 72 + 36, x, y)[0],
            )
        ],
        tilt,
        x,
        y,
    )
    s.e.fill(s.at(star), colour, 0.75)
    for i in range(9):
        a = 200 + i * 17.5
        mark = arc(x, y, r * 0.66, r * (0.36 if box else 0.66), a, a + 10, steps=2)
        s.e.line(s.at(spin(mark, tilt, x, y)), r * 0.1, colour, alpha=0.7)


def _torn(w: float, h: float) -> Shape:
    teeth = 26
    low = [(w - w * i / teeth, h - (10 if i % 2 else 0)) for i in range(teeth + 1)]
    return [(0.0, 0.0), (w, 0.0), *low]


@scene("receipt", flips=False)
def receipt(e: Easel) -> None:
    tabletop(e)
    tilt = e.rng.uniform(-14, 14)
    w, h = 430.0, min(880.0, e.h * 0.9)
    s = Sheet(e, e.w * 0.5, e.h * 0.5, w, h, tilt)
    s.lay(_torn(w, h), "#fbf7ee")
    e.paint(
        s.at(rounded(w / 2 - 38, 36, 76, 50, 12)),
        e.rng.choice(("#b8433a", "#2f5f5a", "#3a3a48")),
        shade=0,
    )
    for i in range(3):
        s.words(w * 0.26, 116 + 24 * i, w * 0.48, 13)
    s.stroke(34, 196, w - 34, 196, 3)
    rows = e.rng.randint(3, 6)
    step = min(58.0, (h - 480) / rows)
    for i in range(rows):
        y = 226 + i * step
        s.words(40, y + 10, w * e.rng.uniform(0.3, 0.48), 16)
        s.number(w - 40, y, _amount(e, 40, 990), 24)
    y = 240 + rows * step
    s.stroke(34, y, w - 34, y, 3)
    s.words(40, y + 46, 110, 24)
    s.number(w - 40, y + 26, _amount(e, 1000, 4800), 40)
    s.words(40, y + 100, 180, 13)
    s.number(w - 40, y + 92, _amount(e, 90, 400), 20)
    _bars(s, 70, h - 150, w - 140, 76)
    s.words(w * 0.3, h - 46, w * 0.4, 12)
    _card(
        e,
        e.w * (0.84 if e.w >= e.h else 0.8),
        e.h * (0.74 if e.w >= e.h else 0.9),
        e.rng.uniform(-30, 30),
    )


def _card(e: Easel, x: float, y: float, angle: float) -> None:
    """A bank card half in the picture."""
    s = Sheet(e, x, y, 300, 190, angle)
    s.lay(rounded(0, 0, 300, 190, 22), e.rng.choice(("#3f6f7a", "#6a5a83", "#c8753d")))
    e.fill(s.at(rounded(34, 62, 52, 40, 8)), "#e6c878")
    for i in range(4):
        s.stroke(34 + i * 62, 138, 74 + i * 62, 138, 9, "#fbf7ee")


@scene("customs", flips=False)
def customs(e: Easel) -> None:
    """An import declaration: boxes, numbers, two stamps."""
    tabletop(e)
    w, h = (740.0, 860.0) if e.h >= 900 else (700.0, e.h * 0.92)
    s = Sheet(e, e.w * 0.5, e.h * 0.5, w, h, e.rng.uniform(-6, 6))
    s.lay(rect(0, 0, w, h), e.rng.choice(("#f6f3e4", "#eef3ec", "#f9eee6")))
    tone = e.rng.choice(("#4a6f8a", "#5a7a5a", "#8a5a5a"))
    e.fill(s.at(rect(40, 40, w - 80, 54)), tone, 0.9)
    s.words(70, 68, w * 0.5, 20, "#fbf7ee")
    top = 112.0
    for r in range(5):
        tall = (h - 330) / 5
        y = top + r * tall
        cuts = e.rng.choice(((0.0, 0.5, 1.0), (0.0, 0.34, 0.67, 1.0), (0.0, 0.62, 1.0)))
        for a, b in itertools.pairwise(cuts):
            x0, x1 = 40 + a * (w - 80), 40 + b * (w - 80)
            box = rect(x0, y, x1 - x0, tall)
            e.line(s.at([*box, box[0]]), 3, tone)
            s.words(x0 + 12, y + 18, (x1 - x0) * 0.4, 10, tone)
            if e.rng.random() < 0.55:
                s.number(x1 - 18, y + tall * 0.45, _amount(e, 100, 3900), min(26, tall * 0.35))
            else:
                s.words(x0 + 14, y + tall * 0.6, (x1 - x0) * 0.7, 15)
    _bars(s, 50, h - 190, 250, 70)
    s.words(50, h - 96, 250, 13)
    s.words(50, h - 66, 190, 13)
    _stamp(s, w - 190, h - 160, 112, "#c23b33")
    _stamp(s, w - 350, h - 96, 88, "#3f5f9a", box=True)


@scene("certificate", flips=False)
def certificate(e: Easel) -> None:
    """An authorisation with a guilloche border, a seal and a signature."""
    tabletop(e, wood=True)
    w, h = (940.0, 690.0) if e.w > e.h else (720.0, 900.0)
    k = min(1.0, e.w * 0.86 / w, e.h * 0.9 / h)
    w, h = w * k, h * k
    s = Sheet(e, e.w * 0.5, e.h * 0.5, w, h, e.rng.uniform(-4, 4))
    s.lay(rect(0, 0, w, h), "#fbf5e4")
    gold = e.rng.choice(("#b8924a", "#5f7f7a", "#8a4a4a"))
    for inset in (28, 46):
        box = rect(inset, inset, w - 2 * inset, h - 2 * inset)
        e.line(s.at([*box, box[0]]), 4, gold)
    for i in range(int(w / 26) - 3):
        for y in (37, h - 37):
            e.line(s.at([*ellipse(52 + i * 26, y, 12, 9), (64 + i * 26, y)]), 2, gold, alpha=0.8)
    s.words(w * 0.3, 122, w * 0.4, 42, mix(gold, INK, 0.4))
    s.words(w * 0.38, 178, w * 0.24, 15, gold)
    for i in range(5):
        y = 250 + i * (h - 500) / 5
        s.words(w * 0.14, y, w * (0.72 if i < 4 else 0.4), 18)
    _stamp(s, w * 0.74, h - 170, 100, "#c23b33")
    sign = smooth(
        [
            (w * 0.18, h - 130),
            (w * 0.22, h - 190),
            (w * 0.24, h - 120),
            (w * 0.29, h - 170),
            (w * 0.31, h - 128),
            (w * 0.38, h - 160),
            (w * 0.46, h - 134),
        ],
        closed=False,
    )
    e.line(s.at(sign), 6, "#2f3f7a", end=2)
    s.stroke(w * 0.16, h - 104, w * 0.48, h - 104, 3)


@scene("parcel", flips=False)
def parcel(e: Easel) -> None:
    """A box taped shut with its courier slip."""
    e.fill(e.frame(), "#8a8078")
    planks(e, e.frame(), e.rng.choice(("#a8866a", "#8f7460", "#b9a08a")), board=160)
    e.grain(e.frame(), "#2f2038", angle=45, amount=0.5)
    x, y = e.w * 0.5, e.h * 0.5
    w, h = (820.0, 620.0) if e.w >= e.h else (680.0, 800.0)
    s = Sheet(e, x, y, w, h, e.rng.uniform(-10, 10))
    carton = e.rng.choice(("#c99a64", "#b8875a", "#d2ab7a"))
    e.cast(s.at(rect(0, 0, w, h)), dx=36, dy=46, blur=40, alpha=0.5)
    s.lay(rounded(0, 0, w, h, 8), carton)
    e.fill(s.at(rect(0, h / 2 - 3, w, 6)), deep(carton, 0.4))
    tape = s.at(rect(-4, h / 2 - 46, w + 8, 92))
    e.fill(tape, "#ecd9a8", 0.55)
    e.grain(tape, "#ffffff", angle=-60, amount=0.5)
    lw, lh = 350.0, 250.0
    label = Sheet(e, x + 40, y - 40, lw, lh, s.angle + e.rng.uniform(-4, 4))
    label.lay(rounded(0, 0, lw, lh, 8), "#fbf8f0")
    tone = e.rng.choice(("#d9452f", "#3f7f5a", "#e08a2f", "#3f5f9a"))
    e.fill(label.at(rect(0, 0, lw, 40)), tone)
    label.words(16, 22, 120, 15, "#fbf8f0")
    _bars(label, 20, 56, lw - 40, 52)
    for i in range(4):
        label.words(22, 132 + i * 26, lw * e.rng.uniform(0.4, 0.75), 14)
    label.number(lw - 22, lh - 44, str(e.rng.randint(100, 999)), 28, tone)
    for i in range(2):
        ax, ay = 70 + i * 70, h - 120
        e.line(s.at([(ax, ay + 60), (ax, ay)]), 9, deep(carton, 0.5))
        e.line(s.at([(ax - 18, ay + 20), (ax, ay - 4), (ax + 18, ay + 20)]), 9, deep(carton, 0.5))


@scene("parcels", flips=False)
def parcels(e: Easel) -> None:
    """A wall of boxes waiting for the courier."""
    floor = e.h * 0.86
    wall = e.rng.choice(("#e3d6c2", "#cfd6d2", "#e6cdbb"))
    e.fill(e.frame(), wall)
    e.grain(e.frame(), deep(wall, 0.4), angle=40, amount=0.5)
    e.paint(rect(0, floor, e.w, e.h - floor), "#8f7460", shade=0.5)
    x = e.w * 0.06
    while x < e.w * 0.86:
        w = e.rng.uniform(150, 260)
        y = floor + 14
        for _ in range(e.rng.randint(1, 4)):
            h = e.rng.uniform(100, 190)
            if y - h < e.h * 0.08:
                break
            _box(e, x + e.rng.uniform(-10, 10), y - h, w * e.rng.uniform(0.85, 1), h)
            y -= h
        x += w + 10


def _box(e: Easel, x: float, y: float, w: float, h: float) -> None:
    carton = e.rng.choice(("#c99a64", "#b8875a", "#d2ab7a", "#e0c49a"))
    body = rounded(x, y, w, h, 5)
    e.cast(body, dx=14, dy=8, blur=14, alpha=0.3)
    e.paint(body, carton, shade=0.5, glow=0.3, angle=30)
    e.fill(rect(x + w * 0.42, y, w * 0.16, h), "#ecd9a8", 0.6)
    lx, ly = x + w * 0.08, y + h * 0.24
    e.fill(rect(lx, ly, w * 0.3, h * 0.36), "#fbf8f0")
    e.fill(rect(lx, ly, w * 0.3, h * 0.07), e.rng.choice(("#d9452f", "#3f7f5a", "#3f5f9a")))
    for i in range(3):
        e.line(
            [(lx + 6, ly + h * (0.14 + 0.07 * i)), (lx + w * 0.24, ly + h * (0.14 + 0.07 * i))],
            4,
            INK,
            alpha=0.7,
        )
