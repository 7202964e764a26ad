"""Roofs, rain, night markets, city lights: people living close together."""

from goodword.ops.demo.art.cut import bow, ellipse, rect, rounded, smooth
from goodword.ops.demo.art.easel import Easel
from goodword.ops.demo.art.folk import STAND, WALK, dress, person
from goodword.ops.demo.art.ink import Colour, deep, mix, pale
from goodword.ops.demo.art.light import TIMES, Light, clouds, light, sky
from goodword.ops.demo.art.nature import birds, hills, tree
from goodword.ops.demo.art.registry import scene

BRIGHT = ("#d9452f", "#e0a13a", "#3f8f8a", "#d97a8a", "#5a7fb0", "#8fae5a", "#f0c95a")


def lantern(e: Easel, x: float, y: float, r: float, colour: Colour = "#d9452f") -> None:
    """A paper lantern that glows."""
    e.aura(x, y, r * 3.4, "#ff9a4a", 0.5)
    body = ellipse(x, y, r, r * 0.86)
    e.paint(body, colour, shade=0.35)
    e.aura(x, y, r * 0.9, "#ffd98a", 0.75, smooth=0.7)
    for i in (-0.5, 0, 0.5):
        e.line(
            bow(x + i * r, y - r * 0.8, x + i * r, y + r * 0.8, 0),
            1.6,
            deep(colour, 0.3),
            alpha=0.5,
        )
    e.fill(rect(x - r * 0.34, y - r * 0.98, r * 0.68, r * 0.18), "#c99a3f")
    e.fill(rect(x - r * 0.34, y + r * 0.8, r * 0.68, r * 0.18), "#c99a3f")
    e.line([(x, y + r), (x, y + r * 1.6)], 3, "#c99a3f")


def tiled_roof(
    e: Easel, x: float, y: float, w: float, h: float, colour: Colour, lit: Light
) -> None:
    """Rows of grey tile with a ridge that turns up at its ends; (x, y) is the left eave."""
    outline = smooth(
        [
            (x - 14, y),
            (x + w * 0.1, y - h * 0.8),
            (x + w * 0.12, y - h),
            (x + w * 0.88, y - h),
            (x + w * 0.9, y - h * 0.8),
            (x + w + 14, y),
        ],
        steps=3,
    )
    e.fill(outline, colour)
    with e.clip(outline):
        count = int(w / 19)
        for i in range(count + 1):
            px = x + w * i / count
            top = x + w * (0.11 + 0.78 * i / count)
            e.line([(px, y), (top, y - h)], 9, mix(colour, lit.sky[2], 0.22), end=6)
            e.fill(ellipse(px, y - 3, 6.4, 5), pale(colour, 0.35))
    e.grain(outline, deep(colour, 0.5), angle=90, amount=0.6, reach=0.6)
    e.grain(outline, mix(lit.disc, colour, 0.3), angle=-90, amount=0.5, reach=0.5)
    ridge_line = smooth(
        [
            (x + w * 0.06, y - h - 20),
            (x + w * 0.16, y - h - 5),
            (x + w / 2, y - h),
            (x + w * 0.84, y - h - 5),
            (x + w * 0.94, y - h - 20),
        ],
        closed=False,
    )
    e.line(ridge_line, 12, deep(colour, 0.35))


