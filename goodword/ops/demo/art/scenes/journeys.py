"""A tent under the stars, the view from a train."""

from goodword.ops.demo.art.cut import (
    Shape,
    bow,
    leaf,
    placed,
    rect,
    rounded,
    smooth,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.folk import STAND, dress, person
from goodword.ops.demo.art.ink import deep, mix
from goodword.ops.demo.art.light import Light, clouds, light, sky, stars
from goodword.ops.demo.art.nature import birds, bush, grass, hills, pine
from goodword.ops.demo.art.registry import scene


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


GLASS = ((-0.5, -1.8), (0.5, -1.8), (0.42, 0), (-0.42, 0))


def _tea_glass(e: Easel, x: float, y: float, s: float) -> None:
    glass = placed(x, y, s, GLASS)
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
