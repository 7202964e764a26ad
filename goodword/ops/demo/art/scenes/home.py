"""At home: cat, dog, balcony, books, bicycle, desk at night, flowers, a child's drawing."""

import itertools
from collections.abc import Callable

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
from goodword.ops.demo.art.light import LIGHTS, clouds, light, sky
from goodword.ops.demo.art.nature import blossom, hills, sprig, tree
from goodword.ops.demo.art.pots import CERAMICS, cup, vase
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.still import WALLS, daylight, planks, stage, steam, tabletop

Wax = Callable[..., None]

FURS: dict[str, tuple[Colour, Colour]] = {
    "ginger": ("#d98a4a", "#b8662f"),
    "grey": ("#9a9aa3", "#6f6f7a"),
    "black": ("#3a3640", "#24222c"),
    "white": ("#f3ece0", "#d9cdbb"),
    "calico": ("#f3ece0", "#d98a4a"),
    "tabby": ("#a8875f", "#6f5438"),
}


def _window(e: Easel, x: float, y: float, w: float, h: float, *times: str) -> None:
    """A window on the outside world, framed."""
    lit = LIGHTS[e.rng.choice(times or tuple(LIGHTS))]
    pane = rect(x, y, w, h)
    n = len(lit.sky) - 1
    with e.clip(pane):
        for i in range(24):
            t = i / 23
            j = min(n - 1, int(t * n))
            e.fill(
                rect(x, y + h * i / 24, w, h / 24 + 2), mix(lit.sky[j], lit.sky[j + 1], t * n - j)
            )
        e.fill(ellipse(x + w * e.rng.uniform(0.2, 0.8), y + h * 0.3, 34), lit.disc)
        for i in range(3):
            hill = smooth(
                [
                    (x - 50, y + h * (0.7 + 0.1 * i)),
                    (x + w * 0.3, y + h * e.rng.uniform(0.5, 0.66)),
                    (x + w * 0.7, y + h * (0.72 + 0.06 * i)),
                    (x + w + 50, y + h * 0.6),
                    (x + w + 50, y + h + 90),
                    (x - 50, y + h + 90),
                ]
            )
            e.paint(hill, lit.far(("#7d8f9a", "#5b7552", "#3a573d")[i], 0.5 - 0.2 * i), shade=0.3)
    frame = "#f6efe0"
    e.line([*pane, pane[0]], 24, frame)
    e.line([(x + w / 2, y), (x + w / 2, y + h)], 16, frame)
    e.line([(x, y + h * 0.42), (x + w, y + h * 0.42)], 12, frame)


@scene("cat", tuple(FURS))
def cat(e: Easel) -> None:
    """A cat on the sill, minding everybody's business."""
    wall = e.rng.choice(WALLS)
    e.fill(e.frame(), wall)
    e.grain(e.frame(), deep(wall, 0.4), angle=40, amount=0.5)
    sill = e.h * 0.76
    _window(e, e.w * 0.12, e.h * 0.08, e.w * 0.76, sill - e.h * 0.08)
    e.cast(rect(e.w * 0.04, sill, e.w * 0.92, 40), dx=0, dy=22, blur=20)
    e.paint(rect(e.w * 0.04, sill - 8, e.w * 0.92, 46), "#f6efe0", shade=0.4)
    fur, dark = FURS[e.look or e.rng.choice(tuple(FURS))]
    x, s = e.w * e.rng.uniform(0.36, 0.5), 150.0
    if e.rng.random() < 0.6:
        _sitting_cat(e, x, sill, s, fur, dark)
    else:
        _loaf_cat(e, x, sill, s, fur, dark)
    px = e.w * 0.82
    vase(e, px, sill, 100, CERAMICS[e.rng.choice(("clay", "sky", "celadon", "rose"))], 1)
    for _ in range(3):
        sprig(
            e,
            bow(
                px,
                sill - 110,
                px + e.rng.uniform(-110, 110),
                sill - e.rng.uniform(230, 320),
                20,
                steps=6,
            ),
            46,
            e.rng.choice(("#6f9a6a", "#8aa678", "#4f7a5a")),
        )