@scene("roofs", TIMES)
def roofs(e: Easel) -> None:
    lit = light(e)
    horizon = e.h * 0.42
    sky(e, lit, horizon + 30, sun=(e.rng.uniform(0.2, 0.8), 0.4))
    clouds(e, lit, 40, horizon * 0.6, 3)
    hills(e, lit, horizon, layers=3, height=horizon * 0.42)
    slate = e.rng.choice(("#4d5a66", "#5a5560", "#4a5f5c"))
    e.fill(rect(0, horizon + 20, e.w, e.h), lit.far(slate, 0.35))
    rows = 5
    for i in range(rows):
        t = i / (rows - 1)
        y = horizon + 50 + (e.h - horizon) * t**1.1
        x = -e.rng.uniform(30, 160)
        while x < e.w:
            w, h = (
                e.rng.uniform(150, 260) * (0.55 + 0.75 * t),
                e.rng.uniform(46, 70) * (0.6 + 0.7 * t),
            )
            wall = lit.far("#f1e8d6", 0.45 * (1 - t))
            box = rect(x + 8, y - 8, w - 16, 130)
            e.paint(box, wall, shade=0.4)
            for j in range(e.rng.randint(1, 3)):
                on = lit.night or e.rng.random() < 0.2
                pane = rect(x + w * (0.2 + 0.25 * j), y + 18, w * 0.11, 26 + 16 * t)
                e.fill(pane, "#ffcf7a" if on else lit.far("#6a5a55", 0.3 * (1 - t)))
            tiled_roof(
                e, x, y, w, h, lit.far(mix(slate, deep(slate), e.rng.random()), 0.5 * (1 - t)), lit
            )
            if e.rng.random() < 0.3 and 0 < i < rows - 1:
                tree(
                    e,
                    x + w,
                    y + 12,
                    120 * (0.6 + 0.5 * t),
                    lit.far(e.rng.choice(("#6a8f5a", "#c98a3f", "#7f9f6a")), 0.3 * (1 - t)),
                )
            x += w * e.rng.uniform(0.96, 1.2)
    birds(e, lit, horizon * 0.1, horizon * 0.4, 5)


def umbrella(e: Easel, x: float, y: float, r: float, colour: Colour) -> None:
    """Open, its rim at y."""
    e.line([(x, y - r * 0.2), (x, y + r * 1.1)], 4, "#3a2f38")
    dome = [
        *bow(x - r, y, x + r, y, -r * 0.82),
        (x + r, y),
        (x + r * 0.5, y - r * 0.1),
        (x, y),
        (x - r * 0.5, y - r * 0.1),
        (x - r, y),
    ]
    e.paint(dome, colour, shade=0.5, glow=0.3, angle=30)
    for side in (-0.5, 0.5):
        e.line(
            bow(x, y - r * 0.8, x + side * r, y - r * 0.08, -8 * abs(side)),
            1.5,
            deep(colour, 0.35),
            alpha=0.6,
        )


@scene("rain_street", ("dusk", "night", "grey"))
def rain_street(e: Easel) -> None:
    lit = light(e, "dusk", "night", "grey")
    ground = e.h * 0.6
    sky(e, lit, ground)
    shops: list[tuple[float, Colour]] = []
    for side in (0, 1):
        for i in range(3):
            near = 1 - i * 0.3
            w = e.w * 0.15
            x = i * w * 0.98 if not side else e.w - (i + 1) * w * 0.98
            h = e.h * (0.52 * near + 0.1) * e.rng.uniform(0.9, 1.05)
            colour = lit.far(
                e.rng.choice(("#6a5a6a", "#4f5f75", "#7a6055", "#566a66")), 0.16 * i + 0.06
            )
            e.paint(rect(x, ground - h, w, h + 10), colour, shade=0.4, angle=180 if side else 0)
            _windows(e, x, ground - h, w, h * 0.7, 0.5)
            sign = e.rng.choice(BRIGHT)
            shops.append((x + w / 2, sign))
            e.aura(x + w / 2, ground - h * 0.2, w * 0.9, sign, 0.4)
            e.paint(rect(x + 8, ground - h * 0.3 * near, w - 16, 26 * near), sign, shade=0.2)
            e.fill(
                rect(x + 16, ground - h * 0.3 * near + 28, w - 32, h * 0.3 * near - 28), "#ffdf9f"
            )
    _wet_road(e, lit, ground, shops)
    for i in range(e.rng.randint(3, 5)):
        x = e.w * (0.14 + 0.19 * i + e.rng.uniform(-0.04, 0.04))
        y = ground + e.rng.uniform(0.2, 0.85) * (e.h - ground)
        tall = 130 + 200 * (y - ground) / (e.h - ground)
        e.fill(ellipse(x, y + 6, tall * 0.3, tall * 0.05), "#141a2c", 0.5)
        person(e, x, y, tall, dress(e), WALK, back=e.rng.random() < 0.5)
        umbrella(e, x + tall * 0.04, y - tall * 0.84, tall * 0.38, e.rng.choice(BRIGHT))
    for _ in range(150):
        x, y = e.rng.uniform(-40, e.w), e.rng.uniform(-20, e.h)
        length = e.rng.uniform(18, 48)
        e.line([(x, y), (x - length * 0.18, y + length)], 1.6, "#dfe8f0", alpha=0.4)


