"""What the towns say, as data and as tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from .job import Job, Policy, Result
from .measures import MEASURES, Interval, differences, intervals

Found = dict[Policy, dict[str, Interval]]


def by_policy(jobs: Sequence[Job], results: Sequence[Result]) -> dict[Policy, list[Result]]:
    """The results of each policy, in the order of the seeds."""
    found: dict[Policy, list[Result]] = {}
    for job, result in sorted(zip(jobs, results, strict=True), key=lambda pair: pair[0].seed):
        found.setdefault(job.policy, []).append(result)
    return {policy: found[policy] for policy in Policy if policy in found}


def together(found: Mapping[Policy, Sequence[Result]], *, members: int) -> Found:
    return {policy: intervals(results, members=members) for policy, results in found.items()}


def against(found: Mapping[Policy, Sequence[Result]]) -> Found:
    """What each paced policy differs by from the unpaced one, where there are seeds to compare."""
    unpaced = found.get(Policy.UNPACED, ())
    if len(unpaced) < 2:
        return {}
    return {
        policy: differences(results, unpaced)
        for policy, results in found.items()
        if policy != Policy.UNPACED
    }


def data(
    found: Mapping[Policy, Sequence[Result]], *, members: int, days: int, seeds: Sequence[int]
) -> dict[str, Any]:
    """The JSON. A single policy's measures stand at the top as well."""
    measured = told(together(found, members=members))
    only = measured[next(iter(found))] if len(found) == 1 else {}
    return {
        "members": members, "days": days, "seeds": list(seeds), **only, "policies": measured,
        "against_unpaced": told(against(found)), "meaning": MEASURES,
    }  # fmt: skip


def told(found: Found) -> dict[str, dict[str, Any]]:
    return {
        policy.value: {name: asdict(one) for name, one in measured.items()}
        for policy, measured in found.items()
    }


def tables(
    found: Mapping[Policy, Sequence[Result]], *, members: int, title: str
) -> Iterator[Table]:
    """Measures in rows, policies in columns; then, where it is known, what differs from unpaced."""
    yield table(together(found, members=members), title=title)
    if differing := against(found):
        yield table(differing, title="against unpaced, seed by seed", sign="+")


def table(found: Found, *, title: str, sign: str = "") -> Table:
    shown = Table(title=title, title_justify="left")
    shown.add_column("")
    for policy in found:
        shown.add_column(policy.value, justify="right", no_wrap=True)
    for name in MEASURES:
        shown.add_row(name, *(said(one[name], sign=sign) for one in found.values()))
    return shown


def said(one: Interval, *, sign: str = "") -> str:
    """The mean with half of its 95 % interval."""
    return f"{one.mean:{sign},.0f} ± {one.high - one.mean:,.0f}"
