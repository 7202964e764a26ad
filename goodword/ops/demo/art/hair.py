"""Hair, behind the head and before it; `place(u, v)` gives a point, ±1 being the face's edge."""

from collections.abc import Callable

from goodword.ops.demo.art.cut import Point, Shape, blob, bow, ellipse, smooth
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, mix, pale

Place = Callable[[float, float], Point]


def _lock(e: Easel, shape: Shape, colour: Colour, angle: float = 30) -> None:
    e.fill(shape, colour)
    e.grain(shape, deep(colour, 0.5), angle=angle, amount=0.6, reach=0.7)
    e.grain(shape, mix(colour, "#c9a08a", 0.42), angle=angle + 190, amount=0.6, reach=0.5)


def _at(place: Place, *pairs: tuple[float, float], steps: int = 6) -> Shape:
    return smooth([place(u, v) for u, v in pairs], steps=steps)


def behind(e: Easel, place: Place, kind: str, colour: Colour) -> None:
    """What falls behind neck and shoulders."""
    dark = deep(colour, 0.22)
    if kind in ("long", "lob", "wavy"):
        low = {"long": 1.95, "lob": 1.3, "wavy": 1.75}[kind]
        wide = {"long": 1.22, "lob": 1.26, "wavy": 1.46}[kind]
        _lock(
            e,
            _at(
                place,
                (-wide, low),
                (-wide * 1.02, 0.6),
                (-1.16, -0.5),
                (-0.6, -1.14),
                (0.6, -1.14),
                (1.16, -0.5),
                (wide * 1.02, 0.6),
                (wide, low),
                (0, low + 0.12),
            ),
            dark,
        )
    elif kind == "bob":
        _lock(
            e,
            _at(
                place,
                (-1.2, 0.84),
                (-1.26, 0),
                (-0.8, -1),
                (0, -1.2),
                (0.8, -1),
                (1.26, 0),
                (1.2, 0.84),
                (0, 1.0),
            ),
            dark,
        )
    elif kind == "tail":
        _lock(
            e,
            _at(
                place, (0.5, -0.9), (1.3, -0.8), (1.62, 0.1), (1.42, 1.2), (1.16, 0.9), (1.16, 0.0)
            ),
            dark,
            0,
        )
    elif kind == "bun":
        _lock(e, ellipse(*place(0.05, -1.36), place(0.46, 0)[0] - place(0, 0)[0]), dark)
    elif kind == "lowbun":
        _lock(e, ellipse(*place(0.95, 0.5), place(0.36, 0)[0] - place(0, 0)[0]), dark)
    elif kind == "pigtails":
        for side in (-1, 1):
            _lock(
                e,
                _at(
                    place,
                    (side * 0.9, -0.5),
                    (side * 1.5, -0.7),
                    (side * 1.74, 0.1),
                    (side * 1.5, 0.8),
                    (side * 1.24, 0.2),
                ),
                dark,
            )
    elif kind in ("curly", "perm", "curls"):
        spread, low = {"curly": (1.2, 0.9), "perm": (1.08, 0.4), "curls": (1.0, 0.0)}[kind]
        for u, v in (
            (-1, low),
            (-1.1, low * 0.3),
            (-1, -0.5),
            (-0.6, -1),
            (0, -1.14),
            (0.6, -1),
            (1, -0.5),
            (1.1, low * 0.3),
            (1, low),
        ):
            r = (place(0.4, 0)[0] - place(0, 0)[0]) * e.rng.uniform(0.9, 1.15)
            x, y = place(u * spread, v)
            _lock(e, blob(e.rng, x, y, r, r, wild=0.07), dark)


def before(e: Easel, place: Place, kind: str, colour: Colour) -> None:
    """What frames the face."""
    _FRONT.get(kind, _short)(e, place, colour)


def _sheen(e: Easel, place: Place, colour: Colour, v: float = -0.86) -> None:
    for u0, u1, lift in ((-0.5, 0.08, 0.0), (-0.34, 0.2, 0.12)):
        a, b = place(u0, v + lift), place(u1, v + lift)
        e.line(bow(*a, *b, -22), 3, pale(colour, 0.3), middle=10, alpha=0.45)


