"""Bread, croissants, coffee, steamed buns, breakfast."""

from goodword.ops.demo.art.cut import (
    arc,
    blob,
    bow,
    ellipse,
    grow,
    leaf,
    placed,
    rounded,
    smooth,
    spin,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import deep, mix, pale
from goodword.ops.demo.art.nature import sprig
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.scenes.bowls import half_egg
from goodword.ops.demo.art.still import (
    around,
    chopsticks,
    dish,
    glaze_of,
    napkin,
    spoon,
    steam,
    tabletop,
)

CRUSTS = ("#b9753a", "#a8622f", "#c98a4a", "#8f5230")


@scene("sourdough", ("round", "oval", "cut"))
def sourdough(e: Easel) -> None:
    tabletop(e, wood=e.rng.random() < 0.6)
    kind = e.look or e.rng.choice(("round", "oval", "cut"))
    x, y = e.w * 0.5, e.h * 0.5
    napkin(e, x + 60, y + 40, 400, e.rng.uniform(-24, 24))
    if kind == "round":
        _boule(e, x, y, 330, 320)
    elif kind == "oval":
        _boule(e, x - 20, y - 150, 390, 190)
        _boule(e, x + 40, y + 190, 390, 190)
    else:
        _boule(e, x - 150, y - 90, 300, 270)
        for i in range(3):
            _bread_slice(e, x + 40 + i * 125, y + 150 + i * 36, 190, 12 + i * 8)
    e.dots(e.frame(), "#fff8ea", 70, 4, alpha=0.8)
    for _ in range(2):
        px, py = e.rng.uniform(0.05, 0.2) * e.w, e.rng.uniform(0.7, 0.9) * e.h
        sprig(e, bow(px, py, px + 150, py - 130, 20, steps=8), 34, "#d9b35a", stem="#b98f4a")


def _boule(e: Easel, x: float, y: float, rx: float, ry: float) -> None:
    crust = e.rng.choice(CRUSTS)
    loaf = blob(e.rng, x, y, rx, ry, wild=0.03, knots=12)
    e.cast(loaf, dx=26, dy=34, blur=34, alpha=0.42)
    e.fill(loaf, crust)
    e.grain(loaf, deep(crust, 0.55), angle=50, amount=0.85, reach=0.7)
    e.grain(loaf, "#f0c07a", angle=-130, amount=0.75, reach=0.6)
    with e.clip(loaf):
        for k in (0.92, 0.78, 0.64, 0.5):
            ring = blob(e.rng, x, y, rx * k, ry * k, wild=0.02, knots=12)
            e.line([*ring, ring[0]], 9, "#fff3dc", alpha=0.32)
        for k in (-0.42, 0.0, 0.42) if e.rng.random() < 0.5 else (-0.08,):
            reach = rx * (0.74 - abs(k) * 0.5)
            dy = ry * k * 1.15
            slash = bow(
                x - reach, y + dy + ry * 0.26, x + reach, y + dy - ry * 0.3, -ry * 0.22, steps=18
            )
            e.line(slash, 8, "#f3d6a0", middle=ry * (0.3 if k == -0.08 else 0.17))
            e.line([(px + 6, py - ry * 0.07) for px, py in slash], 3, deep(crust, 0.45), middle=13)
    e.dots(loaf, "#fff6e4", 90, 3.2, alpha=0.7)


SLICE = (
    (-0.8, 0.5), (-0.86, -0.1), (-0.5, -0.56), (0, -0.66), (0.5, -0.56), (0.86, -0.1),
    (0.8, 0.5),
)  # fmt: skip


def _bread_slice(e: Easel, x: float, y: float, s: float, angle: float) -> None:
    outline = smooth(
        placed(x, y, s, SLICE),
        steps=5,
    )
    outline = spin(outline, angle, x, y)
    e.cast(outline, dx=12, dy=16, blur=14, alpha=0.36)
    e.paint(outline, "#a8682f", shade=0.3)
    crumb = grow(outline, 0.9, 0.88, x, y)
    e.paint(crumb, "#f3dfb5", shade=0.3, glow=0.4)
    e.dots(grow(crumb, 0.9, 0.9, x, y), "#d9b87f", 34, 9)


@scene("croissants")
def croissants(e: Easel) -> None:
    tabletop(e)
    x, y, r = e.w * 0.5, e.h * 0.52, 390.0
    dish(e, x, y, r, glaze_of(e), well=0.8, rim=e.rng.choice((None, "#c9a24a")))
    spots = around(x, y, r * 0.42, 3, e.rng.uniform(0, 120))
    for i, (px, py) in enumerate(spots):
        croissant(e, px, py, r * 0.46, i * 120 + e.rng.uniform(-30, 30))
    e.dots(ellipse(x, y, r * 1.2), "#d9a45a", 40, 6)
    if e.rng.random() < 0.6:
        _coffee(e, e.w * 0.86, e.h * 0.16, 130)


def croissant(e: Easel, x: float, y: float, s: float, angle: float) -> None:
    spine = arc(x, y + s * 0.5, s * 0.86, s * 0.72, 200, 340, steps=10)
    widths = (0.2, 0.38, 0.56, 0.7, 0.78, 0.78, 0.7, 0.56, 0.38, 0.2)
    segments = []
    for i, (px, py) in enumerate(spine[:-1]):
        qx, qy = spine[i + 1]
        cx, cy = (px + qx) / 2, (py + qy) / 2
        lean = 90 + (i - 4.5) * 14
        segments.append(
            (
                abs(i - 4.5),
                spin(
                    spin(ellipse(cx, cy, s * widths[i] * 0.56, s * 0.17), lean, cx, cy), angle, x, y
                ),
            )
        )
    for _, part in segments:
        e.cast(part, dx=10, dy=14, blur=12, alpha=0.25)
    for far, part in sorted(segments, key=lambda seg: -seg[0]):
        e.fill(part, mix("#d9964a", "#b9702f", far / 6))
        e.grain(part, "#8a4a22", angle=angle + 60, amount=0.8, reach=0.6)
        e.grain(part, "#f8d79a", angle=angle - 100, amount=0.8, reach=0.5)


HEART = ((0, 0.3), (-0.3, -0.05), (-0.14, -0.26), (0, -0.12), (0.14, -0.26), (0.3, -0.05))


def _coffee(e: Easel, x: float, y: float, r: float) -> None:
    dish(e, x, y, r, "#f4efe4", well=0.7)
    cup = dish(e, x, y, r * 0.64, glaze_of(e), well=0.86)
    e.paint(grow(cup, 0.94, 0.94, x, y), "#8a5a3a", shade=0.3)
    heart = smooth(
        placed(x, y, r, HEART),
        steps=5,
    )
    e.fill(heart, "#f3e0c0")
    for k in (0.66, 0.4):
        e.line([*grow(heart, k, k, x, y), grow(heart, k, k, x, y)[0]], 5, "#b98a5f")


@scene("coffee")
def coffee(e: Easel) -> None:
    tabletop(e)
    x, y = e.w * 0.46, e.h * 0.52
    _coffee(e, x, y, 300)
    spoon(e, x + 180, y + 230, 260, e.rng.uniform(-50, -20), "#c9c4bc")
    bx, by = (e.w * 0.84, e.h * 0.3) if e.w >= e.h else (e.w * 0.66, e.h * 0.16)
    book = spin(rounded(bx - 150, by - 200, 300, 400, 10), e.rng.uniform(-18, 18), bx, by)
    e.cast(book, dx=16, dy=22, blur=18)
    jacket = e.rng.choice(("#c8553d", "#3f6f7a", "#d9a03f", "#6a5a83"))
    e.paint(book, jacket, shade=0.4, glow=0.3)
    e.fill(ellipse(bx, by - 60, 66), pale(jacket, 0.55))
    e.fill(ellipse(bx, by - 60, 40), deep(jacket, 0.25))
    for i in range(3):
        e.line(
            [(bx - 60, by + 70 + 26 * i), (bx + 60 - 30 * (i == 2), by + 70 + 26 * i)],
            8,
            pale(jacket, 0.55),
        )
    if e.rng.random() < 0.5:
        croissant(e, e.w * 0.2, e.h * 0.16, 140, e.rng.uniform(0, 180))


@scene("steamed_buns")
def steamed_buns(e: Easel) -> None:
    tabletop(e)
    x, y, r = e.w * 0.5, e.h * 0.52, 400.0
    basket = ellipse(x, y, r)
    e.cast(basket, dx=24, dy=32, blur=28, alpha=0.42)
    e.paint(basket, "#c99a5a", shade=0.5, glow=0.4, angle=50)
    for k in (0.97, 0.91):
        ring = ellipse(x, y, r * k)
        e.line([*ring, ring[0]], 8, "#a8763f")
    inner = ellipse(x, y, r * 0.86)
    e.paint(inner, "#e3c48a", shade=0.3)
    with e.clip(inner):
        for i in range(14):
            e.line(
                [(x - r, y - r + i * r / 6.5), (x + r, y - r + i * r / 6.5)],
                9,
                "#c9a566",
                alpha=0.8,
            )
        for px, py in around(x, y, r * 0.46, 6):
            e.fill(ellipse(px, py, r * 0.25), "#8fae6a", 0.6)
    e.grain(inner, "#7a5030", angle=-135, amount=0.5, reach=0.4)
    start = e.rng.uniform(0, 60)
    for px, py in [*around(x, y, r * 0.52, 6, start), (x, y)]:
        _bun(e, px, py, r * 0.235)
    steam(e, x, y + 20, 420, 4)
    if e.rng.random() < 0.5:
        chopsticks(e, e.w * 0.86, e.h * 0.8, 380, -50)


def _bun(e: Easel, x: float, y: float, r: float) -> None:
    bun = ellipse(x, y, r)
    e.cast(bun, dx=9, dy=12, blur=12, alpha=0.36)
    e.paint(bun, "#fbf3e2", shade=0.0)
    e.grain(bun, "#cba98a", angle=50, amount=0.7, reach=0.65)
    for i in range(14):
        a = i * 360 / 14 + e.rng.uniform(-4, 4)
        pleat = spin(bow(x + r * 0.14, y, x + r * 0.72, y + r * 0.12, r * 0.12), a, x, y)
        e.line(pleat, 5, "#d6bb9a", end=1, alpha=0.9)
    e.fill(ellipse(x, y, r * 0.12), "#c9a27f")


@scene("breakfast")
def breakfast(e: Easel) -> None:
    tabletop(e)
    x, y = e.w * 0.45, e.h * 0.55
    dish(e, x, y, 300, glaze_of(e), rim=e.rng.choice((None, "#c96f4f", "#3f5f8a")))
    _bread_slice(e, x - 90, y + 30, 150, -14)
    e.paint(blob(e.rng, x + 70, y - 20, 130, 112, wild=0.1), "#fdf8ec", shade=0.25)
    e.paint(ellipse(x + 76, y - 26, 48), "#f5ac32", shade=0.3, glow=0.7, angle=50)
    for i in range(4):
        e.paint(
            ellipse(x - 60 + i * 52, y + 160 - 8 * (i % 2), 30),
            "#d9452f",
            shade=0.4,
            glow=0.5,
            angle=50,
        )
    for i in range(4):
        e.paint(leaf(x + 120, y + 120, 120, 46, -40 + i * 26), "#6f9a4f", shade=0.4)
    _coffee(e, *((e.w * 0.84, e.h * 0.24) if e.w >= e.h else (e.w * 0.76, e.h * 0.17)), 150)
    if e.rng.random() < 0.7:
        bx, by = (e.w * 0.86, e.h * 0.78) if e.w >= e.h else (e.w * 0.2, e.h * 0.14)
        dish(e, bx, by, 120, glaze_of(e), well=0.84)
        for px, py in [*around(bx, by, 56, 6), (bx, by)]:
            e.paint(
                ellipse(px, py, 27),
                e.rng.choice(("#4a4a8a", "#d9384a", "#e88a3f")),
                shade=0.5,
                glow=0.5,
                angle=50,
            )
    spoon(e, x - 380, y - 130, 260, 82, "#c9c4bc")
    if e.rng.random() < 0.5:
        half_egg(e, x - 150, y - 140, 56)


@scene("dough")
def dough(e: Easel) -> None:
    """Flour on the bench at five in the morning."""
    tabletop(e, wood=True)
    x, y = e.w * 0.5, e.h * 0.54
    for _ in range(5):
        e.aura(
            x + e.rng.uniform(-300, 300),
            y + e.rng.uniform(-220, 220),
            e.rng.uniform(160, 330),
            "#fff8ea",
            0.75,
        )
    count = e.rng.choice((1, 4, 6))
    spots = [(x, y)] if count == 1 else around(x, y, 250, count, e.rng.uniform(0, 60))
    for px, py in spots:
        r = 260 if count == 1 else 110
        ball = blob(e.rng, px, py, r, r * 0.92, wild=0.04)
        e.cast(ball, dx=14, dy=18, blur=18, alpha=0.34)
        e.paint(ball, "#f3e2c2", shade=0)
        e.grain(ball, "#b99468", angle=50, amount=0.7, reach=0.7)
        e.line(bow(px - r * 0.4, py - r * 0.1, px + r * 0.4, py, -r * 0.2), 6, "#dcc29a")
    pin = spin(rounded(x - 330, 0, 660, 92, 46), e.rng.uniform(-14, 14), x, 46)
    pin = [(px, py + (e.h * 0.07 if e.h > e.w else 16)) for px, py in pin]
    e.cast(pin, dx=10, dy=20, blur=16)
    e.paint(pin, "#c99a64", shade=0.6, glow=0.5)
    e.dots(e.frame(), "#fffaf0", 160, 4, alpha=0.85)
