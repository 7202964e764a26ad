from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from goodword.kit.errors import NotFound

from . import stream
from .models import Notice


@transaction.atomic(savepoint=False)
def tell(
    *,
    member: UUID,
    kind: str,
    subject: UUID,
    now: datetime,
    actor: UUID | None = None,
    part: UUID | None = None,
    **facts: Any,
) -> None:
    """Let `member` know of `kind` ("orders.shipped"). `facts` must be JSON-able.

    The same again, while it is unread, takes the place of the earlier one: a like taken back and
    given again is one line. `part` tells apart what is not the same, as two comments on one
    moment. `now` is UTC.
    """
    unread = Notice.objects.filter(
        owner=member, kind=kind, subject=subject, actor=actor, read_at=None
    )
    if part:
        facts["part"] = str(part)
        unread = unread.filter(facts__part=str(part))
    if not unread.update(at=now, facts=facts):
        Notice.objects.create(
            owner=member, kind=kind, subject=subject, actor=actor, at=now, facts=facts
        )
    stream.announce("notice", member=str(member))


def withdraw(
    *, subject: UUID, kind: str = "", actor: UUID | None = None, part: UUID | None = None
) -> int:
    """Take back what was told about `subject`; of one kind, one actor's, one `part` if given.

    For what may no longer be known, as a deleted comment. Returns how many notices went.
    """
    rows = Notice.objects.filter(subject=subject)
    if kind:
        rows = rows.filter(kind=kind)
    if actor:
        rows = rows.filter(actor=actor)
    if part:
        rows = rows.filter(facts__part=str(part))
    return rows.delete()[0]


def withdraw_between(*, one: UUID, other: UUID, domain: str) -> int:
    """Take back what `domain` ("circle") told these two of each other, as when they part.

    A notice quotes what was said, so it may not outlive the right to read it. Returns how many
    notices went.
    """
    pair = Q(owner=one, actor=other) | Q(owner=other, actor=one)
    return Notice.objects.filter(pair, kind__startswith=f"{domain}.").delete()[0]


def read(*, owner: UUID, notice: UUID, now: datetime) -> None:
    """Mark one notice as read; the second time changes nothing. Raises NotFound."""
    rows = Notice.objects.filter(owner=owner, id=notice)
    if rows.filter(read_at=None).update(read_at=now):
        stream.announce("notice", member=str(owner))
    elif not rows.exists():
        raise NotFound(_("There is no such notice."))


def read_all(*, owner: UUID, now: datetime) -> int:
    """Mark everything that was told until `now` as read; returns how many were unread."""
    count = Notice.objects.filter(owner=owner, read_at=None, at__lte=now).update(read_at=now)
    if count:
        stream.announce("notice", member=str(owner))
    return count
