"""The command: look, say what was found."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from goodword.kit import clock
from goodword.kit.postgres import Cluster

from ..instance import is_embedded, is_up
from .looks import Finding, House, examine


def visit(data: Path, *, trouble: str, as_json: bool) -> int:
    """Print every finding; returns 1 when something is wrong.

    `trouble` says why the database did not start, if it did not.
    """
    findings: list[Finding] = []
    house = House(
        data=data,
        now=clock.now(),
        is_up=is_up(data),
        embedded=is_embedded(),
        notes=Cluster(data).status().notes if is_embedded() else (),
        trouble=trouble,
    )
    for finding in examine(house):
        findings.append(finding)
        if not as_json:
            tell(finding)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    wrong = [finding for finding in findings if finding.ok is not True]
    if not as_json:
        click.echo()
        text = "The house is in order." if not wrong else f"{len(wrong)} looks need attention."
        click.secho(text, fg="red" if wrong else "green", bold=True)
    return 1 if wrong else 0


def tell(finding: Finding) -> None:
    sign, colour = {True: ("✓", "green"), False: ("✗", "red"), None: ("–", "yellow")}[finding.ok]
    click.secho(f"{sign} {finding.name:<11}", fg=colour, nl=False)
    click.echo(finding.sentence)