CAT_HEAD_FACE = (
    (-1, 0.1), (-0.78, -0.66), (0, -0.84), (0.78, -0.66), (1, 0.1), (0.6, 0.7), (0, 0.84),
    (-0.6, 0.7),
)  # fmt: skip


CAT_HEAD_A = ((-0.1, 0.26), (0.1, 0.26), (0, 0.38))
CAT_HEAD_EAR = ((0.92, -0.1), (0.86, -1.12), (0.2, -0.78))
CAT_HEAD_B = ((0.76, -0.4), (0.76, -0.88), (0.38, -0.7))


def _cat_head(
    e: Easel, x: float, y: float, r: float, fur: Colour, dark: Colour, *, asleep: bool
) -> None:
    for side in (-1, 1):
        ear = smooth(
            placed(x, y, r, CAT_HEAD_EAR, side),
            steps=3,
        )
        e.paint(ear, dark, shade=0)
        e.fill(
            smooth(
                placed(x, y, r, CAT_HEAD_B, side),
                steps=3,
            ),
            "#e3a79a",
        )
    face = smooth(placed(x, y, r, CAT_HEAD_FACE))
    e.paint(face, fur, shade=0.35, glow=0.3, angle=40)
    for i in (-1, 0, 1):
        e.line(
            [(x + i * r * 0.2, y - r * 0.82), (x + i * r * 0.15, y - r * 0.46)],
            r * 0.1,
            dark,
            end=r * 0.04,
        )
    e.fill(ellipse(x, y + r * 0.42, r * 0.46, r * 0.34), pale(fur, 0.55))
    _cat_face(e, x, y, r, asleep=asleep)


def _cat_face(e: Easel, x: float, y: float, r: float, *, asleep: bool) -> None:
    """Eyes open or shut, whiskers, nose and mouth."""
    for side in (-1, 1):
        ex = x + side * r * 0.42
        if asleep:
            e.line(arc(ex, y - r * 0.02, r * 0.2, r * 0.14, 10, 170, steps=10), r * 0.07, "#2a2430")
        else:
            e.fill(
                ellipse(ex, y - r * 0.02, r * 0.2, r * 0.22),
                e.rng.choice(("#d9c24a", "#8fb06a")) if side < 0 else "#d9c24a",
            )
            e.fill(ellipse(ex, y - r * 0.02, r * 0.1, r * 0.19), "#221e2a")
            e.fill(ellipse(ex + r * 0.05, y - r * 0.09, r * 0.05), "#ffffff")
        for k in (-0.1, 0.06):
            e.line(
                [
                    (x + side * r * 0.34, y + r * (0.42 + k)),
                    (x + side * r * 1.3, y + r * (0.34 + k * 3)),
                ],
                2.4,
                "#fbf7ee",
                end=1,
            )
    e.fill(placed(x, y, r, CAT_HEAD_A), "#d97a7a")
    for side in (-1, 1):
        e.line(
            arc(x + side * r * 0.11, y + r * 0.4, r * 0.11, r * 0.12, 0, 180, steps=8),
            r * 0.05,
            "#4a3a40",
        )


SITTING_CAT_TAIL = ((0.5, -0.2), (1, 0.1), (0.9, 0.7), (1.1, 0.86))
SITTING_CAT_BODY = ((-0.62, 0), (-0.6, -0.7), (-0.3, -1.3), (0.3, -1.3), (0.6, -0.7), (0.66, 0))


