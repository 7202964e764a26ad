"""What people wear to be painted: collars, knits, aprons, hats."""

from goodword.ops.demo.art.cut import Shape, arc, bow, ellipse, rect, rounded, smooth
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.faces import Face
from goodword.ops.demo.art.hair import Place
from goodword.ops.demo.art.ink import Colour, Ink, deep, mix, pale, turn


def throat(skin: Colour) -> Ink:
    """The neck is always a little darker than the face above it."""
    return mix(skin, turn(skin, vivid=1.3, bright=0.86), 0.6)


def clothes(e: Easel, place: Place, face: Face, small: float) -> None:
    """Neckline and shoulders, painted over the neck."""
    colour = face.cloth or "#c8553d"
    cx = place(0, 0)[0]
    top, wide = place(0, 1.22)[1], 372 * small * (1.06 if face.style == "m" and small == 1 else 1)
    body = smooth(
        [
            (cx - wide - 40, 1060),
            (cx - wide, top + 190),
            (cx - wide * 0.72, top + 70),
            (cx - 118 * small, top - 8),
            (cx + 118 * small, top - 8),
            (cx + wide * 0.72, top + 70),
            (cx + wide, top + 190),
            (cx + wide + 40, 1060),
        ],
        steps=6,
    )
    e.cast(body, dx=0, dy=-8, blur=24, alpha=0.18)
    e.paint(body, colour, shade=0.5, glow=0.35, angle=35)
    with e.clip(body):
        _pattern(e, place, face.top or "tee", colour, top, small)
    _neckline(e, place, face, colour, top, small)


def _pattern(e: Easel, place: Place, kind: str, colour: Colour, top: float, small: float) -> None:
    cx = place(0, 0)[0]
    if kind == "knit":
        for i in range(6):
            y = top + 60 + i * 46
            for j in range(-8, 9):
                x = cx + j * 46
                e.line(
                    [(x - 12, y - 10), (x, y + 6), (x + 12, y - 10)],
                    6,
                    pale(colour, 0.3),
                    alpha=0.6,
                )
    elif kind == "tee" and e.rng.random() < 0.4:
        for i in range(7):
            e.fill(rect(0, top + 70 + i * 56, 1000, 24), pale(colour, 0.5))
    elif kind in ("apron", "overall"):
        bib = (
            mix(colour, "#3a4a5a", 0.7)
            if kind == "overall"
            else mix(pale(colour, 0.75), "#f6efe0", 0.5)
        )
        e.paint(
            rounded(cx - 150 * small, top + 120, 300 * small, 500, 24), bib, shade=0.4, angle=20
        )
        for side in (-1, 1):
            e.line(
                [(cx + side * 128 * small, top + 140), (cx + side * 170 * small, top - 20)],
                40 * small,
                bib,
            )
            e.fill(ellipse(cx + side * 122 * small, top + 156, 14 * small), "#e0bc66")
    elif kind == "blazer":
        for side in (-1, 1):
            e.paint(
                [
                    (cx + side * 20, top + 330),
                    (cx + side * 210, top + 90),
                    (cx + side * 110, top - 20),
                    (cx + side * 40, top + 40),
                ],
                deep(colour, 0.22),
                shade=0.3,
            )


def _neckline(e: Easel, place: Place, face: Face, colour: Colour, top: float, small: float) -> None:
    cx = place(0, 0)[0]
    kind = face.top or "tee"
    skin = throat(face.skin or "#f6d3b3")
    if kind in ("tee", "knit", "apron", "overall"):
        e.fill(ellipse(cx, top - 14, 112 * small, 62 * small), skin)
        e.line(arc(cx, top - 2, 120 * small, 64 * small, 0, 180), 20 * small, deep(colour, 0.18))
    elif kind == "hoodie":
        hood = smooth(
            [
                (cx - 230 * small, top + 30),
                (cx - 150 * small, top - 70),
                (cx, top - 40),
                (cx + 150 * small, top - 70),
                (cx + 230 * small, top + 30),
                (cx + 90 * small, top + 110),
                (cx, top + 130),
                (cx - 90 * small, top + 110),
            ],
            steps=5,
        )
        e.paint(hood, deep(colour, 0.12), shade=0.4, glow=0.3)
        e.fill(ellipse(cx, top, 112 * small, 72 * small), skin)
        for side in (-1, 1):
            e.line(
                bow(cx + side * 52 * small, top + 90, cx + side * 62 * small, top + 220, 8),
                8,
                "#f6efe0",
            )
    elif kind == "scarf":
        wool = (
            mix(colour, pale(colour), 0.1)
            if e.rng.random() < 0.4
            else e.rng.choice(("#d9452f", "#e8c15a", "#6f8f8a", "#f0e2c8", "#8a5a83"))
        )
        e.paint(rounded(cx + 40, top + 20, 110 * small, 330, 20), deep(wool, 0.12), shade=0.4)
        e.paint(
            smooth(
                [
                    (cx - 190 * small, top - 10),
                    (cx, top - 76),
                    (cx + 190 * small, top - 10),
                    (cx + 170 * small, top + 90),
                    (cx, top + 120),
                    (cx - 170 * small, top + 90),
                ],
                steps=6,
            ),
            wool,
            shade=0.5,
            glow=0.4,
        )
        for i in range(3):
            e.line(
                bow(cx - 160 * small, top + 4 + 30 * i, cx + 160 * small, top + 4 + 30 * i, 34),
                4,
                deep(wool, 0.25),
                alpha=0.6,
            )
    elif kind == "mandarin":
        e.paint(
            smooth(
                [
                    (cx - 132 * small, top + 66),
                    (cx - 122 * small, top - 40),
                    (cx, top - 10),
                    (cx + 122 * small, top - 40),
                    (cx + 132 * small, top + 66),
                    (cx, top + 86),
                ],
                steps=5,
            ),
            deep(colour, 0.1),
            shade=0.3,
        )
        trim = e.rng.choice(("#e6c878", "#f6efe0", "#3a3038"))
        e.line([(cx, top + 6), (cx, top + 84)], 6, trim)
        e.line(bow(cx, top + 84, cx + 220, top + 250, -30), 9, trim)
        for y in (30, 70):
            e.fill(ellipse(cx, top + y, 12), trim)
    else:
        e.fill(
            [
                (cx - 112 * small, top - 44),
                (cx + 112 * small, top - 44),
                (cx + 20, top + 130),
                (cx - 20, top + 130),
            ],
            skin,
        )
        white = "#f6f1e6" if kind == "blazer" else pale(colour, 0.18)
        for side in (-1, 1):
            flap: Shape = [
                (cx + side * 10, top + 140),
                (cx + side * 126 * small, top - 58),
                (cx + side * 190 * small, top + 16),
                (cx + side * 110 * small, top + 118),
            ]
            e.paint(flap, white, shade=0.4, angle=90)
        if kind == "shirt":
            e.line([(cx, top + 140), (cx, 1000)], 4, deep(colour, 0.35))
            for i in range(3):
                e.fill(ellipse(cx, top + 190 + i * 84, 9), pale(colour, 0.6))


