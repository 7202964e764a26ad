"""The carpenter's bench and tools, and a table that left it."""

from goodword.ops.demo.art.cut import arc, ellipse, rect, rounded, smooth
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, pale
from goodword.ops.demo.art.pots import CERAMICS, cup, vase
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.scenes.wood import LOOKS, grained, leg, shaving, timber
from goodword.ops.demo.art.still import WALLS, daylight, stage


@scene("workbench", LOOKS)
def workbench(e: Easel) -> None:
    wall = e.rng.choice(WALLS)
    e.fill(e.frame(), wall)
    e.grain(e.frame(), deep(wall, 0.45), angle=50, amount=0.6)
    daylight(e, strength=0.26, leaves=True)
    wood = timber(e)
    _tools(e, e.h * 0.1, deep(wood, 0.1))
    top = e.h * 0.64
    for x in (e.w * 0.12, e.w * 0.84):
        grained(e, rect(x, top + 40, 70, e.h - top), deep(wood, 0.15), across=True, lines=5)
    e.cast(rect(0, top, e.w, 60), dx=0, dy=40, blur=30)
    grained(e, rect(e.w * 0.04, top, e.w * 0.92, 74), wood, lines=8)
    x = e.w * e.rng.uniform(0.3, 0.5)
    grained(e, rect(x - 190, top - 36, 480, 38), pale(wood, 0.25), lines=5)
    body = rounded(x - 110, top - 100, 230, 66, 16)
    e.paint(body, deep(wood, 0.3), shade=0.5, glow=0.4)
    e.paint(
        smooth(
            [(x + 60, top - 96), (x + 66, top - 170), (x + 112, top - 176), (x + 104, top - 96)]
        ),
        deep(wood, 0.42),
        shade=0.4,
    )
    e.fill(ellipse(x - 70, top - 118, 28), deep(wood, 0.45))
    e.fill(
        [(x - 8, top - 96), (x + 30, top - 156), (x + 44, top - 150), (x + 18, top - 96)], "#c9cdd2"
    )
    for _ in range(7):
        sx = x + e.rng.uniform(-360, 420)
        shaving(
            e, sx, e.rng.choice((top - 20, e.h * 0.94)), e.rng.uniform(26, 52), pale(wood, 0.35)
        )
    if e.rng.random() < 0.6:
        cup(e, e.w * 0.84, top + 4, 84, CERAMICS["ink"])


def _tools(e: Easel, y: float, wood: Colour) -> None:
    """The wall of chisels, saws and squares."""
    grained(e, rect(e.w * 0.12, y, e.w * 0.76, 26), wood, lines=3)
    count = int(e.w * 0.7 / 96)
    for i in range(count):
        x = e.w * 0.16 + i * 96
        kind = e.rng.randint(0, 3)
        tall = e.rng.uniform(150, 230)
        e.line([(x + 14, y + 40), (x + 14, y + 20 + tall)], 12, "#2f2030", alpha=0.12)
        if kind == 0:
            e.paint(
                rounded(x - 13, y + 10, 26, 96, 12),
                e.rng.choice(("#b8604a", "#8f6244", "#d9a03f")),
                shade=0.5,
                angle=0,
            )
            e.paint(rect(x - 9, y + 104, 18, tall - 84), "#b9bec4", shade=0.5, angle=0)
        elif kind == 1:
            e.paint(
                [
                    (x - 30, y + 30),
                    (x + 34, y + 30),
                    (x + 14, y + tall + 40),
                    (x - 4, y + tall + 40),
                ],
                "#c3c8cc",
                shade=0.4,
                angle=0,
            )
            e.paint(rounded(x - 34, y - 6, 72, 56, 18), "#8f6244", shade=0.5)
        elif kind == 2:
            e.paint(rect(x - 8, y + 10, 16, tall), "#a9805a", shade=0.5, angle=0)
            e.paint(rounded(x - 44, y + tall - 10, 88, 50, 12), "#5f5f68", shade=0.5)
        else:
            e.line([(x - 26, y + 20), (x - 26, y + tall), (x + 40, y + tall)], 14, "#a9805a")


@scene("table", LOOKS)
def table(e: Easel) -> None:
    """A dining table, a bench, something on it."""
    edge = stage(e, line=0.72, wood=True)
    wood = timber(e)
    x, base = e.w * 0.5, edge + (e.h - edge) * 0.62
    half, tall = min(460.0, e.w * 0.4), 330.0
    top = base - tall
    e.cast(ellipse(x, base, half * 1.05, 30), dx=30, dy=6, blur=34, alpha=0.4)
    for dx in (-0.86, 0.86):
        leg(e, x + dx * half, top + 30, x + dx * half * 1.03, base, 48, deep(wood, 0.12))
    e.paint(rect(x - half * 0.86, top + 34, half * 1.72, 40), deep(wood, 0.25), shade=0.5)
    grained(e, rounded(x - half * 1.06, top, half * 2.12, 42, 8), wood, lines=6)
    seat = base - 170
    for dx in (-0.6, 0.6):
        leg(e, x + dx * half, seat + 20, x + dx * half, base + 30, 32, wood)
    grained(e, rounded(x - half * 0.74, seat, half * 1.48, 30, 6), pale(wood, 0.08), lines=4)
    vase(
        e,
        x - half * 0.3,
        top + 6,
        110,
        CERAMICS[e.rng.choice(("sky", "white", "clay"))],
        e.rng.randint(0, 2),
    )
    cup(e, x + half * 0.4, top + 6, 62, CERAMICS["sand"], kind=1)
    lamp = e.rng.choice(("#d9a03f", "#5f7470", "#c8553d", "#e8dcc4"))
    lx, ly = x + e.rng.uniform(-80, 80), top - e.rng.uniform(210, 260)
    e.line([(lx, 0), (lx, ly)], 5, "#3a3038")
    e.aura(lx, ly + 90, 260, "#ffe3a0", 0.5)
    e.paint(
        [*arc(lx, ly + 70, 120, 90, 180, 360), (lx + 120, ly + 74), (lx - 120, ly + 74)],
        lamp,
        shade=0.4,
        glow=0.4,
        angle=30,
    )
