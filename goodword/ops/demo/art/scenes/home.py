"""At home: the balcony, flowers, books, a desk at night."""

from goodword.ops.demo.art.cut import (
    blob,
    bow,
    ellipse,
    leaf,
    placed,
    rect,
    rounded,
    smooth,
    spin,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, mix, pale
from goodword.ops.demo.art.light import clouds, light, sky
from goodword.ops.demo.art.nature import blossom, hills, sprig
from goodword.ops.demo.art.pots import CERAMICS, cup, vase
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.still import planks, stage, steam
from goodword.ops.demo.art.walls import window

JACKETS = (
    "#c8553d", "#3f6f7a", "#d9a03f", "#6a5a83", "#e8dcc4", "#2f4858", "#8fa37a", "#b98a9a",
    "#7a4434",
)  # fmt: skip


@scene("balcony", ("dawn", "noon", "golden", "dusk", "grey"))
def balcony(e: Easel) -> None:
    """Pots on a railing, the town behind."""
    lit = light(e, "dawn", "noon", "golden", "dusk")
    floor = e.h * 0.8
    sky(e, lit, floor, sun=(e.rng.uniform(0.2, 0.8), 0.3))
    clouds(e, lit, 50, floor * 0.4, 3)
    hills(e, lit, floor * 0.86, layers=3, height=e.h * 0.24)
    e.fill(rect(0, floor * 0.82, e.w, e.h), lit.far("#6f8f7a", 0.4))
    rail = e.h * 0.56
    for i in range(int(e.w / 62) + 1):
        e.line([(i * 62 + 10, rail), (i * 62 + 10, floor)], 9, "#4a4450")
    e.line([(0, rail), (e.w, rail)], 20, "#4a4450")
    planks(e, rect(0, floor, e.w, e.h - floor), "#a8805f", board=60)
    e.grain(rect(0, floor, e.w, e.h - floor), "#3a2436", angle=90, amount=0.4)
    count = int(e.w / 210)
    for i in range(count):
        x = e.w * (i + 0.5) / count + e.rng.uniform(-24, 24)
        y = floor + (e.h - floor) * e.rng.uniform(0.3, 0.8)
        _pot_plant(e, x, y, e.rng.uniform(100, 150), e.rng.randint(0, 4))


FLOWER_POT = ((-0.4, 0), (-0.54, -0.86), (0.54, -0.86), (0.4, 0))


def _pot_plant(e: Easel, x: float, y: float, s: float, kind: int) -> None:
    green = e.rng.choice(("#5f9a5a", "#7fa65f", "#4f8a6a", "#8aa678"))
    plant = (_grassy, _jade, _flowering, _leafy, _cactus)[kind]
    plant(e, x, y - s * 0.9, s, green)
    glaze = CERAMICS[e.rng.choice(tuple(CERAMICS))]
    pot = smooth(placed(x, y, s, FLOWER_POT), steps=2)
    e.cast(ellipse(x, y, s * 0.44, s * 0.1), dx=20, dy=4, blur=14, alpha=0.4)
    e.paint(pot, glaze, shade=0.6, glow=0.4, angle=10)
    rim = rounded(x - s * 0.6, y - s * 1.0, s * 1.2, s * 0.22, 10)
    e.paint(rim, glaze, shade=0.5, glow=0.5, angle=10)


def _grassy(e: Easel, x: float, top: float, s: float, green: Colour) -> None:
    for a in range(9):
        blade = leaf(x, top, s * e.rng.uniform(1.2, 1.9), s * 0.2, -90 + (a - 4) * 15)
        e.paint(blade, mix(green, pale(green), e.rng.random() * 0.5), shade=0.5)


def _jade(e: Easel, x: float, top: float, s: float, green: Colour) -> None:
    for a in range(7):
        tip = (x + (a - 3) * s * 0.3, top - s * e.rng.uniform(0.8, 1.4))
        e.line(bow(x, top, *tip, 10), 6, "#5f7a4a", end=3)
        e.paint(blob(e.rng, *tip, s * 0.32, s * 0.26, wild=0.05), green, shade=0.5, glow=0.4)


def _flowering(e: Easel, x: float, top: float, s: float, green: Colour) -> None:
    bloom = e.rng.choice(("#e0523f", "#f0a8b0", "#f2c14e", "#b58ac9", "#fbf3e2"))
    for _ in range(12):
        px, py = x + e.rng.gauss(0, s * 0.4), top - abs(e.rng.gauss(s * 0.3, s * 0.24))
        e.paint(blob(e.rng, px, py, s * 0.26, s * 0.2), green, shade=0.5)
    for _ in range(16):
        px, py = x + e.rng.gauss(0, s * 0.42), top - abs(e.rng.gauss(s * 0.44, s * 0.26))
        blossom(e, px, py, s * 0.12, bloom)


def _leafy(e: Easel, x: float, top: float, s: float, green: Colour) -> None:
    for a in range(5):
        tip = (x + (a - 2) * s * 0.5, top - s * e.rng.uniform(0.9, 1.6))
        sprig(e, bow(x, top + 8, *tip, 20, steps=7), s * 0.36, green)


def _cactus(e: Easel, x: float, top: float, s: float, green: Colour) -> None:
    body = ellipse(x, top - s * 0.46, s * 0.42, s * 0.6)
    e.paint(body, green, shade=0.6, glow=0.5, angle=20)
    for i in range(-2, 3):
        rib = bow(x + i * s * 0.15, top + s * 0.1, x + i * s * 0.1, top - s, i * -6)
        e.line(rib, 3, pale(green, 0.5), alpha=0.7)
    blossom(e, x, top - s * 1.06, s * 0.16, "#f0a8b0")


@scene("flowers")
def flowers(e: Easel) -> None:
    edge = stage(e)
    base = edge + (e.h - edge) * 0.5
    x = e.w * e.rng.uniform(0.44, 0.56)
    s = 230.0
    vase_kind = e.rng.randint(0, 2)
    top = base - s * (1.24, 1.16, 1.02)[vase_kind]
    greens = e.rng.choice(("#6f9a6a", "#8aa678", "#4f7a5a"))
    for a in range(6):
        sprig(
            e,
            bow(x, top + 30, x + (a - 2.5) * 110, top - e.rng.uniform(130, 300), 20, steps=6),
            62,
            greens,
        )
    tones = e.rng.choice(
        (
            ("#e8744f", "#f2b03f", "#f6e3c8"),
            ("#e88a9a", "#f6cfd2", "#b5485a"),
            ("#8a7fc0", "#c9b8e0", "#f6efe0"),
            ("#f6e3c8", "#fbf3e2", "#e0c04a"),
        )
    )
    for i in range(e.rng.randint(7, 11)):
        fx, fy = x + e.rng.gauss(0, 130), top - 60 - abs(e.rng.gauss(90, 90))
        e.line(bow(x, top + 20, fx, fy, 16), 7, deep(greens, 0.2), end=4)
        _bloom(e, fx, fy, e.rng.uniform(50, 86), tones[i % 3])
    vase(e, x, base + 20, s, CERAMICS[e.rng.choice(tuple(CERAMICS))], vase_kind)
    for _ in range(4):
        e.fill(
            leaf(
                x + e.rng.uniform(-300, 300),
                base + e.rng.uniform(40, 110),
                36,
                24,
                e.rng.uniform(0, 360),
            ),
            tones[0],
        )


def _bloom(e: Easel, x: float, y: float, r: float, colour: Colour) -> None:
    if e.rng.random() < 0.5:
        for i in range(3):
            ring = blob(e.rng, x, y, r * (1 - 0.28 * i), r * (0.92 - 0.26 * i), wild=0.1, knots=10)
            e.paint(ring, mix(colour, deep(colour, 0.3), 0.4 * i), shade=0.35, glow=0.5, angle=50)
        e.fill(ellipse(x, y, r * 0.16), deep(colour, 0.4))
        return
    for i in range(9):
        e.paint(
            leaf(x, y, r * 1.05, r * 0.5, i * 40),
            mix(colour, pale(colour), 0.5 * (i % 2)),
            shade=0.25,
            angle=i * 40,
        )
    e.paint(ellipse(x, y, r * 0.28), "#c9923a", shade=0.5)


@scene("books")
def books(e: Easel) -> None:
    """A stack of second-hand books, a mug, glasses."""
    edge = stage(e, line=0.66)
    y = edge + (e.h - edge) * 0.5
    x = e.w * 0.46
    count = e.rng.randint(4, 8)
    e.cast(rect(x - 230, y - 20, 460, 22), dx=40, dy=6, blur=24, alpha=0.4)
    for _ in range(count):
        y -= _lying_book(e, x, y)
    on_top = e.rng.random()
    if on_top < 0.4:
        cup(e, x, y + 4, 100, CERAMICS[e.rng.choice(tuple(CERAMICS))], kind=2)
        steam(e, x, y - 110, 150, 2)
    elif on_top < 0.7:
        for dx in (-52, 52):
            e.line([*ellipse(x + dx, y - 30, 44, 34), (x + dx + 44, y - 30)], 8, "#3a3038")
        e.line(bow(x - 10, y - 34, x + 10, y - 34, -10), 7, "#3a3038")
    vase(e, e.w * 0.82, edge + (e.h - edge) * 0.4, 130, CERAMICS[e.rng.choice(tuple(CERAMICS))], 0)
    sprig(e, bow(e.w * 0.82, edge - 90, e.w * 0.88, edge - 330, 20, steps=7), 50, "#8aa678")


def _lying_book(e: Easel, x: float, y: float) -> float:
    """A book lying flat, its spine or its pages towards us; gives how thick it is."""
    h, w = e.rng.uniform(38, 74), e.rng.uniform(360, 470)
    left, top = x - w / 2 + e.rng.uniform(-22, 22), y - h
    jacket = e.rng.choice(JACKETS)
    e.paint(rounded(left, top, w, h, 6), jacket, shade=0.5, glow=0.3)
    if e.rng.random() < 0.4:
        e.fill(rect(left + w - 26, top + 6, 30, h - 12), "#f3e9d2")
        for j in range(4):
            at = top + 10 + j * h * 0.2
            e.line([(left + w - 26, at), (left + w + 4, at)], 1.6, "#b9a88a")
    else:
        for share in (0.12, 0.8):
            e.fill(rect(left + w * share, top, w * 0.04, h), pale(jacket, 0.5))
        e.fill(rounded(left + w * 0.3, y - h * 0.62, w * 0.36, h * 0.26, 4), pale(jacket, 0.6))
    return h


@scene("desk", ("night", "dusk", "dawn"))
def desk(e: Easel) -> None:
    """A lamp, a laptop, a deadline."""
    wall = e.rng.choice(("#3a4560", "#4a4058", "#2f4a50"))
    e.fill(e.frame(), wall)
    window(e, e.w * 0.08, e.h * 0.1, e.w * 0.36, e.h * 0.44, e.look or "night")
    edge = e.h * 0.7
    e.aura(e.w * 0.62, e.h * 0.5, e.w * 0.5, "#ffc97a", 0.6)
    planks(e, rect(0, edge, e.w, e.h - edge), "#8f6244", board=90)
    e.aura(e.w * 0.6, edge + 40, e.w * 0.44, "#ffdf9f", 0.55, ry=e.h * 0.2)
    e.grain(rect(0, edge, e.w, e.h - edge), "#2a1c34", angle=90, amount=0.5)
    x, y = e.w * 0.5, edge + (e.h - edge) * 0.34
    e.paint(rounded(x - 190, y - 262, 380, 250, 16), "#5a5f6a", shade=0.3)
    e.paint(rounded(x - 174, y - 246, 348, 218, 8), "#e8f0f0", shade=0.0)
    for i in range(6):
        e.fill(
            rounded(x - 150, y - 220 + 30 * i, e.rng.uniform(90, 290), 14, 7),
            e.rng.choice(("#8fb3b8", "#c9d6d6", "#e8a07a", "#b8a8c9")),
        )
    e.paint(
        [(x - 200, y - 14), (x + 200, y - 14), (x + 240, y + 46), (x - 240, y + 46)],
        "#8a8f99",
        shade=0.4,
    )
    _lamp(e, y)
    cup(e, e.w * 0.2, y + 60, 104, CERAMICS[e.rng.choice(tuple(CERAMICS))], kind=2)
    steam(e, e.w * 0.2, y - 60, 140, 2)
    for i in range(e.rng.randint(2, 4)):
        e.paint(
            rounded(e.w * 0.24 + e.rng.uniform(-8, 8) + 60, y + 96 - i * 24, 200, 24, 4),
            e.rng.choice(("#c8553d", "#e8dcc4", "#3f6f7a", "#d9a03f")),
            shade=0.4,
        )


def _lamp(e: Easel, y: float) -> None:
    """An angle lamp and its cone of light."""
    lx = e.w * 0.8
    e.line([(lx, y + 20), (lx, y - 200), (lx - 90, y - 330)], 14, "#c8a04a")
    e.paint(ellipse(lx, y + 26, 70, 16), "#c8a04a", shade=0.5)
    shade_of = spin(
        [(lx - 150, y - 290), (lx - 40, y - 290), (lx - 64, y - 370), (lx - 124, y - 370)],
        24,
        lx - 95,
        y - 330,
    )
    e.paint(shade_of, e.rng.choice(("#d9a03f", "#c8553d", "#3f7f7a")), shade=0.3)
    e.fill(
        [(lx - 150, y - 270), (lx - 66, y - 250), (lx - 20, y + 20), (lx - 330, y + 20)],
        "#ffe6a8",
        0.16,
    )
