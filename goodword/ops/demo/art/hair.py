"""Hair, behind the head and before it; `place(u, v)` gives a point, ±1 being the face's edge."""

from collections.abc import Callable, Iterable

from goodword.ops.demo.art import outlines
from goodword.ops.demo.art.cut import Point, Shape, blob, bow, ellipse, smooth
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, mix, pale

Place = Callable[[float, float], Point]
SIDES = (-1, 1)


def shaped(place: Place, points: Iterable[Point], *, side: int = 1, steps: int = 6) -> Shape:
    """A smooth outline in face units, set on this face; `side` -1 mirrors it."""
    return smooth([place(side * u, v) for u, v in points], steps=steps)


def unit(place: Place, share: float = 1) -> float:
    """A share of half the face's width, in canvas units."""
    return place(share, 0)[0] - place(0, 0)[0]


def _lock(e: Easel, shape: Shape, colour: Colour, angle: float = 30) -> None:
    e.fill(shape, colour)
    e.grain(shape, deep(colour, 0.5), angle=angle, amount=0.6, reach=0.7)
    e.grain(shape, mix(colour, "#c9a08a", 0.42), angle=angle + 190, amount=0.6, reach=0.5)


def behind(e: Easel, place: Place, kind: str, colour: Colour) -> None:
    """What falls behind neck and shoulders."""
    dark = deep(colour, 0.22)
    if kind in ("long", "lob", "wavy"):
        _mane(e, place, kind, dark)
    elif kind == "bob":
        _lock(e, shaped(place, outlines.BOB_BACK), dark)
    elif kind == "tail":
        _lock(e, shaped(place, outlines.PONYTAIL), dark, 0)
    elif kind == "bun":
        _lock(e, ellipse(*place(0.05, -1.36), unit(place, 0.46)), dark)
    elif kind == "lowbun":
        _lock(e, ellipse(*place(0.95, 0.5), unit(place, 0.36)), dark)
    elif kind == "pigtails":
        for side in SIDES:
            _lock(e, shaped(place, outlines.PIGTAIL, side=side), dark)
    elif kind in ("curly", "perm", "curls"):
        _cloud_of_curls(e, place, kind, dark)


def _mane(e: Easel, place: Place, kind: str, dark: Colour) -> None:
    low = {"long": 1.95, "lob": 1.3, "wavy": 1.75}[kind]
    wide = {"long": 1.22, "lob": 1.26, "wavy": 1.46}[kind]
    top = ((-1.16, -0.5), (-0.6, -1.14), (0.6, -1.14), (1.16, -0.5))
    left, right = ((-wide, low), (-wide * 1.02, 0.6)), ((wide * 1.02, 0.6), (wide, low))
    _lock(e, shaped(place, (*left, *top, *right, (0, low + 0.12))), dark)


def _cloud_of_curls(e: Easel, place: Place, kind: str, dark: Colour) -> None:
    spread, low = {"curly": (1.2, 0.9), "perm": (1.08, 0.4), "curls": (1.0, 0.0)}[kind]
    left = ((-1, low), (-1.1, low * 0.3), (-1, -0.5), (-0.6, -1))
    right = ((0.6, -1), (1, -0.5), (1.1, low * 0.3), (1, low))
    for u, v in (*left, (0, -1.14), *right):
        r = unit(place, 0.4) * e.rng.uniform(0.9, 1.15)
        _lock(e, blob(e.rng, *place(u * spread, v), r, r, wild=0.07), dark)


def before(e: Easel, place: Place, kind: str, colour: Colour) -> None:
    """What frames the face."""
    if kind in outlines.WHOLE:
        _whole(e, place, kind, colour)
    elif kind in outlines.CAPS:
        _cap(e, place, kind, colour)
    else:
        _OTHERS[kind](e, place, colour)


def _sheen(e: Easel, place: Place, colour: Colour, v: float = -0.86) -> None:
    for u0, u1, lift in ((-0.5, 0.08, 0.0), (-0.34, 0.2, 0.12)):
        a, b = place(u0, v + lift), place(u1, v + lift)
        e.line(bow(*a, *b, -22), 3, pale(colour, 0.3), middle=10, alpha=0.45)


def _whole(e: Easel, place: Place, kind: str, colour: Colour) -> None:
    outline, angle, sheen = outlines.WHOLE[kind]
    _lock(e, shaped(place, outline), colour, angle)
    _sheen(e, place, colour, sheen)


def _cap(e: Easel, place: Place, kind: str, colour: Colour) -> None:
    """Hair drawn back: a cap with a hairline and short sides."""
    side, line = outlines.CAPS[kind]
    outline = ((-1.0, side), *outlines.CAP, (1.0, side), (0.88, -0.3), *line, (-0.88, -0.3))
    _lock(e, shaped(place, outline), colour, 40)
    _sheen(e, place, colour, -0.94)
    if kind == "bun" and e.rng.random() < 0.5:
        for half in SIDES:
            _lock(e, shaped(place, outlines.STRAND, side=half, steps=4), colour)


