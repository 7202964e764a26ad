"""`goodword rebuild-timelines`."""

from rich.console import Console
from rich.progress import Progress

from goodword.people import queries as people
from goodword.reach import actions as reach

from .errors import Stop


def rebuild(*, handle: str | None) -> None:
    """Make one member's timeline anew, or everybody's. Raises Stop for an unknown handle."""
    if handle is not None:
        member = people.by_handle(handle.lstrip("@"))
        if member is None:
            raise Stop(f"There is nobody here called “{handle}”.")
        reach.rebuild(reader=member.id)
        Console().print("1 timeline was made anew.")
        return
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("Making timelines anew", total=None)
        count = reach.rebuild_all(
            progress=lambda done, total: progress.update(bar, completed=done, total=total)
        )
    Console().print(f"{count} timelines were made anew.")
