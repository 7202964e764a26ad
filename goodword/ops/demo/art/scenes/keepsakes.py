"""A bicycle on a sunny wall; what a five-year-old drew."""

import itertools
from collections.abc import Callable

from goodword.ops.demo.art.cut import (
    arc,
    ellipse,
    leaf,
    placed,
    rect,
    rounded,
    smooth,
    spin,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, pale
from goodword.ops.demo.art.nature import blossom
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.still import daylight, tabletop

SADDLE = ((-90, -72), (40, -66), (30, -48), (-84, -44))


HANDLEBAR = ((-16, -70), (50, -96), (4, -110))


Wax = Callable[..., None]


@scene("bicycle", ("dawn", "noon", "golden", "dusk"))
def bicycle(e: Easel) -> None:
    """Leaning on a sunny wall."""
    wall = e.rng.choice(("#e6c49a", "#d98f6a", "#c9d0b8", "#f0dcc0", "#9fb3b8", "#e8b8a8"))
    ground = e.h * 0.84
    e.fill(e.frame(), wall)
    e.mottle(e.frame(), pale(wall, 0.5), 0.4)
    e.grain(e.frame(), deep(wall, 0.45), angle=60, amount=0.5)
    daylight(e, strength=0.24, leaves=True)
    e.paint(rect(0, ground, e.w, e.h), "#a8988a", shade=0.5)
    x, r = e.w * 0.5, 150.0
    y = ground + 20 - r
    frame = e.rng.choice(("#c8553d", "#3f7f7a", "#2f4858", "#e0a13a", "#f3ead6"))
    _wheels_and_frame(e, x, y, r, frame)
    _flower_basket(e, x, y)


def _wheels_and_frame(e: Easel, x: float, y: float, r: float, frame: Colour) -> None:
    """The bicycle itself, and its shadow on the wall."""
    wheels = left, right = (x - 210, y), (x + 210, y)
    for lift, colour, alpha in ((26, "#2f2038", 0.18), (0, "#2f2a35", 1.0)):
        for cx, cy in wheels:
            ring = ellipse(cx + lift, cy + lift * 0.4, r)
            e.line([*ring, ring[0]], 15, colour, alpha=alpha)
    for cx, cy in wheels:
        for i in range(9):
            e.line(
                arc(cx, cy, r - 8, r - 8, i * 20, i * 20 + 180, steps=1), 1.8, "#d9d4cc", alpha=0.8
            )
        e.fill(ellipse(cx, cy, 14), "#5a545f")
    seat, crank, head = (x - 100, y - 170), (x - 20, y + 20), (x + 150, y - 190)
    for a, b in (
        (left, seat),
        (left, crank),
        (seat, crank),
        (seat, head),
        (crank, head),
        (head, right),
    ):
        e.line([a, b], 17, frame)
    e.line([(seat[0] - 6, seat[1]), (seat[0] - 26, seat[1] - 56)], 12, "#b9b4ac")
    e.paint(smooth(placed(*seat, 1, SADDLE)), "#6a4030", shade=0.4)
    e.line(smooth([head, *placed(*head, 1, HANDLEBAR)], closed=False), 12, "#b9b4ac")
    e.line([*ellipse(*crank, 40), (crank[0] + 40, crank[1])], 9, "#8a8490")


def _flower_basket(e: Easel, x: float, y: float) -> None:
    """On the handlebar."""
    bx, by = x + 180, y - 230
    for _ in range(9):
        blossom(
            e,
            bx + e.rng.uniform(0, 130),
            by - e.rng.uniform(0, 70),
            e.rng.uniform(20, 30),
            e.rng.choice(("#f3b4bd", "#f2c14e", "#fbf3e2", "#e8744f")),
        )
    for _ in range(4):
        e.fill(leaf(bx + 66, by, 110, 30, -90 + e.rng.uniform(-60, 60)), "#6f9a5a")
    e.paint(
        smooth([(bx, by), (bx + 136, by), (bx + 116, by + 110), (bx + 16, by + 110)], steps=3),
        "#c99a5a",
        shade=0.5,
        glow=0.3,
    )
    for i in range(4):
        e.line([(bx + 4, by + 20 + 24 * i), (bx + 130, by + 20 + 24 * i)], 4, "#9a703a", alpha=0.8)


@scene("crayon", flips=False)
def crayon(e: Easel) -> None:
    """What a five-year-old drew: us, the house, the sun."""
    tabletop(e, wood=True)
    w, h = (860.0, 640.0) if e.w >= e.h else (700.0, 860.0)
    x, y = e.w / 2, e.h / 2
    tilt = e.rng.uniform(-7, 7)
    sheet = spin(rect(x - w / 2, y - h / 2, w, h), tilt, x, y)
    e.cast(sheet, dx=10, dy=16, blur=14)
    e.paint(sheet, "#fdf9ee", shade=0.15)

    def wax(points: list[tuple[float, float]], colour: Colour, width: float = 9) -> None:
        rough = [
            (x - w / 2 + px * w + e.rng.uniform(-3, 3), y - h / 2 + py * h + e.rng.uniform(-3, 3))
            for px, py in points
        ]
        e.line(spin(smooth(rough, closed=False, steps=5), tilt, x, y), width, colour, alpha=0.88)

    _house_and_sun(e, wax)
    for i, size in enumerate(e.rng.sample((1.0, 0.94, 0.62, 0.5), e.rng.randint(3, 4))):
        _stick_figure(e, wax, 0.48 + i * 0.125, 0.84, size * 0.3)
    for i in range(5):
        pen = spin(
            rounded(x - 80, y + h / 2 + 20 + 26 * i, 170, 22, 10),
            e.rng.uniform(-30, 30),
            x,
            y + h / 2 + 60,
        )
        e.cast(pen, dx=4, dy=6, blur=6)
        e.paint(pen, ("#d9452f", "#3f6f9a", "#f2b03f", "#6faa4a", "#b58ac9")[i], shade=0.4)


def _house_and_sun(e: Easel, wax: Wax) -> None:
    """Grass, sun, house."""
    for i in range(12):
        wax(
            [
                (0.02, 0.86 + i * 0.01),
                (0.3, 0.84 + i * 0.011),
                (0.7, 0.87 + i * 0.009),
                (0.98, 0.85 + i * 0.011),
            ],
            "#6faa4a",
            7,
        )
    wax([(p[0], p[1]) for p in arc(0.86, 0.16, 0.08, 0.1, 0, 380, steps=14)], "#f2b03f", 14)
    for i in range(9):
        a, b = (
            arc(0.86, 0.16, 0.1, 0.13, i * 40, i * 40 + 1, steps=1)[0],
            arc(0.86, 0.16, 0.14, 0.19, i * 40, i * 40 + 1, steps=1)[0],
        )
        wax([a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), b], "#f2b03f")
    for points in (
        [(0.1, 0.84), (0.1, 0.5), (0.36, 0.5), (0.36, 0.84), (0.1, 0.84)],
        [(0.07, 0.5), (0.23, 0.3), (0.4, 0.5), (0.07, 0.5)],
        [(0.2, 0.84), (0.2, 0.68), (0.27, 0.68), (0.27, 0.84)],
    ):
        for a, b in itertools.pairwise(points):
            wax(
                [a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), b], e.rng.choice(("#c8553d", "#8a5a3c"))
            )


