"""Many people moving: a match, a dance in the square, runners, a reunion."""

from goodword.ops.demo.art.cut import (
    ellipse,
    leaf,
    move,
    placed,
    rect,
)
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.folk import (
    CHEER,
    RUN,
    STAND,
    WALK,
    WAVE,
    dancer,
    dress,
    person,
)
from goodword.ops.demo.art.ink import deep, mix, pale
from goodword.ops.demo.art.light import Light, clouds, light, sky
from goodword.ops.demo.art.nature import birds, hills, tree
from goodword.ops.demo.art.registry import scene
from goodword.ops.demo.art.scenes.family import GREENS


@scene("reunion", ("noon", "golden", "grey"))
def reunion(e: Easel) -> None:
    """The old class in two rows before the old school."""
    lit = light(e, "golden", "noon")
    ground = e.h * 0.7
    sky(e, lit, ground)
    brick = lit.far(e.rng.choice(("#b86a52", "#d9b98a", "#8fa39a")), 0.18)
    e.paint(rect(0, e.h * 0.1, e.w, ground - e.h * 0.1), brick, shade=0.35)
    for r in range(3):
        for c in range(8):
            pane = rect(e.w * (0.03 + 0.122 * c), e.h * (0.14 + 0.18 * r), e.w * 0.07, e.h * 0.11)
            e.paint(pane, lit.far("#4f6a7a", 0.2), shade=0.4, angle=-60)
            e.line([*pane, pane[0]], 7, pale(brick, 0.5))
    e.paint(rect(0, ground, e.w, e.h - ground), lit.far("#c9a27f", 0.1), shade=0.4)
    for row in range(2):
        count = int(e.w / 165) + row
        for i in range(count):
            x = e.w * (i + 0.5) / count + e.rng.uniform(-12, 12)
            y = e.h * (0.8 + 0.14 * row)
            person(
                e,
                x,
                y,
                min(e.h, 1150) * e.rng.uniform(0.31, 0.35),
                dress(e),
                e.rng.choice((STAND, STAND, STAND, WAVE, CHEER)),
            )
    leafy = e.rng.choice(("#e6b23a", "#6f9a5a", "#f3b4bd"))
    for _ in range(30):
        e.fill(
            leaf(e.rng.uniform(0, e.w), e.rng.uniform(0, e.h), 18, 12, e.rng.uniform(0, 360)), leafy
        )


GOAL = ((0, 0), (0, -1), (1, -1), (1, 0))


@scene("football", ("noon", "golden", "grey", "night"))
def football(e: Easel) -> None:
    lit = light(e, "golden", "noon", "night")
    horizon = e.h * 0.36
    sky(e, lit, horizon)
    clouds(e, lit, 40, horizon * 0.6, 2)
    for i in range(9):
        tree(
            e,
            e.w * (i + 0.5) / 9,
            horizon + 10,
            e.h * 0.2 * e.rng.uniform(0.8, 1.2),
            lit.far("#4f7a4a", 0.3),
        )
    green = e.rng.choice(("#5f9a52", "#6fa85a", "#4f8f5f"))
    for i in range(8):
        y0, y1 = (horizon + (e.h - horizon) * (j / 8) ** 1.4 for j in (i, i + 1))
        e.fill(rect(0, y0, e.w, y1 - y0 + 2), lit.far(mix(green, pale(green), 0.3 * (i % 2)), 0.05))
    e.grain(rect(0, horizon, e.w, e.h - horizon), deep(green, 0.5), angle=80, amount=0.5)
    gy = _lines_and_goal(e, horizon)
    a, b = e.rng.sample(("#d9452f", "#3f6f9a", "#e0a13a", "#f3ead6", "#5a4a6a"), 2)
    person(e, e.w * 0.5, gy + 16, e.h * 0.14, dress(e, coat="#3fae8a", skirt=False), CHEER)
    for i in range(5):
        x = e.w * (0.14 + 0.18 * i + e.rng.uniform(-0.04, 0.04))
        y = e.h * e.rng.uniform(0.66, 0.96)
        tall = e.h * (0.1 + 0.24 * (y / e.h - 0.36))
        e.fill(ellipse(x + 10, y, tall * 0.24, tall * 0.04), deep(green, 0.5), 0.5)
        person(
            e,
            x,
            y,
            tall,
            dress(e, coat=(a, b)[i % 2], legs="#f3ead6", skirt=False),
            e.rng.choice((RUN, RUN, WALK)),
        )
    bx, by = e.w * e.rng.uniform(0.4, 0.6), e.h * e.rng.uniform(0.74, 0.86)
    e.fill(ellipse(bx + 8, by + 22, 24, 6), deep(green, 0.5), 0.5)
    e.paint(ellipse(bx, by, 24), "#fbf8f0", shade=0.4, angle=50)
    for p in ((0, 0), (-14, -8), (13, -9), (3, 16)):
        e.fill(move(ellipse(0, 0, 6), bx + p[0], by + p[1]), "#2a2836")


