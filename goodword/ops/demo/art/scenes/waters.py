"""Sea, harbour, canal, lotus: land with water in front."""

from itertools import product

from goodword.ops.demo.art.cut import (
    Shape,
    arc,
    bow,
    ellipse,
    leaf,
    mirror,
    placed,
    rect,
    smooth,
    under,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.folk import STAND, dress, person
from goodword.ops.demo.art.ink import Colour, deep, mix, pale
from goodword.ops.demo.art.light import TIMES, Light, clouds, light, sky
from goodword.ops.demo.art.nature import (
    birds,
    cottage,
    glitter,
    hills,
    ripples,
    rowing_boat,
    water,
)
from goodword.ops.demo.art.registry import scene

YACHT_HULL = ((-0.5, -0.12), (0.55, -0.14), (0.36, 0.06), (-0.36, 0.06))


SAIL = ((-0.04, -1.15), (-0.4, -0.22), (-0.04, -0.2))


def sailboat(e: Easel, x: float, y: float, s: float, sail: Colour) -> None:
    hull = smooth(
        placed(x, y, s, YACHT_HULL),
        steps=4,
    )
    e.line([(x, y), (x, y - s * 1.3)], s * 0.03, "#5a4038")
    e.paint(
        [
            (x + s * 0.04, y - s * 1.26),
            *bow(x + s * 0.04, y - s * 1.26, x + s * 0.5, y - s * 0.2, s * -0.06),
            (x + s * 0.04, y - s * 0.2),
        ],
        sail,
        shade=0.5,
        angle=0,
    )
    e.paint(
        placed(x, y, s, SAIL),
        pale(sail, 0.4),
        shade=0.35,
        angle=0,
    )
    e.paint(hull, "#7a4434", shade=0.5)


@scene("sea", TIMES)
def sea(e: Easel) -> None:
    lit = light(e)
    horizon = e.h * e.rng.uniform(0.34, 0.46)
    sun_x = e.rng.uniform(0.2, 0.8)
    sky(e, lit, horizon, sun=(sun_x, e.rng.uniform(0.45, 0.8)))
    clouds(e, lit, 60, horizon * 0.8, 4)
    water(e, lit, horizon, "#2f8f9c")
    glitter(e, sun_x * e.w, horizon, e.h * 0.7, lit.disc)
    ripples(e, horizon, mix(lit.disc, lit.sky[1], 0.3), 26, 0.35)
    for _ in range(e.rng.randint(1, 3)):
        sailboat(
            e,
            e.rng.uniform(0.1, 0.9) * e.w,
            horizon + e.rng.uniform(6, 60),
            e.rng.uniform(40, 90),
            e.rng.choice(("#fff4df", "#e8744f", "#f2c14e")),
        )
    shore = _shore(e, lit)
    who = e.rng.random()
    if who < 0.75:
        x = e.w * e.rng.uniform(0.25, 0.75)
        person(e, x, shore + 70, 150, dress(e, skirt=True, cut="long"), STAND, back=True)
        if who < 0.45:
            person(e, x + 62, shore + 74, 100, dress(e, child=True), STAND, back=True)
    birds(e, lit, horizon * 0.2, horizon * 0.6, 3)


def _shore(e: Easel, lit: Light) -> float:
    """Three tongues of water and the beach; gives its y."""
    shore = e.h * e.rng.uniform(0.72, 0.8)
    sand = lit.far("#ecd3a0", 0.1)
    for lift, colour, alpha in (
        (58, mix(lit.sky[-1], "#7fc4c0", 0.5), 0.7),
        (30, "#f6f2e4", 0.85),
        (8, mix(sand, "#8a6a4a", 0.35), 1),
    ):
        line = smooth(
            [
                (e.w * j / 5 - 40, shore - lift + e.rng.uniform(-16, 16) + 26 * ((j % 2) - 0.5))
                for j in range(7)
            ],
            closed=False,
        )
        e.fill(under(line, e.h + 50), colour, alpha)
        beach = under([(x, y + 14) for x, y in line], e.h + 50)
    e.paint(beach, sand, shade=0.35, glow=0.4)
    e.dots(beach, deep(sand, 0.35), 80, 2.2, alpha=0.6)
    return shore


@scene("harbour", TIMES)
def harbour(e: Easel) -> None:
    lit = light(e)
    quay = e.h * e.rng.uniform(0.5, 0.58)
    sky(e, lit, quay, sun=(e.rng.uniform(0.2, 0.8), 0.3))
    clouds(e, lit, 50, quay * 0.5, 2)
    hills(e, lit, quay - 40, layers=2, height=quay * 0.5)
    x = -20.0
    walls = ("#e8c9a0", "#d98a6a", "#f0dfc0", "#8fb0a8", "#c86a55", "#e6b85c", "#9fb7c6")
    while x < e.w:
        w, h = e.rng.uniform(90, 150), e.rng.uniform(90, 170)
        cottage(
            e,
            x + w / 2,
            quay,
            w,
            h,
            wall=lit.far(e.rng.choice(walls), 0.12),
            roof=lit.far("#8a4f42", 0.12),
            lamp=lit.night or e.rng.random() < 0.12,
        )
        x += w * 1.02
    e.paint(rect(0, quay - 6, e.w, 26), lit.far("#8f8478", 0.1), shade=0.5)
    water(e, lit, quay + 20, "#3f7f8c")
    ripples(e, quay + 20, mix(lit.disc, lit.sky[2], 0.4), 44, 0.45)
    for i in range(e.rng.randint(3, 5)):
        bx = e.w * (0.12 + 0.2 * i + e.rng.uniform(-0.04, 0.04))
        by = quay + 80 + e.rng.uniform(0, 1) * (e.h - quay) * 0.45
        fishing_boat(e, bx, by, 60 + (by - quay) * 0.22, lit)
    birds(e, lit, quay * 0.15, quay * 0.4, 4)


FISHING_BOAT_HULL = (
    (-1, -0.3), (-0.5, -0.1), (0.5, -0.1), (1.1, -0.4), (0.75, 0.22), (-0.75, 0.22),
)  # fmt: skip


def fishing_boat(e: Easel, x: float, y: float, s: float, lit: Light) -> None:
    colour = lit.far(e.rng.choice(("#b8433a", "#2f6f8f", "#2f5f55", "#d99a3a", "#efe3cc")), 0.08)
    hull = smooth(
        placed(x, y, s, FISHING_BOAT_HULL),
        steps=5,
    )
    e.cast(hull, dx=0, dy=s * 0.22, blur=12, alpha=0.4, colour=lit.sky[0])
    e.line([(x + s * 0.1, y - s * 0.2), (x + s * 0.1, y - s * 1.5)], s * 0.04, "#4a3a35")
    e.line([(x + s * 0.1, y - s * 1.45), (x + s * 1.05, y - s * 0.38)], 1.6, "#4a3a35")
    e.paint(
        rect(x - s * 0.5, y - s * 0.55, s * 0.5, s * 0.48),
        lit.far("#f3e7d0", 0.08),
        shade=0.5,
        angle=0,
    )
    e.fill(
        rect(x - s * 0.42, y - s * 0.47, s * 0.15, s * 0.15), "#ffd98a" if lit.night else "#41566b"
    )
    e.paint(hull, colour, shade=0.6)
    e.line(
        bow(x - s * 0.95, y - s * 0.26, x + s * 1.03, y - s * 0.34, s * 0.16),
        s * 0.06,
        pale(colour, 0.6),
    )


@scene("canal", TIMES)
def canal(e: Easel) -> None:
    """A water town: white walls, dark eaves, an arched bridge and its reflection."""
    lit = light(e, "dawn", "golden", "dusk", "night", "grey")
    level = e.h * 0.62
    sky(e, lit, level, sun=(0.5, 0.2) if lit.night else None)
    hills(e, lit, level - 90, layers=2, height=e.h * 0.16)
    bridge_y = level - e.h * 0.03
    _water_houses(e, lit, level)
    span = e.w * 0.3
    cx = e.w * 0.5
    stone = lit.far("#a8a297", 0.12)
    deck = smooth(
        [
            (cx - span, bridge_y + 20),
            (cx - span * 0.5, bridge_y - span * 0.34),
            (cx, bridge_y - span * 0.52),
            (cx + span * 0.5, bridge_y - span * 0.34),
            (cx + span, bridge_y + 20),
        ],
        closed=False,
    )
    e.paint(
        [*deck, (cx + span, bridge_y + 34), (cx - span, bridge_y + 34)], stone, shade=0.4, glow=0.3
    )
    e.line([(x, y - 12) for x, y in deck], 12, pale(stone, 0.35))
    hole = arc(cx, bridge_y + 30, span * 0.5, span * 0.6, 180, 360)
    e.fill(hole, mix(lit.sky[2], lit.mist, 0.5))
    e.line(hole, 9, deep(stone, 0.3))
    water(e, lit, bridge_y + 28, "#5b8a84")
    shown = [(x, 2 * (bridge_y + 28) - y) for x, y in hole]
    e.fill([(x, 2 * (bridge_y + 28) - y) for x, y in deck], stone, 0.22)
    e.fill(shown, mix(lit.sky[2], lit.mist, 0.4), 0.4)
    e.grain(shown, mix(lit.sky[0], "#1d4a5e", 0.5), angle=90, amount=0.8)
    ripples(e, bridge_y + 28, mix(lit.disc, lit.sky[2], 0.4), 50, 0.45)
    _on_the_bridge(e, cx, bridge_y, span)
    rowing_boat(e, e.w * e.rng.uniform(0.3, 0.7), e.h * 0.84, 84, lit.far("#6a4a3a", 0.05))


def _on_the_bridge(e: Easel, cx: float, bridge_y: float, span: float) -> None:
    """Somebody with an umbrella."""
    who = dress(e, hat=None)
    person(e, cx + span * 0.1, bridge_y - span * 0.5, e.h * 0.1, who)
    e.paint(
        arc(cx + span * 0.12, bridge_y - span * 0.5 - e.h * 0.09, e.h * 0.06, e.h * 0.05, 180, 360),
        e.rng.choice(("#c8553d", "#e0a13a", "#3f7f7a")),
        shade=0.5,
        angle=0,
    )


def _water_houses(e: Easel, lit: Light, level: float) -> None:
    """Three houses on either bank, lower towards the bridge."""
    for right in (False, True):
        x = -30.0
        for i in range(3):
            w = e.rng.uniform(0.13, 0.17) * e.w
            h = e.h * (0.4 - 0.09 * i) * e.rng.uniform(0.85, 1.1)
            wall = lit.far("#f4eee0", 0.1 + 0.06 * i)
            _water_house(e, lit, rect(x, level - h, w, h + 20), wall, right=right)
            x += w


def _water_house(e: Easel, lit: Light, body: Shape, wall: Colour, *, right: bool) -> None:
    (x, top), (far, low) = body[0], body[2]
    w, h, level = far - x, low - top - 20, low - 20

    def bank(shape: Shape) -> Shape:
        return mirror(shape, e.w / 2) if right else shape

    eaves = [(x - 26, top + 14), (x + 20, top - 34), (x + w / 2, top - 52), (x + w - 20, top - 34)]
    roof = bank(smooth([*eaves, (x + w + 26, top + 14)], steps=4))
    e.paint(bank(body), wall, shade=0.35, angle=180 if right else 0)
    for c, r in product(range(2), range(2)):
        left, high = x + w * (0.2 + 0.36 * c), level - h * (0.78 - 0.36 * r)
        lamp = lit.night or e.rng.random() < 0.25
        pane = bank(rect(left, high, w * 0.22, h * 0.16))
        e.fill(pane, "#ffce7a" if lamp else lit.far("#5a4a48", 0.1))
    e.paint(roof, lit.far("#3d4450", 0.12), shade=0.4, glow=0.3)
    lantern = bank([(x + w * 0.92, level - h * 0.5)])[0]
    e.aura(*lantern, 46, "#ff9a5a", 0.5)
    e.paint(ellipse(*lantern, 12, 15), "#d9452f", shade=0.4)


@scene("lotus", ("dawn", "noon", "golden", "grey", "dusk"))
def lotus(e: Easel) -> None:
    lit = light(e, "dawn", "noon", "grey")
    e.wash([(0, mix(lit.sky[-1], "#9fc0a8", 0.5)), (1, mix(lit.sky[0], "#2f5f5a", 0.7))])
    ripples(e, 0, pale(lit.mist, 0.4), 40, 0.3)
    green = e.rng.choice(("#4f8a64", "#3f7a5a", "#6a9a58"))
    pads = sorted(
        ((e.rng.uniform(0, e.w), e.rng.uniform(0.05, 1) * e.h) for _ in range(20)),
        key=lambda p: p[1],
    )
    for x, y in pads:
        _pad(e, x, y, 50 + 90 * y / e.h, lit.far(green, 0.25 * (1 - y / e.h)))
    pink = e.rng.choice(("#e88a9a", "#f2b8b0", "#f6e3d8"))
    for i in range(e.rng.randint(2, 4)):
        x, y = e.w * (0.2 + 0.22 * i + e.rng.uniform(-0.06, 0.06)), e.h * e.rng.uniform(0.35, 0.75)
        e.line(
            bow(x, y + 10, x + e.rng.uniform(-30, 30), min(e.h, y + 260), 0), 9, deep(green, 0.2)
        )
        lotus_flower(e, x, y, e.rng.uniform(70, 120), pink)


def _pad(e: Easel, x: float, y: float, r: float, colour: Colour) -> None:
    notch = e.rng.uniform(0, 360)
    pad = [(x, y), *arc(x, y, r, r * 0.5, notch + 14, notch + 346, steps=30)]
    e.cast(pad, dx=4, dy=12, blur=10, alpha=0.3)
    e.paint(pad, colour, shade=0.5, glow=0.45, angle=50)
    for i in range(9):
        tip = arc(x, y, r * 0.86, r * 0.43, notch + 30 + i * 37, notch + 31 + i * 37, steps=1)[0]
        e.line([(x, y), tip], 2.4, pale(colour, 0.4), end=0.8, alpha=0.7)


def lotus_flower(e: Easel, x: float, y: float, s: float, pink: Colour) -> None:
    for ring, (count, spread, size) in enumerate(((7, 150, 1.0), (5, 104, 0.95), (3, 52, 0.82))):
        for i in range(count):
            a = -90 + (i - (count - 1) / 2) * spread / max(1, count - 1)
            petal = leaf(x, y, s * size, s * 0.42, a)
            e.paint(petal, mix(pale(pink, 0.75), pink, 0.35 + 0.15 * ring), shade=0.0)
            e.grain(petal, deep(pink, 0.08), angle=a, amount=0.85, reach=0.6)
    e.fill(ellipse(x, y - s * 0.1, s * 0.13, s * 0.08), "#e6c04f")
