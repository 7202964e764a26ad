"""Where tea-ware comes from: the kiln, the wheel, the shop's shelves."""

from goodword.ops.demo.art.cut import (
    arc,
    bow,
    ellipse,
    leaf,
    rect,
    smooth,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep
from goodword.ops.demo.art.pots import (
    CERAMICS,
    canister,
    cup,
    gaiwan,
    teapot,
    vase,
    vessel,
)
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.scenes.tea import GLAZES
from goodword.ops.demo.art.still import (
    daylight,
    stage,
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
    stage(e, line=0.5, wood=True)
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
    cup(e, x, y, s * 0.5, glaze, kind=e.rng.randint(0, 2), tea=None)
    if e.rng.random() < 0.4:
        cup(e, x + s * 0.05, y - s * 0.5, s * 0.46, glaze, kind=2, tea=None)
    return s * 0.95
