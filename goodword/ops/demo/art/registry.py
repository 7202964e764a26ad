"""Where scenes are kept: each is a function that paints on an easel, with the looks it knows."""

from collections.abc import Callable
from dataclasses import dataclass

from goodword.ops.demo.art.easel import Easel

Painter = Callable[[Easel], None]


@dataclass(frozen=True)
class Scene:
    """A named scene. `looks` are what may follow the slash in "lake/dusk"."""

    name: str
    paint: Painter
    looks: tuple[str, ...]
    flips: bool


SCENES: dict[str, Scene] = {}


def scene(
    name: str, looks: tuple[str, ...] = (), *, flips: bool = True
) -> Callable[[Painter], Painter]:
    """Register a painter; `flips` says that its mirror image is as good as itself."""

    def keep(paint: Painter) -> Painter:
        SCENES[name] = Scene(name=name, paint=paint, looks=looks, flips=flips)
        return paint

    return keep
