"""The carpenter's: stools, shelves, boards, joints, the bench and its shavings."""

import math

from goodword.ops.demo.art.cut import Shape, arc, blob, bow, ellipse, rect, rounded, smooth, spin
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, mix, pale
from goodword.ops.demo.art.pots import CERAMICS, cup, vase
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.still import WALLS, daylight, stage, tabletop

TIMBERS: dict[str, Colour] = {
    "oak": "#c99f66",
    "walnut": "#6f4a37",
    "cherry": "#b4693f",
    "ash": "#dcc39a",
    "elm": "#a47b4f",
}
LOOKS = tuple(TIMBERS)


def _timber(e: Easel) -> Colour:
    return TIMBERS[e.look or e.rng.choice(LOOKS)]


def grained(
    e: Easel, shape: Shape, wood: Colour, *, across: bool = False, lines: int = 16, knots: int = 0
) -> None:
    """A board: its tone, its lines, its knots, light at one end and shade at the other."""
    xs, ys = [p[0] for p in shape], [p[1] for p in shape]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    e.fill(shape, wood)
    with e.clip(shape):
        for i in range(lines):
            t = (i + e.rng.random()) / lines
            sway = e.rng.uniform(-0.05, 0.05)
            if across:
                x = x0 + (x1 - x0) * t
                line = bow(x, y0, x + sway * (x1 - x0), y1, sway * (x1 - x0), steps=12)
            else:
                y = y0 + (y1 - y0) * t
                line = bow(x0, y, x1, y + sway * (y1 - y0), sway * (y1 - y0) * 2, steps=12)
            tone = (
                deep(wood, e.rng.uniform(0.12, 0.32)) if e.rng.random() < 0.7 else pale(wood, 0.3)
            )
            e.line(line, e.rng.uniform(1.5, 4.5), tone, alpha=0.55)
        for _ in range(knots):
            kx, ky = e.rng.uniform(x0, x1), e.rng.uniform(y0, y1)
            for k in (34, 24, 15, 8):
                e.line(
                    [*blob(e.rng, kx, ky, k * 1.5, k, wild=0.06)], 3, deep(wood, 0.35), alpha=0.8
                )
            e.fill(ellipse(kx, ky, 9, 6), deep(wood, 0.5))
    e.grain(shape, deep(wood, 0.5), angle=60, amount=0.5, reach=0.7)
    e.grain(shape, pale(wood, 0.6), angle=-120, amount=0.45, reach=0.5)


def _leg(e: Easel, x0: float, y0: float, x1: float, y1: float, width: float, wood: Colour) -> None:
    leg = [
        (x0 - width / 2, y0),
        (x0 + width / 2, y0),
        (x1 + width * 0.36, y1),
        (x1 - width * 0.36, y1),
    ]
    e.paint(leg, wood, shade=0.6, glow=0.4, angle=0)


@scene("stool", LOOKS)
def stool(e: Easel) -> None:
    edge = stage(e, line=e.rng.uniform(0.62, 0.7), wood=True)
    wood = _timber(e)
    x, base = e.w * 0.5, edge + (e.h - edge) * 0.6
    tall, half = e.rng.uniform(390, 450), e.rng.uniform(190, 230)
    top = base - tall
    e.cast(ellipse(x, base - 6, half * 1.2, 40), dx=50, dy=6, blur=30, alpha=0.45)
    for dx in (-0.55, 0.55):
        _leg(e, x + dx * half, top + 20, x + dx * half * 1.25, base - 46, 34, deep(wood, 0.3))
    e.paint(
        rounded(x - half * 0.8, top + tall * 0.62, half * 1.6, 24, 10), deep(wood, 0.2), shade=0.5
    )
    for dx in (-0.8, 0.8):
        _leg(e, x + dx * half, top + 20, x + dx * half * 1.25, base, 40, deep(wood, 0.06))
    kind = e.rng.choice(("round", "square", "saddle"))
    if kind == "round":
        e.paint(
            [*arc(x, top + 26, half * 1.08, 50, 0, 180), *arc(x, top, half * 1.08, 50, 180, 360)],
            deep(wood, 0.18),
            shade=0.5,
            angle=0,
        )
        grained(e, ellipse(x, top, half * 1.08, 50), wood, lines=9)
    elif kind == "square":
        grained(e, rounded(x - half * 1.1, top - 6, half * 2.2, 46, 10), wood, lines=6)
    else:
        seat = smooth(
            [
                (x - half * 1.15, top - 26),
                (x - half * 0.5, top),
                (x + half * 0.5, top),
                (x + half * 1.15, top - 26),
                (x + half * 1.1, top + 24),
                (x, top + 44),
                (x - half * 1.1, top + 24),
            ],
            steps=6,
        )
        grained(e, seat, wood, lines=7)
    if e.rng.random() < 0.5:
        vase(e, x, top + 6, 100, CERAMICS["celadon"], e.rng.randint(0, 2))


