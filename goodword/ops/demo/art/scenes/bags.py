"""Bags and the places they come from: tote, backpack, crossbody, stitches, a shop window."""

import itertools

from goodword.ops.demo.art.cut import Shape, arc, bow, ellipse, grow, placed, rect, rounded, smooth
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.folk import WALK, dress, person
from goodword.ops.demo.art.ink import Colour, deep, mix, pale
from goodword.ops.demo.art.light import light
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.still import stage

LEATHERS: dict[str, Colour] = {
    "cognac": "#b0683a",
    "black": "#35323c",
    "olive": "#77794f",
    "navy": "#35496b",
    "cream": "#e6d8bf",
    "burgundy": "#7f3540",
    "sage": "#9db09a",
    "mustard": "#cf9a3c",
    "grey": "#8f9098",
}
LOOKS = tuple(LEATHERS)


def _leather(e: Easel) -> Colour:
    return LEATHERS[e.look or e.rng.choice(LOOKS)]


def stitches(e: Easel, line: Shape, colour: Colour, *, gap: int = 2) -> None:
    """Dashes along a line."""
    for i in range(0, len(line) - 1, gap):
        (ax, ay), (bx, by) = line[i], line[i + 1]
        e.line([(ax, ay), (ax + (bx - ax) * 0.6, ay + (by - ay) * 0.6)], 4, colour)


def _dash(x0: float, y0: float, x1: float, y1: float, sag: float = 0) -> Shape:
    return bow(x0, y0, x1, y1, sag, steps=max(8, int((abs(x1 - x0) + abs(y1 - y0)) / 9)))


def _panel(e: Easel, shape: Shape, leather: Colour) -> None:
    """A piece of leather: body, folds of light, pebbled grain."""
    e.fill(shape, leather)
    e.grain(shape, deep(leather, 0.5), angle=70, amount=0.8, reach=0.75)
    e.grain(shape, pale(leather, 0.55), angle=-120, amount=0.6, reach=0.55)
    e.mottle(shape, deep(leather, 0.12), 0.22)


def _brass(e: Easel, x: float, y: float, r: float) -> None:
    e.line([*ellipse(x, y, r), (x + r, y)], r * 0.34, "#d9b25a")
    e.line(arc(x, y, r, r, 190, 280), r * 0.14, "#fbeec0")


@scene("tote", LOOKS)
def tote(e: Easel) -> None:
    edge = stage(e, line=e.rng.uniform(0.68, 0.76))
    leather = _leather(e)
    x, base = e.w * e.rng.uniform(0.46, 0.54), edge + (e.h - edge) * 0.5
    w, tall = e.rng.uniform(300, 340), e.rng.uniform(390, 450)
    top = base - tall
    e.cast(ellipse(x, base, w * 0.9, 30), dx=60, dy=4, blur=30, alpha=0.45)
    e.line(_tote_strap(x, top, w, 236), 26, deep(leather, 0.3))
    _tote_body(e, x, top, base, w, leather)
    strap = _tote_strap(x, top, w, 210)
    e.line(strap, 30, deep(leather, 0.08))
    e.line([(px - 3, py - 5) for px, py in strap], 7, pale(leather, 0.35), alpha=0.7)
    seam = pale(leather, 0.6)
    stitches(e, _dash(x - w * 0.95, top + 30, x + w * 0.95, top + 30, 24), seam)
    stitches(e, _dash(x - w * 0.8, base - 18, x + w * 0.8, base - 18), seam)
    for side in (-1, 1):
        tab = rounded(x + side * w * 0.42 - 30, top + 26, 60, 96, 14)
        e.paint(tab, deep(leather, 0.15), shade=0.4)
        _brass(e, x + side * w * 0.42, top + 60, 13)
    if e.rng.random() < 0.6:
        _tassel(e, x + w * 0.42, x + w * 0.5, top, leather)


def _tote_strap(x: float, top: float, w: float, lift: float) -> Shape:
    near, far = w * 0.36, w * 0.42
    rise = [(x - near, top - lift * 0.6), (x, top - lift), (x + near, top - lift * 0.6)]
    return smooth([(x - far, top + 60), *rise, (x + far, top + 60)], closed=False)


def _tote_body(e: Easel, x: float, top: float, base: float, w: float, leather: Colour) -> None:
    """The dark inside first, then the front panel with its sagging rim."""
    rim = [(x - w, top + 10), (x, top - 12), (x + w, top + 10)]
    e.fill(smooth([(x - w * 0.9, base), *rim, (x + w * 0.9, base)], steps=4), deep(leather, 0.5))
    half = ((1.02, top), (0.96, base - 40), (0.82, base + 8))
    right = smooth([(x + w * u, y) for u, y in half], closed=False)
    left = smooth([(x - w * u, y) for u, y in half[::-1]], closed=False)
    _panel(e, [*bow(x - w * 1.02, top, x + w * 1.02, top, 26), *right[1:], *left], leather)


