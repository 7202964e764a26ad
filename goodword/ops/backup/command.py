"""`goodword backup` and `goodword restore`: what they say."""

import signal
import sys
from pathlib import Path

import click

from .manifest import MEDIA, Manifest, check, check_parts

NAMED = 5  # missing files that are told by name; the manifest has them all


def take(file: Path) -> None:
    """Raises Stop."""
    from goodword.kit import clock

    from . import taking

    end_in_order()
    manifest = taking.take(file, now=clock.now())
    click.echo(f"The house is in {file}, as it was at {manifest.made_at:%F %T} UTC:")
    tell(file, manifest)
    click.secho("It holds the house’s keys and all that members wrote: keep it so.", bold=True)


def look_through(file: Path) -> None:
    """Raises Unfit."""
    manifest = check(file)
    check_parts(file, manifest)
    click.echo(
        f"{file} is whole: Goodword {manifest.goodword} on PostgreSQL {manifest.postgresql}, "
        f"as it was at {manifest.made_at:%F %T} UTC."
    )
    tell(file, manifest)


def restore(file: Path, data: Path) -> int:
    """The exit code: 1 when the house is back and the doctor finds something. Raises Stop."""
    from . import restoring

    end_in_order()
    manifest = restoring.restore(file, data)
    click.echo(f"The house is back in {data}, as it was at {manifest.made_at:%F %T} UTC:")
    tell(file, manifest)
    click.echo("Everybody is signed out. What the doctor finds:\n")

    from ..instance import opened_for_the_doctor

    with opened_for_the_doctor(data) as trouble:
        from ..doctor.visit import visit

        return visit(data, trouble=trouble, as_json=False)


def tell(file: Path, manifest: Manifest) -> None:
    size = f"{file.stat().st_size / 2**20:.1f} MB"
    click.echo(f"  {manifest.files} files, {manifest.parts[MEDIA].bytes / 2**20:.1f} of {size}")
    if count := len(manifest.missing):
        named = ", ".join(manifest.missing[:NAMED])
        more = " …" if count > NAMED else ""
        click.echo(f"  {count} files that rows name were not there: {named}{more}")


def end_in_order() -> None:
    """Let what asks the command to end have the same cleared away as Ctrl-C."""

    def ended(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, ended)
