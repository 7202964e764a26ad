"""People together: kite, picnic, birthday, graduation."""

from goodword.ops.demo.art.cut import (
    arc,
    bow,
    ellipse,
    leaf,
    placed,
    rect,
    rounded,
    smooth,
    spin,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.folk import (
    CHEER,
    REACH,
    RUN,
    STAND,
    WAVE,
    Dress,
    dress,
    person,
)
from goodword.ops.demo.art.ink import Colour, deep, mix, pale
from goodword.ops.demo.art.light import Light, clouds, light, sky
from goodword.ops.demo.art.nature import birds, blossom, bush, grass, hills, tree
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.still import CLOTHS, cloth

GREENS = ("#8fb06a", "#a3b56a", "#7fa678", "#9fb85a")
FESTIVE = ("#d9452f", "#e0a13a", "#3f8f8a", "#d97a8a", "#5a7fb0", "#8fae5a")


def _lawn(e: Easel, lit: Light, horizon: float, green: Colour) -> None:
    hill = smooth(
        [
            (-40, horizon + 20),
            (e.w * 0.35, horizon - 24),
            (e.w * 0.75, horizon + 14),
            (e.w + 40, horizon - 10),
            (e.w + 40, e.h + 40),
            (-40, e.h + 40),
        ]
    )
    e.paint(hill, lit.far(green, 0.06), shade=0.4, glow=0.5)
    grass(e, horizon + 30, e.h, lit.far(deep(green, 0.22), 0), 46, 22)
    for _ in range(26):
        x, y = e.rng.uniform(0, e.w), e.rng.uniform(horizon + 40, e.h)
        blossom(
            e,
            x,
            y,
            5 + 7 * (y - horizon) / (e.h - horizon),
            e.rng.choice(("#fbf3e2", "#f2d06a", "#f0a8a0")),
        )


@scene("kite", ("dawn", "noon", "golden", "dusk"))
def kite(e: Easel) -> None:
    lit = light(e, "noon", "golden", "dawn")
    horizon = e.h * 0.76
    sky(e, lit, horizon + 30, sun=(0.86, 0.2))
    clouds(e, lit, 60, horizon * 0.6, 5)
    hills(e, lit, horizon + 20, layers=2, height=e.h * 0.16)
    _lawn(e, lit, horizon, e.rng.choice(GREENS))
    kx, ky = e.w * e.rng.uniform(0.56, 0.7), e.h * e.rng.uniform(0.2, 0.3)
    child = e.w * e.rng.uniform(0.2, 0.3)
    feet = e.h * 0.9
    e.line(bow(child + 44, feet - e.h * 0.17, kx, ky, 46, steps=24), 2.4, "#fbf7ee")
    _kite(e, kx, ky, 110, e.rng.choice(("diamond", "swallow", "fish")))
    person(
        e,
        child,
        feet,
        e.h * 0.2,
        dress(e, child=True, skirt=False),
        RUN if e.rng.random() < 0.5 else REACH,
    )
    person(
        e,
        child - e.h * 0.16,
        feet - 10,
        e.h * 0.3,
        dress(e),
        REACH if e.rng.random() < 0.5 else STAND,
    )
    birds(e, lit, horizon * 0.3, horizon * 0.6, 3)


DIAMOND_KITE = ((0, -1), (0.66, 0), (0, 0.9), (-0.66, 0))
KITE_TAIL = ((-0.3, 0.86), (-0.9, 1.5), (-0.6, 2.1), (-1.2, 2.6))
FISH_KITE = ((0, -1), (0.5, -0.3), (0.3, 0.6), (0.5, 1), (-0.5, 1), (-0.3, 0.6), (-0.5, -0.3))
SWALLOW_WING = ((0, -0.3), (0.6, -0.5), (1.2, -0.1), (0.5, 0.08), (0, 0.2))


def _kite(e: Easel, x: float, y: float, s: float, kind: str) -> None:
    a, b = e.rng.sample(FESTIVE, 2)
    tilt = e.rng.uniform(14, 34)
    if kind == "swallow":
        for side in (-1, 1):
            wing = smooth(placed(x, y, s, SWALLOW_WING, side))
            e.paint(spin(wing, tilt, x, y), a, shade=0.4, glow=0.3)
            e.paint(
                spin(ellipse(x + side * s * 0.62, y - s * 0.2, s * 0.18, s * 0.13), tilt, x, y),
                b,
                shade=0.2,
            )
            e.paint(
                spin(leaf(x, y + s * 0.1, s * 0.9, s * 0.24, 90 - side * 16), tilt, x, y),
                b,
                shade=0.3,
            )
        e.paint(
            spin(ellipse(x, y - s * 0.14, s * 0.17, s * 0.34), tilt, x, y), deep(a, 0.3), shade=0.3
        )
        return
    body = placed(x, y, s, DIAMOND_KITE)
    if kind == "fish":
        body = smooth(placed(x, y, s, FISH_KITE))
    body = spin(body, tilt, x, y)
    e.paint(body, a, shade=0.3, glow=0.3)
    with e.clip(body):
        e.paint(spin(rect(x, y - s * 1.1, s, s * 1.1), tilt, x, y), b, shade=0.2)
        e.paint(spin(rect(x - s, y, s, s * 1.1), tilt, x, y), b, shade=0.2)
    tail = smooth(
        placed(x, y, s, KITE_TAIL),
        closed=False,
    )
    e.line(tail, 3, "#fbf7ee")
    for i, (px, py) in enumerate(tail[4::5]):
        for ang in (-30, 150):
            e.fill(leaf(px, py, 26, 16, ang), (a, b)[i % 2])


@scene("picnic", ("dawn", "noon", "golden"))
def picnic(e: Easel) -> None:
    lit = light(e, "noon", "golden", "dawn")
    horizon = e.h * 0.4
    sky(e, lit, horizon + 30)
    clouds(e, lit, 40, horizon * 0.6, 3)
    hills(e, lit, horizon + 10, layers=2, height=e.h * 0.16)
    green = e.rng.choice(GREENS)
    _lawn(e, lit, horizon, green)
    tree(e, e.w * 0.14, e.h * 0.62, e.h * 0.56, lit.far(deep(green, 0.16), 0.02))
    bush(e, e.w * 0.9, horizon + 60, 70, lit.far(deep(green, 0.2), 0.1))
    x, y = e.w * 0.52, e.h * 0.78
    sheet = [(x - 310, y - 70), (x + 250, y - 100), (x + 360, y + 90), (x - 250, y + 130)]
    e.cast(sheet, dx=4, dy=8, blur=8)
    ground, stripe = e.rng.choice(CLOTHS)
    with e.clip(sheet):
        cloth(e, rect(0, 0, e.w, e.h), ground, mix(stripe, "#d9452f", 0.4))
    for i, dx in enumerate((-330, 300) if e.rng.random() < 0.6 else (-330, 190, 330)):
        _seated(e, x + dx, y + 30 - 40 * i, e.h * 0.2, dress(e, child=i == 1))
    basket = rounded(x - 60, y - 70, 150, 90, 16)
    e.line(arc(x + 15, y - 70, 64, 70, 180, 360), 10, "#8a5a35")
    e.paint(basket, "#b98a52", shade=0.5, glow=0.3)
    for i in range(5):
        e.line([(x - 56, y - 56 + 18 * i), (x + 86, y - 56 + 18 * i)], 3, "#8a5a35", alpha=0.8)
    for px, py, colour in (
        (x - 150, y + 20, "#d9452f"),
        (x - 118, y + 40, "#e0a13a"),
        (x - 170, y + 48, "#8fae5a"),
    ):
        e.paint(ellipse(px, py, 22), colour, shade=0.5, glow=0.5, angle=50)
    melon = arc(x + 190, y + 30, 70, 60, 0, 180)
    e.paint(melon, "#3f7f4a", shade=0.2)
    e.paint([(px, py - 8) for px, py in arc(x + 190, y + 30, 60, 48, 0, 180)], "#e0523f", shade=0.2)
    birds(e, lit, 60, horizon * 0.7, 3)


SEATED_COAT = ((-0.2, 0.06), (-0.18, -0.3), (0, -0.46), (0.18, -0.3), (0.2, 0.06))


SEATED_LEGS = ((-0.1, 0), (0.3, -0.16), (0.5, 0.04))


def _seated(e: Easel, x: float, y: float, tall: float, who: Dress) -> None:
    """Somebody sitting on the ground, knees to one side."""
    e.line(
        smooth(
            placed(x, y, tall, SEATED_LEGS),
            closed=False,
        ),
        tall * 0.17,
        who.legs,
        end=tall * 0.1,
    )
    body = smooth(placed(x, y, tall, SEATED_COAT))
    e.paint(body, who.coat, shade=0.5, glow=0.3, angle=30)
    e.line(
        bow(x + tall * 0.1, y - tall * 0.3, x + tall * 0.34, y - tall * 0.12, 14),
        tall * 0.09,
        deep(who.coat, 0.12),
    )
    r = tall * (0.17 if who.child else 0.14)
    e.fill(ellipse(x, y - tall * 0.5 - r, r * 1.12), who.hair)
    e.paint(ellipse(x + r * 0.14, y - tall * 0.5 - r * 0.84, r * 0.9), who.skin, shade=0.3)


@scene("birthday")
def birthday(e: Easel) -> None:
    """A table, a cake with candles, bunting, balloons, and everybody behind it."""
    wall = e.rng.choice(("#f0d9b8", "#cfdcd6", "#f0c9b8", "#d6d3e3", "#3f4f6a"))
    e.fill(e.frame(), wall)
    e.grain(e.frame(), deep(wall, 0.4), angle=60, amount=0.5)
    e.aura(e.w / 2, e.h * 0.56, e.w * 0.5, "#fff0c0", 0.6)
    _bunting(e, wall)
    desk = e.h * 0.74
    count = 4 if e.w < 1100 else 5
    for i in range(count):
        kid = i == count // 2
        x = e.w * (0.5 + (i - (count - 1) / 2) * 0.15)
        who = dress(e, child=kid, skirt=False, hat=e.rng.choice(FESTIVE) if kid else None)
        person(
            e,
            x,
            desk + (e.h * 0.1 if kid else e.h * 0.2),
            e.h * (0.38 if kid else 0.54),
            who,
            CHEER if e.rng.random() < 0.3 else STAND,
        )
    ground, stripe = e.rng.choice(CLOTHS)
    with e.clip(rect(0, desk, e.w, e.h)):
        cloth(e, rect(0, 0, e.w, e.h), ground, stripe)
        e.grain(rect(0, desk, e.w, e.h - desk), deep(ground, 0.5), angle=90, amount=0.5)
    _candled_cake(e, desk)


def _bunting(e: Easel, wall: Colour) -> None:
    """Flags and balloons."""
    for row in range(2):
        rope = bow(
            -20, e.h * (0.06 + 0.1 * row), e.w + 20, e.h * (0.08 + 0.06 * row), e.h * 0.1, steps=22
        )
        e.line(rope, 3, deep(wall, 0.5))
        for i, (x, y) in enumerate(rope[1:-1]):
            e.paint([(x - 24, y), (x + 24, y), (x, y + 52)], FESTIVE[(i + row) % 6], shade=0.3)
    for side in (0.1, 0.88):
        for i in range(3):
            x, y = e.w * side + (i - 1) * 58, e.h * (0.36 + 0.05 * (i % 2))
            e.line(bow(x, y + 60, e.w * side, e.h * 0.7, 20), 2.4, deep(wall, 0.4))
            e.paint(ellipse(x, y, 50, 60), e.rng.choice(FESTIVE), shade=0.5, glow=0.6, angle=50)


def _candled_cake(e: Easel, desk: float) -> None:
    x, base = e.w / 2, desk + (e.h - desk) * 0.5
    tone = e.rng.choice(("#fbf1df", "#f0b6b0", "#6f4331"))
    e.cast(ellipse(x, base, 150, 22), dx=16, dy=10, blur=16)
    for r, low, tall in ((140, 0, 84), (96, 80, 66)):
        e.paint(
            [*arc(x, base - low, r, 22, 0, 180), *arc(x, base - low - tall, r, 22, 180, 360)],
            tone,
            shade=0.5,
            glow=0.3,
            angle=10,
        )
        e.fill(ellipse(x, base - low - tall, r, 22), pale(tone, 0.4))
        for i in range(7):
            e.fill(
                ellipse(x - r * 0.86 + i * r * 0.286, base - low - tall + 24, 12),
                e.rng.choice(("#d9384a", "#e0a13a")),
            )
    for i in range(5):
        cx = x - 64 + 32 * i
        e.fill(rect(cx - 4, base - 190, 8, 46), FESTIVE[i])
        e.aura(cx, base - 204, 40, "#ffc46a", 0.7)
        e.fill(leaf(cx, base - 190, 26, 12, -90), "#ffe69a")


@scene("graduation", ("dawn", "noon", "golden"))
def graduation(e: Easel) -> None:
    lit = light(e, "noon", "golden")
    ground = e.h * 0.78
    sky(e, lit, ground)
    clouds(e, lit, 50, ground * 0.5, 4)
    _hall(e, lit, ground)
    green = e.rng.choice(GREENS)
    for x in (0.04, 0.96):
        tree(e, e.w * x, ground + 10, e.h * 0.4, lit.far(deep(green, 0.1), 0.08))
    e.paint(rect(0, ground, e.w, e.h - ground), lit.far(green, 0.05), shade=0.4, glow=0.4)
    gown = e.rng.choice(("#2f3a5f", "#3a2f45", "#5f2f3a", "#2f4f4a"))
    count = e.rng.choice((3, 4, 5))
    for i in range(count):
        x = e.w * (0.5 + (i - (count - 1) / 2) * 0.16) + e.rng.uniform(-10, 10)
        tall = e.h * e.rng.uniform(0.38, 0.42)
        y = e.h * 0.95
        person(e, x, y, tall, dress(e, coat=gown, skirt=True), e.rng.choice((CHEER, WAVE, STAND)))
        hat_y = y - tall - 8 if e.rng.random() < 0.6 else y - tall * e.rng.uniform(1.25, 1.6)
        tilt = e.rng.uniform(-24, 24)
        board = spin(
            [(x - 52, hat_y), (x, hat_y - 20), (x + 52, hat_y), (x, hat_y + 20)], tilt, x, hat_y
        )
        e.paint(spin(rounded(x - 26, hat_y, 52, 26, 8), tilt, x, hat_y), deep(gown, 0.3), shade=0)
        e.paint(board, deep(gown, 0.15), shade=0.3)
        e.line(bow(x, hat_y, x + 50, hat_y + 34, -6), 4, "#e0b64a")
    for _ in range(40):
        e.fill(rect(e.rng.uniform(0, e.w), e.rng.uniform(0, ground), 9, 14), e.rng.choice(FESTIVE))


def _hall(e: Easel, lit: Light, ground: float) -> None:
    hall = lit.far(e.rng.choice(("#b8705a", "#d9c3a0", "#a8a298")), 0.16)
    e.paint(rect(e.w * 0.14, ground - e.h * 0.3, e.w * 0.72, e.h * 0.32), hall, shade=0.4)
    e.paint(
        [
            (e.w * 0.1, ground - e.h * 0.3),
            (e.w * 0.5, ground - e.h * 0.44),
            (e.w * 0.9, ground - e.h * 0.3),
        ],
        deep(hall, 0.15),
        shade=0.4,
    )
    for i in range(7):
        e.paint(
            rect(e.w * (0.18 + 0.098 * i), ground - e.h * 0.28, e.w * 0.03, e.h * 0.3),
            pale(hall, 0.5),
            shade=0.5,
            angle=0,
        )
