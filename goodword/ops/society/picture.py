"""The picture: small multiples, a panel for each measure, a row for each policy. Pure."""

from collections.abc import Mapping
from html import escape

from .job import Policy
from .measures import MEASURES, Interval

SHOWN = ("blocks", "mutes", "sales", "life_read", "market_seen", "annoyed")
WORDS = {
    "blocks": "Friends blocked",
    "mutes": "Markets turned off",
    "sales": "Sales",
    "life_read": "Life moments read",
    "market_seen": "Offers met",
    "annoyed": "Members annoyed",
}
COLOURS = {
    Policy.UNPACED: "#c96a35", Policy.PACED: "#4a8fb3", Policy.TARGETED: "#55a06a",
}  # fmt: skip
WIDTH, PANEL, COLUMNS = 940, 300, 3
ROW, HEAD, FOOT, GAP, MARGIN, TOP = 40, 40, 26, 14, 20, 74
AXIS = PANEL - 40  # of a panel, how wide its scale is

STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #22262a }
  .title { font-size: 18px; font-weight: 600 } .name { font-weight: 600 }
  .quiet { fill: #63696f; font-size: 11px } .panel { fill: #f6f5f2 } .scale { stroke: #d5d2cb }
  .page { fill: #fffefb }
  @media (prefers-color-scheme: dark) {
    text { fill: #e9e7e2 } .quiet { fill: #a3a7ab } .panel { fill: #24282c }
    .scale { stroke: #454a50 } .page { fill: #17191c }
  }"""


def svg(found: Mapping[Policy, Mapping[str, Interval]], *, title: str, note: str) -> str:
    """An SVG with its interval and each seed's value for every policy and measure."""
    height = HEAD + ROW * len(found) + FOOT
    lines = (len(SHOWN) + COLUMNS - 1) // COLUMNS
    total = TOP + lines * (height + GAP) + MARGIN - GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{total}" '
        f'viewBox="0 0 {WIDTH} {total}" role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<rect class="page" width="{WIDTH}" height="{total}"/>',
        f'<text class="title" x="{MARGIN}" y="34">{escape(title)}</text>',
        f'<text class="quiet" x="{MARGIN}" y="54">{escape(note)}</text>',
    ]
    for place, name in enumerate(SHOWN):
        x = MARGIN + place % COLUMNS * (PANEL + GAP // 2)
        y = TOP + place // COLUMNS * (height + GAP)
        rows = {policy: measured[name] for policy, measured in found.items()}
        parts.append(f'<g transform="translate({x},{y})">{panel(name, rows, height)}</g>')
    return "\n".join([*parts, "</svg>\n"])


def panel(name: str, rows: Mapping[Policy, Interval], height: int) -> str:
    most = max([max(one.high, *one.values, 1.0) for one in rows.values()])
    drawn = [
        f'<rect class="panel" width="{PANEL}" height="{height}" rx="8"/>',
        f'<text class="name" x="16" y="26">{escape(WORDS[name])}</text>',
        f"<title>{escape(MEASURES[name])}</title>",
    ]
    for place, (policy, one) in enumerate(rows.items()):
        drawn.append(row(policy, one, y=HEAD + ROW * place + 14, most=most))
    foot = height - 12
    drawn.append(f'<text class="quiet" x="16" y="{foot}">0</text>')
    drawn.append(
        f'<text class="quiet" x="{16 + AXIS}" y="{foot}" text-anchor="end">{most:,.0f}</text>'
    )
    return "".join(drawn)


def row(policy: Policy, one: Interval, *, y: int, most: float) -> str:
    def at(value: float) -> str:
        return f"{16 + AXIS * max(0.0, value) / most:.1f}"

    colour = COLOURS[policy]
    seeds = "".join(
        f'<circle cx="{at(value)}" cy="{y + 11}" r="2" fill="{colour}" fill-opacity="0.45"/>'
        for value in one.values
    )
    return (
        f'<text class="quiet" x="16" y="{y}">{escape(policy.value)}</text>'
        f'<text x="{16 + AXIS}" y="{y}" text-anchor="end">{one.mean:,.0f}</text>'
        f'<line class="scale" x1="16" x2="{16 + AXIS}" y1="{y + 11}" y2="{y + 11}"/>'
        f'<line x1="{at(one.low)}" x2="{at(one.high)}" y1="{y + 11}" y2="{y + 11}" '
        f'stroke="{colour}" stroke-width="3"/>{seeds}'
        f'<circle cx="{at(one.mean)}" cy="{y + 11}" r="5" fill="{colour}"/>'
    )