def _curtain(e: Easel, place: Place, colour: Colour, low: float, part: float) -> None:
    """Two curtains from a parting down to `low`."""
    for side in (-1, 1):
        shape = _at(
            place,
            (part, -1.08),
            (side * 0.66, -1.06),
            (side * 1.1, -0.5),
            (side * 1.2, low * 0.4),
            (side * 1.16, low),
            (side * 0.9, low),
            (side * 0.94, 0.0),
            (side * 0.78, -0.42),
            (part + side * 0.12, -0.82),
        )
        _lock(e, shape, colour, 60 if side > 0 else 120)
    _sheen(e, place, colour)


def _long(e: Easel, place: Place, colour: Colour) -> None:
    _curtain(e, place, colour, 1.3, e.rng.choice((-0.3, 0.0, 0.3)))


def _wavy(e: Easel, place: Place, colour: Colour) -> None:
    _curtain(e, place, colour, 0.9, e.rng.choice((-0.4, 0.4)))
    for side in (-1, 1):
        wave = [
            (0.98, 0.3),
            (1.2, 0.5),
            (1.08, 0.8),
            (1.3, 1.05),
            (1.16, 1.35),
            (1.36, 1.6),
            (1.0, 1.72),
            (0.9, 1.4),
            (1.04, 1.12),
            (0.84, 0.86),
            (0.96, 0.6),
        ]
        _lock(e, _at(place, *((side * u, v) for u, v in wave), steps=5), colour, 90)


def _lob(e: Easel, place: Place, colour: Colour) -> None:
    if e.rng.random() < 0.5:
        _curtain(e, place, colour, 0.95, -0.3)
    else:
        _bob(e, place, colour)


def _bob(e: Easel, place: Place, colour: Colour) -> None:
    """A fringe and two sides."""
    fringe = e.rng.uniform(-0.48, -0.36)
    for side in (-1, 1):
        _lock(
            e,
            _at(
                place,
                (side * 0.7, -0.9),
                (side * 1.14, -0.4),
                (side * 1.24, 0.3),
                (side * 1.12, 0.82),
                (side * 0.84, 0.72),
                (side * 0.95, 0.1),
                (side * 0.86, -0.4),
            ),
            colour,
        )
    _lock(
        e,
        _at(
            place,
            (-1.08, -0.3),
            (-1.0, -0.86),
            (-0.5, -1.2),
            (0.5, -1.2),
            (1.0, -0.86),
            (1.08, -0.3),
            (0.84, fringe),
            (0.4, fringe + 0.06),
            (0, fringe - 0.02),
            (-0.4, fringe + 0.06),
            (-0.84, fringe),
        ),
        colour,
        90,
    )
    _sheen(e, place, colour, -0.84)


def _cap(
    e: Easel,
    place: Place,
    colour: Colour,
    *,
    side: float = 0.1,
    line: tuple[tuple[float, float], ...] = (
        (0.78, -0.5),
        (0.3, -0.66),
        (-0.3, -0.66),
        (-0.78, -0.5),
    ),
) -> None:
    """Hair drawn back: a cap with a hairline and short sides."""
    _lock(
        e,
        _at(
            place,
            (-1.0, side),
            (-1.1, -0.5),
            (-0.66, -1.14),
            (0, -1.24),
            (0.66, -1.14),
            (1.1, -0.5),
            (1.0, side),
            (0.88, -0.3),
            *line,
            (-0.88, -0.3),
        ),
        colour,
        40,
    )
    _sheen(e, place, colour, -0.94)


def _tail(e: Easel, place: Place, colour: Colour) -> None:
    _cap(e, place, colour, side=0.0)


def _bun(e: Easel, place: Place, colour: Colour) -> None:
    _cap(e, place, colour, side=0.05)
    if e.rng.random() < 0.5:
        for side in (-1, 1):
            _lock(
                e,
                _at(
                    place,
                    (side * 0.84, -0.5),
                    (side * 1.02, 0.0),
                    (side * 0.98, 0.5),
                    (side * 0.9, 0.0),
                    steps=4,
                ),
                colour,
            )


def _pigtails(e: Easel, place: Place, colour: Colour) -> None:
    _bob_top(e, place, colour)
    tie = e.rng.choice(("#d9452f", "#f2c14e", "#7fa6b5", "#d97a8a"))
    for side in (-1, 1):
        e.fill(ellipse(*place(side * 1.1, -0.42), (place(0.13, 0)[0] - place(0, 0)[0])), tie)


def _bob_top(e: Easel, place: Place, colour: Colour) -> None:
    _lock(
        e,
        _at(
            place,
            (-1.04, -0.1),
            (-1.04, -0.8),
            (-0.5, -1.18),
            (0.5, -1.18),
            (1.04, -0.8),
            (1.04, -0.1),
            (0.86, -0.36),
            (0.4, -0.34),
            (0, -0.4),
            (-0.4, -0.34),
            (-0.86, -0.36),
        ),
        colour,
        90,
    )
    _sheen(e, place, colour, -0.84)


