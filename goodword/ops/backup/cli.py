"""The commands; what is heavy is imported when one is given."""

import sys
from pathlib import Path

import click

from ..options import data_option


@click.command()
@data_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--check", "is_check", is_flag=True, help="Only look FILE through; no house needed.")
def backup(data: Path, file: Path, is_check: bool) -> None:
    """Write the whole house into FILE, while it is open: database, files, secrets.

    Whoever can read FILE can read everything in the house, and sign in its name: keep it so.
    """
    from . import command

    if is_check:
        command.look_through(file)
        return
    from ..instance import opened, settle

    with opened(settle(data)):
        command.take(file)


@click.command()
@data_option
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(data: Path, file: Path) -> None:
    """Make a house of the backup FILE, in an empty folder, and see whether it is in order."""
    from . import command

    sys.exit(command.restore(file, data.absolute()))
