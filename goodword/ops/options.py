"""What several commands take."""

from pathlib import Path

import click

LANGUAGES = ("en", "zh-hans")

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="GOODWORD_DATA",
    default="data",
    show_default=True,
    help="Folder of the instance: database, pictures, secrets.",
)
