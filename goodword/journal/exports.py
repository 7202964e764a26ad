"""What a member takes along of this domain."""

from datetime import datetime
from uuid import UUID

from goodword.kit.exports import Part, Rows

from .models import Entry


def chain(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """The viewer's chain as it is, so that anybody can compute its digests again."""
    for row in Entry.objects.filter(owner=viewer).order_by("seq").iterator():
        yield {
            "seq": row.seq, "at": row.at, "actor": row.actor, "verb": row.verb,
            "subject": row.subject, "body": row.body,
            "previous": bytes(row.previous).hex(), "digest": bytes(row.digest).hex(),
        }  # fmt: skip


PARTS = (Part("journal", chain, covers=("journal.Entry",)),)
