"""What a member takes along of this domain."""

from datetime import datetime
from uuid import UUID

from goodword.kit.exports import Part, Rows

from . import queries


def notices(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """Everything the viewer was told, as they read it, newest first."""
    before = None
    while lines := queries.notices(viewer, before=before, limit=200):
        for line in lines:
            yield {
                "at": line.at, "kind": line.kind, "sentence": line.sentence, "others": line.others,
                "by": line.actor.handle if line.actor else None, "unread": line.is_unread,
            }  # fmt: skip
        before = lines[-1].id


def wishes(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """How each group of notices is told."""
    for choice in queries.choices(viewer):
        yield {"group": choice.group, "told": choice.told, "mail": choice.mail}


PARTS = (
    Part("notices", notices, covers=("notices.Notice",)),
    Part("notice-settings", wishes, covers=("notices.Wish",)),
)
