"""Who runs the house. Once there is an operator, there is always one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from goodword.journal.actions import record
from goodword.kit.errors import Conflict

from .models import Member

SENTENCE = gettext_lazy(
    "The house would be without an operator. Make somebody else one first, with the command "
    "“goodword operator HANDLE”."
)


class OnlyOperator(Conflict):
    """Without an operator nobody could look after money, disputes and reports."""

    def __init__(self) -> None:
        super().__init__(str(SENTENCE))


def is_only(member: Member) -> bool:
    """Whether nobody would run the house without this member; who is leaving does not count."""
    others = Member.objects.filter(is_operator=True, is_active=True, leaving_at=None)
    return member.is_operator and not others.exclude(id=member.id).exists()


@transaction.atomic
def appoint(*, member: Member, on: bool, now: datetime) -> Member:
    """Make the member an operator, or a plain member again; twice is once. Raises OnlyOperator."""
    rows = Member.objects.select_for_update().filter(is_operator=True).order_by("id")
    list(rows)  # two who end at once wait for each other
    locked = Member.objects.select_for_update().get(id=member.id)
    if locked.is_operator == on:
        return locked
    if not on and is_only(locked):
        raise OnlyOperator
    locked.is_operator = on
    locked.save(update_fields=["is_operator"])
    verb = "people.became_operator" if on else "people.was_operator"
    record(owner=member.id, actor=None, verb=verb, subject=member.id, now=now)
    return locked
