"""Hats, over whatever hair there is."""

from collections.abc import Callable

from goodword.ops.demo.art import outlines
from goodword.ops.demo.art.cut import bow, ellipse
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.faces import Face
from goodword.ops.demo.art.hair import Place, shaped, unit
from goodword.ops.demo.art.ink import Colour, deep, mix, pale


def hat(e: Easel, place: Place, face: Face) -> None:
    """The hat, if any; its colour goes with the clothes."""
    colour = deep(mix(face.cloth or "#c8553d", "#d9a03f", 0.5), 0.08)
    paint = _HATS.get(face.hat or "none")
    if paint:
        paint(e, place, colour)


def _beanie(e: Easel, place: Place, colour: Colour) -> None:
    e.paint(shaped(place, outlines.BEANIE), colour, shade=0.5, glow=0.4, angle=40)
    e.paint(shaped(place, outlines.BEANIE_BAND), pale(colour, 0.2), shade=0.4)
    e.paint(ellipse(*place(0, -1.6), unit(place) * 0.26), pale(colour, 0.45), shade=0.4)


def _straw(e: Easel, place: Place, _colour: Colour) -> None:
    brim = ellipse(*place(0, -0.62), unit(place) * 1.62, unit(place) * 0.34)
    e.paint(brim, "#d9b36a", shade=0.5, glow=0.4)
    e.paint(shaped(place, outlines.STRAW), "#e3c27f", shade=0.5, glow=0.4, angle=40)
    ribbon = e.rng.choice(("#c8553d", "#3f7f7a", "#3d5a8a"))
    e.line(bow(*place(-0.94, -0.72), *place(0.94, -0.72), 22), unit(place) * 0.16, ribbon)


def _baker(e: Easel, place: Place, _colour: Colour) -> None:
    for u, v, r in outlines.PUFFS:
        puff = ellipse(*place(u, v), unit(place) * r, unit(place) * r * 0.86)
        e.paint(puff, "#faf6ec", shade=0.35, angle=50)
    e.paint(shaped(place, outlines.BAKER_BAND), "#f3eddd", shade=0.4)


def _cap(e: Easel, place: Place, colour: Colour) -> None:
    e.paint(shaped(place, outlines.CROWN), colour, shade=0.5, glow=0.4, angle=40)
    e.paint(shaped(place, outlines.PEAK), deep(colour, 0.2), shade=0.3)
    e.fill(ellipse(*place(0, -1.37), 14), deep(colour, 0.2))


def _beret(e: Easel, place: Place, colour: Colour) -> None:
    e.paint(shaped(place, outlines.BERET), colour, shade=0.5, glow=0.4, angle=40)
    e.line([place(0, -1.46), place(0.05, -1.6)], 10, deep(colour, 0.2))


def _band(e: Easel, place: Place, colour: Colour) -> None:
    line = bow(*place(-1.06, -0.5), *place(1.06, -0.5), -unit(place) * 0.42)
    e.line(line, unit(place) * 0.17, colour)


_HATS: dict[str, Callable[[Easel, Place, Colour], None]] = {
    "beanie": _beanie, "straw": _straw, "baker": _baker, "cap": _cap, "beret": _beret,
    "band": _band,
}  # fmt: skip