def _sitting_cat(e: Easel, x: float, y: float, s: float, fur: Colour, dark: Colour) -> None:
    tail = smooth(
        placed(x, y, s, SITTING_CAT_TAIL),
        closed=False,
    )
    e.line(tail, s * 0.22, dark, end=s * 0.14)
    body = smooth(placed(x, y, s, SITTING_CAT_BODY))
    e.cast(body, dx=20, dy=4, blur=16, alpha=0.3)
    e.paint(body, fur, shade=0.5, glow=0.4, angle=20)
    e.fill(ellipse(x, y - s * 0.78, s * 0.3, s * 0.4), pale(fur, 0.5), 0.8)
    for i in range(3):
        e.line(
            bow(x + s * 0.62, y - s * (0.3 + 0.24 * i), x + s * 0.3, y - s * (0.34 + 0.24 * i), 6),
            s * 0.08,
            dark,
            end=3,
        )
    for side in (-1, 1):
        e.paint(
            ellipse(x + side * s * 0.22, y - s * 0.08, s * 0.2, s * 0.13), pale(fur, 0.3), shade=0.3
        )
    _cat_head(e, x, y - s * 1.6, s * 0.56, fur, dark, asleep=e.rng.random() < 0.3)


LOAF_CAT_BODY = ((-1.1, 0), (-1, -0.6), (0, -0.95), (1.2, -0.7), (1.4, 0))


LOAF_CAT_A = ((1.3, -0.1), (0.9, 0.06), (0.2, -0.02))
LOAF_CAT_B = ((1.3, -0.08), (0.8, -0.02), (0.1, -0.06))


def _loaf_cat(e: Easel, x: float, y: float, s: float, fur: Colour, dark: Colour) -> None:
    body = smooth(placed(x, y, s, LOAF_CAT_BODY))
    e.cast(body, dx=20, dy=4, blur=16, alpha=0.3)
    e.line(
        smooth(
            placed(x, y, s, LOAF_CAT_A),
            closed=False,
        ),
        s * 0.24,
        dark,
        end=s * 0.16,
    )
    e.paint(body, fur, shade=0.5, glow=0.4, angle=30)
    for i in range(4):
        e.line(
            bow(
                x + s * (0.2 + 0.28 * i),
                y - s * 0.9 + s * 0.03 * i,
                x + s * (0.3 + 0.28 * i),
                y - s * 0.44,
                10,
            ),
            s * 0.09,
            dark,
            end=3,
        )
    e.line(
        smooth(
            placed(x, y, s, LOAF_CAT_B),
            closed=False,
        ),
        s * 0.2,
        dark,
        end=s * 0.14,
    )
    _cat_head(e, x - s * 0.6, y - s * 0.74, s * 0.54, fur, dark, asleep=e.rng.random() < 0.7)


DOG_TAIL = ((0.55, -0.5), (0.9, -0.8), (0.72, -1.06), (0.54, -0.86))
DOG_BODY = ((-0.5, 0), (-0.5, -0.8), (-0.3, -1.3), (0.3, -1.3), (0.6, -0.6), (0.66, 0))
DOG_A = ((-0.26, -0.2), (-0.3, -0.9), (0, -1.1), (0.26, -0.9), (0.2, -0.2))


@scene("dog", ("shiba", "white", "black", "brown"))
def dog(e: Easel) -> None:
    lit = light(e, "noon", "golden", "dawn")
    horizon = e.h * 0.56
    sky(e, lit, horizon + 30)
    clouds(e, lit, 50, horizon * 0.5, 3)
    hills(e, lit, horizon + 20, layers=2, height=e.h * 0.2)
    green = e.rng.choice(("#8fb06a", "#a3b56a", "#c9a24a"))
    e.paint(rect(0, horizon, e.w, e.h), lit.far(green, 0.06), shade=0.4, glow=0.4)
    tree(e, e.w * 0.12, horizon + 60, e.h * 0.42, lit.far(deep(green, 0.25), 0.1))
    for _ in range(40):
        x, y = e.rng.uniform(0, e.w), e.rng.uniform(horizon + 40, e.h)
        blossom(
            e, x, y, 6 + 6 * (y - horizon) / e.h, e.rng.choice(("#fbf3e2", "#f2d06a", "#f0a8a0"))
        )
    fur = {"shiba": "#d9964f", "white": "#f3ece0", "black": "#3a3640", "brown": "#8a5a3c"}[
        e.look or e.rng.choice(("shiba", "white", "black", "brown"))
    ]
    x, y, s = e.w * 0.52, e.h * 0.92, e.h * 0.24
    _sitting_dog(e, x, y, green, s, fur)


