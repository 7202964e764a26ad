"""Times of day: the few colours which every outdoor scene takes its own from."""

from dataclasses import dataclass

from goodword.ops.demo.art.cut import ellipse, rect
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.ink import Colour, Ink, mix


@dataclass(frozen=True)
class Light:
    """The sky from top to horizon, the disc in it, what distance fades to, and a glaze."""

    sky: tuple[Colour, ...]
    disc: Colour
    mist: Colour
    glaze: Colour
    strength: float
    cloud: Colour
    night: bool = False

    def far(self, colour: Colour, distance: float) -> Ink:
        """The colour as seen through `distance` (0..1) of this air."""
        return mix(mix(colour, self.glaze, self.strength), self.mist, distance)


LIGHTS: dict[str, Light] = {
    "dawn": Light(
        ("#8fb4c9", "#c9d3cf", "#f4d6c0", "#f7c3a6"),
        "#fff1d8",
        "#f2d3c4",
        "#e9a98f",
        0.16,
        "#fbeadb",
    ),
    "noon": Light(
        ("#5fa8c9", "#8fc6d8", "#c7e3e0", "#eef1df"),
        "#fff6d6",
        "#cfe5e3",
        "#fff3c4",
        0.06,
        "#fffaf0",
    ),
    "golden": Light(
        ("#7f9fb0", "#d9c9a0", "#f6cf86", "#f5a95e"),
        "#fff0c2",
        "#f6d39c",
        "#f09a3e",
        0.18,
        "#fbe3b8",
    ),
    "dusk": Light(
        ("#2f3a66", "#6b5a8c", "#c9788c", "#f3a97c"),
        "#ffd9a8",
        "#b98aa0",
        "#5a3f7a",
        0.26,
        "#d99aa4",
    ),
    "night": Light(
        ("#0f1a38", "#1a2a52", "#2b4270", "#4a628a"),
        "#f6ecc9",
        "#4f679c",
        "#16204a",
        0.4,
        "#33457a",
        night=True,
    ),
    "grey": Light(
        ("#8d9fa8", "#a9b8bc", "#c5cdc9", "#d9dad0"),
        "#eef0e8",
        "#c4cccb",
        "#7f929c",
        0.24,
        "#dfe3df",
    ),
}
TIMES = tuple(LIGHTS)
DAYTIMES = ("dawn", "noon", "golden", "grey")


def light(e: Easel, *choices: str) -> Light:
    """The light asked for by the look, or one of the choices by seed."""
    name = e.look if e.look in LIGHTS else e.rng.choice(choices or TIMES)
    return LIGHTS[name]


def sky(e: Easel, lit: Light, horizon: float, *, sun: tuple[float, float] | None = None) -> None:
    """The sky down to the horizon, with its disc where asked (as shares of width and horizon)."""
    n = len(lit.sky) - 1
    e.wash([(i / n, c) for i, c in enumerate(lit.sky)], 0, horizon)
    if lit.night:
        stars(e, horizon)
    if sun:
        x, y = sun[0] * e.w, sun[1] * horizon
        e.aura(x, y, 330, lit.disc, 0.55, smooth=0.6)
        e.fill(ellipse(x, y, 46), lit.disc)


def stars(e: Easel, horizon: float) -> None:
    for _ in range(int(70 * e.w / 1000)):
        r = e.rng.choice((1.2, 1.6, 2.4))
        y = e.rng.uniform(0, 1) ** 1.5 * horizon
        e.fill(ellipse(e.rng.uniform(0, e.w), y, r, steps=8), "#f4ecd2", e.rng.uniform(0.4, 1))


def clouds(e: Easel, lit: Light, top: float, bottom: float, count: int = 3) -> None:
    """Flat-bottomed clouds with light on their heads."""
    for _ in range(count):
        x, y = e.rng.uniform(0, e.w), e.rng.uniform(top, bottom)
        size = e.rng.uniform(45, 110) * (0.6 + 0.6 * (1 - (y - top) / (bottom - top + 1)))
        cloud(e, x, y, size, lit)


def cloud(e: Easel, x: float, y: float, size: float, lit: Light) -> None:
    base = mix(lit.cloud, lit.sky[1], 0.35)
    top = rect(x - size * 3, y - size * 2, size * 6, size * 2.02)
    with e.clip(top):
        for i in range(5):
            dx = (i - 2) * size * 0.62 + e.rng.uniform(-1, 1) * size * 0.2
            r = size * (0.95 - 0.2 * abs(i - 2)) * e.rng.uniform(0.75, 1.1)
            puff = ellipse(x + dx, y - r * 0.15, r, r * 0.78)
            e.fill(puff, base)
            e.grain(puff, lit.cloud, angle=-115, amount=0.95, reach=0.75)