def _wet_road(e: Easel, lit: Light, ground: float, shops: list[tuple[float, Colour]]) -> None:
    """What the shops leave on it."""
    road = rect(0, ground, e.w, e.h - ground)
    e.wash(
        [(0, mix(lit.sky[-1], "#3f4a5f", 0.6)), (1, mix(lit.sky[0], "#1f2a3f", 0.6))], ground, e.h
    )
    for x, glow in shops:
        for _ in range(9):
            px, y = (
                x + e.rng.uniform(-0.06, 0.06) * e.w,
                ground + e.rng.uniform(0, 0.5) * (e.h - ground),
            )
            tall = e.rng.uniform(50, 210)
            e.line(
                [(px, y), (px, y + tall)],
                e.rng.uniform(8, 26),
                e.rng.choice((glow, "#ffdf9f")),
                end=2,
                alpha=0.3,
            )
    e.grain(road, lit.sky[0], angle=90, amount=0.4)
    for _ in range(26):
        x, y = e.rng.uniform(0, e.w), ground + e.rng.uniform(0.1, 1) * (e.h - ground)
        ring = ellipse(x, y, e.rng.uniform(14, 40), e.rng.uniform(4, 10))
        e.line([*ring, ring[0]], 2, "#cfdbe6", alpha=0.35)


def _windows(e: Easel, x: float, y: float, w: float, h: float, lit_share: float) -> None:
    cols, rows = max(2, int(w / 44)), max(2, int(h / 56))
    for r in range(rows):
        for c in range(cols):
            on = e.rng.random() < lit_share
            pane = rect(
                x + w * (c + 0.25) / cols, y + h * (r + 0.3) / rows, w * 0.5 / cols, h * 0.46 / rows
            )
            e.fill(
                pane,
                e.rng.choice(("#ffd27a", "#ffe3a8", "#f7b96a")) if on else "#2a3048",
                0.95 if on else 0.5,
            )


@scene("night_market", ("dusk", "night"))
def night_market(e: Easel) -> None:
    lit = light(e, "night", "dusk")
    ground = e.h * 0.72
    sky(e, lit, ground)
    for i in range(5):
        x = e.w * i / 5
        h = e.h * e.rng.uniform(0.3, 0.52)
        e.paint(
            rect(x - 10, ground - h, e.w / 5 + 20, h),
            lit.far("#3f3a55", 0.1 + 0.05 * (i % 2)),
            shade=0.5,
        )
        _windows(e, x + 6, ground - h + 20, e.w / 5 - 12, h * 0.5, 0.35)
    e.paint(rect(0, ground, e.w, e.h - ground), "#3b2f45", shade=0.5)
    e.aura(e.w / 2, ground, e.w * 0.7, "#ff9f55", 0.5, ry=e.h * 0.34)
    stalls = 3 if e.w < 1200 else 4
    for i in range(stalls):
        _stall(e, e.w * (i + 0.5) / stalls, ground + 26, e.w / stalls * 0.86, e.h * 0.3)
    _lantern_ropes(e)
    for i in range(6):
        x = e.w * (0.08 + 0.16 * i + e.rng.uniform(-0.03, 0.03))
        y = e.h * e.rng.uniform(0.88, 1.02)
        person(
            e,
            x,
            y,
            e.h * e.rng.uniform(0.24, 0.3),
            dress(e),
            e.rng.choice((WALK, STAND)),
            back=True,
        )


def _lantern_ropes(e: Easel) -> None:
    for row in (0.2, 0.34):
        y = e.h * row
        rope = bow(-20, y, e.w + 20, y - 30, 90, steps=30)
        e.line(rope, 2.4, "#2a2036")
        for x, ly in rope[2:-1:4]:
            lantern(
                e,
                x,
                ly + 34,
                25 if row > 0.3 else 19,
                e.rng.choice(("#d9452f", "#d9452f", "#e8853f")),
            )