def _tassel(e: Easel, x0: float, x1: float, top: float, leather: Colour) -> None:
    charm = e.rng.choice(("#d9452f", "#e0a13a", "#3f8f8a", "#f0d9b0"))
    e.line(bow(x0, top + 70, x1, top + 190, -10), 5, deep(leather, 0.3))
    for i in range(6):
        e.line([(x1, top + 190), (x1 - 18 + 7 * i, top + 256)], 7, charm, end=4)


@scene("backpack", LOOKS)
def backpack(e: Easel) -> None:
    edge = stage(e, line=e.rng.uniform(0.7, 0.78))
    leather = _leather(e)
    x, base = e.w * 0.5, edge + (e.h - edge) * 0.5
    w, tall = 250.0, 500.0
    top = base - tall
    e.cast(ellipse(x, base, w * 1.1, 30), dx=50, dy=4, blur=30, alpha=0.45)
    for side in (-1, 1):
        e.line(
            smooth(
                [
                    (x + side * w * 0.5, top + 40),
                    (x + side * w * 1.32, top + 190),
                    (x + side * w * 1.16, base - 30),
                ],
                closed=False,
            ),
            40,
            deep(leather, 0.4),
        )
    e.line(arc(x, top + 14, 56, 62, 180, 360), 22, deep(leather, 0.3))
    body = smooth(
        [
            (x - w * 0.86, base),
            (x - w * 1.02, base - tall * 0.4),
            (x - w * 0.92, top + 110),
            (x - w * 0.5, top + 6),
            (x + w * 0.5, top + 6),
            (x + w * 0.92, top + 110),
            (x + w * 1.02, base - tall * 0.4),
            (x + w * 0.86, base),
        ],
        steps=6,
    )
    _panel(e, body, leather)
    pocket = rounded(x - w * 0.74, base - tall * 0.44, w * 1.48, tall * 0.4, 54)
    e.cast(pocket, dx=6, dy=10, blur=10, alpha=0.35)
    _panel(e, pocket, mix(leather, deep(leather), 0.3))
    stitches(e, _dash(x - w * 0.62, base - 40, x + w * 0.62, base - 40), pale(leather, 0.6))
    _backpack_flap(e, x, top, w, leather)


def _backpack_flap(e: Easel, x: float, top: float, w: float, leather: Colour) -> None:
    """Flap, straps and buckles."""
    flap = smooth(
        [
            (x - w * 0.98, top + 150),
            (x - w * 0.8, top + 40),
            (x, top - 8),
            (x + w * 0.8, top + 40),
            (x + w * 0.98, top + 150),
            (x + w * 0.74, top + 256),
            (x, top + 286),
            (x - w * 0.74, top + 256),
        ],
        steps=6,
    )
    e.cast(flap, dx=6, dy=14, blur=12, alpha=0.4)
    _panel(e, flap, pale(leather, 0.08))
    inner = grow(flap, 0.93, 0.92, x, top + 140)
    stitches(e, [*inner, inner[0]], pale(leather, 0.6))
    for side in (-1, 1):
        strap = rounded(x + side * w * 0.42 - 24, top + 200, 48, 170, 12)
        e.cast(strap, dx=4, dy=6, blur=6, alpha=0.3)
        e.paint(strap, deep(leather, 0.25), shade=0.4)
        buckle = rounded(x + side * w * 0.42 - 34, top + 300, 68, 46, 8)
        e.line([*buckle, buckle[0]], 10, "#d9b25a")
        e.line([(x + side * w * 0.42, top + 322), (x + side * w * 0.42, top + 350)], 8, "#fbeec0")


@scene("crossbody", LOOKS)
def crossbody(e: Easel) -> None:
    edge = stage(e, line=e.rng.uniform(0.66, 0.74))
    leather = _leather(e)
    x, base = e.w * 0.5, edge + (e.h - edge) * 0.5
    w, tall = 290.0, 330.0
    top = base - tall
    e.cast(ellipse(x, base, w * 1.05, 26), dx=50, dy=4, blur=28, alpha=0.45)
    strap = smooth(
        [
            (x - w * 0.9, top + 40),
            (x - w * 0.9, top - 160),
            (x - w * 0.2, top - 330),
            (x + w * 0.7, top - 200),
            (x + w * 0.9, top + 40),
        ],
        closed=False,
    )
    if e.rng.random() < 0.5:
        e.line(strap, 20, deep(leather, 0.2))
    else:
        for px, py in strap[::1]:
            e.fill(ellipse(px, py, 10, 8), "#d9b25a")
            e.fill(ellipse(px - 2, py - 3, 4, 3), "#fbeec0")
    body = rounded(x - w, top, w * 2, tall, 60)
    _panel(e, body, leather)
    flap = [
        (x - w * 1.01, top + 40),
        *arc(x - w * 0.84, top + 40, w * 0.17, 44, 180, 270, steps=8),
        *arc(x + w * 0.84, top + 40, w * 0.17, 44, 270, 360, steps=8),
        (x + w * 1.01, top + 40),
        *bow(x + w * 1.0, top + 150, x - w * 1.0, top + 150, e.rng.uniform(60, 110), steps=24),
    ]
    e.cast(flap, dx=4, dy=14, blur=14, alpha=0.4)
    _panel(e, flap, pale(leather, 0.06))
    stitches(
        e, bow(x - w * 0.95, top + 138, x + w * 0.95, top + 138, 80, steps=60), pale(leather, 0.6)
    )
    _clasp(e, x, top)
    for side in (-1, 1):
        _brass(e, x + side * w * 0.9, top + 30, 18)


