"""`goodword rebuild-search`."""

from collections.abc import Callable

from rich.console import Console
from rich.progress import Progress

from goodword.circle import actions as circle
from goodword.people import actions as people
from goodword.shop import actions as shop

PARTS = {
    "moments": circle.rebuild_words,
    "listings": shop.rebuild_words,
    "names": people.rebuild_names,
}


def rebuild() -> None:
    """Make anew what everything is found by, while the house stays open."""
    with Progress(console=Console(stderr=True), transient=True) as progress:
        counts = [f"{part(progress=follow(progress, name))} {name}" for name, part in PARTS.items()]
    Console().print(f"{', '.join(counts)} were made findable anew.")


def follow(progress: Progress, name: str) -> Callable[[int, int], None]:
    """What moves a bar of its own, told how much of how much is done."""
    bar = progress.add_task(f"Making {name} findable anew", total=None)
    return lambda done, total: progress.update(bar, completed=done, total=total)
