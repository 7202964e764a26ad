"""Cups, pots and jars from the front, thrown on a wheel: outlines turned about an axis."""

from goodword.ops.demo.art.cut import Shape, arc, blob, bow, ellipse, leaf, placed, rect, smooth
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, mix, pale

CERAMICS: dict[str, Colour] = {
    "celadon": "#a3c4b0",
    "sky": "#a9c6cf",
    "white": "#f3eee2",
    "ink": "#3c4658",
    "clay": "#b5714f",
    "sand": "#d9c3a0",
    "plum": "#8f6a78",
    "rose": "#e3b7aa",
    "moss": "#7f8f62",
}
Profile = list[tuple[float, float]]


def turned(x: float, y: float, profile: Profile) -> Shape:
    """A vessel standing at (x, y) from (half width, height) pairs, foot first."""
    right = smooth([(x + w, y - h) for w, h in profile], closed=False, steps=6)
    return right + [(2 * x - px, py) for px, py in right[::-1]]


def vessel(
    e: Easel,
    x: float,
    y: float,
    profile: Profile,
    glaze: Colour,
    *,
    open_top: bool = True,
    fill: Colour | None = None,
) -> Shape:
    """Paint a turned vessel with its shadow, rim and the light running down its side."""
    shape = turned(x, y, profile)
    foot, tall = profile[0][0], profile[-1][1]
    widest = max(w for w, _ in profile)
    ground = ellipse(x, y - 2, widest * 0.96, widest * 0.2)
    e.cast(ground, dx=widest * 0.34, dy=6, blur=widest * 0.2, alpha=0.42)
    e.fill(shape, glaze)
    e.grain(shape, deep(glaze, 0.45), angle=12, amount=0.85, reach=0.72)
    e.grain(shape, pale(glaze, 0.75), angle=192, amount=0.7, reach=0.42)
    e.grain(shape, deep(glaze, 0.4), angle=90, amount=0.35, reach=0.5)
    gleam = bow(x - widest * 0.62, y - tall * 0.86, x - foot * 0.8, y - tall * 0.22, -widest * 0.12)
    with e.clip(shape):
        e.line(gleam, widest * 0.05, "#ffffff", middle=widest * 0.16, alpha=0.5)
    if open_top:
        _mouth(e, x, y - tall, profile[-1][0], glaze, fill)
    return shape


def _mouth(e: Easel, x: float, y: float, lip: float, glaze: Colour, fill: Colour | None) -> None:
    """The rim, the well, and what is in it."""
    e.fill(ellipse(x, y, lip, lip * 0.2), pale(glaze, 0.45))
    well = ellipse(x, y + lip * 0.02, lip * 0.92, lip * 0.165)
    e.fill(well, deep(glaze, 0.3))
    if fill:
        with e.clip(well):
            e.paint(ellipse(x, y + lip * 0.1, lip * 0.92, lip * 0.15), fill, shade=0.3, angle=180)


def crackle(e: Easel, shape: Shape, colour: Colour) -> None:
    """The fine net of a crackled glaze."""
    xs, ys = [p[0] for p in shape], [p[1] for p in shape]
    with e.clip(shape):
        for _ in range(26):
            x, y = e.rng.uniform(min(xs), max(xs)), e.rng.uniform(min(ys), max(ys))
            points = [(x, y)]
            for _ in range(3):
                x, y = x + e.rng.uniform(-60, 60), y + e.rng.uniform(-50, 50)
                points.append((x, y))
            e.line(points, 1.4, deep(colour, 0.25), alpha=0.4)


FISH = ((-0.5, 0), (0, -0.2), (0.4, 0), (0, 0.2))


def brushwork(
    e: Easel, shape: Shape, x: float, y: float, size: float, kind: str, colour: Colour
) -> None:
    """A motif painted on the side: orchid, fish, plum branch, mountain."""
    motif = {"orchid": _orchid, "fish": _fish, "plum": _plum}.get(kind, _mountain)
    with e.clip(shape):
        motif(e, x, y, size, colour)


def _orchid(e: Easel, x: float, y: float, s: float, colour: Colour) -> None:
    for a in (-118, -100, -84, -66, -48):
        blade = bow(x, y + s * 0.4, x + s * 0.012 * (a + 90) * 0.9, y - s * 0.5, s * 0.08)
        e.line(blade, 3, colour, end=1, middle=9)
    e.fill(blob(e.rng, x + s * 0.2, y - s * 0.3, 11, 8), "#c96f5f")


