from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from goodword.kit.errors import Invalid, NotFound
from goodword.kit.ids import new_id
from goodword.kit.rows import joined
from goodword.kit.together import Write, do

from . import kinds, queries, stream
from .models import Letter, Notice, Wish
from .states import Told

TOLD = """
wish AS (
  SELECT told, mail FROM notices_wish WHERE owner = %(owner)s AND "group" = %(group)s
), known AS (
  UPDATE notices_notice SET at = %(at)s, facts = %(facts)s
   WHERE owner = %(owner)s AND subject = %(subject)s AND kind = %(kind)s AND read_at IS NULL
     AND actor IS NOT DISTINCT FROM %(actor)s
     AND (%(part)s::text IS NULL OR facts ->> 'part' = %(part)s)
  RETURNING id)"""
TELL = """
INSERT INTO notices_notice (id, owner, kind, subject, actor, facts, at, quiet, to_mail)
SELECT %(id)s::uuid, %(owner)s::uuid, %(kind)s, %(subject)s::uuid, %(actor)s::uuid,
       %(facts)s::jsonb, %(at)s::timestamptz,
       coalesce((SELECT told = 'quiet' FROM wish), %(quiet)s),
       coalesce((SELECT mail FROM wish), %(mail)s)
 WHERE NOT EXISTS (SELECT FROM known)
   AND (%(vital)s OR NOT EXISTS (SELECT FROM wish WHERE told = 'off'))
RETURNING quiet"""


@joined
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
    moment. What the member set off is not told, unless its group is vital. `now` is UTC.
    """
    if part:
        facts["part"] = str(part)
    name = kinds.of(kind).group_of(facts)
    group = kinds.groups()[name]
    values: dict[str, Any] = {
        "id": new_id(), "owner": member, "kind": kind, "subject": subject, "actor": actor,
        "facts": Jsonb(facts), "part": str(part) if part else None, "at": now,
        "group": name, "vital": group.vital, "mail": group.mail,
        "quiet": group.quiet,
    }  # fmt: skip
    _count, told = do(Write("notices_notice", TELL, values, named=TOLD))
    # Also when an earlier one was renewed: its page may show the older words.
    if told != [(True,)]:
        stream.announce("notice", member=str(member))


def withdraw(
    *,
    subject: UUID,
    kind: str = "",
    actor: UUID | None = None,
    part: UUID | None = None,
    member: UUID | None = None,
) -> int:
    """Take back what was told about `subject`; of one kind, one actor's, one `part`, to one member
    if given.

    For what may no longer be known, as a deleted comment. Returns how many notices went.
    """
    rows = Notice.objects.filter(subject=subject)
    if kind:
        rows = rows.filter(kind=kind)
    if actor:
        rows = rows.filter(actor=actor)
    if part:
        rows = rows.filter(facts__part=str(part))
    if member:
        rows = rows.filter(owner=member)
    return rows.delete()[0]


def withdraw_from(*, subject: UUID, members: Collection[UUID]) -> int:
    """Take back what these members were told about `subject`, by whomever it was set off.

    For what they may no longer see. Returns how many notices went.
    """
    return Notice.objects.filter(subject=subject, owner__in=list(members)).delete()[0]


def withdraw_between(*, one: UUID, other: UUID, domain: str) -> int:
    """Take back what `domain` ("circle") told these two of each other, as when they part.

    A notice quotes what was said, so it may not outlive the right to read it. Returns how many
    notices went.
    """
    pair = Q(owner=one, actor=other) | Q(owner=other, actor=one)
    return Notice.objects.filter(pair, kind__startswith=f"{domain}.").delete()[0]


def read(*, owner: UUID, notice: UUID, now: datetime) -> None:
    """Mark one line as read, with all that it folds; the second time changes nothing.

    Raises NotFound.
    """
    row = Notice.objects.filter(owner=owner, id=notice).first()
    if row is None:
        raise NotFound(_("There is no such notice."))
    rows = Notice.objects.filter(id=row.id)
    if row.kind in kinds.folding():
        rows = Notice.objects.filter(
            owner=owner, kind=row.kind, subject=row.subject, at__lte=row.at
        )
    if rows.filter(read_at=None).update(read_at=now):
        stream.announce("notice", member=str(owner))


def read_all(*, owner: UUID, now: datetime) -> int:
    """Mark everything that was told until `now` as read; returns how many were unread."""
    count = Notice.objects.filter(owner=owner, read_at=None, at__lte=now).update(read_at=now)
    if count:
        stream.announce("notice", member=str(owner))
    return count


class NeverOff(Invalid):
    """News of a vital group, such as orders, can be quiet but not off."""


@transaction.atomic
def choose(*, owner: UUID, wishes: Mapping[str, tuple[str, bool]]) -> None:
    """Say how loudly groups are told, as group: (Told, by mail too). Others stay as they are.

    Raises Invalid for an unknown group or way, NeverOff.
    """
    known = kinds.groups()
    for name, (told, mail) in wishes.items():
        if name not in known or told not in set(Told):
            raise Invalid(_("There is no such choice. Load the page again."))
        if known[name].vital and told == Told.OFF:
            raise NeverOff(
                _("“%(group)s” cannot be switched off: money may wait. Make it quiet instead.")
                % {"group": known[name].label}
            )
        Wish.objects.update_or_create(
            owner=owner, group=name, defaults={"told": told, "mail": mail}
        )


@transaction.atomic
def stop_letters(*, owner: UUID, groups: Collection[str]) -> None:
    """Tell `owner` of these groups no longer by mail, also not of what waits for a letter now; in
    the list they stay as they are. Again changes nothing."""
    wishes = {one.group: (one.told, False) for one in queries.choices(owner) if one.group in groups}
    choose(owner=owner, wishes=wishes)
    waiting = Notice.objects.filter(owner=owner, to_mail=True)
    over = [row.id for row in waiting if kinds.of(row.kind).group_of(row.facts) in wishes]
    Notice.objects.filter(id__in=over).update(to_mail=False)


def note_letter(*, owner: UUID, until: datetime, now: datetime) -> None:
    """Remember that a letter to `owner` names everything told until `until`."""
    Notice.objects.filter(owner=owner, to_mail=True, at__lte=until).update(to_mail=False)
    Letter.objects.update_or_create(owner=owner, defaults={"at": now})


def forget(*, member: UUID) -> None:
    """Take away what the member was told, what others were told of them, and their wishes."""
    Notice.objects.filter(Q(owner=member) | Q(actor=member)).delete()
    Wish.objects.filter(owner=member).delete()
    Letter.objects.filter(owner=member).delete()