def _stall(e: Easel, x: float, y: float, w: float, h: float) -> None:
    colour = e.rng.choice(BRIGHT)
    e.paint(rect(x - w / 2, y - h * 0.36, w, h * 0.4), "#8a5a3c", shade=0.5)
    e.fill(rect(x - w * 0.48, y - h * 0.86, w * 0.96, h * 0.5), "#ffd98f", 0.9)
    e.aura(x, y - h * 0.6, w * 0.6, "#fff0c0", 0.8, smooth=0.7)
    person(e, x - w * 0.1, y - h * 0.06, h * 0.74, dress(e, hat="#f6f0e0"), STAND)
    e.paint(rect(x - w / 2, y - h * 0.38, w, h * 0.42), deep("#a8683f", 0.1), shade=0.5)
    for i in range(5):
        px = x - w * 0.38 + w * 0.19 * i
        e.paint(
            ellipse(px, y - h * 0.4, w * 0.075, h * 0.055),
            e.rng.choice(("#f3d9a0", "#e89a5a", "#c8553d", "#9fb86a")),
            shade=0.4,
        )
        for s in range(2):
            drift = e.rng.uniform(-14, 14)
            e.line(
                bow(px + s * 8, y - h * 0.46, px + drift, y - h * 0.72, 0),
                7,
                "#fff6e0",
                end=1,
                alpha=0.25,
            )
    stripes = 8
    for i in range(stripes):
        a, b = x - w * 0.56 + w * 1.12 * i / stripes, x - w * 0.56 + w * 1.12 * (i + 1) / stripes
        ta, tb = x - w * 0.46 + w * 0.92 * i / stripes, x - w * 0.46 + w * 0.92 * (i + 1) / stripes
        strip = [
            (ta, y - h * 1.06),
            (tb, y - h * 1.06),
            (b, y - h * 0.8),
            *bow(b, y - h * 0.8, a, y - h * 0.8, h * 0.06),
        ]
        e.paint(strip, colour if i % 2 else "#f8ecd6", shade=0.3)


@scene("skyline", TIMES)
def skyline(e: Easel) -> None:
    lit = light(e, "golden", "dusk", "night", "dawn")
    base = e.h * 0.86
    sky(e, lit, base, sun=(e.rng.uniform(0.2, 0.8), e.rng.uniform(0.2, 0.5)))
    clouds(e, lit, 60, base * 0.4, 4)
    for layer in range(3):
        x = -e.rng.uniform(0, 60)
        while x < e.w:
            w = e.rng.uniform(60, 130)
            h = e.h * e.rng.uniform(0.16, 0.5) * (1.1 - 0.22 * layer)
            colour = lit.far(("#8a94a8", "#5f6a85", "#3a4460")[layer], 0.5 - 0.22 * layer)
            tower = rect(x, base - h + layer * 30, w, h + e.h)
            e.paint(tower, colour, shade=0.25, glow=0.35, angle=20)
            if e.rng.random() < 0.25:
                e.line(
                    [(x + w / 2, base - h + layer * 30), (x + w / 2, base - h - 70 + layer * 30)],
                    5,
                    colour,
                    end=1,
                )
            if layer:
                _windows(
                    e,
                    x + 6,
                    base - h + layer * 30 + 12,
                    w - 12,
                    h * 0.9,
                    0.45 if lit.night or lit.glaze == "#5a3f7a" else 0.12,
                )
            x += w + e.rng.uniform(-4, 14)
    _sill_with_cup(e)


def _sill_with_cup(e: Easel) -> None:
    """The viewer's own window sill."""
    sill = e.h * 0.9
    e.paint(rect(0, sill, e.w, e.h - sill), "#4a3a42", shade=0.4)
    e.fill(rect(0, sill, e.w, 10), "#7a5f5a")
    x = e.w * e.rng.uniform(0.2, 0.3)
    e.paint(
        rounded(x, sill - 96, 84, 98, 12),
        e.rng.choice(("#e9dfcb", "#c8553d", "#3f7f7a")),
        shade=0.5,
        angle=0,
    )
    e.line(bow(x + 84, sill - 76, x + 84, sill - 26, 0), 4, "#e9dfcb")
    e.line(
        smooth(
            [(x + 82, sill - 78), (x + 118, sill - 70), (x + 114, sill - 30), (x + 82, sill - 26)],
            closed=False,
        ),
        11,
        "#d9cdb8",
    )
    for i in range(2):
        e.line(
            bow(x + 26 + i * 28, sill - 104, x + 40 + i * 20, sill - 190, 0),
            12,
            "#fff6e6",
            end=1,
            alpha=0.35,
        )
