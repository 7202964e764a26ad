"""`goodword simulate`: from what was typed to tables, data and the picture."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from ..errors import Stop
from . import picture, report, running, sensitivity
from .assumptions import table
from .job import Job, Policy, Result
from .shelf import Shelf

ALL = "all"
PLAIN = (Policy.UNPACED, Policy.PACED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed. `policy` is one of Policy, or "all"."""

    members: int
    days: int
    policy: str
    seeds: Sequence[int]
    processes: int
    picture: Path
    as_json: bool
    keep: Path | None = None  # where each town's result is kept
    only: Sequence[str] = ()  # assumptions to halve and double; all
    is_plain: bool = False

    @property
    def title(self) -> str:
        seeds = f"{len(self.seeds)} seeds" if len(self.seeds) > 1 else f"seed {self.seeds[0]}"
        return f"{self.members:,} members, {self.days} days, {seeds}"


def simulate(wanted: Wanted) -> None:
    """Play the towns, print what came of them, draw the picture."""
    policies = list(PLAIN if wanted.is_plain else Policy)
    if wanted.policy != ALL:
        policies = [typed(wanted)]
    jobs = [
        Job(policy, seed, wanted.members, wanted.days, is_plain=wanted.is_plain)
        for seed in wanted.seeds
        for policy in policies
    ]
    found = report.by_policy(jobs, played(jobs, wanted))
    measured = report.together(found, members=wanted.members)
    note = "Mean and 95 % interval over seeds; small dots are seeds."
    if len(wanted.seeds) == 1:
        note = "Total and 95 % interval over members of one town."
    drawn = picture.svg(measured, title=f"Goodword’s society: {wanted.title}", note=note)
    try:
        wanted.picture.write_text(drawn, encoding="utf-8")
    except OSError as error:
        raise Stop(
            f"The picture cannot be written to {wanted.picture}: {error.strerror}."
        ) from None
    if wanted.as_json:
        said = report.data(found, members=wanted.members, days=wanted.days, seeds=wanted.seeds)
        click.echo(json.dumps(said, indent=2))
        return
    console = Console()
    for shown in report.tables(found, members=wanted.members, title=wanted.title):
        console.print(shown)
    over = "seeds" if len(wanted.seeds) > 1 else "members of one town"
    console.print(f"± is the 95 % interval over {over}. The picture is in {wanted.picture}.")


def shake(wanted: Wanted) -> None:
    """The sensitivity run: each assumption halved and doubled. Raises Stop for a single seed."""
    policy = Policy.PACED if wanted.policy == ALL else typed(wanted)
    if policy == Policy.UNPACED:
        raise Stop("Unpaced is what the others are compared with: choose another --policy.")
    if unknown := set(wanted.only) - {one.name for one in table()}:
        known = ", ".join(one.name for one in table())
        raise Stop(f"Nothing is assumed of {', '.join(sorted(unknown))}. There are: {known}.")
    if len(wanted.seeds) < 2:
        raise Stop("A difference needs at least two towns to have an interval: say --seeds 2.")
    jobs = sensitivity.jobs(
        policy=policy, seeds=wanted.seeds, members=wanted.members, days=wanted.days,
        only=wanted.only, is_plain=wanted.is_plain,
    )  # fmt: skip
    results = played(jobs, wanted)
    found = sensitivity.read(results, policy=policy, seeds=wanted.seeds, only=wanted.only)
    if wanted.as_json:
        click.echo(json.dumps(sensitivity.data(found), indent=2))
        return
    console = Console()
    if not console.is_terminal:  # a file has room for whole names
        console.width = max(console.width, 100)
    console.print(sensitivity.shown(found, policy=policy))


def typed(wanted: Wanted) -> Policy:
    """The policy that was typed. Raises Stop when plain Python knows nothing of it."""
    policy = Policy(wanted.policy)
    if wanted.is_plain and policy not in PLAIN:
        raise Stop("What is learnt is learnt in the database: leave out --plain for this policy.")
    return policy


def played(jobs: list[Job], wanted: Wanted) -> list[Result]:
    """The results, with a bar on standard error that moves with every day of every town."""
    kept = Shelf(wanted.keep)
    found = {job: kept.result(job) for job in jobs}
    open_ = [job for job, result in found.items() if result is None]
    if open_:
        found.update(zip(open_, living(open_, wanted, kept), strict=True))
    return [result for job in jobs if (result := found[job])]


def living(jobs: list[Job], wanted: Wanted, kept: Shelf) -> list[Result]:
    columns = (
        TextColumn("[bold]Living[/bold]"), BarColumn(), TextColumn("{task.description}"),
        TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("preparing", total=len(jobs) * wanted.days)

        def day_over(job: Job) -> None:
            shown.update(task, advance=1, description=f"{job.policy.value}, seed {job.seed}")

        return running.results(
            jobs, processes=wanted.processes, day_over=day_over, town_over=kept.keep
        )
