"""Grandmother's shelf: jars of pickles, honey, persimmons drying, fruit in a bowl."""

from goodword.ops.demo.art.cut import (
    arc,
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
from goodword.ops.demo.art.light import light, sky
from goodword.ops.demo.art.nature import blossom, hills, sprig, tree
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.still import around, dish, glaze_of, planks, stage, tabletop

CONTENTS: dict[str, tuple[Colour, tuple[Colour, ...]]] = {
    "chilli": ("#c8432a", ("#e0563a", "#b8321f", "#f0a04a")),
    "cabbage": ("#c9c27a", ("#e3dc9a", "#a9b35a", "#f0e8b8")),
    "plum": ("#8a4a3a", ("#6f2f35", "#a85a45", "#b9704a")),
    "bean": ("#6f5a3a", ("#5a452c", "#8a6f45", "#4a3a28")),
    "radish": ("#e8b8a8", ("#f3d6cc", "#e08a8a", "#f6ece0")),
    "kumquat": ("#e09a34", ("#f2b03f", "#e8852a", "#f6cf7a")),
}


JAR_CLOTH = (
    (-0.44, -0.1), (-0.6, 0.16), (-0.3, 0.12), (0, 0.18), (0.3, 0.12), (0.6, 0.16),
    (0.44, -0.1),
)  # fmt: skip


def jar(e: Easel, x: float, y: float, w: float, tall: float, inside: str) -> None:
    """A glass jar, full to the shoulder, a cloth tied over its lid."""
    base, bits = CONTENTS[inside]
    body = rounded(x - w / 2, y - tall, w, tall, w * 0.16)
    e.cast(ellipse(x, y - 4, w * 0.52, w * 0.12), dx=w * 0.26, dy=4, blur=w * 0.14, alpha=0.4)
    e.fill(body, mix("#e8efe6", base, 0.14), 0.9)
    food = rounded(x - w * 0.45, y - tall * 0.84, w * 0.9, tall * 0.81, w * 0.13)
    e.fill(food, base)
    with e.clip(food):
        for _ in range(44):
            px, py = x + e.rng.uniform(-0.45, 0.45) * w, y - e.rng.uniform(0.02, 0.84) * tall
            r = w * e.rng.uniform(0.06, 0.13)
            e.fill(blob(e.rng, px, py, r, r * e.rng.uniform(0.5, 1), knots=7), e.rng.choice(bits))
    e.grain(body, deep(base, 0.5), angle=8, amount=0.6, reach=0.5)
    e.line(
        [(x - w * 0.36, y - tall * 0.9), (x - w * 0.38, y - tall * 0.14)],
        w * 0.05,
        "#ffffff",
        alpha=0.5,
    )
    colour = e.rng.choice(("#d9452f", "#3f6f9a", "#e8dcc4", "#6f8f6a", "#d9a03f"))
    top = y - tall
    skirt = smooth(
        placed(x, top, w, JAR_CLOTH),
        steps=4,
    )
    e.paint(skirt, colour, shade=0.4, glow=0.2)
    e.paint(ellipse(x, top - w * 0.1, w * 0.45, w * 0.12), pale(colour, 0.2), shade=0.2)
    e.line(bow(x - w * 0.46, top - w * 0.02, x + w * 0.46, top - w * 0.02, w * 0.08), 6, "#8a6a45")
    e.paint(rounded(x - w * 0.26, y - tall * 0.56, w * 0.52, tall * 0.26, 6), "#f6efdc", shade=0.1)
    for i in range(2):
        e.line(
            [
                (x - w * 0.16, y - tall * (0.48 - 0.09 * i)),
                (x + w * 0.16, y - tall * (0.48 - 0.09 * i)),
            ],
            5,
            "#6a5a52",
        )


@scene("jars", tuple(CONTENTS))
def jars(e: Easel) -> None:
    edge = stage(e)
    base = edge + (e.h - edge) * 0.5
    kinds = tuple(CONTENTS)
    count = e.rng.choice((1, 2, 3, 3))
    for i in range(count):
        w = {1: 300.0, 2: 240.0, 3: 200.0}[count] * e.rng.uniform(0.9, 1.05)
        x = e.w * (0.5 + (i - (count - 1) / 2) * (260 / e.w if e.w < 1100 else 0.22))
        jar(
            e, x, base + 30 * (i % 2), w, w * e.rng.uniform(1.2, 1.5), e.look or e.rng.choice(kinds)
        )
    for _ in range(5):
        px = e.w * e.rng.uniform(0.06, 0.94)
        e.paint(
            leaf(px, base + e.rng.uniform(70, 120), 90, 22, e.rng.uniform(-30, 30)),
            "#c8432a",
            shade=0.4,
            glow=0.5,
        )


HONEY_JAR = (
    (-0.42, 0), (-0.56, -0.3), (-0.52, -0.7), (-0.36, -1), (0.36, -1), (0.52, -0.7),
    (0.56, -0.3), (0.42, 0),
)  # fmt: skip


@scene("honey", ("acacia", "linden", "wild"))
def honey(e: Easel) -> None:
    edge = stage(e)
    base = edge + (e.h - edge) * 0.52
    tone = {"acacia": "#f2c45a", "linden": "#e0a02f", "wild": "#b5702a"}[
        e.look or e.rng.choice(("acacia", "linden", "wild"))
    ]
    x, w, tall = e.w * 0.44, 290.0, 340.0
    body = smooth(
        placed(x, base, (w, tall), HONEY_JAR),
        steps=5,
    )
    e.cast(ellipse(x, base - 4, w * 0.5, 26), dx=80, dy=4, blur=30, alpha=0.4)
    e.aura(x + 130, base + 20, 190, tone, 0.5, ry=50)
    e.fill(body, tone)
    e.grain(body, deep(tone, 0.4), angle=20, amount=0.8, reach=0.6)
    e.grain(body, "#fff0b8", angle=190, amount=0.8, reach=0.6)
    e.line(
        bow(x - w * 0.42, base - tall * 0.8, x - w * 0.44, base - tall * 0.2, -14),
        16,
        "#ffffff",
        alpha=0.55,
    )
    e.paint(
        rounded(x - w * 0.42, base - tall - 54, w * 0.84, 66, 14),
        e.rng.choice(("#c9a24a", "#8a5a3c", "#e8dcc4")),
        shade=0.5,
        glow=0.4,
        angle=15,
    )
    label = ellipse(x, base - tall * 0.42, w * 0.27, w * 0.27)
    e.paint(label, "#fbf3dc", shade=0.1)
    for px, py in [*around(x, base - tall * 0.42, 46, 6), (x, base - tall * 0.42)]:
        cell = arc(px, py, 24, 24, 30, 390, steps=6)
        e.line(cell, 5, deep(tone, 0.15))
    _dipper(e, base, tone)
    for _ in range(3):
        sx = e.w * e.rng.uniform(0.06, 0.2)
        sprig(e, bow(sx, base + 60, sx + 120, base - 60, 16, steps=6), 36, "#8aa678")
        for _ in range(7):
            blossom(e, sx + e.rng.uniform(0, 130), base - e.rng.uniform(-50, 70), 13, "#fbf3e2")


def _dipper(e: Easel, base: float, tone: Colour) -> None:
    """A wooden dipper in a drop of honey."""
    dx, dy = e.w * 0.78, base - 30
    e.line([(dx - 30, dy - 30), (dx + 190, dy - 190)], 18, "#a8784a")
    for i in range(5):
        e.paint(
            ellipse(dx - 34 - i * 14, dy - 26 + i * 12, 42 - 5 * abs(i - 2), 20),
            "#b98a52",
            shade=0.5,
        )
    e.paint(
        smooth(
            [
                (dx - 120, dy + 20),
                (dx - 60, dy - 10),
                (dx - 20, dy + 14),
                (dx - 40, dy + 50),
                (dx - 100, dy + 54),
            ]
        ),
        tone,
        shade=0.3,
        glow=0.7,
    )


@scene("persimmons", ("dawn", "noon", "golden"))
def persimmons(e: Easel) -> None:
    """Strings of persimmons under the eaves."""
    lit = light(e, "golden", "noon", "dawn")
    sky(e, lit, e.h)
    hills(e, lit, e.h * 0.86, layers=3, height=e.h * 0.3)
    tree(e, e.w * 0.86, e.h * 0.98, e.h * 0.4, lit.far("#c98a3f", 0.1))
    e.paint(rect(0, e.h * 0.84, e.w, e.h), lit.far("#a8a45a", 0.1), shade=0.4)
    planks(e, rect(0, 0, e.w, e.h * 0.1), "#7a5a45", board=40)
    e.cast(rect(0, e.h * 0.1, e.w, 10), dx=0, dy=20, blur=20)
    e.paint(rect(-10, e.h * 0.15, e.w + 20, 26), "#a8784a", shade=0.5, glow=0.3)
    strings = int(e.w / 120)
    for i in range(strings):
        x = e.w * (i + 0.5) / strings + e.rng.uniform(-14, 14)
        count = e.rng.randint(4, 7)
        e.line([(x, e.h * 0.16), (x, e.h * 0.2 + count * 84)], 4, "#d9c49a")
        for j in range(count):
            y = e.h * 0.23 + j * 84
            fruit = blob(e.rng, x + (9 if j % 2 else -9), y, 44, 38, wild=0.04)
            e.paint(
                fruit, mix("#e8762a", "#d9542a", e.rng.random()), shade=0.55, glow=0.7, angle=40
            )
            for a in (-150, -110, -70, -30):
                e.fill(leaf(x + (9 if j % 2 else -9), y - 30, 26, 12, a + 90 - 90), "#7a8a4a")


@scene("fruit", ("orange", "peach", "plum", "melon"))
def fruit(e: Easel) -> None:
    tabletop(e)
    x, y, r = e.w * 0.5, e.h * 0.52, 370.0
    kind = e.look or e.rng.choice(("orange", "peach", "plum", "melon"))
    dish(e, x, y, r, glaze_of(e), well=0.84)
    if kind == "melon":
        for i in range(5):
            _melon_slice(e, x - 170 + 85 * i, y - 60 + 30 * (i % 2), 200, -12 + 8 * i)
        return
    tone = {"orange": "#ee9430", "peach": "#f2a58a", "plum": "#7a3f6a"}[kind]
    places = [*around(x, y, r * 0.52, 6, e.rng.uniform(0, 60)), *around(x, y - 10, r * 0.2, 2)]
    for px, py in places:
        one = blob(e.rng, px, py, 112, 108, wild=0.025)
        e.cast(one, dx=10, dy=14, blur=14, alpha=0.36)
        e.paint(one, mix(tone, pale(tone), e.rng.uniform(0, 0.25)), shade=0.6, glow=0.7, angle=45)
        if kind == "peach":
            e.grain(one, "#d9485a", angle=e.rng.uniform(0, 360), amount=0.6, reach=0.6)
            e.line(bow(px, py - 100, px + 10, py + 60, 26), 5, "#c9705f", end=1)
        e.fill(ellipse(px + 8, py - 20, 9), "#6f7a3a")
    for i in range(3):
        px, py = places[i * 2]
        e.paint(
            leaf(px + 8, py - 20, 120, 50, e.rng.uniform(-70, 10)), "#5f8f4a", shade=0.4, glow=0.4
        )
    if kind == "orange":
        hx, hy = x + r * 0.96, y + r * 0.66
        e.cast(ellipse(hx, hy, 110), dx=10, dy=14, blur=14)
        e.paint(ellipse(hx, hy, 110), "#ee9430", shade=0.2)
        e.fill(ellipse(hx, hy, 98), "#fbe6c0")
        for i in range(9):
            e.paint(leaf(hx, hy, 92, 54, i * 40), "#f5ac45", shade=0.2)


def _melon_slice(e: Easel, x: float, y: float, s: float, angle: float) -> None:
    rind = spin(arc(x, y, s, s * 0.96, 20, 160), angle, x, y)
    e.cast(rind, dx=10, dy=14, blur=12, alpha=0.35)
    e.paint(rind, "#4f8a4a", shade=0.3)
    e.fill(spin(arc(x, y + 2, s * 0.92, s * 0.88, 20, 160), angle, x, y), "#e3ecc0")
    flesh = spin(arc(x, y + 4, s * 0.86, s * 0.82, 20, 160), angle, x, y)
    e.paint(flesh, "#e0523f", shade=0.3, glow=0.4)
    for i in range(6):
        sx, sy = arc(x, y + 6, s * 0.56, s * 0.54, 44 + i * 18, 45 + i * 18, steps=1)[0]
        e.fill(spin(leaf(sx, sy, 20, 11, 60 + i * 10), angle, x, y), "#3a2a2a")