def hat(e: Easel, place: Place, face: Face) -> None:
    """The hat, if any, over the hair."""
    colour = deep(mix(face.cloth or "#c8553d", "#d9a03f", 0.5), 0.08)
    unit = place(1, 0)[0] - place(0, 0)[0]
    if face.hat == "beanie":
        dome = smooth(
            [
                place(-1.12, -0.5),
                place(-1.08, -0.96),
                place(-0.6, -1.46),
                place(0, -1.56),
                place(0.6, -1.46),
                place(1.08, -0.96),
                place(1.12, -0.5),
                place(0, -0.62),
            ],
            steps=6,
        )
        e.paint(dome, colour, shade=0.5, glow=0.4, angle=40)
        band = smooth(
            [
                place(-1.16, -0.34),
                place(-1.14, -0.66),
                place(0, -0.8),
                place(1.14, -0.66),
                place(1.16, -0.34),
                place(0, -0.5),
            ],
            steps=6,
        )
        e.paint(band, pale(colour, 0.2), shade=0.4)
        e.paint(ellipse(*place(0, -1.6), unit * 0.26), pale(colour, 0.45), shade=0.4)
    elif face.hat == "straw":
        e.paint(ellipse(*place(0, -0.62), unit * 1.62, unit * 0.34), "#d9b36a", shade=0.5, glow=0.4)
        dome = smooth(
            [
                place(-0.94, -0.66),
                place(-0.88, -1.2),
                place(0, -1.46),
                place(0.88, -1.2),
                place(0.94, -0.66),
                place(0, -0.56),
            ],
            steps=6,
        )
        e.paint(dome, "#e3c27f", shade=0.5, glow=0.4, angle=40)
        e.line(
            bow(*place(-0.94, -0.72), *place(0.94, -0.72), 22),
            unit * 0.16,
            e.rng.choice(("#c8553d", "#3f7f7a", "#3d5a8a")),
        )
    elif face.hat == "baker":
        for u, v, r in ((-0.66, -1.3, 0.46), (0.66, -1.3, 0.46), (0, -1.46, 0.6)):
            e.paint(
                ellipse(*place(u, v), unit * r, unit * r * 0.86), "#faf6ec", shade=0.35, angle=50
            )
        band = smooth(
            [
                place(-0.98, -0.58),
                place(-0.96, -1.04),
                place(0, -1.14),
                place(0.96, -1.04),
                place(0.98, -0.58),
                place(0, -0.7),
            ],
            steps=6,
        )
        e.paint(band, "#f3eddd", shade=0.4)
    elif face.hat == "cap":
        dome = smooth(
            [
                place(-1.08, -0.5),
                place(-1.0, -1.0),
                place(-0.4, -1.36),
                place(0.4, -1.36),
                place(1.0, -1.0),
                place(1.08, -0.5),
                place(0, -0.66),
            ],
            steps=6,
        )
        e.paint(dome, colour, shade=0.5, glow=0.4, angle=40)
        e.paint(
            smooth(
                [
                    place(-0.9, -0.52),
                    place(0, -0.8),
                    place(0.9, -0.52),
                    place(1.06, -0.32),
                    place(0, -0.5),
                    place(-1.06, -0.32),
                ],
                steps=6,
            ),
            deep(colour, 0.2),
            shade=0.3,
        )
        e.fill(ellipse(*place(0, -1.37), 14), deep(colour, 0.2))
    elif face.hat == "beret":
        e.paint(
            smooth(
                [
                    place(-1.12, -0.66),
                    place(-1.2, -1.1),
                    place(-0.3, -1.5),
                    place(0.8, -1.38),
                    place(1.26, -0.92),
                    place(0.9, -0.64),
                    place(0, -0.74),
                ],
                steps=6,
            ),
            colour,
            shade=0.5,
            glow=0.4,
            angle=40,
        )
        e.line([place(0, -1.46), place(0.05, -1.6)], 10, deep(colour, 0.2))
    elif face.hat == "band":
        e.line(bow(*place(-1.06, -0.5), *place(1.06, -0.5), -unit * 0.42), unit * 0.17, colour)
