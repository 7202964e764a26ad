"""Trees, birds, water and houses, each a few dabs; `x, y` is where a thing stands."""

import math

from goodword.ops.demo.art.cut import (
    Shape,
    blob,
    bow,
    ellipse,
    leaf,
    placed,
    rect,
    ridge,
    smooth,
    under,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, mix, pale
from goodword.ops.demo.art.light import Light

HILLS = (
    ("#5d7f7a", "#3f6a66", "#27514f"),
    ("#6f7f9a", "#4d6285", "#31486b"),
    ("#8a7f96", "#6a5f80", "#463f63"),
    ("#7d8f6a", "#5b7552", "#3a573d"),
)


def three(colours: tuple[Colour, Colour, Colour], t: float) -> tuple[int, int, int]:
    """A place (0..1) on a three-colour scale."""
    far, mid, near = colours
    return mix(mix(far, mid, min(1, t * 2)), near, max(0, t * 2 - 1))


def hills(e: Easel, lit: Light, horizon: float, *, layers: int = 4, height: float = 320) -> None:
    """Ridges behind ridges, each nearer one darker and less misty."""
    tones = e.rng.choice(HILLS)
    for i in range(layers):
        t = i / max(1, layers - 1)
        line = ridge(
            e.rng, e.w, horizon - (1 - t) * height * 0.35, height * (1 - 0.55 * t), rough=0.46
        )
        colour = lit.far(three(tones, t), 0.72 * (1 - t) + 0.1)
        shape = under(line, horizon + 40)
        e.fill(shape, colour)
        e.grain(shape, mix(lit.mist, colour, 0.15), angle=90, amount=0.75, reach=0.75)
        e.grain(shape, mix(lit.disc, colour, 0.4), angle=-60, amount=0.4, reach=0.55)


def pine(e: Easel, x: float, y: float, size: float, colour: Colour) -> None:
    """A pine in four brush dabs."""
    e.line([(x, y), (x, y - size * 0.3)], size * 0.06, deep(colour, 0.5))
    for i in range(4):
        w = size * (0.30 - 0.055 * i)
        top, low = y - size * (0.42 + 0.19 * i), y - size * (0.10 + 0.19 * i)
        elbow = low - 0.1 * size
        outline = [
            (x, top),
            (x + w * 0.5, elbow),
            (x + w, low),
            (x, low - size * 0.03),
            (x - w, low),
            (x - w * 0.5, elbow),
        ]
        e.paint(
            smooth(outline, steps=4), mix(colour, pale(colour, 0.4), i * 0.12), shade=0.5, angle=10
        )


def tree(
    e: Easel, x: float, y: float, size: float, colour: Colour, *, trunk: Colour = "#5a4038"
) -> None:
    """A round tree: trunk, three crowns, light from the upper left."""
    e.line(bow(x, y, x + size * 0.03, y - size * 0.6, 0), size * 0.1, trunk, end=size * 0.05)
    e.line([(x, y - size * 0.3), (x + size * 0.16, y - size * 0.52)], size * 0.04, trunk)
    for dx, dy, r in ((-0.2, 0.62, 0.27), (0.2, 0.6, 0.25), (0.0, 0.8, 0.3)):
        crown = blob(e.rng, x + dx * size, y - dy * size, r * size, r * size * 0.86, wild=0.08)
        e.paint(
            crown, mix(colour, pale(colour), e.rng.uniform(0, 0.25)), shade=0.6, glow=0.6, angle=60
        )


def bush(e: Easel, x: float, y: float, size: float, colour: Colour) -> None:
    for dx in (-0.5, 0.5, 0):
        crown = blob(e.rng, x + dx * size, y - size * 0.3, size * 0.55, size * 0.45, wild=0.1)
        e.paint(crown, colour, shade=0.6, glow=0.5, angle=60)


def grass(
    e: Easel, y0: float, y1: float, colour: Colour, count: int = 60, size: float = 30
) -> None:
    """Tufts over a band, taller towards us."""
    for _ in range(count):
        t = e.rng.random()
        x, y = e.rng.uniform(0, e.w), y0 + (y1 - y0) * t
        tall = size * (0.4 + 0.8 * t) * e.rng.uniform(0.6, 1.2)
        for lean in (-0.35, 0.05, 0.4):
            tip = (x + lean * tall, y - tall)
            e.line(
                [(x, y), (x + lean * tall * 0.3, y - tall * 0.6), tip],
                3 * (0.5 + t),
                colour,
                end=0.6,
            )


def bird(e: Easel, x: float, y: float, size: float, colour: Colour) -> None:
    for side in (-1, 1):
        e.line(bow(x + side * size, y - size * 0.3, x, y, -size * 0.35), 1.5, colour, middle=4)


def birds(e: Easel, lit: Light, top: float, bottom: float, count: int = 4) -> None:
    colour = mix(lit.sky[0], "#1b1b2f", 0.7) if not lit.night else lit.cloud
    x, y = e.rng.uniform(0.2, 0.8) * e.w, e.rng.uniform(top, bottom)
    for _ in range(count):
        bird(e, x, y, e.rng.uniform(9, 16), colour)
        x, y = x + e.rng.uniform(26, 60), y + e.rng.uniform(-30, 30)


def ripples(e: Easel, top: float, colour: Colour, count: int = 40, alpha: float = 0.5) -> None:
    """Strokes on water, longer and further apart towards us."""
    for _ in range(count):
        t = e.rng.random() ** 1.4
        y = top + 10 + t * (e.h - top)
        x, length = e.rng.uniform(-60, e.w), (30 + 190 * t) * e.rng.uniform(0.5, 1.2)
        e.line(
            bow(x, y, x + length, y, -2 - 3 * t), 1 + 5 * t, colour, middle=3 + 7 * t, alpha=alpha
        )


def glitter(e: Easel, x: float, top: float, bottom: float, colour: Colour) -> None:
    """The sun's or the moon's path on water."""
    for i in range(16):
        y = top + 12 + i * (bottom - top) / 18
        half = e.rng.uniform(8, 34) + i * 4
        mid = x + e.rng.uniform(-14, 14)
        e.line(bow(mid - half, y, mid + half, y, -2), 2, colour, middle=5 + i * 0.4, alpha=0.75)


def water(e: Easel, lit: Light, top: float, tone: Colour = "#4f8f96") -> None:
    """Still water from `top` down: the sky once more, deeper."""
    e.wash(
        [
            (0, mix(lit.mist, lit.sky[-1], 0.4)),
            (0.35, mix(lit.sky[1], tone, 0.4)),
            (1, mix(lit.sky[0], deep(tone, 0.45), 0.6)),
        ],
        top,
        e.h,
    )
    e.grain(
        rect(0, top, e.w, e.h - top),
        mix(lit.mist, "#ffffff", 0.2),
        angle=-90,
        amount=0.6,
        reach=0.3,
    )


def blossom(e: Easel, x: float, y: float, r: float, colour: Colour) -> None:
    """Five petals and a heart."""
    start = e.rng.uniform(0, 72)
    for i in range(5):
        a = math.radians(start + i * 72)
        e.fill(
            ellipse(x + r * 0.55 * math.cos(a), y + r * 0.55 * math.sin(a), r * 0.48, steps=10),
            colour,
        )
    e.fill(ellipse(x, y, r * 0.26, steps=8), deep(colour, 0.25))


def sprig(
    e: Easel, points: Shape, size: float, colour: Colour, *, stem: Colour = "#4b5d3a"
) -> None:
    """A stem with leaves on both sides, growing along the points."""
    e.line(points, size * 0.09, stem, end=1.2)
    for i in range(1, len(points)):
        (ax, ay), (bx, by) = points[i - 1], points[i]
        along = math.degrees(math.atan2(by - ay, bx - ax))
        for side in (-1, 1):
            blade = leaf(
                bx,
                by,
                size * e.rng.uniform(0.8, 1.15),
                size * 0.42,
                along + side * e.rng.uniform(35, 60),
            )
            e.paint(
                blade,
                mix(colour, pale(colour), e.rng.uniform(0, 0.35)),
                shade=0.5,
                angle=along + 90,
            )


PITCHED_ROOF = ((-0.62, -0.94), (-0.42, -1.5), (0.42, -1.5), (0.62, -0.94))


def cottage(
    e: Easel,
    x: float,
    y: float,
    w: float,
    h: float,
    *,
    wall: Colour,
    roof: Colour,
    lamp: bool = False,
) -> None:
    """A small house with a pitched tile roof, seen from the front; `x` is its middle."""
    body = rect(x - w / 2, y - h, w, h)
    e.paint(body, wall, shade=0.4, angle=0)
    pane = "#ffd98a" if lamp else deep(wall, 0.55)
    count = max(1, int(w / 70))
    for i in range(count):
        px = x - w / 2 + w * (i + 0.5) / count
        e.fill(rect(px - w * 0.06, y - h * 0.62, w * 0.12, h * 0.28), pane)
    if lamp:
        e.aura(x, y - h * 0.45, w * 0.8, "#ffcf7a", 0.35)
    top = placed(x, y, (w, h), PITCHED_ROOF)
    e.paint(top, roof, shade=0.5, glow=0.3)
    for i in range(1, 8):
        px = x - w * 0.42 + w * 0.84 * i / 8
        low = x - w * 0.62 + w * 1.24 * i / 8
        e.line([(px, y - h * 1.48), (low, y - h * 0.96)], 1.5, deep(roof, 0.35), alpha=0.6)


HULL = ((-1, -0.16), (-0.4, 0), (0.4, 0), (1, -0.18), (0.6, 0.2), (-0.6, 0.2))
ROWER = ((-0.15, 0), (-0.17, -0.4), (0, -0.55), (0.17, -0.4), (0.15, 0))


def rowing_boat(e: Easel, x: float, y: float, size: float, colour: Colour) -> None:
    hull = smooth(
        placed(x, y, size, HULL),
        steps=5,
    )
    e.cast(hull, dx=0, dy=size * 0.2, blur=10, alpha=0.35)
    e.paint(hull, colour, shade=0.6)
    rim = bow(x - size * 0.92, y - size * 0.13, x + size * 0.92, y - size * 0.15, size * 0.1)
    e.line(rim, size * 0.06, pale(colour, 0.5))
    body = smooth(placed(x, y, size, ROWER))
    e.paint(body, "#3c4f6b", shade=0.5)
    e.fill(ellipse(x, y - size * 0.66, size * 0.14), "#e5b48f")
    hat: Shape = [
        (x - size * 0.32, y - size * 0.66),
        (x, y - size * 0.9),
        (x + size * 0.32, y - size * 0.66),
    ]
    e.paint(hat, "#d9b26a", shade=0.5, angle=0)
