"""Little people for streets, fields and reunions: a few strokes, no faces, all posture."""

import math
from dataclasses import dataclass, field

from goodword.ops.demo.art.cut import Shape, bow, ellipse, move, placed, rect, smooth
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, deep, pale

SKINS = ("#f2c9a5", "#e8b48c", "#d99f77", "#f6d5b8", "#c98a63")
HAIRS = ("#2b2430", "#3a2b2a", "#4a342b", "#1f2230", "#6b4a35")
COATS = (
    "#c8553d",
    "#e0a13a",
    "#3f7f7a",
    "#3d5a8a",
    "#8a5a83",
    "#d98a7a",
    "#5f8a4f",
    "#f0d9b0",
    "#2f4858",
    "#b8433a",
    "#e8c15a",
    "#7fa6b5",
)
BOTTOMS = ("#2e3a52", "#4a4452", "#6b5a4a", "#324a45", "#3a2f45", "#8a8578")


@dataclass(frozen=True)
class Pose:
    """Arms as angles from straight down (positive to the right), and the stride between feet."""

    left: float = 14
    right: float = -14
    stride: float = 0.1
    lean: float = 0


STAND = Pose()
WALK = Pose(left=-28, right=30, stride=0.34, lean=2)
RUN = Pose(left=-70, right=60, stride=0.62, lean=9)
WAVE = Pose(left=20, right=-155, stride=0.14)
CHEER = Pose(left=150, right=-150, stride=0.2)
REACH = Pose(left=10, right=-118, stride=0.2, lean=-4)


@dataclass(frozen=True)
class Dress:
    coat: Colour
    legs: Colour = "#2e3a52"
    hair: Colour = "#2b2430"
    skin: Colour = "#e8b48c"
    cut: str = "short"
    skirt: bool = False
    child: bool = False
    hat: Colour | None = None
    extra: tuple[str, ...] = field(default=())


def dress(e: Easel, **known: object) -> Dress:
    """Somebody by chance, with whatever is known about them kept."""
    r = e.rng
    given: dict[str, object] = {
        "coat": r.choice(COATS),
        "legs": r.choice(BOTTOMS),
        "hair": r.choice(HAIRS),
        "skin": r.choice(SKINS),
        "cut": r.choice(("short", "short", "bob", "long", "bun", "tail")),
        "skirt": r.random() < 0.3,
    }
    return Dress(**{**given, **known})  # type: ignore[arg-type]


def person(
    e: Easel, x: float, y: float, tall: float, who: Dress, pose: Pose = STAND, *, back: bool = False
) -> None:
    """Somebody whose feet stand at (x, y), `tall` units high."""
    head = tall * (0.125 if who.child else 0.092)
    hip = y - tall * (0.4 if who.child else 0.46)
    lean = tall * pose.lean / 100
    neck = y - tall + head * 2.05
    _legs(e, x, y, hip, tall, who, pose)
    _arm(e, x + lean + tall * 0.085, neck + tall * 0.07, tall, pose.right, who)
    torso = _torso(x, hip, neck, tall, lean, who)
    e.paint(torso, who.coat, shade=0.5, glow=0.25, angle=25)
    _arm(e, x + lean - tall * 0.085, neck + tall * 0.07, tall, pose.left, who)
    _head(e, x + lean * 1.3, neck - head * 0.95, head, who, back=back)


def _legs(e: Easel, x: float, y: float, hip: float, tall: float, who: Dress, pose: Pose) -> None:
    if pose.stride > 0.5:
        _running_legs(e, x, y, hip, tall, who)
        return
    half = tall * pose.stride / 2
    bare = who.skirt
    for side in (-1, 1):
        foot = x + side * max(half, tall * 0.045)
        colour = who.skin if bare else (who.legs if side < 0 else deep(who.legs, 0.18))
        e.line(
            [(x + side * tall * 0.04, hip), (foot, y - tall * 0.02)],
            tall * 0.085,
            colour,
            end=tall * 0.055,
        )
        e.fill(
            ellipse(foot + tall * 0.015, y - tall * 0.012, tall * 0.042, tall * 0.02, steps=10),
            "#332a38",
        )


