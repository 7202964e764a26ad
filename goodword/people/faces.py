"""The face of a member who sent no picture: an initial on a tint, as the pages draw it."""

from html import escape

from goodword.kit import ui

from .models import Member

# Ground and ink as `--tint-N` in kit/static/kit/tokens.css; an image file cannot read those.
TINTS = (
    ("#f6d9cd", "#7c2c10"), ("#f5e0b8", "#664300"), ("#dde8c3", "#3d5210"),
    ("#cbe6da", "#13543f"), ("#cde3ee", "#164e68"), ("#d9dcf4", "#363f86"),
    ("#ecd8ef", "#6b2c74"), ("#f6d6df", "#842447"),
)  # fmt: skip

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 88 88" width="88" height="88">'
    '<rect width="88" height="88" fill="{ground}"/>'
    '<text x="44" y="45" fill="{ink}" font-family="system-ui, PingFang SC, Noto Sans CJK SC,'
    ' Noto Sans SC, Microsoft YaHei, sans-serif" font-size="38" font-weight="600"'
    ' text-anchor="middle" dominant-baseline="central">{sign}</text></svg>'
)


def drawn(member: Member) -> str:
    """The member's initial as an SVG picture."""
    ground, ink = TINTS[ui.tint(member.handle)]
    return SVG.format(ground=ground, ink=ink, sign=escape(ui.initial(member.display_name)))
