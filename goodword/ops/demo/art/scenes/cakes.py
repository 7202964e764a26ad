"""Cakes on stands, mooncakes in boxes."""

from goodword.ops.demo.art.cut import (
    arc,
    blob,
    bow,
    ellipse,
    grow,
    leaf,
    rect,
    rounded,
    smooth,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, pale
from goodword.ops.demo.art.nature import blossom, sprig
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.still import (
    around,
    stage,
    tabletop,
)


@scene("cake", ("cream", "chocolate", "berry", "matcha"))
def cake(e: Easel) -> None:
    """From the front, on a stand; sometimes a slice is gone."""
    edge = stage(e)
    tone = {"cream": "#fbf1df", "chocolate": "#6f4331", "berry": "#f0b6b0", "matcha": "#a9bf7a"}[
        e.look or e.rng.choice(("cream", "chocolate", "berry", "matcha"))
    ]
    x, base = e.w * 0.5, edge + (e.h - edge) * 0.36
    glass = e.rng.choice(("#e9e4d8", "#bcd0c8", "#d9b9a8"))
    _cake_stand(e, x, base, glass)
    rx, tall = 262.0, e.rng.uniform(190, 250)
    top = base - 124 - tall
    _cake_body(e, x, top, rx, tall, tone)
    fruit = e.rng.choice(("#d9384a", "#e0563f", "#4a4a8a", "#f2b03f"))
    for px, py in around(0, 0, 1, 10):
        fx, fy = x + px * rx * 0.76, top + py * 36
        e.paint(blob(e.rng, fx, fy - 14, 30, 27), fruit, shade=0.5, glow=0.6, angle=50)
        e.fill(leaf(fx, fy - 38, 22, 12, -60), "#5f8a4a")
    for _ in range(e.rng.choice((0, 0, 3, 5))):
        cx = x + e.rng.uniform(-0.5, 0.5) * rx
        e.paint(
            rect(cx - 6, top - 110, 12, 100),
            e.rng.choice(("#e0a13a", "#7fa6b5", "#d97a8a")),
            shade=0.4,
            angle=0,
        )
        e.aura(cx, top - 126, 46, "#ffb84a", 0.6)
        e.fill(leaf(cx, top - 108, 34, 16, -90), "#ffdf8a")


def _cake_stand(e: Easel, x: float, base: float, glass: Colour) -> None:
    e.paint(
        smooth(
            [
                (x - 60, base),
                (x + 60, base),
                (x + 24, base - 60),
                (x + 30, base - 120),
                (x - 30, base - 120),
                (x - 24, base - 60),
            ]
        ),
        glass,
        shade=0.5,
        angle=0,
    )
    e.cast(ellipse(x, base + 4, 150, 26), dx=30, dy=10, blur=26, alpha=0.4)
    e.paint(ellipse(x, base, 140, 24), glass, shade=0.5, angle=0)
    e.paint(ellipse(x, base - 116, 330, 54), glass, shade=0.4, glow=0.5, angle=0)


def _cake_body(e: Easel, x: float, top: float, rx: float, tall: float, tone: Colour) -> None:
    side = [(x - rx, top), *bow(x - rx, top + tall, x + rx, top + tall, 42), (x + rx, top)]
    e.paint(side, tone, shade=0.6, glow=0.35, angle=0)
    filling = e.rng.choice(("#e8a0a0", "#f0d9a0", "#c9846a"))
    for k in (0.36, 0.68):
        e.line(bow(x - rx, top + tall * k, x + rx, top + tall * k, 42), 13, filling, alpha=0.7)
    lid = ellipse(x, top, rx, 46)
    e.paint(lid, pale(tone, 0.25), shade=0.3, glow=0.4, angle=30)
    drip = pale(tone, 0.55) if tone != "#fbf1df" else "#e9b9a8"
    edge_line = arc(x, top, rx, 46, 0, 180, steps=22)
    for i, (px, py) in enumerate(edge_line):
        length = e.rng.uniform(20, 90) if i % 2 else 18
        e.line([(px, py - 6), (px, py + length)], 27, drip, end=21)
    e.fill(ellipse(x, top, rx * 1.0, 46), drip)
    e.grain(lid, deep(drip, 0.3), angle=30, amount=0.5)


@scene("mooncakes")
def mooncakes(e: Easel) -> None:
    tabletop(e, wood=True)
    x, y = e.w * 0.5, e.h * 0.52
    tray = rounded(x - 400, y - 330, 800, 660, 40)
    e.cast(tray, dx=20, dy=28, blur=24, alpha=0.4)
    e.paint(
        tray,
        e.rng.choice(("#7a3f35", "#2f4a4a", "#8a6a4a", "#b8433a")),
        shade=0.4,
        glow=0.3,
        angle=50,
    )
    e.fill(rounded(x - 372, y - 302, 744, 604, 26), "#f0e3c8", 0.16)
    e.line([*rounded(x - 380, y - 310, 760, 620, 30), (x + 380 - 30, y - 310)], 6, "#d9b35a")
    for i in range(3):
        for j in range(2):
            _mooncake(e, x - 240 + 240 * i, y - 140 + 280 * j, 104, cut=(i, j) == (1, 1))
    for _ in range(3):
        px, py = e.rng.uniform(0, e.w), e.rng.choice((0.06, 0.94)) * e.h
        sprig(e, bow(px, py, px + 120, py + e.rng.uniform(-60, 60), 16, steps=6), 40, "#6f8a4f")
        for _ in range(6):
            blossom(e, px + e.rng.uniform(0, 120), py + e.rng.uniform(-40, 40), 12, "#f0b64a")


def _mooncake(e: Easel, x: float, y: float, r: float, *, cut: bool) -> None:
    crust = e.rng.choice(("#c98a3f", "#b9753a", "#d99a4f"))
    shape = smooth(
        [
            (x + (px - x) * k, y + (py - y) * k)
            for i, (px, py) in enumerate(around(x, y, r, 24))
            for k in ((1.06 if i % 2 else 0.97),)
        ],
        steps=4,
    )
    e.cast(shape, dx=10, dy=14, blur=12, alpha=0.4)
    e.paint(shape, crust, shade=0.6, glow=0.6, angle=50)
    if cut:
        half = grow(ellipse(x, y, r), 0.84, 0.84, x, y)
        e.paint(half, "#8a5a2f", shade=0.3)
        e.paint(ellipse(x, y, r * 0.4), "#ef9f2f", shade=0.3, glow=0.5, angle=50)
        return
    ring = ellipse(x, y, r * 0.76)
    e.line([*ring, ring[0]], 6, deep(crust, 0.35))
    for i in range(8):
        petal = leaf(x, y, r * 0.6, r * 0.26, i * 45)
        e.line([*petal, petal[0]], 4.5, deep(crust, 0.35))
        e.grain(petal, pale(crust, 0.3), angle=-130, amount=0.6)
    e.fill(ellipse(x, y, r * 0.12), deep(crust, 0.3))
