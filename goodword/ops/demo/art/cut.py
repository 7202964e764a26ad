"""Paper cutting: shapes as lists of points, made, bent and moved by plain functions.

Units are canvas units (the short side of a picture is 1000), y grows downwards, angles are degrees.
"""

import itertools
import math
from collections.abc import Iterable
from random import Random

Point = tuple[float, float]
Shape = list[Point]


def ellipse(cx: float, cy: float, rx: float, ry: float | None = None, *, steps: int = 0) -> Shape:
    ry = rx if ry is None else ry
    steps = steps or max(14, min(90, int(max(rx, ry) ** 0.5 * 4)))
    turn_by = math.tau / steps
    return [
        (cx + rx * math.cos(i * turn_by), cy + ry * math.sin(i * turn_by)) for i in range(steps)
    ]


def arc(
    cx: float, cy: float, rx: float, ry: float, start: float, end: float, *, steps: int = 24
) -> Shape:
    """Points along an ellipse from one angle to another (0 is right, 90 is down)."""
    a, b = math.radians(start), math.radians(end)
    return [
        (cx + rx * math.cos(a + (b - a) * i / steps), cy + ry * math.sin(a + (b - a) * i / steps))
        for i in range(steps + 1)
    ]


def rect(x: float, y: float, w: float, h: float) -> Shape:
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]


def rounded(x: float, y: float, w: float, h: float, r: float) -> Shape:
    r = min(r, w / 2, h / 2)
    return [
        *arc(x + w - r, y + r, r, r, -90, 0, steps=8),
        *arc(x + w - r, y + h - r, r, r, 0, 90, steps=8),
        *arc(x + r, y + h - r, r, r, 90, 180, steps=8),
        *arc(x + r, y + r, r, r, 180, 270, steps=8),
    ]


def smooth(points: Iterable[Point], *, closed: bool = True, steps: int = 7) -> Shape:
    """A Catmull-Rom curve through the points."""
    p = list(points)
    n = len(p)
    if n < 3:
        return p
    out: Shape = []
    for i in range(n if closed else n - 1):
        a = p[i - 1] if closed or i else p[0]
        b, c = p[i], p[(i + 1) % n]
        d = p[(i + 2) % n] if closed or i + 2 < n else p[-1]
        for s in range(steps):
            t = s / steps
            out.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    if not closed:
        out.append(p[-1])
    return out


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b
        + (c - a) * t
        + (2 * a - 5 * b + 4 * c - d) * t * t
        + (3 * b - a - 3 * c + d) * t * t * t
    )


def blob(
    rng: Random, cx: float, cy: float, rx: float, ry: float, *, wild: float = 0.12, knots: int = 9
) -> Shape:
    """A soft, uneven round: a pebble, a dumpling, a cloud's puff."""
    points = []
    for i in range(knots):
        a = math.tau * i / knots
        r = 1 + rng.uniform(-wild, wild)
        points.append((cx + rx * r * math.cos(a), cy + ry * r * math.sin(a)))
    return smooth(points, steps=6)


def ridge(
    rng: Random, width: float, base: float, height: float, *, rough: float = 0.5, knots: int = 5
) -> Shape:
    """A mountain line from left to right by halving: points only, not closed."""
    ys = [base - height * rng.uniform(0.1, 1.0) for _ in range(knots)]
    swing = height * 0.45
    for _ in range(5):
        nxt = []
        for a, b in itertools.pairwise(ys):
            nxt += [a, (a + b) / 2 + rng.uniform(-swing, swing) * 0.5]
        ys = [*nxt, ys[-1]]
        swing *= rough
    step = width / (len(ys) - 1)
    return [(i * step, y) for i, y in enumerate(ys)]


def under(line: Shape, floor: float) -> Shape:
    """Close a line downwards to a floor."""
    return [*line, (line[-1][0], floor), (line[0][0], floor)]


def ribbon(points: Shape, start: float, end: float | None = None, middle: float = 0) -> Shape:
    """A brush stroke along points: its width at the start, at the end and (if given) midway."""
    end = start if end is None else end
    left: Shape = []
    right: Shape = []
    last = len(points) - 1
    for i, (x, y) in enumerate(points):
        ax, ay = points[max(0, i - 1)]
        bx, by = points[min(last, i + 1)]
        length = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = -(by - ay) / length, (bx - ax) / length
        t = i / last if last else 0.0
        half = (start + (end - start) * t) / 2
        if middle:
            half += (middle - (start + end) / 2) / 2 * math.sin(math.pi * t)
        left.append((x + nx * half, y + ny * half))
        right.append((x - nx * half, y - ny * half))
    return left + right[::-1]


def leaf(x: float, y: float, length: float, width: float, angle: float) -> Shape:
    """A pointed leaf that starts at (x, y) and grows along the angle."""
    half = width / 2
    outline = [
        (0.0, 0.0),
        (length * 0.3, -half),
        (length * 0.65, -half * 0.75),
        (length, 0.0),
        (length * 0.65, half * 0.75),
        (length * 0.3, half),
    ]
    return move(spin(smooth(outline, steps=4), angle, 0, 0), x, y)


def move(shape: Shape, dx: float, dy: float) -> Shape:
    return [(x + dx, y + dy) for x, y in shape]


def spin(shape: Shape, angle: float, cx: float, cy: float) -> Shape:
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return [(cx + (x - cx) * c - (y - cy) * s, cy + (x - cx) * s + (y - cy) * c) for x, y in shape]


def grow(shape: Shape, sx: float, sy: float, cx: float, cy: float) -> Shape:
    return [(cx + (x - cx) * sx, cy + (y - cy) * sy) for x, y in shape]


def mirror(shape: Shape, axis: float) -> Shape:
    return [(2 * axis - x, y) for x, y in shape]


def bow(x0: float, y0: float, x1: float, y1: float, sag: float, *, steps: int = 14) -> Shape:
    """A line that sags (or, with a negative sag, arches) between two points."""
    return [
        (
            x0 + (x1 - x0) * i / steps,
            y0 + (y1 - y0) * i / steps + sag * 4 * (i / steps) * (1 - i / steps),
        )
        for i in range(steps + 1)
    ]


def placed(
    x: float, y: float, scale: float | Point, outline: Iterable[Point], side: int = 1
) -> Shape:
    """An outline drawn in units of `scale` (across and down) around nought, set down at (x, y).

    `side` -1 mirrors it.
    """
    across, down = scale if isinstance(scale, tuple) else (scale, scale)
    return [(x + side * u * across, y + v * down) for u, v in outline]
