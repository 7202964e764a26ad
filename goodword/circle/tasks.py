from uuid import UUID

from goodword.kit import jobs

from . import actions


@jobs.task(name="circle.forget_pictures")
def forget_pictures(moment: str) -> None:
    """Remove a deleted moment's picture files from the disk."""
    actions.forget_pictures(moment=UUID(moment))
