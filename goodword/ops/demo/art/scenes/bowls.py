"""Food from above: noodles, dumplings, hotpot, a whole family's dinner."""

import math

from goodword.ops.demo.art.cut import (
    Shape,
    arc,
    blob,
    bow,
    ellipse,
    grow,
    leaf,
    placed,
    rounded,
    smooth,
    spin,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, pale
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.still import (
    around,
    chopsticks,
    dish,
    glaze_of,
    planks,
    steam,
    tabletop,
)


def scallions(e: Easel, shape: Shape, count: int, size: float = 9) -> None:
    """Little green rings."""
    xs, ys = [p[0] for p in shape], [p[1] for p in shape]
    for _ in range(count):
        x, y = e.rng.uniform(min(xs), max(xs)), e.rng.uniform(min(ys), max(ys))
        r = size * e.rng.uniform(0.7, 1.2)
        e.fill(ellipse(x, y, r, r * 0.8, steps=12), e.rng.choice(("#6fa046", "#8fbf5a", "#4f8a3a")))
        e.fill(ellipse(x, y, r * 0.42, r * 0.34, steps=8), "#cfe3a0")


def half_egg(e: Easel, x: float, y: float, r: float, angle: float = 20) -> None:
    white = spin(blob(e.rng, x, y, r, r * 0.8, wild=0.03), angle, x, y)
    e.cast(white, dx=4, dy=6, blur=6, alpha=0.3)
    e.paint(white, "#fbf3e4", shade=0.3)
    yolk = ellipse(x + r * 0.05, y, r * 0.5, r * 0.46)
    e.paint(yolk, e.rng.choice(("#f0a42e", "#ee8f2a", "#f5b94a")), shade=0.35, glow=0.5, angle=50)


def pork(e: Easel, x: float, y: float, r: float, angle: float) -> None:
    cut = spin(blob(e.rng, x, y, r, r * 0.62, wild=0.08), angle, x, y)
    e.cast(cut, dx=4, dy=6, blur=6, alpha=0.35)
    e.paint(cut, "#b9694a", shade=0.4)
    e.fill(spin(ellipse(x, y - r * 0.05, r * 0.72, r * 0.36), angle, x, y), "#d99a7a")
    for i in range(3):
        e.line(
            spin(
                bow(
                    x - r * 0.55,
                    y - r * 0.2 + i * r * 0.18,
                    x + r * 0.55,
                    y - r * 0.24 + i * r * 0.18,
                    r * 0.1,
                ),
                angle,
                x,
                y,
            ),
            r * 0.07,
            "#f3d9c0",
        )


@scene("noodles", ("clear", "red", "soy"))
def noodles(e: Easel) -> None:
    tabletop(e)
    x, y, r = (
        e.w * e.rng.uniform(0.46, 0.54),
        e.h * e.rng.uniform(0.47, 0.53),
        e.rng.uniform(330, 390),
    )
    if e.h > e.w:
        chopsticks(e, x, y + r * 1.12, r * 2.1, e.rng.uniform(-18, -4))
    else:
        chopsticks(e, x + r * 1.3, y, r * 1.9, e.rng.uniform(74, 100))
    well = dish(e, x, y, r, glaze_of(e), well=0.87, rim=e.rng.choice((None, "#3f5f8a", "#a8503f")))
    broth = {"clear": "#e3b86a", "red": "#c8502e", "soy": "#9a5f35"}[
        e.look or e.rng.choice(("clear", "red", "soy"))
    ]
    e.fill(grow(well, 0.98, 0.98, x, y), broth)
    e.grain(well, deep(broth, 0.4), angle=-135, amount=0.6, reach=0.5)
    with e.clip(grow(well, 0.98, 0.98, x, y)):
        _strands(e, x, y, r * 0.66)
        for _ in range(14):
            e.aura(
                x + e.rng.uniform(-1, 1) * r * 0.8,
                y + e.rng.uniform(-1, 1) * r * 0.8,
                e.rng.uniform(12, 30),
                pale(broth, 0.5),
                0.6,
            )
        spots = around(x, y, r * 0.46, 5, e.rng.uniform(0, 360))
        for i, (px, py) in enumerate(spots[:2]):
            pork(e, px, py, r * 0.27, i * 40 + e.rng.uniform(0, 60))
        half_egg(e, *spots[2], r * 0.2, e.rng.uniform(0, 90))
        if e.rng.random() < 0.6:
            half_egg(
                e, spots[2][0] + r * 0.22, spots[2][1] + r * 0.12, r * 0.2, e.rng.uniform(0, 90)
            )
        _greens(e, *spots[3], r * 0.36)
        scallions(e, ellipse(*spots[4], r * 0.28), 30, r * 0.03)
    steam(e, x, y - r * 0.1, r * 0.8)


def _strands(e: Easel, x: float, y: float, r: float) -> None:
    for _ in range(46):
        a = e.rng.uniform(0, 360)
        px, py = x + e.rng.uniform(-0.5, 0.5) * r, y + e.rng.uniform(-0.5, 0.5) * r
        rr = r * e.rng.uniform(0.35, 0.85)
        line = arc(
            px, py, rr, rr * e.rng.uniform(0.5, 0.9), a, a + e.rng.uniform(70, 170), steps=16
        )
        tone = e.rng.choice(("#f3d9a0", "#eccb88", "#f8e6bd"))
        e.line([(u + 2, v + 4) for u, v in line], r * 0.05, "#a8763f", alpha=0.35)
        e.line(line, r * 0.045, tone)


def _greens(e: Easel, x: float, y: float, s: float) -> None:
    for _ in range(5):
        a = e.rng.uniform(0, 360)
        stem = leaf(x, y, s * e.rng.uniform(0.6, 0.9), s * 0.16, a)
        e.fill(stem, "#cfe0a8")
        tip = stem[len(stem) // 2]
        e.paint(
            blob(e.rng, *tip, s * 0.26, s * 0.2),
            e.rng.choice(("#4f8a3f", "#6aa04a", "#3f7a45")),
            shade=0.5,
            glow=0.4,
        )


@scene("dumplings", ("boiled", "fried"))
def dumplings(e: Easel) -> None:
    tabletop(e)
    x, y, r = e.w * 0.47, e.h * 0.5, e.rng.uniform(340, 390)
    dish(e, x, y, r, glaze_of(e), rim=e.rng.choice((None, "#3f5f8a", "#7a8f6a")))
    fried = (e.look or e.rng.choice(("boiled", "fried"))) == "fried"
    places = [
        *around(x, y, r * 0.52, 8, e.rng.uniform(0, 60)),
        *around(x, y, r * 0.17, 3, e.rng.uniform(0, 90)),
    ]
    for i, (px, py) in enumerate(places):
        _dumpling(e, px, py, r * 0.22, i * 45 + 90 + e.rng.uniform(-20, 20), fried=fried)
    scallions(e, ellipse(x, y, r * 0.5), 16, r * 0.022)
    sx, sy = (x + r * 1.12, y + r * 0.62) if e.w > e.h else (x + r * 0.55, y + r * 1.22)
    sauce = dish(e, sx, sy, r * 0.32, glaze_of(e), well=0.8)
    e.paint(grow(sauce, 0.9, 0.9, sx, sy), "#5a2f26", shade=0.4, glow=0.3)
    e.dots(ellipse(sx, sy, r * 0.2), "#d9452f", 12, 5)
    above = 1.14 if e.h >= e.w else 0.98
    chopsticks(e, x - r * 0.1, y - r * above, r * 1.7, e.rng.uniform(-8, 6))
    if e.rng.random() < 0.5:
        steam(e, x, y - r * 0.1, r * 0.7)


DUMPLING = ((-1, 0.18), (-0.62, -0.42), (0, -0.58), (0.62, -0.42), (1, 0.18), (0, 0.42))


def _dumpling(e: Easel, x: float, y: float, s: float, angle: float, *, fried: bool) -> None:
    body = spin(
        smooth(
            placed(x, y, s, DUMPLING),
            steps=6,
        ),
        angle,
        x,
        y,
    )
    e.cast(body, dx=6, dy=9, blur=9, alpha=0.32)
    skin: Colour = "#f6e8cc"
    e.fill(body, skin)
    e.grain(body, "#c9a878", angle=50, amount=0.6, reach=0.7)
    e.grain(body, "#fffaf0", angle=-130, amount=0.8, reach=0.5)
    if fried:
        e.grain(body, "#b5682c", angle=angle + 90, amount=0.95, reach=0.55)
    crest = spin(bow(x - s * 0.9, y - s * 0.02, x + s * 0.9, y - s * 0.02, -s * 0.5), angle, x, y)
    for i, (px, py) in enumerate(crest[1:-1]):
        e.line(
            [(px, py), (px + (x - px) * 0.22, py + (y - py) * 0.22)],
            s * 0.06,
            "#d6b88a",
            end=1,
            alpha=0.9 if i % 2 else 0.6,
        )
    e.line(crest, s * 0.035, "#d9be92")


DIVIDER = ((0, -0.9), (0.3, -0.3), (-0.3, 0.3), (0, 0.9))


@scene("hotpot", ("red", "split"))
def hotpot(e: Easel) -> None:
    tabletop(e, wood=True)
    x, y = e.w * 0.5, e.h * 0.5
    r = 285.0
    sides = [
        p
        for p in around(x, y, 470, 9, e.rng.uniform(0, 40))
        if 20 < p[0] < e.w - 20 and 20 < p[1] < e.h - 20
    ]
    for i, (px, py) in enumerate(sides):
        _raw_plate(e, px, py, 132, i)
    _pot(e, x, y, r)
    well = ellipse(x, y, r * 0.91)
    e.fill(well, "#b8391f")
    if (e.look or e.rng.choice(("red", "split"))) == "split":
        half = smooth(
            [
                *arc(x, y, r * 0.91, r * 0.91, -90, 90, steps=12),
                (x - r * 0.3, y + r * 0.3),
                (x + r * 0.3, y - r * 0.3),
            ],
            steps=4,
        )
        e.fill(half, "#ead9a8")
        e.line(
            smooth(
                placed(x, y, r, DIVIDER),
                closed=False,
            ),
            18,
            "#9a999e",
        )
    e.grain(well, "#5a1a16", angle=-135, amount=0.6, reach=0.4)
    with e.clip(well):
        _simmer(e, x, y, r)
    steam(e, x, y - 30, 300, 4)
    chopsticks(e, x + r * 0.9, y + r * 0.86, 420, -38)


def _pot(e: Easel, x: float, y: float, r: float) -> None:
    pot = ellipse(x, y, r)
    e.cast(pot, dx=20, dy=28, blur=26, alpha=0.45)
    for dx in (-1, 1):
        e.paint(rounded(x + dx * r * 1.02 - 34, y - 30, 68, 60, 20), "#8a8a8f", shade=0.5)
    e.paint(pot, "#a9a8ac", shade=0.5, glow=0.6, angle=45)


def _simmer(e: Easel, x: float, y: float, r: float) -> None:
    for _ in range(22):
        px, py = x + e.rng.uniform(-0.85, 0.85) * r, y + e.rng.uniform(-0.85, 0.85) * r
        if e.rng.random() < 0.5:
            e.aura(px, py, e.rng.uniform(14, 36), "#f5a05a", 0.7)
        else:
            e.line(
                bow(px, py, px + e.rng.uniform(-50, 50), py + e.rng.uniform(-26, 26), 12),
                12,
                "#d9452f",
                end=3,
            )
    for _ in range(9):
        px, py = x + e.rng.uniform(-0.6, 0.6) * r, y + e.rng.uniform(-0.6, 0.6) * r
        ball = ellipse(px, py, 26, 24)
        e.cast(ball, dx=4, dy=6, blur=6)
        e.paint(
            ball,
            e.rng.choice(("#f3e0c0", "#e8b49a", "#f6efe0", "#c98a5a")),
            shade=0.5,
            glow=0.6,
            angle=50,
        )
    scallions(e, ellipse(x, y, r * 0.6), 26, 9)


def _raw_plate(e: Easel, x: float, y: float, r: float, i: int) -> None:
    dish(e, x, y, r, glaze_of(e), well=0.8)
    kind = i % 4
    if kind == 0:
        for px, py in [*around(x, y, r * 0.44, 7), (x, y)]:
            roll = blob(e.rng, px, py, r * 0.24, r * 0.2)
            e.paint(roll, "#c85a5a", shade=0.4)
            e.line(arc(px, py, r * 0.13, r * 0.1, 0, 300, steps=12), r * 0.05, "#f6d6cf")
    elif kind == 1:
        _greens(e, x, y + r * 0.2, r * 0.95)
        _greens(e, x - r * 0.1, y - r * 0.1, r * 0.8)
    elif kind == 2:
        for px, py in [*around(x, y, r * 0.4, 6), (x, y)]:
            cube = rounded(px - r * 0.16, py - r * 0.16, r * 0.32, r * 0.32, 6)
            e.cast(cube, dx=4, dy=6, blur=5)
            e.paint(cube, "#fbf3df", shade=0.35)
    else:
        for px, py in [*around(x, y, r * 0.42, 6, 20), (x, y)]:
            cap = ellipse(px, py, r * 0.21)
            e.cast(cap, dx=3, dy=5, blur=5)
            e.paint(cap, "#a8754f", shade=0.5, glow=0.4, angle=50)
            for a in (0, 60, 120):
                e.line(spin([(px - r * 0.13, py), (px + r * 0.13, py)], a, px, py), 5, "#f0dcbc")


@scene("family_dinner")
def family_dinner(e: Easel) -> None:
    """A round table with everybody's chopsticks pointing in."""
    floor = e.rng.choice(("#7a8f8a", "#a8755a", "#5f6a7a", "#b59a6a"))
    planks(e, e.frame(), floor, board=120)
    e.grain(e.frame(), "#2f2038", angle=45, amount=0.45)
    x, y, r = e.w * 0.5, e.h * 0.5, 470.0
    table = ellipse(x, y, r)
    e.cast(table, dx=24, dy=34, blur=40, alpha=0.45)
    e.paint(table, e.rng.choice(("#9a5a3f", "#c98a5a", "#6f4436")), shade=0.4, glow=0.4, angle=50)
    turn = ellipse(x, y, r * 0.66)
    e.cast(turn, dx=6, dy=10, blur=12)
    e.paint(turn, e.rng.choice(("#e8dcc6", "#c9a878", "#dfe6e0")), shade=0.3, glow=0.4, angle=50)
    start = e.rng.uniform(0, 60)
    for i, (px, py) in enumerate(around(x, y, r * 0.44, 6, start)):
        _course(e, px, py, 92, i + e.rng.randint(0, 1))
    _course(e, x, y, 108, 6)
    seats = e.rng.choice((6, 7, 8))
    for i, (px, py) in enumerate(around(x, y, r * 0.83, seats, start + 20)):
        well = dish(e, px, py, 52, "#f6f1e6", well=0.76)
        e.paint(grow(well, 0.92, 0.92, px, py), "#fdf9f0", shade=0.3, angle=-120)
        a = start + 20 + 360 * i / seats
        cx, cy = (
            x + r * 0.83 * math.cos(math.radians(a + 11)),
            y + r * 0.83 * math.sin(math.radians(a + 11)),
        )
        chopsticks(e, cx, cy, 104, a, "#7a4a35")


WHOLE_FISH = (
    (-0.62, 0), (-0.2, -0.26), (0.3, -0.16), (0.66, -0.26), (0.58, 0), (0.66, 0.26),
    (0.3, 0.14), (-0.2, 0.26),
)  # fmt: skip


def _course(e: Easel, x: float, y: float, r: float, kind: int) -> None:
    well = dish(e, x, y, r, glaze_of(e), well=0.82)
    kind %= 7
    if kind == 0:
        fish = spin(
            smooth(placed(x, y, r, WHOLE_FISH)),
            e.rng.uniform(-30, 30),
            x,
            y,
        )
        e.paint(fish, "#c9824a", shade=0.5, glow=0.5)
        scallions(e, ellipse(x, y, r * 0.4), 14, 6)
    elif kind == 1:
        _greens(e, x, y, r * 1.0)
    elif kind in (2, 6):
        broth = "#b8442a" if kind == 2 else "#eedfae"
        e.fill(grow(well, 0.96, 0.96, x, y), broth)
        e.grain(well, deep(broth, 0.4), angle=-135, amount=0.6)
        for px, py in around(x, y, r * 0.4, 6):
            e.paint(
                rounded(px - 13, py - 12, 26, 24, 5),
                "#fbf3df" if kind == 2 else "#e8a05a",
                shade=0.4,
            )
        scallions(e, ellipse(x, y, r * 0.4), 14, 6)
    elif kind == 3:
        for px, py in [*around(x, y, r * 0.42, 6), (x, y)]:
            e.paint(
                blob(e.rng, px, py, r * 0.2, r * 0.17), "#8a3f2a", shade=0.4, glow=0.6, angle=50
            )
    elif kind == 4:
        for i, (px, py) in enumerate(around(x, y, r * 0.44, 8)):
            e.paint(leaf(px, py, r * 0.36, r * 0.2, 45 * i + 200), "#f0a08a", shade=0.4, glow=0.4)
    else:
        e.paint(blob(e.rng, x, y, r * 0.6, r * 0.55, wild=0.1), "#f2c14e", shade=0.35, glow=0.5)
        e.dots(ellipse(x, y, r * 0.5), "#d9452f", 16, 9)