def _running_legs(e: Easel, x: float, y: float, hip: float, tall: float, who: Dress) -> None:
    """One foot landing in front, the other kicked up behind."""
    for knee, foot, tone in (
        ((x - tall * 0.1, hip + tall * 0.2), (x - tall * 0.3, y - tall * 0.16), 0.18),
        ((x + tall * 0.17, hip + tall * 0.14), (x + tall * 0.15, y - tall * 0.02), 0.0),
    ):
        leg = smooth([(x, hip), knee, foot], closed=False)
        e.line(leg, tall * 0.09, deep(who.legs, tone), end=tall * 0.055)
        e.fill(ellipse(foot[0] + tall * 0.02, foot[1], tall * 0.05, tall * 0.022), "#332a38")


def _torso(x: float, hip: float, neck: float, tall: float, lean: float, who: Dress) -> Shape:
    flare = 0.2 if who.skirt else 0.105
    low = hip + tall * (0.16 if who.skirt else 0.05)
    return smooth(
        [
            (x - tall * flare, low),
            (x + lean * 0.5 - tall * 0.09, (hip + neck) / 2),
            (x + lean - tall * 0.1, neck + tall * 0.05),
            (x + lean, neck),
            (x + lean + tall * 0.1, neck + tall * 0.05),
            (x + lean * 0.5 + tall * 0.09, (hip + neck) / 2),
            (x + tall * flare, low),
        ],
        steps=4,
    )


def _arm(e: Easel, x: float, y: float, tall: float, angle: float, who: Dress) -> None:
    a = math.radians(90 + angle)
    bend = math.radians(90 + angle * 1.15)
    elbow = (x + tall * 0.15 * math.cos(a), y + tall * 0.15 * math.sin(a))
    hand = (elbow[0] + tall * 0.15 * math.cos(bend), elbow[1] + tall * 0.15 * math.sin(bend))
    e.line([(x, y), elbow, hand], tall * 0.062, deep(who.coat, 0.12), end=tall * 0.045)
    e.fill(ellipse(*hand, tall * 0.027, steps=10), who.skin)


LONG_HAIR = ((-1.1, -0.3), (0, -1.2), (1.1, -0.3), (1.15, 1.5), (-1.15, 1.5))


def _head(e: Easel, x: float, y: float, r: float, who: Dress, *, back: bool) -> None:
    if who.cut == "long":
        e.fill(
            smooth(
                placed(x, y, r, LONG_HAIR),
                steps=4,
            ),
            who.hair,
        )
    if who.cut == "bob":
        e.fill(ellipse(x, y + r * 0.1, r * 1.2, r * 1.15), who.hair)
    if who.cut == "tail":
        e.line(
            bow(x + r * 0.7, y - r * 0.4, x + r * 1.4, y + r * 1.1, -r * 0.3),
            r * 0.5,
            who.hair,
            end=r * 0.15,
        )
    if who.cut == "bun":
        e.fill(ellipse(x, y - r * 1.2, r * 0.45), who.hair)
    e.line([(x, y + r * 0.5), (x, y + r * 1.3)], r * 0.7, deep(who.skin, 0.12))
    face = ellipse(x, y, r, r * 1.08)
    e.paint(face, who.skin, shade=0.3, angle=40)
    if back:
        e.paint(ellipse(x, y - r * 0.08, r * 1.06, r * 1.08), who.hair, shade=0.3)
    else:
        with e.clip(ellipse(x, y - r * 0.06, r * 1.1, r * 1.16)):
            e.fill(rect(x - r * 1.3, y - r * 1.4, r * 2.6, r * 0.98), who.hair)
            e.fill(ellipse(x - r * 0.95, y - r * 0.2, r * 0.5), who.hair)
    if who.hat:
        _hat(e, x, y, r, who.hat)


def _hat(e: Easel, x: float, y: float, r: float, colour: Colour) -> None:
    e.paint(
        move(
            smooth(
                [
                    (-r * 0.85, 0),
                    (-r * 0.7, -r * 0.8),
                    (0, -r * 1.05),
                    (r * 0.7, -r * 0.8),
                    (r * 0.85, 0),
                ]
            ),
            x,
            y - r * 0.4,
        ),
        colour,
        shade=0.4,
    )
    e.fill(ellipse(x, y - r * 0.4, r * 1.5, r * 0.24), pale(colour, 0.15))


def dancer(i: int) -> Pose:
    """Everybody doing the same step, half of them mirrored."""
    return Pose(left=70, right=-150, stride=0.3) if i % 2 else Pose(left=150, right=-70, stride=0.3)
