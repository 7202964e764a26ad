"""Cats on sills and dogs on the grass."""

from goodword.ops.demo.art.cut import (
    arc,
    bow,
    ellipse,
    placed,
    rect,
    rounded,
    smooth,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, pale
from goodword.ops.demo.art.light import clouds, light, sky
from goodword.ops.demo.art.nature import blossom, hills, sprig, tree
from goodword.ops.demo.art.pots import CERAMICS, vase
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.walls import WALLS, window

FURS: dict[str, tuple[Colour, Colour]] = {
    "ginger": ("#d98a4a", "#b8662f"),
    "grey": ("#9a9aa3", "#6f6f7a"),
    "black": ("#3a3640", "#24222c"),
    "white": ("#f3ece0", "#d9cdbb"),
    "calico": ("#f3ece0", "#d98a4a"),
    "tabby": ("#a8875f", "#6f5438"),
}


@scene("cat", tuple(FURS))
def cat(e: Easel) -> None:
    """A cat on the sill, minding everybody's business."""
    wall = e.rng.choice(WALLS)
    e.fill(e.frame(), wall)
    e.grain(e.frame(), deep(wall, 0.4), angle=40, amount=0.5)
    sill = e.h * 0.76
    window(e, e.w * 0.12, e.h * 0.08, e.w * 0.76, sill - e.h * 0.08)
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


CAT_FACE = (
    (-1, 0.1), (-0.78, -0.66), (0, -0.84), (0.78, -0.66), (1, 0.1), (0.6, 0.7), (0, 0.84),
    (-0.6, 0.7),
)  # fmt: skip


CAT_NOSE = ((-0.1, 0.26), (0.1, 0.26), (0, 0.38))


CAT_EAR = ((0.92, -0.1), (0.86, -1.12), (0.2, -0.78))


CAT_EAR_INSIDE = ((0.76, -0.4), (0.76, -0.88), (0.38, -0.7))


def _cat_head(
    e: Easel, x: float, y: float, r: float, fur: Colour, dark: Colour, *, asleep: bool
) -> None:
    for side in (-1, 1):
        ear = smooth(
            placed(x, y, r, CAT_EAR, side),
            steps=3,
        )
        e.paint(ear, dark, shade=0)
        e.fill(
            smooth(
                placed(x, y, r, CAT_EAR_INSIDE, side),
                steps=3,
            ),
            "#e3a79a",
        )
    face = smooth(placed(x, y, r, CAT_FACE))
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
    e.fill(placed(x, y, r, CAT_NOSE), "#d97a7a")
    for side in (-1, 1):
        e.line(
            arc(x + side * r * 0.11, y + r * 0.4, r * 0.11, r * 0.12, 0, 180, steps=8),
            r * 0.05,
            "#4a3a40",
        )


CAT_TAIL = ((0.5, -0.2), (1, 0.1), (0.9, 0.7), (1.1, 0.86))


CAT_BODY = ((-0.62, 0), (-0.6, -0.7), (-0.3, -1.3), (0.3, -1.3), (0.6, -0.7), (0.66, 0))


def _sitting_cat(e: Easel, x: float, y: float, s: float, fur: Colour, dark: Colour) -> None:
    tail = smooth(
        placed(x, y, s, CAT_TAIL),
        closed=False,
    )
    e.line(tail, s * 0.22, dark, end=s * 0.14)
    body = smooth(placed(x, y, s, CAT_BODY))
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


LOAF_BODY = ((-1.1, 0), (-1, -0.6), (0, -0.95), (1.2, -0.7), (1.4, 0))


LOAF_TAIL = ((1.3, -0.1), (0.9, 0.06), (0.2, -0.02))


LOAF_TAIL_TOP = ((1.3, -0.08), (0.8, -0.02), (0.1, -0.06))


def _loaf_cat(e: Easel, x: float, y: float, s: float, fur: Colour, dark: Colour) -> None:
    body = smooth(placed(x, y, s, LOAF_BODY))
    e.cast(body, dx=20, dy=4, blur=16, alpha=0.3)
    e.line(
        smooth(
            placed(x, y, s, LOAF_TAIL),
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
            placed(x, y, s, LOAF_TAIL_TOP),
            closed=False,
        ),
        s * 0.2,
        dark,
        end=s * 0.14,
    )
    _cat_head(e, x - s * 0.6, y - s * 0.74, s * 0.54, fur, dark, asleep=e.rng.random() < 0.7)


DOG_TAIL = ((0.55, -0.5), (0.9, -0.8), (0.72, -1.06), (0.54, -0.86))


DOG_BODY = ((-0.5, 0), (-0.5, -0.8), (-0.3, -1.3), (0.3, -1.3), (0.6, -0.6), (0.66, 0))


DOG_BIB = ((-0.26, -0.2), (-0.3, -0.9), (0, -1.1), (0.26, -0.9), (0.2, -0.2))


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
        smooth(placed(x, y, s, DOG_BIB)),
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


DOG_FACE = (
    (-1, 0), (-0.74, -0.78), (0, -0.94), (0.74, -0.78), (1, 0), (0.66, 0.66), (0, 0.92),
    (-0.66, 0.66),
)  # fmt: skip


TONGUE = ((-0.12, 0.6), (0.12, 0.6), (0.13, 0.88), (0, 0.98), (-0.13, 0.88))


MUZZLE = (
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
    face = smooth(placed(x, y, r, DOG_FACE))
    e.paint(face, fur, shade=0.35, glow=0.3, angle=40)
    e.fill(
        smooth(placed(x, y, r, MUZZLE)),
        pale(fur, 0.65),
    )
    for side in (-1, 1):
        e.fill(ellipse(x + side * r * 0.42, y - r * 0.16, r * 0.12, r * 0.13), "#221e2a")
        e.fill(ellipse(x + side * r * 0.42 + r * 0.04, y - r * 0.2, r * 0.04), "#ffffff")
        e.fill(ellipse(x + side * r * 0.44, y - r * 0.46, r * 0.12, r * 0.07), pale(fur, 0.6))
    mouth = arc(x, y + r * 0.44, r * 0.3, r * 0.22, 10, 170)
    tongue = smooth(placed(x, y, r, TONGUE))
    e.paint(tongue, "#e38a8a", shade=0.3)
    e.line(mouth, r * 0.06, "#3a2a30")
    e.paint(ellipse(x, y + r * 0.24, r * 0.18, r * 0.13), "#2a2430", shade=0)
    e.fill(ellipse(x - r * 0.05, y + r * 0.2, r * 0.05, r * 0.03), "#8a8490")
