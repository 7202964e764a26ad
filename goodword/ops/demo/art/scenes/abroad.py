"""A street by a canal, far from home."""

from goodword.ops.demo.art.cut import bow, rect, smooth
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.folk import WALK, dress, person
from goodword.ops.demo.art.ink import Colour, mix, pale
from goodword.ops.demo.art.light import TIMES, Light, clouds, light, sky
from goodword.ops.demo.art.nature import tree
from goodword.ops.demo.art.registry import scene


@scene("gables", TIMES)
def gables(e: Easel) -> None:
    """A street by a canal far from home: narrow houses with stepped gables, and bicycles."""
    lit = light(e, "noon", "golden", "dusk", "grey", "night")
    quay = e.h * 0.68
    sky(e, lit, quay)
    clouds(e, lit, 60, quay * 0.5, 4)
    x = -e.rng.uniform(10, 60)
    walls = ("#a8503f", "#7a4a44", "#d9b98a", "#5f6a75", "#c98a5a", "#8f9f8a", "#e8d6b8")
    while x < e.w:
        w, h = e.rng.uniform(120, 165), e.h * e.rng.uniform(0.38, 0.5)
        _gable_house(e, lit, x, quay, w, h, lit.far(e.rng.choice(walls), 0.1))
        x += w + 3
    e.paint(rect(0, quay, e.w, 40), lit.far("#8a7f78", 0.1), shade=0.5)
    e.wash(
        [(0, mix(lit.sky[-1], "#5f6f66", 0.45)), (1, mix(lit.sky[0], "#2a4a4a", 0.6))],
        quay + 40,
        e.h,
    )
    for _ in range(40):
        t = e.rng.random()
        y = quay + 50 + t * (e.h - quay)
        px = e.rng.uniform(0, e.w)
        e.line(
            bow(px, y, px + 60 + 80 * t, y, -3),
            2,
            e.rng.choice((lit.disc, "#c98a5a", "#a8503f")),
            middle=5 + 5 * t,
            alpha=0.35,
        )
    for _ in range(2):
        tree(
            e,
            e.rng.uniform(0.1, 0.9) * e.w,
            quay + 14,
            e.h * 0.24,
            lit.far(e.rng.choice(("#6f9a5a", "#c98f3f", "#8aa65a")), 0.05),
        )
    for _ in range(e.rng.randint(1, 3)):
        person(e, e.rng.uniform(0.1, 0.9) * e.w, quay + 26, e.h * 0.13, dress(e), WALK)


def _gable_house(
    e: Easel, lit: Light, x: float, y: float, w: float, h: float, wall: Colour
) -> None:
    kind = e.rng.choice(("step", "bell", "point"))
    peak = h * 0.24
    if kind == "step":
        top = [(x, y - h)]
        for i in range(1, 4):
            top += [
                (x + w * i * 0.13, y - h - peak * (i - 1) / 3),
                (x + w * i * 0.13, y - h - peak * i / 3),
            ]
        top += [(2 * x + w - px, py) for px, py in top[::-1]]
    elif kind == "bell":
        top = smooth(
            [
                (x, y - h),
                (x + w * 0.16, y - h - peak * 0.3),
                (x + w * 0.3, y - h - peak * 0.9),
                (x + w * 0.7, y - h - peak * 0.9),
                (x + w * 0.84, y - h - peak * 0.3),
                (x + w, y - h),
            ],
            closed=False,
        )
    else:
        top = [(x, y - h), (x + w / 2, y - h - peak * 1.2), (x + w, y - h)]
    body = [*top, (x + w, y), (x, y)]
    e.paint(body, wall, shade=0.35, glow=0.25, angle=30)
    e.line(top, 7, pale(wall, 0.6))
    for r in range(4):
        for c in range(3):
            on = lit.night or e.rng.random() < 0.15
            wx, wy = x + w * (0.12 + 0.29 * c), y - h * (0.94 - 0.22 * r)
            e.fill(rect(wx - 3, wy - 3, w * 0.18 + 6, h * 0.15 + 6), "#f3ead8")
            e.fill(rect(wx, wy, w * 0.18, h * 0.15), "#ffd27a" if on else lit.far("#3a4a5a", 0.15))
    e.fill(
        rect(x + w * 0.4, y - h * 0.14, w * 0.2, h * 0.14),
        e.rng.choice(("#2f5f4a", "#8a2f2f", "#2f3f6a")),
    )