@scene("bookshelf", LOOKS)
def bookshelf(e: Easel) -> None:
    edge = stage(e, line=0.84, wood=True)
    wood = _timber(e)
    w, tall = min(620.0, e.w * 0.6), e.h * 0.68
    x, base = e.w / 2 - w / 2, edge + (e.h - edge) * 0.4
    top = base - tall
    e.cast(rect(x, top, w, tall), dx=40, dy=6, blur=30, alpha=0.35)
    e.fill(rect(x, top, w, tall), deep(wood, 0.5))
    rows = e.rng.choice((3, 4))
    for r in range(rows):
        y = top + tall * (r + 1) / rows
        at = x + 30.0
        while at < x + w - 110:
            at += _on_shelf(e, at, y - 12, tall / rows * 0.74)
        grained(e, rect(x, y - 16, w, 26), wood, lines=4)
    for px in (x - 14, x + w - 14):
        grained(e, rect(px, top - 10, 28, tall + 20), wood, across=True, lines=4)
    grained(e, rect(x - 30, top - 24, w + 60, 28), wood, lines=4)


def _on_shelf(e: Easel, x: float, y: float, tall: float) -> float:
    kind = e.rng.random()
    if kind < 0.14:
        vase(
            e,
            x + tall * 0.24,
            y,
            tall * 0.5,
            CERAMICS[e.rng.choice(tuple(CERAMICS))],
            e.rng.randint(0, 2),
        )
        return tall * 0.52
    if kind < 0.26:
        cup(e, x + tall * 0.26, y, tall * 0.3, CERAMICS[e.rng.choice(tuple(CERAMICS))], tea=None)
        return tall * 0.52
    w, h = e.rng.uniform(22, 44), tall * e.rng.uniform(0.6, 1)
    jacket = e.rng.choice(
        ("#c8553d", "#3f6f7a", "#d9a03f", "#6a5a83", "#e8dcc4", "#2f4858", "#8fa37a", "#b98a9a")
    )
    e.paint(rect(x, y - h, w, h), jacket, shade=0.5, glow=0.3, angle=0)
    e.fill(rect(x + 3, y - h * 0.84, w - 6, h * 0.08), pale(jacket, 0.6))
    return w + 3


@scene("cutting_board", LOOKS)
def cutting_board(e: Easel) -> None:
    tabletop(e, wood=False)
    wood = _timber(e)
    x, y = e.w * 0.5, e.h * 0.5
    angle = e.rng.uniform(-20, 20) + (90 if e.h > e.w else 0)
    kind = e.rng.choice(("paddle", "plain", "round"))
    if kind == "round":
        board = ellipse(x, y, 360)
    elif kind == "plain":
        board = spin(rounded(x - 400, y - 270, 800, 540, 50), angle, x, y)
    else:
        outline = smooth(
            [
                (x - 380, y - 230),
                (x + 170, y - 236),
                (x + 240, y - 130),
                (x + 300, y - 52),
                (x + 470, y - 46),
                (x + 490, y),
                (x + 470, y + 46),
                (x + 300, y + 52),
                (x + 240, y + 130),
                (x + 170, y + 236),
                (x - 380, y + 230),
                (x - 410, y),
            ],
            steps=6,
        )
        board = spin(outline, angle, x - 20, y)
    e.cast(board, dx=18, dy=26, blur=22, alpha=0.42)
    e.fill([(px + 6, py + 12) for px, py in board], deep(wood, 0.4))
    grained(e, board, wood, lines=26, knots=e.rng.randint(0, 2))
    if kind == "paddle":
        hole = spin(ellipse(x + 424, y, 22), angle, x - 20, y)
        e.fill(hole, "#4a3a40")
    _on_the_board(e, x, y)