def _lines_and_goal(e: Easel, horizon: float) -> float:
    """Chalk and net."""
    white = "#f3f3e6"
    e.line([(-20, horizon + 70), (e.w + 20, horizon + 70)], 5, white)
    e.line(
        [*ellipse(e.w * 0.5, e.h * 0.74, e.w * 0.3, e.h * 0.1), (e.w * 0.8, e.h * 0.74)], 6, white
    )
    gx, gy, gw, gh = e.w * 0.34, horizon + 74, e.w * 0.32, e.h * 0.15
    for i in range(13):
        e.line([(gx + gw * i / 12, gy - gh), (gx + gw * i / 12, gy)], 1.4, white, alpha=0.6)
    for i in range(6):
        e.line([(gx, gy - gh * i / 5), (gx + gw, gy - gh * i / 5)], 1.4, white, alpha=0.6)
    e.line(placed(gx, gy, (gw, gh), GOAL), 9, white)
    return gy


@scene("square_dance", ("golden", "dusk", "night"))
def square_dance(e: Easel) -> None:
    """Aunties in the square, all of them in step."""
    lit = light(e, "dusk", "golden", "night")
    ground = e.h * 0.56
    sky(e, lit, ground)
    _blocks_of_flats(e, lit, ground)
    for i in range(5):
        tree(e, e.w * (i + 0.3) / 4.6, ground + 12, e.h * 0.22, lit.far("#4f7a5a", 0.12))
    e.paint(rect(0, ground, e.w, e.h - ground), lit.far("#b9a08f", 0.06), shade=0.45)
    for i in range(6):
        y = ground + (e.h - ground) * (i / 6) ** 1.3
        e.line([(0, y), (e.w, y)], 2 + i, lit.far("#8a7468", 0.06), alpha=0.5)
    top = e.rng.choice(("#d9452f", "#e05f7a", "#e0a13a"))
    step = e.rng.randint(0, 1)
    for row in range(3):
        count = int(e.w / 150) - 1 + row % 2
        for i in range(count):
            x = e.w * (i + 0.5) / count
            y = ground + (e.h - ground) * (0.36 + 0.3 * row)
            tall = e.h * (0.24 + 0.04 * row)
            e.fill(ellipse(x, y + 4, tall * 0.2, tall * 0.03), "#2f2038", 0.4)
            who = dress(
                e,
                coat=top if (i + row) % 3 else pale(top, 0.5),
                cut=e.rng.choice(("bob", "bun", "short")),
                hair=e.rng.choice(("#3a3038", "#8a8088", "#5a4a48")),
                skirt=False,
                legs="#2e2a3a",
            )
            person(e, x, y, tall, who, dancer(step))


def _blocks_of_flats(e: Easel, lit: Light, ground: float) -> None:
    for i in range(6):
        h = e.h * e.rng.uniform(0.2, 0.42)
        x = e.w * i / 6
        e.paint(
            rect(x, ground - h, e.w / 6 + 2, h),
            lit.far(("#8a94a8", "#6f7a94")[i % 2], 0.4),
            shade=0.3,
        )
        for _ in range(12):
            e.fill(
                rect(
                    x + e.rng.uniform(0.1, 0.8) * e.w / 6,
                    ground - h * e.rng.uniform(0.2, 0.9),
                    13,
                    18,
                ),
                "#ffd98a",
                0.8,
            )


@scene("running", ("dawn", "noon", "golden"))
def running(e: Easel) -> None:
    lit = light(e, "dawn", "golden", "noon")
    horizon = e.h * 0.56
    sky(e, lit, horizon + 20, sun=(e.rng.uniform(0.3, 0.7), 0.5))
    hills(e, lit, horizon + 10, layers=3, height=e.h * 0.24)
    green = e.rng.choice(GREENS)
    e.paint(rect(0, horizon, e.w, e.h), lit.far(green, 0.1), shade=0.3)
    track = [
        (e.w * 0.5, horizon),
        (e.w * 0.56, horizon),
        (e.w * 0.98, e.h + 10),
        (e.w * 0.1, e.h + 10),
    ]
    e.paint(
        track, lit.far(e.rng.choice(("#c8674f", "#b9a08f", "#5f7f9a")), 0.06), shade=0.4, glow=0.3
    )
    for k in (0.25, 0.5, 0.75):
        e.line(
            [(e.w * (0.5 + 0.06 * k), horizon), (e.w * (0.1 + 0.88 * k), e.h)],
            1.6,
            "#fbf3e6",
            end=9,
        )
    for i in range(4):
        tree(
            e,
            e.w * (0.06 + 0.11 * i),
            horizon + 90 - 22 * i,
            e.h * (0.4 - 0.07 * i),
            lit.far(deep(green, 0.2), 0.1 * i),
        )
    for i in range(e.rng.randint(1, 3)):
        x, y = e.w * (0.44, 0.6, 0.52)[i], e.h * (0.92, 0.82, 0.7)[i]
        tall = e.h * (0.36 - 0.09 * i)
        e.fill(ellipse(x, y, tall * 0.24, tall * 0.03), "#2f2038", 0.35)
        person(e, x, y, tall, dress(e, skirt=False, cut=e.rng.choice(("tail", "short"))), RUN)
    birds(e, lit, horizon * 0.2, horizon * 0.5, 4)
