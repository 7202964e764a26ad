"""docs/algorithms/pace.md, carried out: its looks must give its pages."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from goodword.reach.cursor import LAST_ID
from goodword.reach.pacing.rules import Pace, Turn, Waiting, folds, lay_out
from goodword.reach.rules import Place

DOC = (Path(__file__).parents[3] / "docs/algorithms/pace.md").read_text()
PAGES = re.findall(r"^\| (\d\d:\d\d) \|[^|]*\| (.*) \|$", DOC, re.MULTILINE)
NOON = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
PACE = Pace(every=5, gap=timedelta(hours=2), per_day=3)
LIN, CHEN = UUID(int=1), UUID(int=2)


def named(kind, number):
    return UUID(int=int.from_bytes(kind.encode()) << 16 | number)


def old(number):
    return Place(NOON - timedelta(minutes=number), named("L", number))


def fresh(number):
    return Place(NOON + timedelta(minutes=20 + number), named("N", number))


def spell(card, offers):
    if isinstance(card, Turn):
        behind = f" (+{len(card.rest)})" if card.rest else ""
        return f"**{offers[card.lead]}{behind}**"
    return next(f"{kind}{n}" for kind in "LN" for n in range(10) if card.moment == named(kind, n))


def test_the_example_is_as_written():
    life = {
        "12:00": [old(n) for n in range(10)],
        "12:30": [fresh(n) for n in (1, 0)] + [old(n) for n in range(10)],
    }
    life["12:40"] = life["14:10"] = [fresh(n) for n in (4, 3, 2)] + life["12:30"]
    fits = {f"Lin {n}": 0.5 if n == 3 else 0.1 for n in range(1, 7)} | {"Chen": 0.9}
    offers = {named("O", n): name for n, name in enumerate([*fits, "Lin 7"])}
    waits = dict(offers)
    waits.pop(named("O", 7))
    turns, times = [], {LIN: [], CHEN: []}
    assert [time for time, _page in PAGES] == list(life)
    for time, written in PAGES:
        now = NOON + timedelta(hours=int(time[:2]) - 12, minutes=int(time[3:]))
        if time == "12:40":
            waits[named("O", 7)] = "Lin 7"
        waiting = [
            Waiting(
                NOON, moment, seller, fits.get(name, 0.1),
                max(times[seller], default=None), len(times[seller]),
            )
            for moment, name in waits.items()
            for seller in [CHEN if name == "Chen" else LIN]
        ]  # fmt: skip
        turns.sort(key=lambda turn: turn.after, reverse=True)
        laid = lay_out(
            life[time], turns, folds(waiting, pace=PACE, now=now), pace=PACE,
            above=Place(now, LAST_ID), since=3, ends=True, limit=20,
        )  # fmt: skip
        for turn in laid.fresh:
            turns.append(turn)
            times[turn.seller].append(now)
            for one in (turn.lead, *turn.rest):
                waits.pop(one)
        assert " ".join(spell(card, offers) for card in laid.cards) == written
