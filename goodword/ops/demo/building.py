"""What `goodword up --demo` and `goodword demo` do: build the town where there is none."""

import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from goodword.kit import clock
from goodword.people.models import Member

from .. import tables
from ..errors import Stop
from ..models import Town
from .build.building import build
from .town import TOWN
from .town.shapes import TOWN_TIME

EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


def ensure(
    console: Console, *, language: str, beside_members: bool = False, house_is_open: bool = False
) -> bool:
    """Build the town unless it stands; answers whether it was built.

    Raises Stop when other people live here, and while the house is open: its worker would ring the
    clocks of the town's past by the time of today.
    """
    town = Town.objects.first()
    if town and town.built_at:
        return False
    if house_is_open:
        raise Stop(
            "Goodword is running in this folder, and a town is built only while it is not: "
            "stop it with Ctrl+C where it runs, then say this again."
        )
    if town:
        start_over(console)
    elif Member.objects.exists() and not beside_members:
        raise Stop(
            "There are members here already, so the demo town stays out: start without --demo, "
            "or choose another folder with --data."
        )
    now = clock.now()
    with Progress(
        TextColumn("[bold]Building the demo town[/bold]"), BarColumn(), TaskProgressColumn(),
        TextColumn("{task.description}"), TimeElapsedColumn(), console=console, transient=True,
    ) as shown:  # fmt: skip
        task = shown.add_task("", total=None)

        def tell(done: int, total: int, at: datetime) -> None:
            day = at.astimezone(TOWN_TIME).strftime("%Y-%m-%d")
            shown.update(task, completed=done, total=total, description=day)

        build(TOWN, language=language, now=now, progress=tell)
    return True


def start_over(console: Console) -> None:
    """Clear away a town that was cut short. Raises Stop if somebody else came meanwhile."""
    extras = set(Member.objects.values_list("handle", flat=True))
    extras -= {person.handle for person in TOWN.people}
    if extras:
        raise Stop(
            "The demo town was left unfinished, and somebody else has joined since: "
            "begin with another folder (--data)."
        )
    console.print("The demo town was left unfinished; it is built afresh.")
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
    shutil.rmtree(Path(settings.MEDIA_ROOT), ignore_errors=True)
    tables.bring_up()