def _sitting_dog(e: Easel, x: float, y: float, green: Colour, s: float, fur: Colour) -> None:
    """Waiting for whoever holds the camera."""
    e.fill(ellipse(x, y, s * 0.9, s * 0.1), deep(green, 0.5), 0.5)
    tail = smooth(
        placed(x, y, s, DOG_TAIL),
        closed=False,
    )
    e.line(tail, s * 0.22, fur, end=s * 0.14)
    body = smooth(placed(x, y, s, DOG_BODY))
    e.paint(body, fur, shade=0.5, glow=0.4, angle=20)
    e.fill(
        smooth(placed(x, y, s, DOG_A)),
        pale(fur, 0.6),
    )
    for side in (-1, 1):
        e.paint(
            rounded(x + side * s * 0.22 - s * 0.12, y - s * 0.6, s * 0.24, s * 0.62, s * 0.1),
            pale(fur, 0.15),
            shade=0.4,
        )
    e.line(
        arc(x, y - s * 1.24, s * 0.36, s * 0.14, 10, 170),
        s * 0.1,
        e.rng.choice(("#d9452f", "#3f6f9a", "#e0a13a")),
    )
    _dog_head(e, x, y - s * 1.62, s * 0.5, fur)


DOG_HEAD_FACE = (
    (-1, 0), (-0.74, -0.78), (0, -0.94), (0.74, -0.78), (1, 0), (0.66, 0.66), (0, 0.92),
    (-0.66, 0.66),
)  # fmt: skip
DOG_HEAD_TONGUE = ((-0.12, 0.6), (0.12, 0.6), (0.13, 0.88), (0, 0.98), (-0.13, 0.88))
DOG_HEAD_A = (
    (-0.62, 0.3), (-0.3, -0.04), (0, 0.06), (0.3, -0.04), (0.62, 0.3), (0.4, 0.76), (0, 0.88),
    (-0.4, 0.76),
)  # fmt: skip
FLOPPY_EAR = ((0.7, -0.8), (1.3, -0.3), (1.16, 0.5), (0.84, 0.1))


PRICKED_EAR = ((0.9, -0.3), (0.94, -1.2), (0.3, -0.84))


def _dog_head(e: Easel, x: float, y: float, r: float, fur: Colour) -> None:
    floppy = e.rng.random() < 0.4
    for side in (-1, 1):
        if floppy:
            ear = smooth(placed(x, y, r, FLOPPY_EAR, side))
        else:
            ear = smooth(
                placed(x, y, r, PRICKED_EAR, side),
                steps=3,
            )
        e.paint(ear, deep(fur, 0.25), shade=0.2)
    face = smooth(placed(x, y, r, DOG_HEAD_FACE))
    e.paint(face, fur, shade=0.35, glow=0.3, angle=40)
    e.fill(
        smooth(placed(x, y, r, DOG_HEAD_A)),
        pale(fur, 0.65),
    )
    for side in (-1, 1):
        e.fill(ellipse(x + side * r * 0.42, y - r * 0.16, r * 0.12, r * 0.13), "#221e2a")
        e.fill(ellipse(x + side * r * 0.42 + r * 0.04, y - r * 0.2, r * 0.04), "#ffffff")
        e.fill(ellipse(x + side * r * 0.44, y - r * 0.46, r * 0.12, r * 0.07), pale(fur, 0.6))
    mouth = arc(x, y + r * 0.44, r * 0.3, r * 0.22, 10, 170)
    tongue = smooth(placed(x, y, r, DOG_HEAD_TONGUE))
    e.paint(tongue, "#e38a8a", shade=0.3)
    e.line(mouth, r * 0.06, "#3a2a30")
    e.paint(ellipse(x, y + r * 0.24, r * 0.18, r * 0.13), "#2a2430", shade=0)
    e.fill(ellipse(x - r * 0.05, y + r * 0.2, r * 0.05, r * 0.03), "#8a8490")


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


POT_PLANT_POT = ((-0.4, 0), (-0.54, -0.86), (0.54, -0.86), (0.4, 0))


