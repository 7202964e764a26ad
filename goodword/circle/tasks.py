from uuid import UUID

from goodword.kit import clock, jobs

from . import actions


@jobs.task(name="circle.forget_pictures")
def forget_pictures(moment: str) -> None:
    """Remove a deleted moment's picture files from the disk."""
    actions.forget_pictures(moment=UUID(moment))


@jobs.task(name="circle.preview_link", queue=jobs.OUTSIDE)
def preview_link(moment: str) -> None:
    """Ask the page behind a moment's link what it is."""
    actions.preview_link(moment=UUID(moment), now=clock.now())
