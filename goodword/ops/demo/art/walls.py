"""What stands behind a still life: a plain wall, tiles, a moon window, a framed print, a shelf."""

from goodword.ops.demo.art.cut import ellipse, leaf, rect, smooth
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, mix, pale
from goodword.ops.demo.art.light import LIGHTS

WALLS = (
    "#e8dcc8", "#cfd9d2", "#e6cdbb", "#d3d9e0", "#f0e2c6", "#c8d0b8", "#dccbd6", "#b9c9c9",
    "#e3b9a0", "#8fa39c", "#c98f6f", "#6f8288", "#a9846f", "#d9b96f", "#5f6f78",
)  # fmt: skip


def wall(e: Easel, edge: float, colour: Colour) -> None:
    """The wall above `edge`, with whatever is on it."""
    back = rect(0, 0, e.w, edge + 4)
    e.fill(back, colour)
    kind = e.rng.choice(("plain", "plain", "plain", "tiles", "moon", "print", "boards", "plain"))
    if kind == "tiles":
        _tiles(e, edge, colour)
    elif kind == "moon":
        _moon_window(e, edge, colour)
    elif kind == "print":
        _print(e, edge, colour)
    elif kind == "boards":
        _boards(e, edge, colour)
    e.grain(back, deep(colour, 0.35), angle=e.rng.choice((20, 60)), amount=0.45, reach=0.9)


def _tiles(e: Easel, edge: float, colour: Colour) -> None:
    side = e.rng.uniform(90, 130)
    rows, columns = int(edge / side) + 2, int(e.w / side) + 2
    for row in range(rows):
        for column in range(columns):
            tone = mix(colour, pale(colour, 0.5), e.rng.uniform(0, 0.5))
            x = column * side - (side / 2 if row % 2 else 0)
            e.fill(rect(x + 3, edge - (row + 1) * side + 3, side - 6, side - 6), tone)


def _boards(e: Easel, edge: float, colour: Colour) -> None:
    """Panelling half-way up, with a rail."""
    top = edge * e.rng.uniform(0.45, 0.6)
    e.fill(rect(0, top, e.w, edge - top), pale(colour, 0.35))
    for i in range(int(e.w / 84) + 1):
        e.line([(i * 84, top), (i * 84, edge)], 4, deep(colour, 0.15))
    e.paint(rect(0, top - 16, e.w, 26), pale(colour, 0.5), shade=0.4)


def _moon_window(e: Easel, edge: float, colour: Colour) -> None:
    """A round window with bamboo or hills in it."""
    r = edge * e.rng.uniform(0.34, 0.42)
    x, y = e.w * e.rng.choice((0.3, 0.7)), edge * 0.46
    round_window = ellipse(x, y, r)
    sky = e.rng.choice(("#dfe8dc", "#f3dcc0", "#c9dde6", "#2b3d66"))
    e.fill(ellipse(x, y, r + 20), deep(colour, 0.45))
    e.fill(round_window, sky)
    with e.clip(round_window):
        for i in range(3):
            base = y + r * (0.1 + 0.28 * i)
            rise = ((-1.2, 0.0), (-0.3, -0.3), (0.5, 0.0), (1.2, -0.2), (1.2, 2.0), (-1.2, 2.0))
            hill = smooth([(x + u * r, base + v * r) for u, v in rise])
            e.paint(hill, mix(sky, "#4f7a6a", 0.25 + 0.2 * i), shade=0.3)
        stem = x - r * 0.5
        e.line([(stem, y - r), (stem + 12, y + r)], 12, "#5f8a5f")
        for i in range(7):
            at = y - r * 0.8 + i * r * 0.24
            e.fill(leaf(stem, at, r * 0.5, r * 0.1, e.rng.choice((20, 150)) + i * 4), "#5f8a5f")
    e.grain(round_window, deep(sky, 0.4), angle=-135, amount=0.4)


def _print(e: Easel, edge: float, colour: Colour) -> None:
    """A framed print, hung a little off the middle."""
    w, h = e.rng.choice(((230, 290), (300, 220), (210, 210)))
    x, y = e.w * e.rng.choice((0.16, 0.62)), edge * 0.14
    frame = rect(x, y, w, h)
    e.cast(frame, dx=12, dy=16, blur=14, alpha=0.3)
    e.paint(frame, e.rng.choice(("#6a4a38", "#d9b35a", "#3a3038", "#f3eee2")), shade=0.3)
    e.fill(rect(x + 14, y + 14, w - 28, h - 28), "#f7f1e3")
    sun, land = e.rng.choice(
        (("#d9673a", "#5f7f7a"), ("#e0a13a", "#7a5a6a"), ("#c8553d", "#8fa37a"))
    )
    inner = rect(x + 34, y + 34, w - 68, h - 68)
    with e.clip(inner):
        e.fill(inner, mix(colour, "#f7f1e3", 0.5))
        e.fill(ellipse(x + w * 0.6, y + h * 0.42, w * 0.16), sun)
        for i in range(2):
            base = y + h * (0.6 + 0.14 * i)
            crest = [(x, base), (x + w * 0.4, base - h * 0.14), (x + w, base)]
            hill = smooth([*crest, (x + w, y + h), (x, y + h)])
            e.fill(hill, mix(land, "#f7f1e3", 0.3 - 0.3 * i))


def window(e: Easel, x: float, y: float, w: float, h: float, *times: str) -> None:
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