SKIRT = ((0, -0.96), (-0.2, -0.4), (0, -0.38), (0.2, -0.4), (0, -0.96))


LEFT_EYE = ((-0.05, -1.16), (-0.048, -1.15), (-0.05, -1.14))


RIGHT_EYE = ((0.05, -1.16), (0.048, -1.15), (0.05, -1.14))


STICK_ARM = ((0, -0.84), (0.14, -0.72), (0.26, -0.8))


STICK_LEG = ((0.06, -0.4), (0.08, -0.2), (0.1, 0))


def _stick_figure(e: Easel, wax: Wax, x: float, y: float, s: float) -> None:
    colour = e.rng.choice(("#d9452f", "#3f6f9a", "#b0559a", "#3f8f5a"))
    wax(arc(x, y - s * 1.14, s * 0.13, s * 0.17, 0, 370, steps=12), "#3a3038", 6)
    wax(
        placed(x, y, s, LEFT_EYE),
        "#3a3038",
        8,
    )
    wax(
        placed(x, y, s, RIGHT_EYE),
        "#3a3038",
        8,
    )
    wax(arc(x, y - s * 1.1, s * 0.06, s * 0.06, 10, 170, steps=6), "#d9452f", 5)
    if e.rng.random() < 0.5:
        wax(
            placed(x, y, s, SKIRT),
            colour,
        )
    else:
        for k in (-0.08, 0, 0.08):
            wax(
                [(x + k * s, y - s * 0.94), (x + k * s, y - s * 0.7), (x + k * s, y - s * 0.42)],
                colour,
            )
    for side in (-1, 1):
        wax(
            placed(x, y, s, STICK_ARM, side),
            "#3a3038",
            6,
        )
        wax(
            placed(x, y, s, STICK_LEG, side),
            "#3a3038",
            6,
        )
