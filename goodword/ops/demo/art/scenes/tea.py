"""Tea-ware: cups, gaiwan, pots, the tray, the kiln, the wheel, the shelf."""

from goodword.ops.demo.art.cut import (
    Shape,
    arc,
    bow,
    ellipse,
    grow,
    leaf,
    placed,
    rect,
    rounded,
    smooth,
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
    daylight,
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


TEA_TRAY_SPOTS = ((0.2, -0.26), (0.34, 0.02), (0.18, 0.28), (-0.12, 0.36), (-0.34, 0.3))


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
    spots = placed(x, y, (w, h), TEA_TRAY_SPOTS)
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


@scene("kiln")
def kiln(e: Easel) -> None:
    """The brick kiln with fire behind its door, pots waiting on boards."""
    e.wash([(0, "#4a3438"), (0.6, "#6a4438"), (1, "#3a2830")])
    ground = e.h * 0.8
    x, r = e.w * 0.46, min(e.w, e.h) * 0.4
    arch = [
        *arc(x, ground - r * 0.7, r, r * 0.95, 180, 360, steps=40),
        (x + r, ground),
        (x - r, ground),
    ]
    e.paint(arch, "#a8603f", shade=0.6, glow=0.3, angle=20)
    with e.clip(arch):
        for row in range(17):
            y = ground - row * r * 0.11
            e.line([(x - r, y), (x + r, y)], 4, "#6f3a2a", alpha=0.7)
            for c in range(12):
                bx = x - r + (c + (row % 2) * 0.5) * r / 5.5
                e.line([(bx, y), (bx, y - r * 0.11)], 4, "#6f3a2a", alpha=0.7)
                if e.rng.random() < 0.22:
                    e.fill(
                        rect(bx + 3, y - r * 0.1, r / 5.5 - 7, r * 0.09),
                        e.rng.choice(("#c97a4f", "#8a4a34", "#d98f5a")),
                        0.7,
                    )
    _fire_door(e, ground, x, r)
    e.aura(x, ground - r * 0.3, r * 1.5, "#ff9a4a", 0.45)
    e.paint(rect(0, ground, e.w, e.h - ground), "#4a3030", shade=0.5)
    e.aura(x, ground + 20, r * 1.1, "#ff9a4a", 0.5, ry=r * 0.3)
    board = ground + (e.h - ground) * 0.6
    e.paint(rect(e.w * 0.55, board, e.w * 0.45, 30), "#8a6244", shade=0.5)
    for i in range(4):
        px = e.w * (0.6 + 0.105 * i)
        glaze = CERAMICS[e.rng.choice(("celadon", "sand", "white", "sky", "clay"))]
        if i % 2:
            cup(e, px, board + 6, 80, glaze, tea=None, kind=e.rng.randint(0, 2))
        else:
            vase(e, px, board + 6, 96, glaze, e.rng.randint(0, 2))


def _fire_door(e: Easel, ground: float, x: float, r: float) -> None:
    door = [
        *arc(x, ground - r * 0.45, r * 0.44, r * 0.5, 180, 360),
        (x + r * 0.44, ground),
        (x - r * 0.44, ground),
    ]
    e.fill(door, "#3a1a14")
    with e.clip(door):
        e.aura(x, ground - r * 0.2, r * 0.7, "#ff7a2f", 1, smooth=0.6)
        for i in range(9):
            fx = x + (i - 4) * r * 0.1
            e.fill(
                leaf(
                    fx,
                    ground + 6,
                    r * e.rng.uniform(0.4, 0.7),
                    r * 0.16,
                    -90 + e.rng.uniform(-10, 10),
                ),
                e.rng.choice(("#ffb347", "#ff8a3a", "#ffdf8a")),
            )


@scene("clay_wheel")
def clay_wheel(e: Easel) -> None:
    """Two hands and a wet bowl on the wheel."""
    edge = stage(e, line=0.5, wood=True)
    x, y = e.w * 0.5, e.h * 0.72
    e.cast(ellipse(x, y + 40, 400, 90), dx=10, dy=30, blur=30, alpha=0.4)
    e.paint(
        [*arc(x, y + 40, 390, 84, 0, 180), *arc(x, y, 390, 84, 180, 360)],
        "#6a6a70",
        shade=0.5,
        angle=20,
    )
    e.paint(ellipse(x, y, 390, 84), "#9a9a9c", shade=0.4, glow=0.5, angle=20)
    for k in (0.9, 0.7, 0.5):
        e.line([*ellipse(x, y, 390 * k, 84 * k)], 4, "#7a7a7f", alpha=0.7)
    clay = "#a8785a"
    tall = e.rng.uniform(210, 320)
    from goodword.ops.demo.art.pots import vessel

    vessel(
        e, x, y + 10, [(150, 0), (160, 30), (190, tall * 0.5), (170, tall * 0.8), (205, tall)], clay
    )
    for i in range(6):
        e.line(
            bow(x - 168, y - 40 - i * tall / 7, x + 168, y - 40 - i * tall / 7, 26),
            4,
            deep(clay, 0.2),
            alpha=0.5,
        )
    sleeve = e.rng.choice(("#4f6f8a", "#c9b08a", "#7a8f6a", "#b8604a"))
    for side in (-1, 1):
        _hand(e, x + side * 175, y - tall * 0.55, side, sleeve)
    for _ in range(12):
        e.fill(
            ellipse(
                x + e.rng.uniform(-380, 380), y + e.rng.uniform(-30, 60), e.rng.uniform(4, 12), 4
            ),
            clay,
        )
    del edge


def _hand(e: Easel, x: float, y: float, side: int, sleeve: Colour) -> None:
    skin: Colour = "#e3b08c"
    arm = [(x + side * 60, y + 10), (x + side * 200, y + 120), (x + side * 420, e.h + 60)]
    e.line(smooth(arm, closed=False), 92, deep(skin, 0.1), end=150)
    cuff = [(x + side * 190, y + 140), (x + side * 300, e.h * 0.85), (x + side * 470, e.h + 90)]
    e.line(smooth(cuff, closed=False), 130, sleeve, end=240)
    palm = smooth(
        [
            (x - side * 16, y + 60),
            (x - side * 22, y - 30),
            (x + side * 10, y - 86),
            (x + side * 70, y - 70),
            (x + side * 120, y + 10),
            (x + side * 90, y + 80),
        ]
    )
    e.paint(palm, skin, shade=0.45, angle=60)
    for i in range(4):
        fx, fy = x - side * (20 - i * 3), y - 60 + i * 34
        e.line(bow(x + side * 60, fy + 10, fx - side * 12, fy, -8), 32, skin, end=24)
    e.line(bow(x + side * 60, y + 66, x - side * 30, y + 92, 10), 34, skin, end=26)
    e.dots(palm, "#a8785a", 14, 7, alpha=0.8)


@scene("tea_shelf")
def tea_shelf(e: Easel) -> None:
    """The shop's shelves, everything in its place."""
    wall = e.rng.choice(("#e8dcc8", "#cfd9d2", "#c98f6f", "#5f7470", "#e3c9a8"))
    e.fill(e.frame(), wall)
    e.grain(e.frame(), deep(wall, 0.4), angle=50, amount=0.5)
    daylight(e, strength=0.22, leaves=True)
    rows = 3 if e.w >= e.h else 4
    wood = e.rng.choice(("#8f6244", "#c79a6a", "#5f4436"))
    for r in range(rows):
        y = e.h * (r + 0.86) / rows
        tall = e.h / rows
        e.cast(rect(30, y, e.w - 60, 26), dx=0, dy=24, blur=20, alpha=0.35)
        x = 110.0
        while x < e.w - 90:
            x += _ware(e, x, y + 6, tall * 0.42)
        e.paint(rect(20, y, e.w - 40, 30), wood, shade=0.5, glow=0.3)


def _ware(e: Easel, x: float, y: float, s: float) -> float:
    """One thing on the shelf; gives the room it took."""
    glaze = CERAMICS[e.rng.choice(GLAZES)]
    kind = e.rng.randint(0, 5)
    if kind == 0:
        teapot(e, x + s * 0.7, y, s * 0.72, glaze, kind=e.rng.randint(0, 2))
        return s * 2.3
    if kind == 1:
        gaiwan(e, x + s * 0.2, y, s * 0.6, glaze)
        return s * 1.45
    if kind == 2:
        vase(e, x, y, s * 0.95, glaze, e.rng.randint(0, 2))
        return s * 1.1
    if kind == 3:
        canister(e, x, y, s * 0.95, glaze)
        return s * 1.05
    shape: Shape = cup(e, x, y, s * 0.5, glaze, kind=e.rng.randint(0, 2), tea=None)
    if e.rng.random() < 0.4:
        cup(e, x + s * 0.05, y - s * 0.5, s * 0.46, glaze, kind=2, tea=None)
    del shape
    return s * 0.95
