"""`draw`: from "lake/dusk" and a seed to the bytes of a picture."""

import importlib
import pkgutil

from goodword.ops.demo.art import scenes
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.registry import SCENES, Scene

for _module in pkgutil.iter_modules(scenes.__path__):
    importlib.import_module(f"{scenes.__name__}.{_module.name}")


class UnknownScene(LookupError):
    """There is no such scene, or the scene has no such look."""


def find(scene: str) -> tuple[Scene, str]:
    """The scene and the look in "name" or "name/look"; raises `UnknownScene`."""
    name, _, look = scene.partition("/")
    found = SCENES.get(name)
    if found is None or (look and look not in found.looks):
        raise UnknownScene(scene)
    return found, look


def draw(scene: str, *, seed: int, width: int = 1080, height: int = 810) -> bytes:
    """The scene as JPEG bytes of exactly width × height pixels; raises `UnknownScene`.

    The seed decides composition, palette and (where the look leaves it open) the time of day.
    """
    found, look = find(scene)
    easel = Easel(width=width, height=height, seed=f"{found.name}:{seed}", look=look)
    flip = found.flips and easel.rng.random() < 0.5
    found.paint(easel)
    return easel.jpeg(flip=flip)