def _fish(e: Easel, x: float, y: float, s: float, colour: Colour) -> None:
    e.fill(smooth(placed(x, y, s, FISH)), colour)
    for angle in (-35, 35):
        e.fill(leaf(x + s * 0.34, y, s * 0.34, s * 0.2, angle), colour)


def _plum(e: Easel, x: float, y: float, s: float, colour: Colour) -> None:
    branch = bow(x - s * 0.6, y + s * 0.36, x + s * 0.5, y - s * 0.4, s * 0.1)
    e.line(branch, 8, colour, end=2)
    for i in range(5):
        py = y + s * 0.2 - i * s * 0.14 + e.rng.uniform(-16, 16)
        e.fill(ellipse(x - s * 0.4 + i * s * 0.2, py, 10), "#d9707a")


def _mountain(e: Easel, x: float, y: float, s: float, colour: Colour) -> None:
    base = y + s * 0.3
    for i in range(3):
        left, peak, right = x - s * 0.7 + i * 50, x - s * 0.3 + i * 50, x + s * 0.1 + i * 50
        hill = [(left, base), (peak, base - s * (0.6 - 0.15 * i)), (right, base)]
        e.line(smooth(hill, closed=False), 4, colour, middle=10, alpha=0.8)


def cup(
    e: Easel,
    x: float,
    y: float,
    s: float,
    glaze: Colour,
    *,
    tea: Colour | None = "#c98a3f",
    kind: int = 0,
) -> Shape:
    """A handle-less tea cup, s being its height: tulip, bowl or straight."""
    profiles: tuple[Profile, ...] = (
        [
            (s * 0.34, 0),
            (s * 0.36, s * 0.08),
            (s * 0.6, s * 0.4),
            (s * 0.66, s * 0.74),
            (s * 0.78, s),
        ],
        [
            (s * 0.36, 0),
            (s * 0.38, s * 0.07),
            (s * 0.74, s * 0.36),
            (s * 0.9, s * 0.72),
            (s * 0.96, s * 0.9),
        ],
        [(s * 0.44, 0), (s * 0.5, s * 0.05), (s * 0.55, s * 0.5), (s * 0.56, s * 1.05)],
    )
    return vessel(e, x, y, profiles[kind % 3], glaze, fill=tea)


GAIWAN_LID = (
    (-0.84, 0), (-0.7, -0.2), (-0.2, -0.38), (0.2, -0.38), (0.7, -0.2), (0.84, 0), (0, 0.14),
)  # fmt: skip
KNOB = ((-0.14, -0.36), (-0.22, -0.54), (0.22, -0.54), (0.14, -0.36))


def gaiwan(e: Easel, x: float, y: float, s: float, glaze: Colour, *, lid: bool = True) -> Shape:
    """Saucer, bowl and lid."""
    e.cast(ellipse(x, y, s * 1.05, s * 0.2), dx=s * 0.3, dy=10, blur=s * 0.2, alpha=0.4)
    saucer = ellipse(x, y - s * 0.04, s * 1.08, s * 0.2)
    e.paint(saucer, glaze, shade=0.5, glow=0.6, angle=20)
    e.fill(ellipse(x, y - s * 0.06, s * 0.62, s * 0.1), deep(glaze, 0.22))
    body = vessel(
        e,
        x,
        y - s * 0.06,
        [
            (s * 0.36, 0),
            (s * 0.38, s * 0.1),
            (s * 0.72, s * 0.5),
            (s * 0.8, s * 0.86),
            (s * 0.98, s * 1.06),
        ],
        glaze,
        fill="#d9a24a",
    )
    if lid:
        tilt = y - s * 1.1
        dome = smooth(
            placed(x, tilt, s, GAIWAN_LID),
            steps=5,
        )
        e.paint(dome, glaze, shade=0.6, glow=0.6, angle=15)
        e.paint(
            smooth(placed(x, tilt, s, KNOB)),
            glaze,
            shade=0.5,
            glow=0.5,
            angle=15,
        )
    return body


SPOUT = (
    (-0.74, -0.3), (-1.2, -0.62), (-1.5, -0.98), (-1.38, -1.0), (-1.1, -0.78), (-0.66, -0.74),
)  # fmt: skip
HANDLE = ((0.76, -0.86), (1.36, -0.9), (1.4, -0.4), (0.84, -0.26))
BELLY = ((0.55, 0.0), (0.62, 0.04), (0.98, 0.42), (0.84, 0.82), (0.5, 0.98))


