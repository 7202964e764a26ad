"""Mountains, lakes, terraces, tea: wide land in a certain light."""

import math

from goodword.ops.demo.art.cut import Shape, blob, ellipse, placed, ridge, smooth, under
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, mix, pale
from goodword.ops.demo.art.light import TIMES, Light, clouds, light, sky
from goodword.ops.demo.art.nature import (
    HILLS,
    birds,
    cottage,
    glitter,
    hills,
    pine,
    ripples,
    rowing_boat,
    three,
    tree,
    water,
)
from goodword.ops.demo.art.registry import scene


@scene("lake", TIMES)
def lake(e: Easel) -> None:
    lit = light(e)
    horizon = e.h * e.rng.uniform(0.46, 0.58)
    sun_x = e.rng.uniform(0.25, 0.75)
    sky(e, lit, horizon, sun=(sun_x, e.rng.uniform(0.2, 0.42)))
    clouds(e, lit, 60, horizon * 0.5, e.rng.randint(1, 3))
    hills(e, lit, horizon, layers=e.rng.choice((3, 4)), height=horizon * 0.55)
    water(e, lit, horizon)
    ripples(e, horizon, mix(lit.disc, lit.sky[1], 0.35), 46, 0.4)
    glitter(e, sun_x * e.w, horizon, e.h, lit.disc)
    bank = smooth(
        [
            (-40, horizon + 30),
            (e.w * 0.2, horizon + 14),
            (e.w * 0.42, horizon + 40),
            (e.w * 0.2, horizon + 70),
            (-40, horizon + 90),
        ]
    )
    e.paint(bank, lit.far("#40604a", 0.12), shade=0.6)
    for i in range(7):
        x = e.w * 0.36 * (i + e.rng.random()) / 7
        size = e.h * 0.24 * e.rng.uniform(0.6, 1.1) * (1.15 - x / e.w)
        pine(e, x, horizon + 44 + e.rng.uniform(-8, 18), size, lit.far("#2c5148", 0.08))
    if e.rng.random() < 0.75:
        rowing_boat(e, e.w * 0.64, horizon + (e.h - horizon) * 0.45, 62, lit.far("#a8563f", 0.05))


@scene("mountains", TIMES)
def mountains(e: Easel) -> None:
    lit = light(e)
    sky(e, lit, e.h * 0.75, sun=(e.rng.uniform(0.2, 0.8), e.rng.uniform(0.16, 0.3)))
    clouds(e, lit, 60, e.h * 0.3, 2)
    tones = e.rng.choice(HILLS)
    layers = e.rng.randint(5, 6)
    for i in range(layers):
        t = i / (layers - 1)
        line = ridge(
            e.rng,
            e.w,
            e.h * (0.54 + 0.42 * t),
            e.h * (0.3 - 0.12 * t),
            rough=0.48,
            knots=e.rng.randint(4, 7),
        )
        colour = lit.far(three(tones, t), 0.68 * (1 - t))
        shape = under(line, e.h + 60)
        e.fill(shape, colour)
        e.grain(shape, pale(lit.mist, 0.25), angle=90, amount=0.9 - 0.5 * t, reach=0.72)
        e.grain(shape, mix(lit.disc, colour, 0.35), angle=-50, amount=0.35, reach=0.5)
        if i == layers - 2:
            for _ in range(9):
                x, y = e.rng.choice(line)
                pine(e, x, y + 12, e.rng.uniform(46, 80), lit.far("#2a4a45", 0.2))
    birds(e, lit, e.h * 0.1, e.h * 0.3)


def _contour(e: Easel, waves: list[tuple[float, float]], i: int, y: float, swell: float) -> Shape:
    """One bank of the terraces: the same slow wave as its neighbours, a little further on."""
    line = []
    for step in range(41):
        x = e.w * (step / 40 * 1.1 - 0.05)
        rise = sum(math.sin(x / e.w * math.tau * f + p + i * 0.17 * f) / f for f, p in waves)
        line.append((x, y + swell * rise))
    return line


@scene("terraces", TIMES)
def terraces(e: Easel) -> None:
    lit = light(e, "dawn", "noon", "golden", "dusk")
    horizon = e.h * e.rng.uniform(0.26, 0.34)
    sky(e, lit, horizon + 60, sun=(e.rng.uniform(0.3, 0.7), 0.4))
    hills(e, lit, horizon + 50, layers=3, height=horizon * 0.6)
    green = e.rng.choice(("#6f9a4e", "#8aa648", "#c2a23f", "#5f9367"))
    waves = [(f, e.rng.uniform(0, math.tau)) for f in (1.0, 1.7, 2.6)]
    for i in range(15):
        t = i / 14
        y = horizon + 44 + (e.h * 1.02 - horizon) * t**1.45
        _step(e, lit, _contour(e, waves, i, y, 14 + 40 * t), t, green)
    wall, roof = lit.far("#ead7b2", 0.15), lit.far("#5b4a4a", 0.2)
    for share in (0.2, 0.74):
        x, y = e.w * (share + e.rng.uniform(-0.08, 0.08)), horizon + (e.h - horizon) * 0.22
        tree(e, x - 44, y + 4, 74, lit.far(deep(green, 0.2), 0.2))
        cottage(e, x, y, 62, 34, wall=wall, roof=roof, lamp=lit.night)


