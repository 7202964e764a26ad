"""How much hangs on each assumption: the same towns with it halved, and doubled."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from rich.table import Table

from .assumptions import Assumptions, table
from .job import Job, Policy, Result
from .measures import Interval, differences

FACTORS = (0.5, 2.0)
WATCHED = ("blocks", "mutes", "sales", "life_read", "market_seen")
Case = tuple[str, float]  # an assumption, and what it is multiplied by
ASSUMED: Case = ("as assumed", 1.0)


def cases(policy: Policy, only: Sequence[str] = ()) -> Iterator[tuple[Case, Assumptions]]:
    """The model as it stands, then with each of its numbers changed that `policy` asks for."""
    yield ASSUMED, Assumptions()
    for one in table():
        if only and one.name not in only:
            continue
        if one.name == "agreeing" and policy != Policy.TARGETED:
            continue
        for factor in FACTORS:
            value = getattr(Assumptions(), one.name) * factor
            yield (one.name, factor), replace(Assumptions(), **{one.name: value})


def jobs(
    *,
    policy: Policy,
    seeds: Sequence[int],
    members: int,
    days: int,
    only: Sequence[str] = (),
    is_plain: bool = False,
) -> list[Job]:
    """Each case unpaced and under the policy, for each seed, in the order that `read` expects."""
    return [
        Job(which, seed, members, days, held, is_plain)
        for _case, held in cases(policy, only)
        for which in (Policy.UNPACED, policy)
        for seed in seeds
    ]


def read(
    results: Sequence[Result], *, policy: Policy, seeds: Sequence[int], only: Sequence[str] = ()
) -> dict[Case, dict[str, Interval]]:
    """Of each case what the policy differs by from unpaced."""
    found, at = {}, 0
    for case, _held in cases(policy, only):
        unpaced = results[at : at + len(seeds)]
        other = results[at + len(seeds) : at + 2 * len(seeds)]
        found[case] = differences(other, unpaced)
        at += 2 * len(seeds)
    return found


def verdict(before: Interval, after: Interval) -> str:
    """In a word, how a difference changed: "turns" when its sign did beyond its interval."""
    if after.low <= 0 <= after.high:
        return "unsure"
    if before.mean * after.mean < 0:
        return "turns"
    if abs(after.mean) > 2 * abs(before.mean):
        return "doubles"
    if abs(after.mean) < abs(before.mean) / 2:
        return "halves"
    return ""


def shown(found: dict[Case, dict[str, Interval]], *, policy: Policy) -> Table:
    drawn = Table(
        title=f"{policy.value} − unpaced, with each assumption halved and doubled",
        caption="unsure: the 95 % interval holds 0", title_justify="left",
    )  # fmt: skip
    drawn.add_column("")
    for name in WATCHED:
        drawn.add_column(name, justify="right")
    assumed = found[ASSUMED]
    for (name, factor), differing in found.items():
        label = name if (name, factor) == ASSUMED else f"{name} × {factor:g}"
        cells = [
            f"{differing[one].mean:+,.0f} {verdict(assumed[one], differing[one])}".strip()
            for one in WATCHED
        ]
        drawn.add_row(label, *cells)
    return drawn


def data(found: dict[Case, dict[str, Interval]]) -> list[dict[str, Any]]:
    assumed = found[ASSUMED]
    return [
        {
            "assumption": name, "factor": factor,
            **{
                one: {
                    "difference": differing[one].mean, "low": differing[one].low,
                    "high": differing[one].high, "verdict": verdict(assumed[one], differing[one]),
                }
                for one in WATCHED
            },
        }
        for (name, factor), differing in found.items()
    ]  # fmt: skip
