"""The look's promises that can be computed: contrast, size, one dark theme, no inline anything."""

import re
from pathlib import Path

import pytest

KIT = Path(__file__).parents[1]
SHEETS = KIT / "static" / "kit"
TEXT = 4.5  # WCAG 2.2, 1.4.3
PARTS = 3.0  # WCAG 2.2, 1.4.11

GROUNDS = ("ground", "surface", "sunken", "raised")
READABLE = [
    (ink, ground)
    for ink in ("ink", "ink-2", "ink-3", "accent-ink", "bad", "warn")
    for ground in GROUNDS
] + [
    ("on-accent", "accent"),
    ("on-accent", "accent-press"),
    ("accent-ink", "accent-soft"),
    ("on-market", "market"),
    ("on-market", "market-press"),
    *[
        (ink, ground)
        for ink in ("ink", "ink-2", "ink-3", "accent-ink", "market-ink", "warn")
        for ground in ("market-ground", "market-sunken")
    ],
    *[(tone, f"{tone}-soft") for tone in ("good", "warn", "bad", "info")],
    *[("ink", f"{tone}-soft") for tone in ("good", "warn", "bad", "info", "accent")],
    ("ink-2", "warn-soft"),
    ("ink-2", "accent-soft"),
    ("accent-ink", "bad-soft"),
    *[(f"tint-{n}-ink", f"tint-{n}") for n in range(8)],
]
VISIBLE = [
    ("line-strong", "ground"),
    ("line-strong", "surface"),
    ("focus", "ground"),
    ("focus", "surface"),
    ("focus", "market-ground"),
    ("accent", "ground"),
    ("market", "market-ground"),
    ("good", "surface"),
]


def themes() -> dict[str, dict[str, str]]:
    """Each block of tokens.css with its colours."""
    text = (SHEETS / "tokens.css").read_text()
    blocks = {
        "light": text.split(":root {", 1)[1].split("}", 1)[0],
        "device dark": text.split(':root:not([data-theme="light"]) {', 1)[1].split("}", 1)[0],
        "chosen dark": text.split(':root[data-theme="dark"] {', 1)[1].split("}", 1)[0],
    }
    return {
        name: dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block))
        for name, block in blocks.items()
    }


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0


@pytest.mark.parametrize("theme", ["light", "chosen dark"])
def test_every_text_can_be_read_on_its_ground(theme: str) -> None:
    colours = themes()[theme]
    wanted = [(pair, TEXT) for pair in READABLE] + [(pair, PARTS) for pair in VISIBLE]
    poor = {
        f"{ink} on {ground}": round(contrast(colours[ink], colours[ground]), 2)
        for (ink, ground), least in wanted
        if contrast(colours[ink], colours[ground]) < least
    }
    assert poor == {}


def test_the_device_and_the_member_get_the_same_dark() -> None:
    assert themes()["device dark"] == themes()["chosen dark"]
    assert themes()["light"].keys() == themes()["chosen dark"].keys()


def test_the_styles_of_every_page_stay_under_sixty_kilobytes() -> None:
    # voice.css is for pages with a voice alone
    sheets = [sheet for sheet in SHEETS.glob("*.css") if sheet.name != "voice.css"]
    assert sum(sheet.stat().st_size for sheet in sheets) < 60 * 1024
    assert max(len(sheet.read_text().splitlines()) for sheet in sheets) < 400


def test_templates_carry_no_inline_style_or_script() -> None:
    forbidden = re.compile(r"""\sstyle=|\son\w+=|hx-on|javascript:|<style|<script(?![^>]*\ssrc=)""")
    found = {
        f"{file.name}: {match.group()}"
        for file in (KIT / "jinja2").rglob("*.html")
        for match in forbidden.finditer(file.read_text())
    }
    assert found == set()


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (SHEETS / "icons.svg").read_text()))
    used = {
        name
        for file in (KIT.parent).glob("*/jinja2/**/*.html")
        for name in re.findall(r"""\bicon\(["']([\w-]+)["']""", file.read_text())
    }
    assert used - sprite == set()
