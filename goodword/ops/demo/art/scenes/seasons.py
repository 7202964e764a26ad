"""Spring blossom, bamboo, ginkgo, snow, a tent under stars, a train window."""

from goodword.ops.demo.art.cut import (
    Point,
    Shape,
    blob,
    bow,
    ellipse,
    leaf,
    placed,
    rect,
    rounded,
    smooth,
    under,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.folk import STAND, WALK, dress, person
from goodword.ops.demo.art.ink import Colour, deep, mix, pale
from goodword.ops.demo.art.light import Light, clouds, light, sky, stars
from goodword.ops.demo.art.nature import birds, blossom, bush, cottage, grass, hills, pine, tree
from goodword.ops.demo.art.registry import scene


def _limb(
    e: Easel,
    x: float,
    y: float,
    angle: float,
    length: float,
    width: float,
    bark: Colour,
    depth: int,
    tips: list[Point],
) -> None:
    """A branch that forks; collects where blossom may sit."""
    import math

    a = math.radians(angle)
    end = (x + length * math.cos(a), y + length * math.sin(a))
    bend = length * e.rng.uniform(-0.12, 0.12)
    path = bow(x, y, *end, bend, steps=8)
    e.line(path, width, bark, end=width * 0.62)
    if depth <= 2:
        tips += path[2:]
    if depth:
        for turn_by in (-34, 2, 36) if depth > 3 else (-26, 26):
            _limb(
                e,
                *end,
                angle + turn_by + e.rng.uniform(-6, 6),
                length * e.rng.uniform(0.66, 0.84),
                width * 0.6,
                bark,
                depth - 1,
                tips,
            )


@scene("cherry", ("dawn", "noon", "golden", "dusk", "grey"))
def cherry(e: Easel) -> None:
    lit = light(e, "dawn", "noon", "grey", "golden")
    horizon = e.h * 0.74
    sky(e, lit, horizon)
    clouds(e, lit, 60, horizon * 0.5, 3)
    hills(e, lit, horizon, layers=3, height=e.h * 0.24)
    lawn = smooth(
        [
            (-40, horizon),
            (e.w * 0.4, horizon - 20),
            (e.w + 40, horizon + 20),
            (e.w + 40, e.h + 40),
            (-40, e.h + 40),
        ]
    )
    e.paint(
        lawn, lit.far(e.rng.choice(("#8fb06a", "#a3b56a", "#7fa678")), 0.1), shade=0.4, glow=0.4
    )
    pink = e.rng.choice(("#f3b4bd", "#f6cfd2", "#ee9fae", "#fbe6e2"))
    trunk = (e.w * e.rng.uniform(0.22, 0.32), horizon + 50)
    tips: list[Point] = []
    _limb(
        e,
        *trunk,
        -84 + e.rng.uniform(-5, 9),
        e.h * 0.2,
        e.h * 0.05,
        lit.far("#54383a", 0.05),
        5,
        tips,
    )
    _in_bloom(e, tips, pink, lawn)
    if e.rng.random() < 0.7:
        x = e.w * e.rng.uniform(0.6, 0.74)
        person(e, x, e.h * 0.9, e.h * 0.2, dress(e), STAND, back=True)
        person(
            e,
            x + e.h * 0.09,
            e.h * 0.9,
            e.h * e.rng.choice((0.13, 0.19)),
            dress(e),
            STAND,
            back=True,
        )


def _in_bloom(e: Easel, tips: list[Point], pink: Colour, lawn: Shape) -> None:
    """Blossom on the tips, and already falling."""
    puffs = e.rng.sample(tips, min(len(tips), 84))
    for share, tone in ((1.0, deep(pink, 0.1)), (0.72, pink), (0.46, pale(pink, 0.45))):
        for x, y in puffs:
            r = e.rng.uniform(40, 62) * share
            off = 26 * (1 - share)
            e.fill(
                blob(e.rng, x - off, y - off, r, r * 0.8, wild=0.18, knots=8),
                mix(tone, pink, e.rng.uniform(0, 0.4)),
            )
    for x, y in e.rng.sample(tips, min(len(tips), 60)):
        blossom(
            e,
            x + e.rng.uniform(-44, 44),
            y + e.rng.uniform(-40, 40),
            e.rng.uniform(9, 15),
            pale(pink, e.rng.uniform(0.3, 0.9)),
        )
    e.dots(lawn, pale(pink, 0.2), 120, 6)
    for _ in range(34):
        e.fill(
            leaf(
                e.rng.uniform(0, e.w), e.rng.uniform(0.2, 0.95) * e.h, 15, 8, e.rng.uniform(0, 360)
            ),
            pale(pink, 0.3),
        )


@scene("bamboo", ("dawn", "noon", "golden", "grey"))
def bamboo(e: Easel) -> None:
    lit = light(e, "dawn", "noon", "grey")
    green = e.rng.choice(("#5f9a5a", "#4f8f6a", "#7fa64f"))
    e.wash(
        [
            (0, mix(lit.sky[2], green, 0.25)),
            (0.6, mix(lit.mist, green, 0.1)),
            (1, mix(green, "#6a6a3f", 0.4)),
        ]
    )
    e.aura(e.w * 0.5, e.h * 0.45, e.h * 0.55, pale(lit.disc, 0.5), 0.7)
    path = smooth(
        [
            (e.w * 0.47, e.h * 0.56),
            (e.w * 0.53, e.h * 0.56),
            (e.w * 0.64, e.h * 0.75),
            (e.w * 0.8, e.h + 30),
            (e.w * 0.2, e.h + 30),
            (e.w * 0.36, e.h * 0.75),
        ],
        steps=4,
    )
    e.paint(path, lit.far("#d9c79a", 0.15), shade=0.3)
    e.grain(path, mix(lit.mist, green, 0.12), angle=-90, amount=1.0, reach=0.5)
    if e.rng.random() < 0.7:
        person(e, e.w * 0.5, e.h * 0.7, e.h * 0.15, dress(e), WALK, back=True)
    for layer in range(3):
        for _ in range((13, 9, 5)[layer]):
            x = e.rng.uniform(-0.02, 1.02) * e.w
            if 0.4 < x / e.w < 0.6 or (layer == 2 and 0.25 < x / e.w < 0.75):
                continue
            _bamboo_stalk(e, lit, x, layer, green)
    e.dots(path, deep("#d9c79a", 0.3), 40, 5)


def _bamboo_stalk(e: Easel, lit: Light, x: float, layer: int, green: Colour) -> None:
    width = (13, 25, 46)[layer]
    colour = lit.far(mix(pale(green, 0.2), deep(green, 0.25), layer / 2), (0.62, 0.3, 0)[layer])
    foot = e.h * (0.62 + 0.2 * layer)
    lean = e.rng.uniform(-26, 26)
    y, gap = foot, (70, 110, 170)[layer]
    while y > -20:
        top = y - gap * e.rng.uniform(0.85, 1.15)
        shift = lean * (foot - y) / e.h
        joint = rounded(x + shift - width / 2, top + 2, width, y - top - 3, 5)
        e.paint(joint, colour, shade=0.65, glow=0.4, angle=0)
        e.line(
            [(x + shift - width * 0.56, y), (x + shift + width * 0.56, y)],
            4 + layer,
            pale(colour, 0.35),
        )
        if e.rng.random() < 0.5:
            for _ in range(4):
                blade = leaf(
                    x + shift,
                    y,
                    width * e.rng.uniform(2.4, 4.2),
                    width * 0.5,
                    e.rng.choice((20, 160)) + e.rng.uniform(-28, 34),
                )
                e.paint(blade, mix(colour, green, 0.5), shade=0.4)
        y = top


@scene("ginkgo", ("dawn", "noon", "golden", "grey"))
def ginkgo(e: Easel) -> None:
    """An avenue in late autumn, a carpet of fans."""
    lit = light(e, "golden", "noon", "dawn")
    horizon = e.h * 0.58
    gold = e.rng.choice(("#e6b23a", "#e09a34", "#d9673a", "#e8c14e"))
    sky(e, lit, horizon)
    e.paint(rect(0, horizon - 10, e.w, e.h), lit.far(mix(gold, "#b98a4a", 0.3), 0.05), shade=0.3)
    road = [
        (e.w * 0.47, horizon),
        (e.w * 0.53, horizon),
        (e.w * 0.86, e.h + 10),
        (e.w * 0.14, e.h + 10),
    ]
    e.paint(road, lit.far("#cdb9a0", 0.05), shade=0.4)
    e.dots(road, gold, 150, 6)
    for i in range(6):
        t = (i / 5) ** 1.5
        for side in (-1, 1):
            x = e.w / 2 + side * (0.05 + 0.5 * t) * e.w
            y = horizon + 8 + t * e.h * 0.34
            tree(
                e,
                x,
                y,
                e.h * (0.17 + 0.52 * t),
                lit.far(mix(gold, deep(gold, 0.12), e.rng.random()), 0.5 * (1 - t)),
                trunk=lit.far("#4a3a38", 0.4 * (1 - t)),
            )
        if i == 2:
            for j in range(e.rng.randint(1, 3)):
                person(
                    e,
                    e.w * (0.48 + 0.05 * j),
                    horizon + e.h * 0.14,
                    e.h * 0.15,
                    dress(e),
                    WALK,
                    back=True,
                )
    for _ in range(50):
        e.fill(
            leaf(e.rng.uniform(0, e.w), e.rng.uniform(0.1, 1) * e.h, 17, 14, e.rng.uniform(0, 360)),
            pale(gold, e.rng.uniform(0, 0.3)),
        )


@scene("snow", ("dawn", "noon", "dusk", "night", "grey"))
def snow(e: Easel) -> None:
    lit = light(e, "dawn", "dusk", "night", "grey")
    horizon = e.h * 0.5
    sky(e, lit, horizon + 20)
    hills(e, lit, horizon + 10, layers=3, height=e.h * 0.24)
    white = mix("#f7f5f2", lit.glaze, lit.strength * 0.55)
    for i in range(3):
        base = horizon + 40 + i * (e.h - horizon) * 0.24
        drift = under(
            smooth(
                [(e.w * j / 4 - 30, base + e.rng.uniform(-32, 32)) for j in range(6)], closed=False
            ),
            e.h + 40,
        )
        e.paint(drift, mix(white, lit.sky[1], 0.28 * (1 - i / 2)), shade=0.0)
        e.grain(drift, mix(lit.sky[1], "#8fa6c9", 0.5), angle=70, amount=0.7)
        for _ in range(5 - i):
            x = e.rng.uniform(0, e.w)
            size = e.h * (0.12 + 0.06 * i) * e.rng.uniform(0.8, 1.2)
            _snowy_pine(e, x, base + 40 + i * 10, size, lit.far("#3a5a58", 0.3 - 0.1 * i), white)
        if i == 1:
            x = e.w * e.rng.uniform(0.4, 0.65)
            cottage(
                e,
                x,
                base + 60,
                170,
                86,
                wall=lit.far("#a8674a", 0.1),
                roof=mix(white, "#ffffff", 0.3),
                lamp=True,
            )
            e.line(bow(x + 50, base - 66, x + 90, base - 170, 0), 18, "#ffffff", end=2, alpha=0.35)
    if e.rng.random() < 0.6:
        x = e.w * e.rng.uniform(0.2, 0.8)
        _snowman(e, x, e.h * 0.9, 66, white)
        person(e, x + 110, e.h * 0.92, 130, dress(e, child=True, hat="#c8553d", skirt=False), STAND)
    for _ in range(130):
        e.fill(
            ellipse(e.rng.uniform(0, e.w), e.rng.uniform(0, e.h), e.rng.uniform(1.6, 5), steps=8),
            "#ffffff",
            e.rng.uniform(0.5, 0.95),
        )


SNOWY_PINE_A = ((0, 0), (0.4, 0.17), (1, 0.28), (0.2, 0.2), (-0.5, 0.24))


def _snowy_pine(e: Easel, x: float, y: float, size: float, colour: Colour, white: Colour) -> None:
    pine(e, x, y, size, colour)
    for i in range(4):
        w, top = size * (0.30 - 0.055 * i) * 0.72, y - size * (0.42 + 0.19 * i)
        e.fill(
            smooth(
                placed(x, top, (w, size), SNOWY_PINE_A),
                steps=3,
            ),
            white,
            0.92,
        )


def _snowman(e: Easel, x: float, y: float, s: float, white: Colour) -> None:
    for dy, r in ((0.0, 0.8), (-1.15, 0.55)):
        ball = ellipse(x, y + dy * s, r * s, r * s * 0.95)
        e.paint(ball, pale(white, 0.6), shade=0)
        e.grain(ball, "#8f9fc0", angle=50, amount=0.7)
    e.line(bow(x - s * 0.5, y - s * 0.72, x + s * 0.5, y - s * 0.72, s * 0.16), s * 0.2, "#c8553d")
    e.line([(x, y - s * 1.15), (x + s * 0.42, y - s * 1.08)], s * 0.14, "#e8853f", end=2)
    for dx in (-0.2, 0.2):
        e.fill(ellipse(x + dx * s, y - s * 1.3, s * 0.06), "#2a2436")


@scene("tent", ("dusk", "night"))
def tent(e: Easel) -> None:
    lit = light(e, "night", "dusk")
    horizon = e.h * 0.64
    sky(e, lit, horizon, sun=None)
    stars(e, horizon)
    stars(e, horizon * 0.7)
    band = smooth(
        [
            (e.w * 0.1, -40),
            (e.w * 0.34, -40),
            (e.w * 0.66, horizon * 0.6),
            (e.w, horizon),
            (e.w * 0.74, horizon),
            (e.w * 0.36, horizon * 0.5),
        ]
    )
    e.mottle(band, "#8fa3d9", 0.34)
    hills(e, lit, horizon + 10, layers=3, height=e.h * 0.3)
    e.paint(rect(0, horizon, e.w, e.h - horizon), lit.far("#2f4a44", 0.02), shade=0.6)
    x, y, s = e.w * e.rng.uniform(0.38, 0.5), e.h * 0.82, e.h * 0.2
    e.aura(x, y - s * 0.2, s * 2.2, "#ffb35a", 0.5, ry=s * 1.2)
    cloth = e.rng.choice(("#e8a04a", "#d9673f", "#7fae8a", "#e8c45a"))
    e.paint(
        [(x - s, y), (x, y - s * 1.05), (x + s * 1.2, y - 8), (x + s * 0.5, y + 12)],
        cloth,
        shade=0.3,
        angle=0,
    )
    e.aura(x - s * 0.1, y - s * 0.25, s * 0.7, "#ffedb8", 0.75, smooth=0.7)
    e.fill([(x - s * 0.42, y + 6), (x, y - s * 1.02), (x + s * 0.14, y + 10)], deep(cloth, 0.55))
    _camp_fire(e, y, x, s)
    grass(e, horizon + 40, e.h, lit.far("#1f3a36", 0), 60, 34)
    pine(e, e.w * 0.06, e.h * 0.86, e.h * 0.42, lit.far("#1f3a3a", 0))
    pine(e, e.w * 0.16, e.h * 0.82, e.h * 0.3, lit.far("#24423f", 0))


def _camp_fire(e: Easel, y: float, x: float, s: float) -> None:
    """And who sits round it."""
    for i in range(e.rng.randint(2, 3)):
        person(e, x + s * 1.7 + i * 58, y + 40, e.h * 0.15, dress(e), STAND, back=True)
    fx = x + s * 2.0
    e.aura(fx, y + 40, 130, "#ff9a4a", 0.6)
    for i in range(3):
        e.fill(
            leaf(fx - 16 + i * 16, y + 56, 60 - 14 * abs(i - 1), 26, -90 + (i - 1) * 12),
            ("#ff7a3f", "#ffc45a", "#ff9a4a")[i],
        )


@scene("train", ("dawn", "noon", "golden", "dusk", "grey"))
def train(e: Easel) -> None:
    """The view from a window seat, and tea in a glass."""
    lit = light(e, "dawn", "noon", "golden", "dusk")
    horizon = e.h * 0.48
    sky(e, lit, horizon + 20, sun=(e.rng.uniform(0.3, 0.7), 0.4))
    clouds(e, lit, 100, horizon * 0.7, 3)
    hills(e, lit, horizon + 10, layers=3, height=e.h * 0.2)
    _passing_fields(e, lit, horizon)
    birds(e, lit, e.h * 0.15, e.h * 0.3, 3)
    wall = e.rng.choice(("#d9cfc0", "#c9d0cc", "#e3d3b8"))
    inner = rounded(e.w * 0.1, e.h * 0.1, e.w * 0.8, e.h * 0.62, 46)
    outer = [(0.0, 0.0), (e.w, 0.0), (e.w, e.h), (0.0, e.h), (0.0, 0.0)]
    e.paint([*outer, *[*inner, inner[0]], (0.0, 0.0)], wall, shade=0.4)
    e.line([*inner, inner[0]], 14, deep(wall, 0.25))
    _curtain(e)
    e.paint(
        [
            (e.w * 0.3, e.h * 0.84),
            (e.w + 20, e.h * 0.84),
            (e.w + 20, e.h + 20),
            (e.w * 0.24, e.h + 20),
        ],
        "#8a6a52",
        shade=0.5,
        glow=0.4,
    )
    _tea_glass(e, e.w * 0.62, e.h * 0.93, 74)


def _passing_fields(e: Easel, lit: Light, horizon: float) -> None:
    field: Shape = rect(0, horizon, e.w, e.h)
    tone = e.rng.choice(("#9fb85a", "#e0c04a", "#7fa65f"))
    e.paint(field, lit.far(tone, 0.15), shade=0.3)
    for i in range(8):
        y = horizon + 6 + (e.h - horizon) * (i / 8) ** 1.4
        e.line(
            [(0, y), (e.w, y + e.rng.uniform(-6, 6))],
            3 + 3 * i,
            lit.far(mix(tone, e.rng.choice(("#5f7f3f", "#f0d97a", "#8a6a3f")), 0.5), 0.3),
            alpha=0.7,
        )
    for _ in range(5):
        bush(e, e.rng.uniform(0, e.w), horizon + e.rng.uniform(10, 60), 30, lit.far("#4f7a4a", 0.2))


def _curtain(e: Easel) -> None:
    curtain = e.rng.choice(("#5f7f8a", "#a85a4a", "#6a7f5a"))
    for i in range(3):
        e.paint(
            smooth(
                [
                    (e.w * (0.02 + 0.05 * i), e.h * 0.06),
                    (e.w * (0.07 + 0.05 * i), e.h * 0.06),
                    (e.w * (0.06 + 0.035 * i), e.h * 0.8),
                    (e.w * (0.015 + 0.04 * i), e.h * 0.8),
                ],
                steps=3,
            ),
            curtain,
            shade=0.7,
            angle=0,
        )


TEA_GLASS_GLASS = ((-0.5, -1.8), (0.5, -1.8), (0.42, 0), (-0.42, 0))


def _tea_glass(e: Easel, x: float, y: float, s: float) -> None:
    glass = placed(x, y, s, TEA_GLASS_GLASS)
    e.cast(glass, dx=26, dy=8, blur=14, alpha=0.3)
    e.fill(glass, "#f4f4ea", 0.55)
    e.paint(
        [
            (x - s * 0.46, y - s * 1.3),
            (x + s * 0.46, y - s * 1.3),
            (x + s * 0.4, y - 8),
            (x - s * 0.4, y - 8),
        ],
        "#c98a3f",
        shade=0.4,
        glow=0.5,
    )
    for _ in range(6):
        e.fill(
            leaf(
                x + e.rng.uniform(-0.3, 0.3) * s,
                y - e.rng.uniform(0.1, 0.5) * s,
                s * 0.3,
                s * 0.1,
                e.rng.uniform(-120, -60),
            ),
            "#4f6a3a",
        )
    e.line([(x - s * 0.36, y - s * 1.7), (x - s * 0.3, y - s * 0.2)], 6, "#ffffff", alpha=0.6)
    for i in range(2):
        e.line(
            bow(x - 12 + 26 * i, y - s * 1.95, x + 26 * i, y - s * 3, 12),
            12,
            "#fff8ec",
            end=1,
            alpha=0.4,
        )