def _clasp(e: Easel, x: float, top: float) -> None:
    clasp = rounded(x - 42, top + 186, 84, 52, 12)
    e.cast(clasp, dx=4, dy=6, blur=6)
    e.paint(clasp, "#d9b25a", shade=0.5, glow=0.7, angle=50)
    e.fill(rounded(x - 24, top + 202, 48, 18, 8), "#a8843a")


@scene("bag_detail", LOOKS)
def bag_detail(e: Easel) -> None:
    """Close enough to count the stitches."""
    leather = _leather(e)
    whole = e.frame()
    _panel(e, whole, leather)
    e.dots(whole, deep(leather, 0.25), 420, 3.4, alpha=0.5)
    kind = e.rng.choice((_zip, _buckle, _tag))
    cut_y = e.h * e.rng.uniform(0.4, 0.56)
    edge = (-20, cut_y + 30, e.w + 20, cut_y - 40, -30)
    over = [(-20, cut_y + 30), *bow(*edge), (e.w + 20, -20), (-20, -20)]
    e.cast(over, dx=0, dy=18, blur=20, alpha=0.45)
    _panel(e, over, pale(leather, 0.1))
    for off in (34, 62):
        _thick_seam(e, [(x, y - off) for x, y in bow(*edge, steps=46)], leather)
    kind(e, e.w * 0.5, leather)


def _thick_seam(e: Easel, line: Shape, leather: Colour) -> None:
    """Stitches so near that each throws a shadow."""
    for (ax, ay), (bx, by) in itertools.pairwise(line):
        cx, cy = ax + (bx - ax) * 0.68, ay + (by - ay) * 0.68
        e.line([(ax + 4, ay + 3), (cx + 4, cy + 3)], 9, deep(leather, 0.5))
        e.line([(ax, ay), (cx, cy)], 8, pale(leather, 0.72))


def _zip(e: Easel, x: float, leather: Colour) -> None:
    y = e.h * 0.78
    e.fill(rect(-10, y - 44, e.w + 20, 88), deep(leather, 0.5))
    for i in range(int(e.w / 22) + 1):
        e.fill(rect(i * 22, y - 17 + 12 * (i % 2), 16, 26), "#d9b25a")
    pull = rounded(x - 34, y - 30, 68, 150, 24)
    e.cast(pull, dx=10, dy=14, blur=12)
    e.paint(pull, "#e0bc66", shade=0.5, glow=0.6, angle=45)
    e.fill(rounded(x - 14, y + 66, 28, 34, 12), deep(leather, 0.4))


def _buckle(e: Easel, x: float, leather: Colour) -> None:
    strap = rect(x - 90, -10, 180, e.h * 0.86)
    e.cast(strap, dx=16, dy=10, blur=18)
    _panel(e, strap, mix(leather, deep(leather), 0.5))
    frame = rounded(x - 150, e.h * 0.5, 300, 220, 40)
    e.cast(frame, dx=8, dy=12, blur=12, alpha=0.2)
    e.line([*frame, frame[0]], 38, "#d9b25a")
    e.line(frame[9:19], 10, "#fbeec0")
    e.line([(x, e.h * 0.5 + 10), (x, e.h * 0.5 + 214)], 26, "#c9a04a")
    for i in range(2):
        e.fill(ellipse(x, e.h * 0.78 + i * 90, 13), deep(leather, 0.7))


def _tag(e: Easel, x: float, leather: Colour) -> None:
    """A stamped leather tag: three lines, no name."""
    y = e.h * 0.6
    tag = rounded(x - 170, y, 340, 190, 20)
    e.cast(tag, dx=6, dy=8, blur=8)
    _panel(e, tag, deep(leather, 0.12))
    ring = grow(tag, 0.9, 0.84, x, y + 95)
    e.line([*ring, ring[0]], 4, pale(leather, 0.5))
    for i in range(3):
        ends = [(x - 90 + 26 * i, y + 66 + 30 * i), (x + 90 - 26 * i, y + 66 + 30 * i)]
        e.line(ends, 9, deep(leather, 0.55))