def _on_the_board(e: Easel, x: float, y: float) -> None:
    what = e.rng.choice(("bread", "herbs", "tomato", "bare"))
    if what == "bread":
        loaf = blob(e.rng, x - 60, y, 190, 130, wild=0.05)
        e.cast(loaf, dx=12, dy=16, blur=14)
        e.paint(loaf, "#b9753a", shade=0.6, glow=0.6, angle=50)
        for i in range(3):
            e.line(
                bow(x - 150 + 80 * i, y + 60, x - 90 + 80 * i, y - 70, 16), 6, "#f3d6a0", middle=30
            )
    elif what == "tomato":
        for px, py, r in ((x - 130, y - 40, 84), (x + 20, y + 70, 72), (x + 60, y - 90, 60)):
            e.cast(ellipse(px, py, r), dx=10, dy=14, blur=12)
            e.paint(ellipse(px, py, r), "#d9452f", shade=0.5, glow=0.6, angle=50)
            for a in range(5):
                e.fill(
                    spin([(px - 6, py), (px, py - r * 0.5), (px + 6, py)], a * 72, px, py),
                    "#5f8a4a",
                )
    elif what == "herbs":
        from goodword.ops.demo.art.nature import sprig

        for i in range(3):
            sprig(
                e,
                bow(x - 200, y + 120 - 90 * i, x + 120, y + 60 - 100 * i, -30, steps=9),
                56,
                "#6f9a5a",
            )


@scene("wood_grain", LOOKS)
def wood_grain(e: Easel) -> None:
    """So close that only the rings are left."""
    wood = _timber(e)
    whole = e.frame()
    e.fill(whole, wood)
    cx, cy = e.rng.uniform(-0.2, 0.6) * e.w, e.rng.uniform(0.2, 0.8) * e.h
    for i in range(40, 0, -1):
        r = 20 + i * 40 * e.rng.uniform(0.95, 1.05)
        ring = blob(e.rng, cx, cy, r * 1.9, r, wild=0.035, knots=16)
        tone = (
            deep(wood, e.rng.uniform(0.06, 0.2))
            if i % 2
            else mix(wood, pale(wood), e.rng.uniform(0, 0.4))
        )
        e.fill(ring, tone)
        if i % 2:
            inner = blob(e.rng, cx, cy, r * 1.9 - 8, r - 6, wild=0.03, knots=16)
            e.fill(inner, mix(wood, deep(wood), 0.12))
    e.grain(whole, deep(wood, 0.55), angle=45, amount=0.6)
    e.grain(whole, pale(wood, 0.6), angle=-135, amount=0.5)
    daylight(e, strength=0.2)
    _shaving(e, e.w * e.rng.uniform(0.6, 0.8), e.h * e.rng.uniform(0.6, 0.8), 120, pale(wood, 0.3))


def _shaving(e: Easel, x: float, y: float, r: float, wood: Colour) -> None:
    """A curl from the plane."""
    points = [
        (x + r * (1 - t / 26) * math.cos(t * 0.5), y + r * 0.6 * (1 - t / 26) * math.sin(t * 0.5))
        for t in range(24)
    ]
    e.line([(px + 8, py + 12) for px, py in points], r * 0.34, "#2f2030", end=r * 0.2, alpha=0.2)
    e.line(points, r * 0.34, wood, end=r * 0.2)
    e.line([(px - 2, py - r * 0.08) for px, py in points], r * 0.1, pale(wood, 0.5), end=r * 0.04)


