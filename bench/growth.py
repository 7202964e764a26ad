"""The timeline's first page in towns of several sizes, all open at once and read in turns.

`growth_members`: with 100 times the members, everybody with the same friends. `growth_friends`:
with 100 times the friends. Both are p50 of the large town over p50 of the small one, of readers who
have looked before: a first look lays turns and writes them down, and a slower town would have more
first looks among its reads. In each town one member in ten sells, so that pages differ only by what
the size of a circle brings. First looks are measured by themselves, one after another, in one
process: `first_growth_members` and `first_growth_friends`.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from statistics import median

from rich.console import Console
from rich.progress import Progress

from . import client
from .house import House, opened
from .raw import SPAWN
from .run import in_turns, leave, settle
from .scale import Scale
from .timeline import api_request, first_looks, journeys
from .town import SELLS_EVERY, build

LARGER = 100
EACH = 5  # moments of one member


def run(scale: Scale, console: Console) -> dict[str, float]:
    towns = sizes(scale)
    with ExitStack() as stack, Progress(console=console, transient=True) as progress:
        bar = progress.add_task("Opening and filling the houses", total=2 * len(towns))
        houses = {}
        for name in towns:
            houses[name] = stack.enter_context(opened())
            progress.advance(bar)
        readers = {}
        for name, size in towns.items():
            readers[name] = filled(houses[name], size)
            progress.advance(bar)
        sides = {name: reading(houses[name], readers[name].tokens, scale) for name in towns}
        done = in_turns(progress, scale, sides)
        p50 = {name: sample.percentile_ms(0.5) for name, sample in done.items()}
    first = {name: found.first_ms for name, found in readers.items()}
    return {
        "growth_members": p50["many members"] / p50["few members"],
        "growth_friends": p50["many friends"] / p50["few friends"],
        "first_growth_members": first["many members"] / first["few members"],
        "first_growth_friends": first["many friends"] / first["few friends"],
        **{f"{name.replace(' ', '_')}_p50_ms": value for name, value in p50.items()},
        **{f"{name.replace(' ', '_')}_first_ms": value for name, value in first.items()},
    }


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads a town, by their tokens, and the p50 of their first looks in milliseconds."""

    tokens: list[str]
    first_ms: float


def reading(house: House, tokens: list[str], scale: Scale) -> Callable[[float], client.Sample]:
    steps = journeys([api_request(token) for token in tokens])
    return lambda seconds: client.load(
        house.port, steps, seconds=seconds, connections=scale.connections
    )


def sizes(scale: Scale) -> dict[str, Scale]:
    """By default 1,000 and 100,000 members with 20 friends; and 20, 200, 2,000 friends."""
    few = max(2, scale.friends // 5)
    crowd = 5 * few * LARGER // 4  # who has 100 times the friends needs so many members
    return {
        "few members": town(scale, scale.members, few),
        "many members": town(scale, LARGER * scale.members, few),
        "few friends": town(scale, crowd, few),
        "some friends": town(scale, crowd, 10 * few),
        "many friends": town(scale, crowd, LARGER * few),
    }


def town(scale: Scale, members: int, friends: int) -> Scale:
    """Each member posts, and offers, as much as in any other town: only circles differ."""
    offered = max(members // SELLS_EVERY, scale.listings * members // scale.members)
    return replace(
        scale, members=members, friends=friends, moments=EACH * members, listings=offered
    )


def filled(house: House, scale: Scale) -> Readers:
    """A town's readers after their first look. In a process of its own: Django knows one
    database."""
    with SPAWN.Pool(1) as pool:
        return pool.apply(fill, (house, scale))


def fill(house: House, scale: Scale) -> Readers:
    settle(house)
    try:
        town = build(scale, Progress(disable=True))
        return Readers(list(town.tokens.values()), median(first_looks(list(town.tokens))) * 1000)
    finally:
        leave()
