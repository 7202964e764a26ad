"""Tables, light from a window, plates and steam: what every still life stands in."""

import math

from goodword.ops.demo.art.cut import (
    Point,
    Shape,
    arc,
    bow,
    ellipse,
    leaf,
    rect,
    smooth,
    spin,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, Ink, deep, mix, pale
from goodword.ops.demo.art.walls import WALLS, wall

CLOTHS = (
    ("#e9dcc6", "#d8c5a6"),
    ("#c9d6cf", "#b3c4bb"),
    ("#e8c9b4", "#d9ad94"),
    ("#d9dce3", "#c2c8d4"),
    ("#efe3d3", "#c8553d"),
    ("#cfd8c0", "#8fa37a"),
    ("#f0dcc0", "#d9a05a"),
    ("#d6cbd9", "#b09ab8"),
)
WOODS = ("#b98657", "#8f6244", "#d2a878", "#7a5340", "#c79a6a")
GLAZES = ("#f4efe4", "#dfe8e2", "#9fbfae", "#3f5f7a", "#e3d2b5", "#7a8f8a", "#c96f4f", "#f0e0d0")


def planks(
    e: Easel, shape: Shape, colour: Colour, *, board: float = 150, across: bool = False
) -> None:
    """Wooden boards with their grain, inside the shape."""
    xs, ys = [p[0] for p in shape], [p[1] for p in shape]
    e.fill(shape, colour)
    low, high = (min(xs), max(xs)) if across else (min(ys), max(ys))
    a, b = (min(ys), max(ys)) if across else (min(xs), max(xs))
    with e.clip(shape):
        at = low - e.rng.uniform(0, board)
        while at < high:
            tone = mix(
                colour,
                deep(colour) if e.rng.random() < 0.5 else pale(colour),
                e.rng.uniform(0, 0.28),
            )
            e.fill(rect(at, a, board, b - a) if across else rect(a, at, b - a, board), tone)
            for _ in range(5):
                off = at + e.rng.uniform(0.08, 0.92) * board
                line = bow(
                    a, off, b, off + e.rng.uniform(-14, 14), e.rng.uniform(-16, 16), steps=10
                )
                line = [(y, x) for x, y in line] if across else line
                e.line(line, e.rng.uniform(1.5, 4), deep(tone, 0.22), alpha=0.45)
            seam: Shape = [(at, a), (at, b)] if across else [(a, at), (b, at)]
            e.line(seam, 4, deep(colour, 0.45), alpha=0.7)
            at += board


def cloth(e: Easel, shape: Shape, ground: Colour, stripe: Colour) -> None:
    """A table cloth: plain, striped or checked."""
    e.fill(shape, ground)
    kind = e.rng.choice(("plain", "stripe", "check", "plain"))
    gap = e.rng.uniform(60, 110)
    with e.clip(shape):
        if kind != "plain":
            for i in range(int(e.w / gap) + 2):
                e.fill(rect(i * gap, -10, gap * 0.4, e.h + 20), stripe, 0.55)
        if kind == "check":
            for i in range(int(e.h / gap) + 2):
                e.fill(rect(-10, i * gap, e.w + 20, gap * 0.4), stripe, 0.45)
    e.mottle(shape, pale(ground, 0.5), 0.3)


def tabletop(e: Easel, *, wood: bool | None = None) -> None:
    """The table seen from above, lit from one corner."""
    whole = e.frame()
    if wood if wood is not None else e.rng.random() < 0.45:
        planks(
            e,
            whole,
            e.rng.choice(WOODS),
            board=e.rng.uniform(120, 210),
            across=e.rng.random() < 0.5,
        )
    else:
        cloth(e, whole, *e.rng.choice(CLOTHS))
    e.grain(whole, "#4a3040", angle=45, amount=0.34, reach=0.8)
    daylight(e, strength=0.26)


def daylight(e: Easel, *, strength: float = 0.22, leaves: bool | None = None) -> None:
    """Slanting light from a window with, sometimes, the shadow of a branch in it."""
    x, y = e.rng.uniform(-0.05, 0.35) * e.w, e.rng.uniform(-0.1, 0.2) * e.h
    w, h, lean = e.w * 0.3, e.h * 0.8, e.rng.uniform(0.12, 0.4) * e.w
    for i in range(2):
        left = x + i * (w + 26)
        for j in range(2):
            top = y + j * (h / 2 + 14)
            k = lean * (j * 0.5)
            pane = [
                (left + k, top),
                (left + k + w, top),
                (left + k + w + lean / 2, top + h / 2),
                (left + k + lean / 2, top + h / 2),
            ]
            e.fill(pane, "#fff3d2", strength)
    if leaves if leaves is not None else e.rng.random() < 0.4:
        _branch_shadow(e, x + w * 0.4, y + h * 0.1)


def _branch_shadow(e: Easel, x: float, y: float) -> None:
    stem = bow(x, y, x + e.w * 0.34, y + e.h * 0.36, 40, steps=9)
    e.line(stem, 6, "#4a3548", end=2, alpha=0.14)
    for i, (px, py) in enumerate(stem):
        for side in (-1, 1):
            blade = leaf(px, py, e.rng.uniform(70, 110), 34, 40 + side * e.rng.uniform(35, 70) + i)
            e.fill(blade, "#4a3548", 0.12)


def stage(e: Easel, *, line: float = 0.62, wood: bool | None = None) -> float:
    """A wall and a table seen from the front; gives the y of the table's far edge."""
    edge = e.h * line
    wall(e, edge, e.rng.choice(WALLS))
    daylight(e, strength=0.24)
    top = rect(0, edge, e.w, e.h - edge)
    if wood if wood is not None else e.rng.random() < 0.7:
        planks(e, top, e.rng.choice(WOODS), board=e.rng.uniform(70, 120))
    else:
        cloth(e, top, *e.rng.choice(CLOTHS))
    e.grain(top, "#3a2436", angle=90, amount=0.4, reach=0.9)
    e.fill(rect(0, edge - 3, e.w, 9), "#3a2436", 0.22)
    return edge


def dish(
    e: Easel,
    x: float,
    y: float,
    r: float,
    glaze: Colour,
    *,
    well: float = 0.74,
    rim: Colour | None = None,
) -> Shape:
    """A plate or a bowl from above; gives the shape of its well."""
    outer = ellipse(x, y, r)
    e.cast(outer, dx=r * 0.09, dy=r * 0.12, blur=r * 0.12, alpha=0.36)
    e.fill(outer, glaze)
    e.grain(outer, deep(glaze, 0.3), angle=45, amount=0.5, reach=0.7)
    e.grain(outer, pale(glaze, 0.85), angle=-135, amount=0.7, reach=0.5)
    if rim:
        ring = [*ellipse(x, y, r * 0.985), (x + r * 0.985, y)]
        e.line(ring, r * 0.035, rim)
    inner = ellipse(x, y, r * well)
    e.fill(inner, mix(glaze, deep(glaze, 0.3), 0.3))
    e.grain(inner, deep(glaze, 0.45), angle=-135, amount=0.55, reach=0.55)
    e.grain(inner, pale(glaze, 0.6), angle=45, amount=0.5, reach=0.5)
    return inner


def chopsticks(
    e: Easel, x: float, y: float, length: float, angle: float, colour: Colour = "#6a3f2f"
) -> None:
    for gap in (-9, 11):
        stick = spin(
            [
                (x - length / 2, y + gap - 6),
                (x + length / 2, y + gap * 0.6 - 3.4),
                (x + length / 2, y + gap * 0.6 + 3.4),
                (x - length / 2, y + gap + 6),
            ],
            angle,
            x,
            y,
        )
        e.cast(stick, dx=6, dy=9, blur=6, alpha=0.3)
        e.paint(stick, colour, shade=0.4)
        e.fill(
            spin(rect(x - length / 2, y + gap - 6, length * 0.12, 12), angle, x, y),
            pale(colour, 0.45),
        )


def spoon(
    e: Easel, x: float, y: float, length: float, angle: float, colour: Colour = "#e8e2d4"
) -> None:
    handle = spin(
        smooth(
            [(x, y - 7), (x + length * 0.62, y - 5), (x + length * 0.62, y + 5), (x, y + 7)],
            steps=3,
        ),
        angle,
        x,
        y,
    )
    head = spin(ellipse(x + length * 0.78, y, length * 0.2, length * 0.13), angle, x, y)
    for part in (handle, head):
        e.cast(part, dx=6, dy=9, blur=6, alpha=0.3)
    for part in (handle, head):
        e.paint(part, colour, shade=0.5, angle=60)
    bowl = spin(ellipse(x + length * 0.78, y, length * 0.15, length * 0.09), angle, x, y)
    e.grain(bowl, deep(colour, 0.5), angle=-120, amount=0.7)


def steam(e: Easel, x: float, y: float, size: float, count: int = 3) -> None:
    """A few lazy curls of steam."""
    for i in range(count):
        dx = (i - (count - 1) / 2) * size * 0.3
        sway = size * e.rng.uniform(0.1, 0.22) * (1 if i % 2 else -1)
        curl = smooth(
            [
                (x + dx, y),
                (x + dx + sway, y - size * 0.33),
                (x + dx - sway, y - size * 0.66),
                (x + dx + sway * 0.6, y - size),
            ],
            closed=False,
        )
        e.line(curl, size * 0.05, "#fffaf0", end=1, middle=size * 0.11, alpha=0.3)


def napkin(e: Easel, x: float, y: float, s: float, angle: float) -> None:
    ground, edge = e.rng.choice(CLOTHS)
    shape = spin(
        smooth(
            [
                (x - s, y - s * 0.7),
                (x, y - s * 0.76),
                (x + s, y - s * 0.66),
                (x + s * 1.02, y + s * 0.7),
                (x, y + s * 0.74),
                (x - s, y + s * 0.7),
            ],
            steps=3,
        ),
        angle,
        x,
        y,
    )
    e.cast(shape, dx=6, dy=10, blur=10, alpha=0.25)
    e.paint(shape, ground, shade=0.3)
    for off in (0.8, 0.68):
        e.line(
            spin([(x - s * 0.98, y + s * off * 0.8), (x + s, y + s * off * 0.8)], angle, x, y),
            5,
            edge,
        )


def slices(x: float, y: float, r: float, count: int, start: float = 0) -> list[Shape]:
    """A round cut like a cake."""
    step = 360 / count
    return [
        [(x, y), *arc(x, y, r, r, start + i * step, start + (i + 1) * step, steps=10)]
        for i in range(count)
    ]


def around(x: float, y: float, r: float, count: int, start: float = 0) -> list[Point]:
    """Even places on a circle."""
    return [
        (
            x + r * math.cos(math.radians(start) + math.tau * i / count),
            y + r * math.sin(math.radians(start) + math.tau * i / count),
        )
        for i in range(count)
    ]


def glaze_of(e: Easel) -> Ink:
    return mix(e.rng.choice(GLAZES), "#f4efe4", e.rng.uniform(0, 0.2))