def teapot(e: Easel, x: float, y: float, s: float, glaze: Colour, *, kind: int = 0) -> Shape:
    """A pot of height about 1.4 s: round or flat, spout to the left, handle to the right."""
    wide, tall = ((0.92, 1.0), (1.12, 0.8), (0.8, 1.14))[kind % 3]
    size = (s * wide, s * tall)
    e.paint(smooth(placed(x, y, size, SPOUT), steps=5), glaze, shade=0.4, glow=0.5, angle=70)
    handle = smooth(placed(x, y, size, HANDLE), closed=False)
    e.line(handle, s * 0.15, deep(glaze, 0.2))
    e.line([(px - 2, py - 4) for px, py in handle], s * 0.05, pale(glaze, 0.35), alpha=0.7)
    profile = [(s * wide * w, s * tall * h if h else 0) for w, h in BELLY]
    body = vessel(e, x, y, profile, glaze, open_top=False)
    _pot_lid(e, x, y - s * tall * 0.96, s, s * wide, glaze)
    return body


def _pot_lid(e: Easel, x: float, top: float, s: float, wide: float, glaze: Colour) -> None:
    left, right = x - wide * 0.54, x + wide * 0.54
    rise = [(x - wide * 0.4, top - s * 0.14), (x, top - s * 0.22), (x + wide * 0.4, top - s * 0.14)]
    lid = smooth([(left, top + 4), *rise, (right, top + 4)], steps=5)
    e.paint(lid, glaze, shade=0.5, glow=0.6, angle=15)
    e.line(bow(left, top + 4, right, top + 4, 9), 4, deep(glaze, 0.4))
    e.paint(ellipse(x, top - s * 0.28, s * 0.13, s * 0.12), glaze, shade=0.5, glow=0.6, angle=30)


def vase(e: Easel, x: float, y: float, s: float, glaze: Colour, kind: int = 0) -> Shape:
    profiles: tuple[Profile, ...] = (
        [
            (s * 0.3, 0),
            (s * 0.5, s * 0.3),
            (s * 0.46, s * 0.7),
            (s * 0.18, s * 1.0),
            (s * 0.16, s * 1.2),
            (s * 0.24, s * 1.3),
        ],
        [(s * 0.36, 0), (s * 0.42, s * 0.5), (s * 0.4, s * 1.1), (s * 0.34, s * 1.2)],
        [
            (s * 0.24, 0),
            (s * 0.58, s * 0.4),
            (s * 0.6, s * 0.66),
            (s * 0.26, s * 0.94),
            (s * 0.32, s * 1.04),
        ],
    )
    return vessel(e, x, y, profiles[kind % 3], glaze)


def canister(e: Easel, x: float, y: float, s: float, colour: Colour) -> None:
    """A tea caddy with a lid and a blank paper label."""
    body = rect(x - s * 0.42, y - s * 0.92, s * 0.84, s * 0.92)
    e.cast(ellipse(x, y, s * 0.44, s * 0.1), dx=s * 0.2, dy=4, blur=s * 0.12, alpha=0.4)
    e.fill(
        [
            *arc(x, y - s * 0.06, s * 0.42, s * 0.08, 0, 180),
            (x - s * 0.42, y - s * 0.9),
            (x + s * 0.42, y - s * 0.9),
        ],
        colour,
    )
    e.grain(body, deep(colour, 0.5), angle=8, amount=0.8, reach=0.7)
    e.grain(body, pale(colour, 0.6), angle=188, amount=0.5, reach=0.4)
    lid = [
        *arc(x, y - s * 0.86, s * 0.45, s * 0.08, 0, 180),
        *arc(x, y - s * 1.14, s * 0.45, s * 0.08, 180, 360),
    ]
    e.paint(lid, mix(colour, "#d9b35a", 0.25), shade=0.6, glow=0.4, angle=10)
    e.fill(ellipse(x, y - s * 1.14, s * 0.45, s * 0.08), pale(mix(colour, "#d9b35a", 0.25), 0.35))
    e.fill(rect(x - s * 0.2, y - s * 0.66, s * 0.4, s * 0.42), "#f3ead6")
    e.line([(x - s * 0.1, y - s * 0.54), (x + s * 0.1, y - s * 0.54)], s * 0.03, "#b8433a")
    for i in range(3):
        e.line(
            [(x - s * 0.12, y - s * (0.46 - 0.06 * i)), (x + s * 0.12, y - s * (0.46 - 0.06 * i))],
            s * 0.016,
            "#6a5a52",
        )
