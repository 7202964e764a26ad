"""Who sits for a portrait: what is known of a face, and how the rest is drawn by lot.

What runs in a family (skin, the cut of the face, eyes, brows, nose) is drawn from `kin`; what one
wears is drawn from the seed. Anything may be fixed.
"""

from dataclasses import dataclass, replace
from random import Random

from goodword.ops.demo.art.ink import Colour, mix, turn
from goodword.ops.demo.art.lots import lots

SKINS = ("#f8d8bb", "#f3caa6", "#ecbb94", "#f9dfc8", "#dfa983", "#f4d0b2")
HAIRS = ("#2a2530", "#33292c", "#3f2f2b", "#232536", "#4d372c", "#6a4733")
GREYS = ("#c9c5c2", "#a9a6a8", "#dedad4", "#8a868c")
BACKDROPS = (
    "#e8b9a0",
    "#a9c4c0",
    "#f0d39a",
    "#c2c9dd",
    "#d9a7a0",
    "#b9cba6",
    "#e6c9c9",
    "#8fb0b8",
    "#e3b36a",
    "#c9b3cf",
    "#f2dfc4",
    "#9fb08a",
    "#7f98b3",
    "#d98f6f",
    "#dcd2bf",
    "#b5d0d6",
)
TOPS = (
    "#c8553d",
    "#e0a13a",
    "#3f7f7a",
    "#3d5a8a",
    "#8a5a83",
    "#5f8a4f",
    "#f0e2c8",
    "#2f4858",
    "#b8433a",
    "#7fa6b5",
    "#d98a9a",
    "#4a4452",
    "#e8d9b8",
    "#6a7f5a",
    "#f4f0e6",
)
HAIR_F = ("bob", "long", "wavy", "bun", "tail", "pixie", "lob", "curly")
HAIR_M = ("short", "side", "quiff", "crop", "curls", "mop", "buzz")
HAIR_GIRL = ("pigtails", "bob", "tail", "bun")
HAIR_BOY = ("bowl", "mop", "crop")
HAIR_OLD_F = ("perm", "lowbun", "bob", "perm")
HAIR_OLD_M = ("receding", "side", "bald", "short")


@dataclass(frozen=True)
class Face:
    """A sitter. Every field left at None is drawn by lot; `kin` names the family."""

    kin: str = ""
    age: str = "young"  # baby, child, young, middle, old
    style: str = "f"  # which hair and which collars: f or m
    hair: str | None = None
    colour: Colour | None = None
    skin: Colour | None = None
    glasses: str | None = None  # none, round, square
    hat: str | None = None  # none, beanie, straw, baker, cap, beret, band
    beard: str | None = None  # none, stubble, moustache, full
    mood: str | None = None  # soft, smile, grin, laugh, wink
    top: str | None = None  # tee, shirt, hoodie, knit, mandarin, apron, scarf, blazer
    cloth: Colour | None = None
    backdrop: Colour | None = None


@dataclass(frozen=True)
class Bones:
    """What runs in a family, as factors around 1."""

    skin: Colour
    hair: Colour
    width: float
    jaw: float
    chin: float
    eye: float
    gap: float
    brow: float
    arch: float
    nose: float
    lip: float


def bones(kin: str) -> Bones:
    r = lots(f"kin:{kin}")
    return Bones(
        skin=r.choice(SKINS),
        hair=r.choice(HAIRS),
        width=r.uniform(0.95, 1.08),
        jaw=r.uniform(0.62, 0.84),
        chin=r.uniform(0.94, 1.07),
        eye=r.uniform(0.86, 1.16),
        gap=r.uniform(0.92, 1.08),
        brow=r.uniform(0.8, 1.35),
        arch=r.uniform(-0.4, 1.2),
        nose=r.uniform(0.8, 1.25),
        lip=r.uniform(0.85, 1.15),
    )


def sit(face: Face, seed: int) -> tuple[Face, Bones]:
    """The face with nothing left open, and its bones."""
    r = lots(f"sitter:{face.kin}:{seed}")
    b = bones(face.kin or f"alone:{seed}")
    old, small = face.age == "old", face.age in ("baby", "child")
    picks = {
        "hair": r.choice(_hairs(face)),
        "colour": _hair_colour(face, b, r),
        "skin": mix(b.skin, turn(b.skin, bright=0.95), r.random()),
        "glasses": r.choices(("none", "round", "square"), (7, 2, 1) if not old else (4, 3, 3))[0],
        "hat": r.choices(("none", "beanie", "straw", "cap", "beret"), (16, 1, 1, 1, 1))[0],
        "beard": _beard(face, r),
        "mood": r.choice(
            ("soft", "smile", "smile", "grin", "laugh") if not small else ("smile", "grin", "laugh")
        ),
        "top": r.choice(
            ("tee", "shirt", "hoodie", "knit", "mandarin", "scarf", "blazer")
            if not small
            else ("tee", "hoodie", "overall")
        ),
        "cloth": r.choice(TOPS),
        "backdrop": r.choice(BACKDROPS),
    }
    if small:
        picks["glasses"] = "none"
    known = {name: value for name, value in picks.items() if getattr(face, name) is None}
    return replace(face, **known), b  # type: ignore[arg-type]


def _hairs(face: Face) -> tuple[str, ...]:
    if face.age == "baby":
        return ("tuft",)
    if face.age == "child":
        return HAIR_GIRL if face.style == "f" else HAIR_BOY
    if face.age == "old":
        return HAIR_OLD_F if face.style == "f" else HAIR_OLD_M
    return HAIR_F if face.style == "f" else HAIR_M


def _hair_colour(face: Face, b: Bones, r: Random) -> Colour:
    if face.age == "old":
        return r.choice(GREYS)
    if face.age == "middle":
        return mix(b.hair, "#8a868c", r.choice((0.0, 0.1, 0.35)))
    return mix(b.hair, r.choice(("#8a5a3c", "#b0704a", "#2a2530")), r.choice((0, 0, 0.25, 0.5)))


def _beard(face: Face, r: Random) -> str:
    if face.style != "m" or face.age in ("baby", "child"):
        return "none"
    return r.choices(("none", "stubble", "moustache", "full"), (10, 2, 1, 1))[0]
