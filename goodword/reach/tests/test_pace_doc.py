"""docs/algorithms/pace.md, carried out: its looks must give its pages."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from goodword.reach.cursor import LAST_ID
from goodword.reach.pacing.rules import Pace, Turn, Waiting, folds, lay_out
from goodword.reach.rules import Place

DOC = (Path(__file__).parents[3] / "docs/algorithms/pace.md").read_text()
LOOKS = re.findall(r"^\| (\d\d:\d\d) \|[^|]*\| (.*) \| (\w\d) \|$", DOC, re.MULTILINE)
NOON = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PACE = Pace(every=5, gap=timedelta(hours=2), per_day=3)
LIN, CHEN = UUID(int=1), UUID(int=2)


def named(kind, number):
    return UUID(int=int.from_bytes(kind.encode()) << 16 | number)


def old(number):
    return Place(NOON - timedelta(minutes=number), named("L", number))


def fresh(number):
    return Place(NOON + timedelta(minutes=25 + number), named("N", number))


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
    life["12:40"] = life["14:30"] = [fresh(n) for n in (4, 3, 2)] + life["12:30"]
    life["14:40"] = [fresh(n) for n in (8, 7, 6, 5)] + life["12:40"]
    fits = {f"Lin {n}": 0.5 if n == 3 else 0.1 for n in range(1, 7)} | {"Chen": 0.9}
    offers = {named("O", n): name for n, name in enumerate([*fits, "Lin 7"])}
    laid, seen = {}, {}
    assert [time for time, _page, _last in LOOKS] == list(life)
    for time, written, last in LOOKS:
        now = NOON + timedelta(hours=int(time[:2]) - 12, minutes=int(time[3:]))
        times = {
            seller: [at for one, at in seen.items() if laid[one].seller == seller]
            for seller in (LIN, CHEN)
        }
        waiting = [
            Waiting(
                NOON + (40 * MINUTE if name == "Lin 7" else timedelta()), moment, seller,
                fits.get(name, 0.1), max(times[seller], default=None), len(times[seller]),
                laid=laid.get(moment),
            )
            for moment, name in offers.items()
            if moment not in seen and (name != "Lin 7" or time >= "12:40")
            for seller in [CHEN if name == "Chen" else LIN]
        ]  # fmt: skip
        stand = sorted((laid[one] for one in seen), key=lambda turn: turn.after, reverse=True)
        page = lay_out(
            life[time], stand, folds(waiting, pace=PACE, now=now), pace=PACE,
            above=Place(now, LAST_ID), since=3, ends=True, limit=99,
        )  # fmt: skip
        words = [spell(card, offers) for card in page.cards]
        assert " ".join(words) == written
        laid |= {turn.lead: turn for turn in page.fresh}
        for card in page.cards[: words.index(last) + 1]:
            if isinstance(card, Turn):
                seen.setdefault(card.lead, now)
