"""The carpenter's work: stools, shelves, boards, joints, grain."""

import math

from goodword.ops.demo.art.cut import (
    Shape,
    arc,
    blob,
    bow,
    ellipse,
    placed,
    rect,
    rounded,
    smooth,
    spin,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, mix, pale
from goodword.ops.demo.art.nature import sprig
from goodword.ops.demo.art.pots import CERAMICS, cup, vase
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.still import daylight, stage, tabletop

TIMBERS: dict[str, Colour] = {
    "oak": "#c99f66",
    "walnut": "#6f4a37",
    "cherry": "#b4693f",
    "ash": "#dcc39a",
    "elm": "#a47b4f",
}
LOOKS = tuple(TIMBERS)


def timber(e: Easel) -> Colour:
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


def leg(e: Easel, x0: float, y0: float, x1: float, y1: float, width: float, wood: Colour) -> None:
    leg = [
        (x0 - width / 2, y0),
        (x0 + width / 2, y0),
        (x1 + width * 0.36, y1),
        (x1 - width * 0.36, y1),
    ]
    e.paint(leg, wood, shade=0.6, glow=0.4, angle=0)


SADDLE = (
    (-1.15, -26), (-0.5, 0), (0.5, 0), (1.15, -26), (1.1, 24), (0, 44), (-1.1, 24),
)  # fmt: skip


@scene("stool", LOOKS)
def stool(e: Easel) -> None:
    edge = stage(e, line=e.rng.uniform(0.62, 0.7), wood=True)
    wood = timber(e)
    x, base = e.w * 0.5, edge + (e.h - edge) * 0.6
    tall, half = e.rng.uniform(390, 450), e.rng.uniform(190, 230)
    top = base - tall
    e.cast(ellipse(x, base - 6, half * 1.2, 40), dx=50, dy=6, blur=30, alpha=0.45)
    for dx in (-0.55, 0.55):
        leg(e, x + dx * half, top + 20, x + dx * half * 1.25, base - 46, 34, deep(wood, 0.3))
    rung = rounded(x - half * 0.8, top + tall * 0.62, half * 1.6, 24, 10)
    e.paint(rung, deep(wood, 0.2), shade=0.5)
    for dx in (-0.8, 0.8):
        leg(e, x + dx * half, top + 20, x + dx * half * 1.25, base, 40, deep(wood, 0.06))
    seat = e.rng.choice((_round_seat, _square_seat, _saddle_seat))
    seat(e, x, top, half, wood)
    if e.rng.random() < 0.5:
        vase(e, x, top + 6, 100, CERAMICS["celadon"], e.rng.randint(0, 2))


def _round_seat(e: Easel, x: float, y: float, half: float, wood: Colour) -> None:
    r = half * 1.08
    edge = [*arc(x, y + 26, r, 50, 0, 180), *arc(x, y, r, 50, 180, 360)]
    e.paint(edge, deep(wood, 0.18), shade=0.5, angle=0)
    grained(e, ellipse(x, y, r, 50), wood, lines=9)


def _square_seat(e: Easel, x: float, y: float, half: float, wood: Colour) -> None:
    grained(e, rounded(x - half * 1.1, y - 6, half * 2.2, 46, 10), wood, lines=6)


def _saddle_seat(e: Easel, x: float, y: float, half: float, wood: Colour) -> None:
    grained(e, smooth(placed(x, y, (half, 1), SADDLE), steps=6), wood, lines=7)


@scene("bookshelf", LOOKS)
def bookshelf(e: Easel) -> None:
    edge = stage(e, line=0.84, wood=True)
    wood = timber(e)
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
    wood = timber(e)
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
    wood = timber(e)
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
    shaving(e, e.w * e.rng.uniform(0.6, 0.8), e.h * e.rng.uniform(0.6, 0.8), 120, pale(wood, 0.3))


def shaving(e: Easel, x: float, y: float, r: float, wood: Colour) -> None:
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
    wood = timber(e)
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
        shaving(
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