def _pot_plant(e: Easel, x: float, y: float, s: float, kind: int) -> None:
    green = e.rng.choice(("#5f9a5a", "#7fa65f", "#4f8a6a", "#8aa678"))
    top = y - s * 0.9
    if kind == 0:
        for a in range(9):
            e.paint(
                leaf(x, top, s * e.rng.uniform(1.2, 1.9), s * 0.2, -90 + (a - 4) * 15),
                mix(green, pale(green), e.rng.random() * 0.5),
                shade=0.5,
            )
    elif kind == 1:
        for a in range(7):
            tip = (x + (a - 3) * s * 0.3, top - s * e.rng.uniform(0.8, 1.4))
            e.line(bow(x, top, *tip, 10), 6, "#5f7a4a", end=3)
            e.paint(blob(e.rng, *tip, s * 0.32, s * 0.26, wild=0.05), green, shade=0.5, glow=0.4)
    elif kind == 2:
        bloom = e.rng.choice(("#e0523f", "#f0a8b0", "#f2c14e", "#b58ac9", "#fbf3e2"))
        for _ in range(12):
            e.paint(
                blob(
                    e.rng,
                    x + e.rng.gauss(0, s * 0.4),
                    top - abs(e.rng.gauss(s * 0.3, s * 0.24)),
                    s * 0.26,
                    s * 0.2,
                ),
                green,
                shade=0.5,
            )
        for _ in range(16):
            blossom(
                e,
                x + e.rng.gauss(0, s * 0.42),
                top - abs(e.rng.gauss(s * 0.44, s * 0.26)),
                s * 0.12,
                bloom,
            )
    elif kind == 3:
        for a in range(5):
            sprig(
                e,
                bow(
                    x,
                    top + 8,
                    x + (a - 2) * s * 0.5,
                    top - s * e.rng.uniform(0.9, 1.6),
                    20,
                    steps=7,
                ),
                s * 0.36,
                green,
            )
    else:
        e.paint(ellipse(x, top - s * 0.46, s * 0.42, s * 0.6), green, shade=0.6, glow=0.5, angle=20)
        for i in range(5):
            e.line(
                bow(
                    x + (i - 2) * s * 0.15,
                    top + s * 0.1,
                    x + (i - 2) * s * 0.1,
                    top - s,
                    (i - 2) * -6,
                ),
                3,
                pale(green, 0.5),
                alpha=0.7,
            )
        blossom(e, x, top - s * 1.06, s * 0.16, "#f0a8b0")
    glaze = CERAMICS[e.rng.choice(tuple(CERAMICS))]
    pot = smooth(
        placed(x, y, s, POT_PLANT_POT),
        steps=2,
    )
    e.cast(ellipse(x, y, s * 0.44, s * 0.1), dx=20, dy=4, blur=14, alpha=0.4)
    e.paint(pot, glaze, shade=0.6, glow=0.4, angle=10)
    e.paint(
        rounded(x - s * 0.6, y - s * 1.0, s * 1.2, s * 0.22, 10),
        glaze,
        shade=0.5,
        glow=0.5,
        angle=10,
    )


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
    for i in range(count):
        h, w = e.rng.uniform(38, 74), e.rng.uniform(360, 470)
        bx = x - w / 2 + e.rng.uniform(-22, 22)
        jacket = e.rng.choice(
            (
                "#c8553d",
                "#3f6f7a",
                "#d9a03f",
                "#6a5a83",
                "#e8dcc4",
                "#2f4858",
                "#8fa37a",
                "#b98a9a",
                "#7a4434",
            )
        )
        e.paint(rounded(bx, y - h, w, h, 6), jacket, shade=0.5, glow=0.3)
        if e.rng.random() < 0.4:
            e.fill(rect(bx + w - 26, y - h + 6, 30, h - 12), "#f3e9d2")
            for j in range(4):
                e.line(
                    [
                        (bx + w - 26, y - h + 10 + j * h * 0.2),
                        (bx + w + 4, y - h + 10 + j * h * 0.2),
                    ],
                    1.6,
                    "#b9a88a",
                )
        else:
            e.fill(rect(bx + w * 0.12, y - h, w * 0.04, h), pale(jacket, 0.5))
            e.fill(rect(bx + w * 0.8, y - h, w * 0.04, h), pale(jacket, 0.5))
            e.fill(rounded(bx + w * 0.3, y - h * 0.62, w * 0.36, h * 0.26, 4), pale(jacket, 0.6))
        y -= h
        del i
    shape = e.rng.random()
    if shape < 0.4:
        cup(e, x, y + 4, 100, CERAMICS[e.rng.choice(tuple(CERAMICS))], kind=2)
        steam(e, x, y - 110, 150, 2)
    elif shape < 0.7:
        for dx in (-52, 52):
            e.line([*ellipse(x + dx, y - 30, 44, 34), (x + dx + 44, y - 30)], 8, "#3a3038")
        e.line(bow(x - 10, y - 34, x + 10, y - 34, -10), 7, "#3a3038")
    vase(e, e.w * 0.82, edge + (e.h - edge) * 0.4, 130, CERAMICS[e.rng.choice(tuple(CERAMICS))], 0)
    sprig(e, bow(e.w * 0.82, edge - 90, e.w * 0.88, edge - 330, 20, steps=7), 50, "#8aa678")


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
    left, right = (x - 210, y), (x + 210, y)
    for lift, colour, alpha in ((26, "#2f2038", 0.18), (0, "#2f2a35", 1.0)):
        for cx, cy in (left, right):
            ring = ellipse(cx + lift, cy + lift * 0.4, r)
            e.line([*ring, ring[0]], 15, colour, alpha=alpha)
    for cx, cy in (left, right):
        for i in range(9):
            a, b = arc(cx, cy, r - 8, r - 8, i * 20, i * 20 + 180, steps=1)
            e.line([a, b], 1.8, "#d9d4cc", alpha=0.8)
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
    e.paint(
        smooth(
            [
                (seat[0] - 90, seat[1] - 72),
                (seat[0] + 40, seat[1] - 66),
                (seat[0] + 30, seat[1] - 48),
                (seat[0] - 84, seat[1] - 44),
            ]
        ),
        "#6a4030",
        shade=0.4,
    )
    e.line(
        smooth(
            [
                head,
                (head[0] - 16, head[1] - 70),
                (head[0] + 50, head[1] - 96),
                (head[0] + 4, head[1] - 110),
            ],
            closed=False,
        ),
        12,
        "#b9b4ac",
    )
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