def _pixie(e: Easel, place: Place, colour: Colour) -> None:
    _lock(
        e,
        _at(
            place,
            (-1.02, 0.2),
            (-1.12, -0.5),
            (-0.7, -1.14),
            (0.1, -1.24),
            (0.8, -1.06),
            (1.12, -0.4),
            (1.0, 0.16),
            (0.9, -0.36),
            (0.5, -0.66),
            (0.0, -0.5),
            (-0.5, -0.36),
            (-0.86, -0.26),
        ),
        colour,
    )
    _sheen(e, place, colour, -0.88)


def _short(e: Easel, place: Place, colour: Colour) -> None:
    _cap(
        e,
        place,
        colour,
        side=-0.05,
        line=((0.74, -0.54), (0.4, -0.72), (-0.1, -0.62), (-0.5, -0.7), (-0.78, -0.5)),
    )


def _side(e: Easel, place: Place, colour: Colour) -> None:
    _lock(
        e,
        _at(
            place,
            (-0.98, 0.0),
            (-1.08, -0.6),
            (-0.7, -1.14),
            (0.1, -1.3),
            (0.86, -1.1),
            (1.08, -0.5),
            (0.98, 0.0),
            (0.9, -0.42),
            (0.66, -0.62),
            (0.1, -0.7),
            (-0.52, -0.86),
            (-0.72, -0.6),
            (-0.9, -0.36),
        ),
        colour,
    )
    _sheen(e, place, colour, -1.0)


def _quiff(e: Easel, place: Place, colour: Colour) -> None:
    _lock(
        e,
        _at(
            place,
            (-0.98, -0.05),
            (-1.06, -0.6),
            (-0.8, -1.06),
            (-0.3, -1.42),
            (0.4, -1.5),
            (0.92, -1.16),
            (1.06, -0.6),
            (0.98, -0.05),
            (0.88, -0.5),
            (0.6, -0.78),
            (0.0, -0.84),
            (-0.6, -0.72),
            (-0.88, -0.44),
        ),
        colour,
    )
    _sheen(e, place, colour, -1.16)


def _crop(e: Easel, place: Place, colour: Colour) -> None:
    _cap(
        e,
        place,
        colour,
        side=-0.16,
        line=((0.8, -0.56), (0.4, -0.6), (0, -0.56), (-0.4, -0.6), (-0.8, -0.56)),
    )


def _buzz(e: Easel, place: Place, colour: Colour) -> None:
    shape = _at(
        place,
        (-0.98, -0.12),
        (-1.0, -0.6),
        (-0.6, -1.04),
        (0, -1.12),
        (0.6, -1.04),
        (1.0, -0.6),
        (0.98, -0.12),
        (0.84, -0.5),
        (0.4, -0.7),
        (-0.4, -0.7),
        (-0.84, -0.5),
    )
    e.fill(shape, colour, 0.8)
    e.grain(shape, pale(colour, 0.2), angle=-120, amount=0.5)


def _mop(e: Easel, place: Place, colour: Colour) -> None:
    _lock(
        e,
        _at(
            place,
            (-1.08, 0.14),
            (-1.2, -0.5),
            (-0.8, -1.16),
            (0, -1.34),
            (0.8, -1.16),
            (1.2, -0.5),
            (1.08, 0.14),
            (0.92, -0.2),
            (0.7, -0.44),
            (0.42, -0.24),
            (0.1, -0.44),
            (-0.24, -0.22),
            (-0.56, -0.44),
            (-0.86, -0.2),
        ),
        colour,
    )
    _sheen(e, place, colour, -0.9)


def _bowl(e: Easel, place: Place, colour: Colour) -> None:
    _lock(
        e,
        _at(
            place,
            (-1.08, 0.06),
            (-1.14, -0.5),
            (-0.7, -1.16),
            (0, -1.24),
            (0.7, -1.16),
            (1.14, -0.5),
            (1.08, 0.06),
            (0.94, -0.26),
            (0.4, -0.3),
            (-0.4, -0.3),
            (-0.94, -0.26),
        ),
        colour,
    )
    _sheen(e, place, colour, -0.84)


