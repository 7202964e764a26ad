"""`portrait`: a warm, flat face for everybody in town."""

from goodword.ops.demo.art.cut import Shape, arc, bow, ellipse, leaf, rect, rounded, smooth
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.faces import Bones, Face, sit
from goodword.ops.demo.art.hair import SIDES, Place, before, behind, unit
from goodword.ops.demo.art.hats import hat
from goodword.ops.demo.art.ink import Colour, deep, mix, pale, turn
from goodword.ops.demo.art.wardrobe import clothes, throat

LINE = "#2f2530"


def portrait(face: Face | None = None, *, seed: int, size: int = 600) -> bytes:
    """A square JPEG of `size` pixels; the same face and seed always give the same bytes."""
    given = face or Face(
        style="mf"[seed % 2], age=("young", "middle", "old", "child")[seed // 2 % 4]
    )
    sitter, b = sit(given, seed)
    e = Easel(width=size, height=size, seed=f"portrait:{given.kin}:{seed}")
    small = {"baby": 0.8, "child": 0.86}.get(sitter.age, 1.0)
    cx, cy = e.rng.uniform(490, 510), 480 + 120 * (1 - small)
    rx, ry = (
        216 * b.width * small * (1.06 if small < 1 else 1),
        262 * small * (0.92 if small < 1 else 1),
    )

    def place(u: float, v: float) -> tuple[float, float]:
        return cx + u * rx, cy + v * ry

    _backdrop(e, sitter.backdrop or "#e8b9a0")
    covered = sitter.hat in ("beanie", "baker", "cap")
    hair = sitter.hair or "bob"
    colour = sitter.colour or LINE
    behind(e, place, "none" if covered and hair == "bun" else hair, colour)
    _neck(e, place, sitter)
    clothes(e, place, sitter, small)
    _head(e, place, sitter, b)
    _features(e, place, sitter, b)
    if not (covered and hair in ("quiff", "curls", "perm", "side", "mop")):
        before(e, place, hair, colour)
    else:
        before(e, place, "crop", colour)
    _extras(e, place, sitter)
    return e.jpeg(quality=90)


def _backdrop(e: Easel, colour: Colour) -> None:
    e.fill(e.frame(), colour)
    e.grain(e.frame(), deep(colour, 0.35), angle=e.rng.choice((60, 120)), amount=0.32, reach=0.9)
    kind = e.rng.choice(("sun", "plain", "hills", "leaves", "sun", "plain"))
    if kind == "sun":
        x, y = e.rng.choice((260.0, 740.0)), e.rng.uniform(240, 420)
        e.fill(ellipse(x, y, e.rng.uniform(180, 280)), pale(colour, 0.35))
    elif kind == "hills":
        for i in range(2):
            hill = smooth(
                [
                    (-60, 700 + 80 * i),
                    (250, 560 + 90 * i),
                    (620, 680 + 70 * i),
                    (1060, 540 + 120 * i),
                    (1060, 1100),
                    (-60, 1100),
                ]
            )
            e.paint(hill, mix(colour, turn(colour, hue=0.06, bright=0.8), 0.5 + 0.4 * i), shade=0.3)
    elif kind == "leaves":
        for _ in range(7):
            x, y = (
                e.rng.choice((e.rng.uniform(0, 230), e.rng.uniform(770, 1000))),
                e.rng.uniform(40, 900),
            )
            e.paint(
                leaf(x, y, 170, 62, e.rng.uniform(-160, -20)),
                mix(colour, "#5f7f5a", 0.4),
                shade=0.3,
            )


def _neck(e: Easel, place: Place, face: Face) -> None:
    skin = face.skin or "#f6d3b3"
    neck = smooth(
        [
            place(-0.42, 0.5),
            place(-0.4, 1.1),
            place(-0.56, 1.5),
            place(0.56, 1.5),
            place(0.4, 1.1),
            place(0.42, 0.5),
        ],
        steps=4,
    )
    e.paint(neck, throat(skin), shade=0.3, angle=0)


def _outline(place: Place, face: Face, b: Bones) -> Shape:
    """The cut of the face; children's are rounder than their family's."""
    small = face.age in ("baby", "child")
    jaw, chin = (0.84, 0.9) if small else (b.jaw, b.chin)
    top = ((0, -1.06), (0.62, -0.94), (0.96, -0.4), (0.98, 0.12))
    low = ((jaw + 0.1, 0.58), (jaw * 0.56, chin * 0.92))
    right = (*top, *low)
    left = [(-u, v) for u, v in right[:0:-1]]
    return smooth([place(u, v) for u, v in (*right, (0, chin), *left)], steps=7)


def _head(e: Easel, place: Place, face: Face, b: Bones) -> None:
    skin = face.skin or "#f6d3b3"
    size = unit(place, 0.17), place(0, 0.2)[1] - place(0, 0)[1]
    for side in SIDES:
        ear = ellipse(*place(side * 1.0, 0.06), *size)
        e.paint(ear, mix(skin, "#d9826a", 0.16), shade=0.3, angle=0)
    outline = _outline(place, face, b)
    e.cast(outline, dx=6, dy=26, blur=26, alpha=0.26, colour="#7a3f3a")
    e.fill(outline, skin)
    dusk = turn(skin, hue=-0.02, vivid=1.35, bright=0.86)
    e.grain(outline, dusk, angle=20, amount=0.5, reach=0.5, smooth=0.65)
    e.grain(outline, pale(skin, 0.5), angle=200, amount=0.45, reach=0.5, smooth=0.65)
    rosy = 0.42 if face.age != "old" else 0.3
    with e.clip(outline):
        for side in SIDES:
            e.aura(*place(side * 0.56, 0.36), 104, "#e8745f", rosy, smooth=0.6)


def _features(e: Easel, place: Place, face: Face, b: Bones) -> None:
    skin = face.skin or "#f6d3b3"
    mood = face.mood or "smile"
    shadow = turn(skin, hue=-0.02, vivid=1.6, bright=0.74)
    kid = face.age in ("baby", "child")
    gap, eye_y = 0.42 * b.gap, 0.02 if not kid else 0.14
    for side in (-1, 1):
        _eye(e, *place(side * gap, eye_y), b.eye * (1.2 if kid else 1), side, face, mood)
        if face.age != "baby":
            _brow(e, place, side, gap, eye_y - (0.25 if not kid else 0.22), face, b)
    _nose(e, place, b, shadow, kid=kid)
    if face.age == "old":
        _years(e, place, gap, shadow)
    if face.beard in ("full", "stubble"):
        _beard(e, place, face, b)
    _mouth(e, *place(0, 0.6 if not kid else 0.58), b.lip, mood, face)
    if face.beard == "moustache":
        x, y = place(0, 0.47)
        for side in (-1, 1):
            e.fill(leaf(x - side * 6, y, 84, 34, 12 if side > 0 else 168), face.colour or LINE)


def _eye(e: Easel, x: float, y: float, k: float, side: int, face: Face, mood: str) -> None:
    """A dark oval with a glint and a lid; or an arc, when laughing."""
    if mood == "laugh" or (mood == "wink" and side > 0):
        e.line(arc(x, y + 12, 34 * k, 26 * k, 200, 340, steps=14), 7, LINE, end=7, middle=10)
        return
    rx, ry = 17 * k, 22 * k
    e.fill(ellipse(x, y, rx, ry), "#2a2029")
    e.fill(ellipse(x + rx * 0.34, y - ry * 0.36, rx * 0.32, ry * 0.28), "#fffaf2")
    lid = arc(x, y + 4, 32 * k, 26 * k, 205, 335, steps=12)
    e.line(lid, 4, LINE, middle=8)
    if face.style == "f" and face.age not in ("baby",):
        tip = lid[-1] if side > 0 else lid[0]
        e.line([tip, (tip[0] + side * 13, tip[1] - 9)], 7, LINE, end=1.5)


def _brow(e: Easel, place: Place, side: int, gap: float, v: float, face: Face, b: Bones) -> None:
    a, c = place(side * (gap - 0.2), v + 0.03), place(side * (gap + 0.22), v + 0.02 - 0.03 * b.arch)
    tone = (
        mix(face.colour or LINE, LINE, 0.45)
        if face.age != "old"
        else mix(face.colour or LINE, "#6a6268", 0.5)
    )
    heavy = (1.35 if face.style == "m" else 0.8) * b.brow
    e.line(bow(*a, *c, -10 - 8 * b.arch), 6 * heavy, tone, end=3, middle=13 * heavy)


def _nose(e: Easel, place: Place, b: Bones, shadow: Colour, *, kid: bool) -> None:
    x, y = place(0.02, 0.32)
    w = (13 if kid else 20) * b.nose
    e.line(arc(x, y - 6, w, w * 0.7, 20, 165, steps=10), 5, shadow, middle=9)
    if not kid:
        e.line(bow(x - w * 0.3, y - 66, x - w * 0.75, y - 8, -6), 2, shadow, end=3, alpha=0.4)


def _mouth(e: Easel, x: float, y: float, k: float, mood: str, face: Face) -> None:
    lips = "#c4574f" if face.style == "f" and face.age != "child" else "#a84f48"
    if mood in ("grin", "laugh"):
        w, h = 62 * k, (52 if mood == "laugh" else 40) * k
        open_of: Shape = [
            *bow(x - w, y - 6, x + w, y - 6, 9),
            *arc(x, y - 6, w, h, 0, 180, steps=18),
        ]
        e.fill(open_of, "#7a2f35")
        with e.clip(open_of):
            e.fill(rect(x - w, y - 16, w * 2, h * 0.5), "#fffaf2")
            e.fill(ellipse(x, y + h * 0.86, w * 0.6, h * 0.44), "#d9706a")
        e.line(bow(x - w, y - 6, x + w, y - 6, 9), 4, lips)
        return
    w = (46 if mood == "soft" else 58) * k
    sag = 11 if mood == "soft" else 24
    e.line(bow(x - w, y, x + w, y, sag), 4, lips, middle=12 if face.style == "f" else 9)
    if face.style == "f" and face.age not in {"child", "baby"}:
        e.fill(bow(x - w * 0.5, y + sag * 0.9, x + w * 0.5, y + sag * 0.9, 15), lips, 0.55)


def _years(e: Easel, place: Place, gap: float, shadow: Colour) -> None:
    """What laughing has left."""
    for side in (-1, 1):
        for i in range(2):
            a = place(side * (gap + 0.32), 0.04 + 0.07 * i)
            e.line(bow(*a, a[0] + side * 26, a[1] - 6 + 12 * i, 3), 3.5, shadow, end=1, alpha=0.7)
        top, low = place(side * 0.3, 0.38), place(side * 0.42, 0.66)
        e.line(bow(*top, *low, 5), 3.5, shadow, end=1, alpha=0.6)
    for i in range(2):
        a, c = place(-0.32, -0.5 - 0.1 * i), place(0.32, -0.5 - 0.1 * i)
        e.line(bow(*a, *c, -8), 3, shadow, end=1, alpha=0.4)


def _beard(e: Easel, place: Place, face: Face, b: Bones) -> None:
    shape = smooth(
        [
            place(-0.95, 0.14),
            place(-b.jaw - 0.12, 0.62),
            place(-b.jaw * 0.5, b.chin * 1.02),
            place(0, b.chin * 1.08),
            place(b.jaw * 0.5, b.chin * 1.02),
            place(b.jaw + 0.12, 0.62),
            place(0.95, 0.14),
            place(0.7, 0.42),
            place(0.3, 0.46),
            place(0, 0.43),
            place(-0.3, 0.46),
            place(-0.7, 0.42),
        ],
        steps=5,
    )
    if face.beard == "stubble":
        e.fill(shape, face.colour or LINE, 0.16)
        e.grain(shape, face.colour or LINE, angle=90, amount=0.35, smooth=0.0)
        return
    e.paint(shape, face.colour or LINE, shade=0.3, glow=0.3)
    e.fill(ellipse(*place(0, 0.62), 66, 30), mix(face.skin or "#f6d3b3", "#c4574f", 0.2))


def _extras(e: Easel, place: Place, face: Face) -> None:
    if face.glasses in ("round", "square"):
        frame = e.rng.choice(("#3a3038", "#8a5a3c", "#5a6a7a", "#b98a4a"))
        r = 74
        for side in (-1, 1):
            x, y = place(side * 0.44, 0.05)
            rim = (
                ellipse(x, y, r, r * 0.94)
                if face.glasses == "round"
                else rounded(x - r, y - r * 0.7, r * 2, r * 1.4, 26)
            )
            e.fill(rim, "#ffffff", 0.14)
            e.line([*rim, rim[0]], 8, frame)
            e.line(
                [(x - r * 0.4, y - r * 0.3), (x - r * 0.1, y - r * 0.56)], 6, "#ffffff", alpha=0.5
            )
            e.line([(x + side * r, y - 12), place(side * 1.0, -0.02)], 8, frame)
        left, right = place(-0.44, 0.02), place(0.44, 0.02)
        e.line(bow(left[0] + r, left[1], right[0] - r, right[1], -10), 8, frame)
    if face.style == "f" and face.age in ("young", "middle", "old") and e.rng.random() < 0.45:
        stud = e.rng.choice(("#f2c14e", "#f6efe0", "#7fb3a8", "#d9452f"))
        for side in (-1, 1):
            e.fill(ellipse(*place(side * 1.03, 0.27), 13), stud)
    hat(e, place, face)
