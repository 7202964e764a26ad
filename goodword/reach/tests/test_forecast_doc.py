"""docs/algorithms/forecast.md, worked out again: its numbers must be what the rules give."""

import re
from pathlib import Path

from goodword.reach.selling import rules, words
from goodword.reach.selling.bands import band
from goodword.reach.selling.rhythm import (
    DAY,
    DAYS,
    SPAN,
    WEEK,
    Expected,
    Presence,
    error,
    expect,
    reached,
    width,
)
from goodword.reach.selling.states import Outcome

DOC = (Path(__file__).parents[3] / "docs/algorithms/forecast.md").read_text()
ROWS = re.findall(
    r"^\| (\d) \| ([\d, ]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+)–([\d.]+) \| (.+) \|$",
    DOC,
    re.MULTILINE,
)
FRIENDS, AUDIENCE, START = 40, 30, 2 * DAY + 12


def lived(counts, days):
    """As many of the forty were there in each of the last four spans of so many days."""
    end = 900 * WEEK + START + 7 * DAY
    last = end - days * DAY
    last -= (last - START) % WEEK
    hours = {last - WEEK * back: 2**count - 1 for back, count in enumerate(counts)}
    return Presence(begin=end - SPAN, end=end, hours=hours)


def test_the_example_is_as_written():
    assert [int(row[0]) for row in ROWS] == list(DAYS)
    means, widths = {}, {}
    for days, counts, _mean, _expected, wide, *_told in ROWS:
        there = lived([int(one) for one in counts.split(", ")], int(days))
        means[int(days)] = reached(there, since=0)[int(days)]
        widths[int(days)] = float(wide)
    told = expect(means, friends=FRIENDS, audience=AUDIENCE, start=START, widths=widths)
    for row, one in zip(ROWS, told, strict=True):
        mean, expected, _wide, low, high, said = row[2:]
        assert one.number == float(expected) == AUDIENCE * float(mean) / FRIENDS
        assert round(one.number / one.width, 2) == float(low)
        assert abs(one.number * one.width - float(high)) < 0.01
        assert words.people(one.people) == said
    came = AUDIENCE * 35 / FRIENDS
    assert f"= {came}`" in DOC
    assert words.people(band(came)) == "20 to 30 people"
    assert rules.outcome(told[-1], came) == Outcome.AS_EXPECTED
    assert round(error(told[-1].number, came), 2) == 1.09


def test_the_width_and_the_lookers_are_as_written():
    assert width([1 + n * 0.05 for n in range(20)]) == 1.8
    share = 0.06
    assert round(24 * share / rules.SURE, 2) == 0.72
    assert round(24 * share * rules.SURE, 2) == 2.88
    assert words.people(rules.lookers(Expected(7, 24.0), share)) == "fewer than five people"