def _curls(e: Easel, place: Place, colour: Colour) -> None:
    for u, v in (
        (-0.9, -0.5),
        (-0.66, -0.86),
        (-0.3, -0.76),
        (0.04, -0.98),
        (0.34, -0.74),
        (0.68, -0.88),
        (0.9, -0.5),
        (-0.3, -1.14),
        (0.34, -1.16),
    ):
        r = (place(0.3, 0)[0] - place(0, 0)[0]) * e.rng.uniform(0.9, 1.1)
        _lock(e, blob(e.rng, *place(u, v), r, r * 0.9, wild=0.06), colour)


def _perm(e: Easel, place: Place, colour: Colour) -> None:
    for u, v in (
        (-1.02, 0.1),
        (-1.06, -0.4),
        (-0.8, -0.74),
        (-0.4, -0.9),
        (0.06, -0.86),
        (0.46, -0.92),
        (0.84, -0.72),
        (1.06, -0.38),
        (1.02, 0.1),
        (-0.5, -1.16),
        (0, -1.24),
        (0.5, -1.16),
    ):
        r = (place(0.29, 0)[0] - place(0, 0)[0]) * e.rng.uniform(0.92, 1.08)
        x, y = place(u, v)
        _lock(e, blob(e.rng, x, y, r, r, wild=0.05), colour, 50)
        e.line(
            bow(x - r * 0.5, y, x + r * 0.4, y - r * 0.1, -r * 0.5),
            3,
            deep(colour, 0.3),
            end=1,
            alpha=0.5,
        )


def _curly(e: Easel, place: Place, colour: Colour) -> None:
    for side in (-1, 1):
        for u, v in ((0.98, 0.62), (1.06, 0.3), (1.08, -0.04), (1.04, -0.36), (0.9, -0.66)):
            r = (place(0.28, 0)[0] - place(0, 0)[0]) * e.rng.uniform(0.9, 1.1)
            _lock(e, blob(e.rng, *place(side * u, v), r, r, wild=0.06), colour)
    _curls(e, place, colour)


def _lowbun(e: Easel, place: Place, colour: Colour) -> None:
    _cap(
        e,
        place,
        colour,
        side=0.12,
        line=((0.7, -0.56), (0.16, -0.84), (-0.4, -0.66), (-0.78, -0.44)),
    )


def _receding(e: Easel, place: Place, colour: Colour) -> None:
    for side in (-1, 1):
        _lock(
            e,
            _at(
                place,
                (side * 0.98, 0.1),
                (side * 1.1, -0.3),
                (side * 0.98, -0.78),
                (side * 0.6, -1.04),
                (side * 0.72, -0.7),
                (side * 0.88, -0.34),
            ),
            colour,
        )
    _lock(
        e,
        _at(
            place,
            (-0.62, -0.98),
            (0, -1.16),
            (0.62, -0.98),
            (0.3, -0.94),
            (0.0, -0.82),
            (-0.3, -0.94),
        ),
        colour,
    )


def _bald(e: Easel, place: Place, colour: Colour) -> None:
    for side in (-1, 1):
        _lock(
            e,
            _at(
                place,
                (side * 0.97, 0.12),
                (side * 1.07, -0.2),
                (side * 0.99, -0.6),
                (side * 0.9, -0.3),
            ),
            colour,
        )


def _tuft(e: Easel, place: Place, colour: Colour) -> None:
    base = place(0, -1.02)
    for u, v in ((-0.16, -1.36), (0.04, -1.48), (0.2, -1.3)):
        e.line(bow(*base, *place(u, v), 12), 16, colour, end=3)
    shape = _at(
        place,
        (-0.7, -0.74),
        (-0.4, -1.02),
        (0, -1.1),
        (0.4, -1.02),
        (0.7, -0.74),
        (0.2, -0.86),
        (-0.2, -0.86),
    )
    e.fill(shape, colour, 0.7)


_FRONT: dict[str, Callable[[Easel, Place, Colour], None]] = {
    "long": _long,
    "wavy": _wavy,
    "lob": _lob,
    "bob": _bob,
    "tail": _tail,
    "bun": _bun,
    "pigtails": _pigtails,
    "pixie": _pixie,
    "short": _short,
    "side": _side,
    "quiff": _quiff,
    "crop": _crop,
    "buzz": _buzz,
    "mop": _mop,
    "bowl": _bowl,
    "curls": _curls,
    "perm": _perm,
    "curly": _curly,
    "lowbun": _lowbun,
    "receding": _receding,
    "bald": _bald,
    "tuft": _tuft,
}
