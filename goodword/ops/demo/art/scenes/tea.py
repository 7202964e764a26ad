"""Tea-ware on the table: cups, gaiwan, pots, the tray, the leaves."""

from goodword.ops.demo.art.cut import (
    arc,
    bow,
    ellipse,
    grow,
    leaf,
    placed,
    rect,
    rounded,
    spin,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, mix, pale
from goodword.ops.demo.art.nature import blossom, sprig
from goodword.ops.demo.art.pots import (
    CERAMICS,
    brushwork,
    canister,
    crackle,
    cup,
    gaiwan,
    teapot,
    vase,
)
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.still import (
    around,
    dish,
    planks,
    stage,
    steam,
    tabletop,
)

GLAZES = tuple(CERAMICS)
MOTIFS = ("orchid", "fish", "plum", "mountain")


def _glaze(e: Easel) -> Colour:
    return CERAMICS[e.look or e.rng.choice(("celadon", "sky", "white", "sand", "rose"))]


def _setting(e: Easel) -> float:
    """A stage with a runner of linen along it; gives where things stand."""
    edge = stage(e, line=e.rng.uniform(0.56, 0.62))
    base = edge + (e.h - edge) * 0.48
    runner = [
        (-10, edge + (e.h - edge) * 0.2),
        (e.w + 10, edge + (e.h - edge) * 0.16),
        (e.w + 10, edge + (e.h - edge) * 0.82),
        (-10, edge + (e.h - edge) * 0.88),
    ]
    if e.rng.random() < 0.6:
        e.paint(
            runner,
            e.rng.choice(("#e8dcc4", "#5f6f6a", "#b9a88a", "#8a5a4a", "#cfd6cc")),
            shade=0.4,
            glow=0.2,
        )
    return base


def _spray(e: Easel, x: float, y: float, size: float) -> None:
    """Something in a little vase: a twig of plum or a spray of leaves."""
    vase(e, x, y, size, CERAMICS[e.rng.choice(GLAZES)], e.rng.randint(0, 2))
    top = y - size * 1.2
    flowering = e.rng.random() < 0.5
    for _ in range(2 if flowering else 3):
        twig = bow(
            x,
            top + 20,
            x + e.rng.uniform(-140, 190),
            top - e.rng.uniform(200, 330),
            e.rng.uniform(-40, 40),
            steps=7,
        )
        if flowering:
            e.line(twig, 9, "#5a4038", end=2)
            for px, py in twig[2:]:
                blossom(
                    e,
                    px + e.rng.uniform(-16, 16),
                    py + e.rng.uniform(-16, 16),
                    e.rng.uniform(11, 17),
                    e.rng.choice(("#f3c3c6", "#f8dedb", "#e8929e")),
                )
        else:
            sprig(e, twig, 52, e.rng.choice(("#6f9a6a", "#8aa678", "#4f7a5a")))


@scene("cups", GLAZES)
def cups(e: Easel) -> None:
    base = _setting(e)
    glaze = _glaze(e)
    kind = e.rng.randint(0, 2)
    _spray(e, e.w * 0.84, base - 40, 120)
    count = e.rng.choice((1, 2, 3))
    size = {1: 270.0, 2: 200.0, 3: 160.0}[count]
    motif = e.rng.choice((*MOTIFS, "none", "none"))
    for i in range(count):
        x = e.w * (0.42 + (i - (count - 1) / 2) * (0.26 if count == 2 else 0.22))
        shape = cup(e, x, base + 26 * (i % 2) + 30, size, glaze, kind=kind)
        if motif != "none":
            brushwork(
                e,
                shape,
                x,
                base - size * 0.32,
                size * 0.6,
                motif,
                mix(deep(glaze, 0.4), "#3f5f9a", 0.4),
            )
        else:
            crackle(e, shape, glaze)
    if e.rng.random() < 0.6:
        steam(e, e.w * 0.42, base - size * 0.9, 190, 2)


@scene("gaiwan", GLAZES)
def gaiwan_scene(e: Easel) -> None:
    base = _setting(e)
    glaze = _glaze(e)
    _spray(e, e.w * 0.84, base - 50, 120)
    x = e.w * 0.44
    body = gaiwan(e, x, base + 40, 230, glaze)
    if e.rng.random() < 0.6:
        brushwork(e, body, x, base - 110, 150, e.rng.choice(MOTIFS), "#3f5f9a")
    else:
        crackle(e, body, glaze)
    cup(e, x - 300, base + 80, 96, glaze, kind=1)
    if e.rng.random() < 0.5:
        cup(e, x + 300, base + 90, 96, glaze, kind=1)


@scene("teapot", GLAZES)
def teapot_scene(e: Easel) -> None:
    base = _setting(e)
    glaze = CERAMICS[e.look or e.rng.choice(("clay", "ink", "celadon", "moss", "plum", "sand"))]
    if e.rng.random() < 0.6:
        _spray(e, e.w * 0.88, base - 60, 110)
    x = e.w * 0.46
    body = teapot(e, x, base + 50, 230, glaze, kind=e.rng.randint(0, 2))
    if e.rng.random() < 0.5:
        brushwork(e, body, x, base - 60, 150, e.rng.choice(MOTIFS), pale(glaze, 0.5))
    for i in range(e.rng.randint(1, 2)):
        cup(e, x - 330 + i * 130, base + 100 + i * 30, 84, mix(glaze, "#f3eee2", 0.55), kind=1)
    steam(e, x - 330, base - 150, 150, 2)


CUP_SPOTS = ((0.2, -0.26), (0.34, 0.02), (0.18, 0.28), (-0.12, 0.36), (-0.34, 0.3))


@scene("tea_tray", GLAZES)
def tea_tray(e: Easel) -> None:
    """The whole set from above on a bamboo tray."""
    tabletop(e)
    x, y = e.w * 0.5, e.h * 0.5
    glaze = _glaze(e)
    w, h = (840.0, 600.0) if e.w >= e.h else (640.0, 840.0)
    tray = rounded(x - w / 2, y - h / 2, w, h, 36)
    e.cast(tray, dx=20, dy=28, blur=26, alpha=0.4)
    wood = e.rng.choice(("#8f6244", "#c79a6a", "#5f4436", "#a9805a"))
    e.paint(tray, deep(wood, 0.15), shade=0.3)
    with e.clip(rounded(x - w / 2 + 22, y - h / 2 + 22, w - 44, h - 44, 24)):
        planks(e, rect(x - w / 2, y - h / 2, w, h), wood, board=46)
    _pot_from_above(e, x, y, w, h, glaze)
    spots = placed(x, y, (w, h), CUP_SPOTS)
    for cx, cy in spots[: e.rng.randint(3, 5)]:
        well = dish(e, cx, cy, 72, glaze, well=0.84)
        e.paint(
            grow(well, 0.93, 0.93, cx, cy),
            e.rng.choice(("#c98a3f", "#b8682f", "#d9b35a")),
            shade=0.4,
            angle=-120,
            glow=0.3,
        )
    for _ in range(12):
        e.fill(
            leaf(
                x + e.rng.uniform(-0.5, 0.5) * w,
                y - h * 0.5 - e.rng.uniform(-30, 60),
                34,
                10,
                e.rng.uniform(0, 360),
            ),
            "#4f5f3a",
        )
    if e.rng.random() < 0.5:
        for p in around(x + w * 0.4, y + h * 0.44, 40, 3):
            blossom(e, *p, 26, "#f3c3c6")


def _pot_from_above(e: Easel, x: float, y: float, w: float, h: float, glaze: Colour) -> None:
    px, py = x - w * 0.18, y - h * 0.06
    e.cast(ellipse(px, py, 150), dx=16, dy=22, blur=20, alpha=0.4)
    spout = spin(
        [(px - 120, py - 34), (px - 232, py - 16), (px - 232, py + 16), (px - 120, py + 34)],
        28,
        px,
        py,
    )
    e.paint(spout, glaze, shade=0.4)
    e.line(spin(arc(px + 150, py, 70, 78, -90, 90), 28, px, py), 26, deep(glaze, 0.12))
    e.paint(ellipse(px, py, 152), glaze, shade=0.5, glow=0.6, angle=45)
    e.paint(ellipse(px, py, 92), glaze, shade=0.45, glow=0.6, angle=45)
    e.line([*ellipse(px, py, 92), (px + 92, py)], 4, deep(glaze, 0.35))
    e.paint(ellipse(px, py, 26), glaze, shade=0.5, glow=0.8, angle=45)


@scene("tea_leaves", ("green", "black", "white"))
def tea_leaves(e: Easel) -> None:
    base = _setting(e)
    tone = {"green": "#6f8a4a", "black": "#4a3430", "white": "#b3b08f"}[
        e.look or e.rng.choice(("green", "black", "white"))
    ]
    for i in range(e.rng.randint(2, 3)):
        canister(
            e,
            e.w * (0.22 + 0.24 * i),
            base - 20 + 10 * (i % 2),
            e.rng.uniform(280, 360),
            e.rng.choice(("#3f5f5a", "#8a4a3f", "#c9a24a", "#4a5a7a", "#d9c9a8")),
        )
    x, y = e.w * 0.62, base + 90
    bowl = ellipse(x, y, 230, 60)
    e.cast(bowl, dx=20, dy=18, blur=20, alpha=0.4)
    e.paint(bowl, "#f3eee2", shade=0.5, glow=0.3, angle=20)
    for _ in range(150):
        px, py = x + e.rng.gauss(0, 78), y - abs(e.rng.gauss(0, 18)) + e.rng.uniform(-6, 16)
        e.fill(
            leaf(px, py, e.rng.uniform(22, 46), 9, e.rng.uniform(0, 360)),
            mix(tone, e.rng.choice(("#ffffff", "#2a2420")), e.rng.uniform(0, 0.3)),
        )