@scene("desk", ("night", "dusk", "dawn"))
def desk(e: Easel) -> None:
    """A lamp, a laptop, a deadline."""
    wall = e.rng.choice(("#3a4560", "#4a4058", "#2f4a50"))
    e.fill(e.frame(), wall)
    _window(e, e.w * 0.08, e.h * 0.1, e.w * 0.36, e.h * 0.44, e.look or "night")
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


STICK_FIGURE_A = ((-0.05, -1.16), (-0.048, -1.15), (-0.05, -1.14))
STICK_FIGURE_B = ((0.05, -1.16), (0.048, -1.15), (0.05, -1.14))
STICK_FIGURE_C = ((0, -0.84), (0.14, -0.72), (0.26, -0.8))
STICK_FIGURE_D = ((0.06, -0.4), (0.08, -0.2), (0.1, 0))


def _stick_figure(e: Easel, wax: Wax, x: float, y: float, s: float) -> None:
    colour = e.rng.choice(("#d9452f", "#3f6f9a", "#b0559a", "#3f8f5a"))
    wax(arc(x, y - s * 1.14, s * 0.13, s * 0.17, 0, 370, steps=12), "#3a3038", 6)
    wax(
        placed(x, y, s, STICK_FIGURE_A),
        "#3a3038",
        8,
    )
    wax(
        placed(x, y, s, STICK_FIGURE_B),
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
            placed(x, y, s, STICK_FIGURE_C, side),
            "#3a3038",
            6,
        )
        wax(
            placed(x, y, s, STICK_FIGURE_D, side),
            "#3a3038",
            6,
        )