@scene("shop_window", ("noon", "golden", "dusk", "night"))
def shop_window(e: Easel) -> None:
    """A small boutique in a foreign street."""
    lit = light(e, "golden", "dusk", "night", "noon")
    stone = lit.far(e.rng.choice(("#e3d3b8", "#c9b8a8", "#b8c0b8", "#d9b9a0")), 0.08)
    e.fill(e.frame(), stone)
    with e.clip(e.frame()):
        for row in range(14):
            y = row * e.h / 14
            e.line([(0, y), (e.w, y)], 4, deep(stone, 0.16))
            for c in range(8):
                bx = (c + 0.5 * (row % 2)) * e.w / 7
                e.line([(bx, y), (bx, y + e.h / 14)], 4, deep(stone, 0.16))
    e.grain(e.frame(), deep(stone, 0.5), angle=40, amount=0.5)
    paint_of = e.rng.choice(("#2f4f4a", "#6a2f35", "#2f3f5f", "#3a3a3f", "#8a5a3a"))
    ground = e.h * 0.86
    left, right, top = e.w * 0.1, e.w * 0.9, e.h * 0.3
    e.paint(rect(left, top - 70, right - left, ground - top + 70), paint_of, shade=0.3)
    door = _window_and_door(e, left, right, top, ground, paint_of)
    _front(e, left, top, right, paint_of)
    e.paint(rect(0, ground, e.w, e.h - ground), lit.far("#8a8078", 0.05), shade=0.5)
    person(e, e.w * e.rng.uniform(0.16, 0.6), e.h * 0.95, e.h * 0.34, dress(e), WALK, back=True)
    if lit.night:
        e.tint("#16204a", 0.28)
        e.aura((left + door) / 2, e.h * 0.58, e.w * 0.5, "#ffd98a", 0.4)


def _front(e: Easel, left: float, top: float, right: float, paint_of: Colour) -> None:
    """Awning and fascia."""
    awning = e.rng.choice(("#c8553d", "#3f6f6a", "#d9a03f", "#5a4a6a"))
    for i in range(10):
        a, b = (
            left - 20 + (right - left + 40) * i / 10,
            left - 20 + (right - left + 40) * (i + 1) / 10,
        )
        e.paint(
            [
                (a + 8, top - 60),
                (b + 8 * 0, top - 60),
                (b, top + 40),
                *bow(b, top + 40, a, top + 40, 18),
            ],
            awning if i % 2 else "#f6ead2",
            shade=0.35,
        )
    e.paint(rect(left, top - 130, right - left, 66), deep(paint_of, 0.15), shade=0.3)
    for i in range(7):
        e.fill(rounded(e.w * 0.5 - 150 + i * 44, top - 112, 30 if i % 3 else 18, 30, 6), "#e6c878")


def _window_and_door(
    e: Easel, left: float, right: float, top: float, ground: float, paint_of: Colour
) -> float:
    door = e.w * 0.68
    glass = rect(left + 34, top + 40, door - left - 60, ground - top - 130)
    e.paint(glass, "#fbe3b0", shade=0.0)
    e.aura((left + door) / 2, e.h * 0.55, e.w * 0.35, "#fff6dc", 0.8)
    with e.clip(glass):
        for r in range(2):
            y = top + (ground - top) * (0.42 + 0.34 * r)
            e.fill(rect(left, y, door - left, 14), "#a8784a")
            for i in range(3):
                _tiny_bag(
                    e,
                    left + 100 + i * (door - left - 110) / 3,
                    y,
                    84,
                    LEATHERS[e.rng.choice(LOOKS)],
                )
        e.fill(
            [(left + 40, ground), (left + 200, top), (left + 290, top), (left + 130, ground)],
            "#ffffff",
            0.16,
        )
    e.paint(
        rect(door, top + 40, right - door - 34, ground - top - 40), deep(paint_of, 0.2), shade=0.3
    )
    e.fill(rect(door + 30, top + 76, right - door - 94, (ground - top) * 0.6), "#fbe3b0")
    e.fill(ellipse(door + 22, e.h * 0.64, 9), "#d9b25a")
    return door


TINY_BAG = ((-0.5, -0.74), (0.5, -0.74), (0.42, 0), (-0.42, 0))


def _tiny_bag(e: Easel, x: float, y: float, s: float, leather: Colour) -> None:
    e.line(arc(x, y - s * 0.72, s * 0.3, s * 0.4, 180, 360), s * 0.09, deep(leather, 0.2))
    e.paint(
        placed(x, y, s, TINY_BAG),
        leather,
        shade=0.5,
        glow=0.5,
        angle=50,
    )
    e.fill(ellipse(x, y - s * 0.56, s * 0.06), "#d9b25a")
