"""Spring blossom, bamboo, ginkgo, snow."""

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
from goodword.ops.demo.art.light import Light, clouds, light, sky
from goodword.ops.demo.art.nature import blossom, cottage, hills, pine, tree
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
    crest = [(-40, horizon), (e.w * 0.4, horizon - 20), (e.w + 40, horizon + 20)]
    lawn = smooth([*crest, (e.w + 40, e.h + 40), (-40, e.h + 40)])
    green = e.rng.choice(("#8fb06a", "#a3b56a", "#7fa678"))
    e.paint(lawn, lit.far(green, 0.1), shade=0.4, glow=0.4)
    pink = e.rng.choice(("#f3b4bd", "#f6cfd2", "#ee9fae", "#fbe6e2"))
    x, y = e.w * e.rng.uniform(0.22, 0.32), horizon + 50
    tips: list[Point] = []
    lean, bark = -84 + e.rng.uniform(-5, 9), lit.far("#54383a", 0.05)
    _limb(e, x, y, lean, e.h * 0.2, e.h * 0.05, bark, 5, tips)
    _in_bloom(e, tips, pink, lawn)
    if e.rng.random() < 0.7:
        x = e.w * e.rng.uniform(0.6, 0.74)
        person(e, x, e.h * 0.9, e.h * 0.2, dress(e), STAND, back=True)
        tall = e.h * e.rng.choice((0.13, 0.19))
        person(e, x + e.h * 0.09, e.h * 0.9, tall, dress(e), STAND, back=True)


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
    far, near = (0.47, 0.53), (0.86, 0.14)
    road = [*((e.w * u, horizon) for u in far), *((e.w * u, e.h + 10) for u in near)]
    e.paint(road, lit.far("#cdb9a0", 0.05), shade=0.4)
    e.dots(road, gold, 150, 6)
    for i in range(6):
        _pair_of_trees(e, lit, horizon, (i / 5) ** 1.5, gold)
        if i == 2:
            for j in range(e.rng.randint(1, 3)):
                x, tall = e.w * (0.48 + 0.05 * j), e.h * 0.15
                person(e, x, horizon + e.h * 0.14, tall, dress(e), WALK, back=True)
    for _ in range(50):
        x, y = e.rng.uniform(0, e.w), e.rng.uniform(0.1, 1) * e.h
        fan = leaf(x, y, 17, 14, e.rng.uniform(0, 360))
        e.fill(fan, pale(gold, e.rng.uniform(0, 0.3)))


def _pair_of_trees(e: Easel, lit: Light, horizon: float, t: float, gold: Colour) -> None:
    """One on each side of the avenue; `t` from far (0) to near (1)."""
    far = 0.5 * (1 - t)
    for side in (-1, 1):
        x, y = e.w / 2 + side * (0.05 + 0.5 * t) * e.w, horizon + 8 + t * e.h * 0.34
        crown = lit.far(mix(gold, deep(gold, 0.12), e.rng.random()), far)
        tree(e, x, y, e.h * (0.17 + 0.52 * t), crown, trunk=lit.far("#4a3a38", 0.4 * (1 - t)))


@scene("snow", ("dawn", "noon", "dusk", "night", "grey"))
def snow(e: Easel) -> None:
    lit = light(e, "dawn", "dusk", "night", "grey")
    horizon = e.h * 0.5
    sky(e, lit, horizon + 20)
    hills(e, lit, horizon + 10, layers=3, height=e.h * 0.24)
    white = mix("#f7f5f2", lit.glaze, lit.strength * 0.55)
    for i in range(3):
        base = horizon + 40 + i * (e.h - horizon) * 0.24
        _drift(e, lit, base, i, white)
        if i == 1:
            _cabin(e, lit, base, white)
    if e.rng.random() < 0.6:
        x = e.w * e.rng.uniform(0.2, 0.8)
        _snowman(e, x, e.h * 0.9, 66, white)
        person(e, x + 110, e.h * 0.92, 130, dress(e, child=True, hat="#c8553d", skirt=False), STAND)
    for _ in range(130):
        x, y = e.rng.uniform(0, e.w), e.rng.uniform(0, e.h)
        flake = ellipse(x, y, e.rng.uniform(1.6, 5), steps=8)
        e.fill(flake, "#ffffff", e.rng.uniform(0.5, 0.95))


def _drift(e: Easel, lit: Light, base: float, i: int, white: Colour) -> None:
    """A bank of snow with its pines; `i` from far (0) to near (2)."""
    crest = [(e.w * j / 4 - 30, base + e.rng.uniform(-32, 32)) for j in range(6)]
    drift = under(smooth(crest, closed=False), e.h + 40)
    e.paint(drift, mix(white, lit.sky[1], 0.28 * (1 - i / 2)), shade=0.0)
    e.grain(drift, mix(lit.sky[1], "#8fa6c9", 0.5), angle=70, amount=0.7)
    for _ in range(5 - i):
        x = e.rng.uniform(0, e.w)
        size = e.h * (0.12 + 0.06 * i) * e.rng.uniform(0.8, 1.2)
        _snowy_pine(e, x, base + 40 + i * 10, size, lit.far("#3a5a58", 0.3 - 0.1 * i), white)


def _cabin(e: Easel, lit: Light, base: float, white: Colour) -> None:
    """Somebody is at home: light in the window, smoke from the roof."""
    x = e.w * e.rng.uniform(0.4, 0.65)
    wall, roof = lit.far("#a8674a", 0.1), mix(white, "#ffffff", 0.3)
    cottage(e, x, base + 60, 170, 86, wall=wall, roof=roof, lamp=True)
    e.line(bow(x + 50, base - 66, x + 90, base - 170, 0), 18, "#ffffff", end=2, alpha=0.35)


SNOW_CAP = ((0, 0), (0.4, 0.17), (1, 0.28), (0.2, 0.2), (-0.5, 0.24))


def _snowy_pine(e: Easel, x: float, y: float, size: float, colour: Colour, white: Colour) -> None:
    pine(e, x, y, size, colour)
    for i in range(4):
        w, top = size * (0.30 - 0.055 * i) * 0.72, y - size * (0.42 + 0.19 * i)
        e.fill(
            smooth(
                placed(x, top, (w, size), SNOW_CAP),
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