def _step(e: Easel, lit: Light, line: Shape, t: float, green: Colour) -> None:
    """One terrace: its bank, its grassy edge, and a pool of sky or a field of rice."""
    rise, far = 9 + 24 * t, 1 - t
    e.fill(under(line, e.h + 300), lit.far(mix(green, "#5b4632", 0.45), 0.45 * far))
    edge = [(x, y + rise * 0.16) for x, y in line]
    e.line(edge, rise * 0.4, lit.far(pale(green, 0.2), 0.35 * far))
    pool = under([(x, y + rise) for x, y in line], e.h + 300)
    wet = e.rng.random() < 0.62
    water_of = mix(lit.sky[-1], lit.sky[1], 0.15 + 0.7 * t)
    colour = water_of if wet else lit.far(green, 0.4 * far)
    e.fill(pool, colour)
    glint = mix(lit.disc, colour, 0.25) if wet else deep(green, 0.4)
    e.grain(pool, glint, angle=e.rng.choice((0, 180)), amount=0.6, reach=0.7)
    if not wet:
        _sprouts(e, line, rise, t, lit.far(deep(green, 0.25), 0.3 * far))


def _sprouts(e: Easel, line: Shape, rise: float, t: float, colour: Colour) -> None:
    for x, y in line:
        for row in range(2):
            px, py = x + row * e.w / 80, y + rise * (1.6 + row * 0.9)
            e.line(
                [(px, py), (px + e.rng.uniform(-3, 3), py - 5 - 13 * t)],
                1.5 + 2.5 * t,
                colour,
                end=1,
            )


@scene("tea_hills", TIMES)
def tea_hills(e: Easel) -> None:
    lit = light(e, "dawn", "noon", "golden", "grey")
    horizon = e.h * 0.34
    sky(e, lit, horizon + 30, sun=(e.rng.uniform(0.2, 0.8), 0.3))
    hills(e, lit, horizon + 30, layers=4, height=horizon * 0.62)
    green = e.rng.choice(("#4f8a4c", "#5c9450", "#3f7f5a"))
    hill = smooth(
        [
            (-60, horizon + 90),
            (e.w * 0.3, horizon + 10),
            (e.w * 0.65, horizon + 70),
            (e.w + 60, horizon - 10),
            (e.w + 60, e.h + 60),
            (-60, e.h + 60),
        ]
    )
    e.paint(hill, lit.far(deep(green, 0.25), 0.1), shade=0.3)
    waves = [(f, e.rng.uniform(0, math.tau)) for f in (0.8, 1.5)]
    pickers = {e.rng.randint(3, 8) for _ in range(e.rng.randint(1, 3))}
    with e.clip(hill):
        for i in range(11):
            t = (i / 10) ** 1.3
            row = _contour(e, waves, i, horizon + 30 + (e.h - horizon) * t, 40 - 14 * t)
            thick = 16 + 62 * t
            if i in pickers:
                _picker(e, e.w * e.rng.uniform(0.15, 0.85), row[20][1] + 10, 22 + 40 * t)
            hedge = row + [(x, y + thick) for x, y in row[::-1]]
            e.paint(hedge, lit.far(green, 0.4 * (1 - t)), shade=0.75, glow=0.5)
            _tea_leaves(e, row, t, lit.far(pale(green, 0.4), 0.2 * (1 - t)))


def _tea_leaves(e: Easel, row: Shape, t: float, colour: Colour) -> None:
    for x, y in row:
        dot = ellipse(
            x + e.rng.uniform(-9, 9),
            y + e.rng.uniform(1, 10) * (0.4 + t),
            3 + 5 * t,
            2 + 3 * t,
            steps=8,
        )
        e.fill(dot, colour)


PICKER_COAT = ((-0.5, 1), (-0.4, -0.1), (0, -0.4), (0.4, -0.1), (0.5, 1))


PICKER_HAT = ((-0.62, -0.5), (0, -1), (0.62, -0.5))


def _picker(e: Easel, x: float, y: float, s: float) -> None:
    """Waist-deep in the row: coat, basket, straw hat."""
    coat = e.rng.choice(("#c4534a", "#3d6fa0", "#e0a03c", "#7a5c94"))
    outline = placed(x, y, s, PICKER_COAT)
    e.paint(smooth(outline), coat, shade=0.5, angle=20)
    e.paint(blob(e.rng, x + s * 0.5, y + s * 0.3, s * 0.3, s * 0.36), "#b98a52", shade=0.5)
    e.fill(ellipse(x, y - s * 0.5, s * 0.24), "#d9a37c")
    e.paint(
        placed(x, y, s, PICKER_HAT),
        "#e5c883",
        shade=0.5,
        angle=0,
    )