@scene("joint", LOOKS)
def joint(e: Easel) -> None:
    """A dovetail, half open, so that everybody can see how it holds."""
    tabletop(e, wood=False)
    wood = _timber(e)
    x, y = e.w * 0.5, e.h * 0.5
    gap = e.rng.choice((0.0, 60.0, 110.0))
    second = mix(wood, deep(wood), 0.7) if e.rng.random() < 0.6 else pale(wood, 0.12)
    half, deep_in = 210.0, 120.0
    tails: Shape = [(x - 560, y - half), (x - deep_in, y - half)]
    for mid in (y - 140, y, y + 140):
        tail = [(x - deep_in, mid - 30), (x, mid - 52), (x, mid + 52), (x - deep_in, mid + 30)]
        tails += tail
    tails += [(x - deep_in, y + half), (x - 560, y + half)]
    pins = _pins(x + gap, y, half, deep_in)
    for part in (pins, tails):
        e.cast(part, dx=16, dy=26, blur=22, alpha=0.42)
    grained(e, pins, second, across=True, lines=26)
    grained(e, tails, wood, lines=18, knots=1)
    e.line([*tails, tails[0]], 3, deep(wood, 0.5))
    e.line([*pins, pins[0]], 3, deep(second, 0.5))
    for _ in range(3):
        _shaving(
            e,
            x + e.rng.uniform(-400, 400),
            e.h * e.rng.uniform(0.86, 0.96),
            e.rng.uniform(36, 60),
            pale(wood, 0.3),
        )


def _pins(x: float, y: float, half: float, deep_in: float) -> Shape:
    """The board that takes the tails: four pins reaching left between three sockets."""
    left: Shape = []
    top = y - half
    for mid in (y - 140, y, y + 140):
        left += [(x - deep_in, top), (x - deep_in, mid - 30), (x, mid - 52), (x, mid + 52)]
        top = mid + 30
    left += [(x - deep_in, top), (x - deep_in, y + half)]
    return [(x + 560, y - half), *left, (x + 560, y + half)]


@scene("workbench", LOOKS)
def workbench(e: Easel) -> None:
    wall = e.rng.choice(WALLS)
    e.fill(e.frame(), wall)
    e.grain(e.frame(), deep(wall, 0.45), angle=50, amount=0.6)
    daylight(e, strength=0.26, leaves=True)
    wood = _timber(e)
    _tools(e, e.h * 0.1, deep(wood, 0.1))
    top = e.h * 0.64
    for x in (e.w * 0.12, e.w * 0.84):
        grained(e, rect(x, top + 40, 70, e.h - top), deep(wood, 0.15), across=True, lines=5)
    e.cast(rect(0, top, e.w, 60), dx=0, dy=40, blur=30)
    grained(e, rect(e.w * 0.04, top, e.w * 0.92, 74), wood, lines=8)
    x = e.w * e.rng.uniform(0.3, 0.5)
    grained(e, rect(x - 190, top - 36, 480, 38), pale(wood, 0.25), lines=5)
    body = rounded(x - 110, top - 100, 230, 66, 16)
    e.paint(body, deep(wood, 0.3), shade=0.5, glow=0.4)
    e.paint(
        smooth(
            [(x + 60, top - 96), (x + 66, top - 170), (x + 112, top - 176), (x + 104, top - 96)]
        ),
        deep(wood, 0.42),
        shade=0.4,
    )
    e.fill(ellipse(x - 70, top - 118, 28), deep(wood, 0.45))
    e.fill(
        [(x - 8, top - 96), (x + 30, top - 156), (x + 44, top - 150), (x + 18, top - 96)], "#c9cdd2"
    )
    for _ in range(7):
        sx = x + e.rng.uniform(-360, 420)
        _shaving(
            e, sx, e.rng.choice((top - 20, e.h * 0.94)), e.rng.uniform(26, 52), pale(wood, 0.35)
        )
    if e.rng.random() < 0.6:
        cup(e, e.w * 0.84, top + 4, 84, CERAMICS["ink"])