def _curtain(e: Easel, place: Place, colour: Colour, low: float, part: float) -> None:
    """Two curtains from a parting down to `low`."""
    for side in SIDES:
        outer = ((0.66, -1.06), (1.1, -0.5), (1.2, low * 0.4), (1.16, low))
        inner = ((0.9, low), (0.94, 0.0), (0.78, -0.42))
        fall = [(side * u, v) for u, v in (*outer, *inner)]
        outline = ((part, -1.08), *fall, (part + side * 0.12, -0.82))
        _lock(e, shaped(place, outline), colour, 60 if side > 0 else 120)
    _sheen(e, place, colour)


def _long(e: Easel, place: Place, colour: Colour) -> None:
    _curtain(e, place, colour, 1.3, e.rng.choice((-0.3, 0.0, 0.3)))


def _wavy(e: Easel, place: Place, colour: Colour) -> None:
    _curtain(e, place, colour, 0.9, e.rng.choice((-0.4, 0.4)))
    for side in SIDES:
        _lock(e, shaped(place, outlines.WAVE, side=side, steps=5), colour, 90)


def _lob(e: Easel, place: Place, colour: Colour) -> None:
    if e.rng.random() < 0.5:
        _curtain(e, place, colour, 0.95, -0.3)
    else:
        _bob(e, place, colour)


def _bob(e: Easel, place: Place, colour: Colour) -> None:
    """A fringe and two sides."""
    fringe = e.rng.uniform(-0.48, -0.36)
    for side in SIDES:
        _lock(e, shaped(place, outlines.BOB_SIDE, side=side), colour)
    top = ((-1.08, -0.3), (-1.0, -0.86), (-0.5, -1.2), (0.5, -1.2), (1.0, -0.86), (1.08, -0.3))
    dips = ((0.84, 0.0), (0.4, 0.06), (0, -0.02), (-0.4, 0.06), (-0.84, 0.0))
    _lock(e, shaped(place, (*top, *((u, fringe + v) for u, v in dips))), colour, 90)
    _sheen(e, place, colour, -0.84)


def _pigtails(e: Easel, place: Place, colour: Colour) -> None:
    _whole(e, place, "fringe", colour)
    tie = e.rng.choice(("#d9452f", "#f2c14e", "#7fa6b5", "#d97a8a"))
    for side in SIDES:
        e.fill(ellipse(*place(side * 1.1, -0.42), unit(place, 0.13)), tie)


def _buzz(e: Easel, place: Place, colour: Colour) -> None:
    shape = shaped(place, outlines.STUBBLE)
    e.fill(shape, colour, 0.8)
    e.grain(shape, pale(colour, 0.2), angle=-120, amount=0.5)


def _curls(e: Easel, place: Place, colour: Colour) -> None:
    for u, v in outlines.CURLS:
        r = unit(place, 0.3) * e.rng.uniform(0.9, 1.1)
        _lock(e, blob(e.rng, *place(u, v), r, r * 0.9, wild=0.06), colour)


def _curly(e: Easel, place: Place, colour: Colour) -> None:
    for side in SIDES:
        for u, v in outlines.SIDE_CURLS:
            r = unit(place, 0.28) * e.rng.uniform(0.9, 1.1)
            _lock(e, blob(e.rng, *place(side * u, v), r, r, wild=0.06), colour)
    _curls(e, place, colour)


def _perm(e: Easel, place: Place, colour: Colour) -> None:
    for u, v in outlines.PERM:
        r = unit(place, 0.29) * e.rng.uniform(0.92, 1.08)
        x, y = place(u, v)
        _lock(e, blob(e.rng, x, y, r, r, wild=0.05), colour, 50)
        curl = bow(x - r * 0.5, y, x + r * 0.4, y - r * 0.1, -r * 0.5)
        e.line(curl, 3, deep(colour, 0.3), end=1, alpha=0.5)


def _receding(e: Easel, place: Place, colour: Colour) -> None:
    for side in SIDES:
        _lock(e, shaped(place, outlines.RECEDING, side=side), colour)
    _lock(e, shaped(place, outlines.ISLAND), colour)


def _bald(e: Easel, place: Place, colour: Colour) -> None:
    for side in SIDES:
        _lock(e, shaped(place, outlines.TEMPLE, side=side), colour)


def _tuft(e: Easel, place: Place, colour: Colour) -> None:
    base = place(0, -1.02)
    for u, v in outlines.TUFT:
        e.line(bow(*base, *place(u, v), 12), 16, colour, end=3)
    e.fill(shaped(place, outlines.DOWN), colour, 0.7)


_OTHERS: dict[str, Callable[[Easel, Place, Colour], None]] = {
    "long": _long, "wavy": _wavy, "lob": _lob, "bob": _bob, "pigtails": _pigtails, "buzz": _buzz,
    "curls": _curls, "curly": _curly, "perm": _perm, "receding": _receding, "bald": _bald,
    "tuft": _tuft,
}  # fmt: skip
