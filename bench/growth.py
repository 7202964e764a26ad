"""The timeline's first page in towns of several sizes, all open at once and read in turns.

`growth_members`: with 100 times the members, everybody with the same friends. `growth_friends`:
with 100 times the friends. Both are p50 of the large town over p50 of the small one.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from rich.console import Console
from rich.progress import Progress

from . import client
from .house import House, opened
from .raw import SPAWN
from .run import in_turns, leave, settle
from .scale import Scale
from .timeline import api_request, journeys
from .town import build

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
        reads = {}
        for name, size in towns.items():
            reads[name] = journeys([api_request(token) for token in filled(houses[name], size)])
            progress.advance(bar)
        sides = {name: reading(houses[name], reads[name], scale) for name in towns}
        done = in_turns(progress, scale, sides)
        p50 = {name: sample.percentile_ms(0.5) for name, sample in done.items()}
    return {
        "growth_members": p50["many members"] / p50["few members"],
        "growth_friends": p50["many friends"] / p50["few friends"],
        **{f"{name.replace(' ', '_')}_p50_ms": value for name, value in p50.items()},
    }


def reading(house: House, journeys: list[Any], scale: Scale) -> Callable[[float], client.Sample]:
    return lambda seconds: client.load(
        house.port, journeys, seconds=seconds, connections=scale.connections
    )


def sizes(scale: Scale) -> dict[str, Scale]:
    """By default 1,000 and 100,000 members with 20 friends; and 20, 200, 2,000 friends."""
    few = max(2, scale.friends // 5)
    crowd = 5 * few * LARGER // 4  # who has 100 times the friends needs so many members
    same = replace(scale, members=crowd, moments=EACH * crowd, listings=scale.listings)
    return {
        "few members": replace(scale, friends=few, moments=EACH * scale.members),
        "many members": replace(
            scale, friends=few, members=LARGER * scale.members,
            moments=EACH * LARGER * scale.members,
        ),
        "few friends": replace(same, friends=few),
        "some friends": replace(same, friends=10 * few),
        "many friends": replace(same, friends=LARGER * few),
    }  # fmt: skip


def filled(house: House, scale: Scale) -> list[str]:
    """The tokens of the town's readers. In a process of its own: Django knows one database."""
    with SPAWN.Pool(1) as pool:
        return pool.apply(fill, (house, scale))


def fill(house: House, scale: Scale) -> list[str]:
    settle(house)
    try:
        return list(build(scale, Progress(disable=True)).tokens.values())
    finally:
        leave()