def _tools(e: Easel, y: float, wood: Colour) -> None:
    """The wall of chisels, saws and squares."""
    grained(e, rect(e.w * 0.12, y, e.w * 0.76, 26), wood, lines=3)
    count = int(e.w * 0.7 / 96)
    for i in range(count):
        x = e.w * 0.16 + i * 96
        kind = e.rng.randint(0, 3)
        tall = e.rng.uniform(150, 230)
        e.line([(x + 14, y + 40), (x + 14, y + 20 + tall)], 12, "#2f2030", alpha=0.12)
        if kind == 0:
            e.paint(
                rounded(x - 13, y + 10, 26, 96, 12),
                e.rng.choice(("#b8604a", "#8f6244", "#d9a03f")),
                shade=0.5,
                angle=0,
            )
            e.paint(rect(x - 9, y + 104, 18, tall - 84), "#b9bec4", shade=0.5, angle=0)
        elif kind == 1:
            e.paint(
                [
                    (x - 30, y + 30),
                    (x + 34, y + 30),
                    (x + 14, y + tall + 40),
                    (x - 4, y + tall + 40),
                ],
                "#c3c8cc",
                shade=0.4,
                angle=0,
            )
            e.paint(rounded(x - 34, y - 6, 72, 56, 18), "#8f6244", shade=0.5)
        elif kind == 2:
            e.paint(rect(x - 8, y + 10, 16, tall), "#a9805a", shade=0.5, angle=0)
            e.paint(rounded(x - 44, y + tall - 10, 88, 50, 12), "#5f5f68", shade=0.5)
        else:
            e.line([(x - 26, y + 20), (x - 26, y + tall), (x + 40, y + tall)], 14, "#a9805a")


@scene("table", LOOKS)
def table(e: Easel) -> None:
    """A dining table, a bench, something on it."""
    edge = stage(e, line=0.72, wood=True)
    wood = _timber(e)
    x, base = e.w * 0.5, edge + (e.h - edge) * 0.62
    half, tall = min(460.0, e.w * 0.4), 330.0
    top = base - tall
    e.cast(ellipse(x, base, half * 1.05, 30), dx=30, dy=6, blur=34, alpha=0.4)
    for dx in (-0.86, 0.86):
        _leg(e, x + dx * half, top + 30, x + dx * half * 1.03, base, 48, deep(wood, 0.12))
    e.paint(rect(x - half * 0.86, top + 34, half * 1.72, 40), deep(wood, 0.25), shade=0.5)
    grained(e, rounded(x - half * 1.06, top, half * 2.12, 42, 8), wood, lines=6)
    seat = base - 170
    for dx in (-0.6, 0.6):
        _leg(e, x + dx * half, seat + 20, x + dx * half, base + 30, 32, wood)
    grained(e, rounded(x - half * 0.74, seat, half * 1.48, 30, 6), pale(wood, 0.08), lines=4)
    vase(
        e,
        x - half * 0.3,
        top + 6,
        110,
        CERAMICS[e.rng.choice(("sky", "white", "clay"))],
        e.rng.randint(0, 2),
    )
    cup(e, x + half * 0.4, top + 6, 62, CERAMICS["sand"], kind=1)
    lamp = e.rng.choice(("#d9a03f", "#5f7470", "#c8553d", "#e8dcc4"))
    lx, ly = x + e.rng.uniform(-80, 80), top - e.rng.uniform(210, 260)
    e.line([(lx, 0), (lx, ly)], 5, "#3a3038")
    e.aura(lx, ly + 90, 260, "#ffe3a0", 0.5)
    e.paint(
        [*arc(lx, ly + 70, 120, 90, 180, 360), (lx + 120, ly + 74), (lx - 120, ly + 74)],
        lamp,
        shade=0.4,
        glow=0.4,
        angle=30,
    )
