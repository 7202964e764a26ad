from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.circle.models import Friendship
from goodword.kit import formats, jobs
from goodword.kit.errors import Conflict
from goodword.kit.pictures import discard_pictures
from goodword.kit.pictures.models import PictureRow
from goodword.kit.voice.keeping import discard_voices
from goodword.kit.voice.models import VoiceRow
from goodword.money import leaving as money
from goodword.notices import actions as notices
from goodword.orders import leaving as orders
from goodword.people import leaving as people
from goodword.people import operators
from goodword.people.models import Member
from goodword.reach.models import Entry
from goodword.reach.targeting import actions as targeting
from goodword.shop import leaving as shop

from ..archive import keeping

OWN = (models.CASCADE, models.DO_NOTHING)  # rows whose key says this are the member's own
# Letters that wait hold the address.
MAIL = """
DELETE FROM procrastinate_jobs
 WHERE status = 'todo' AND %(email)s IN (args ->> 'to', args ->> 'email')
"""


class CannotLeave(Conflict):
    """Something is not over yet; the sentence says what to do first."""


def obstacles(member: Member) -> list[str]:
    """What has to be done before the member can leave, a sentence for each."""
    found = []
    if open_orders := orders.open_orders(member.id):
        found.append(
            ngettext(
                "%(num)s order is not over yet. Wait until it is complete, or call it off.",
                "%(num)s orders are not over yet. Wait until they are complete, or call them off.",
                open_orders,
            )
            % {"num": open_orders}
        )
    for amount in money.owed(member.id):
        found.append(
            _(
                "%(sum)s from your sales are still with the house. Have paid out what is yours, "
                "and wait for the orders that are not over."
            )
            % {"sum": formats.money(amount)}
        )
    if money.unsettled(member.id):
        found.append(
            _("A payment or refund of yours is still under way. Wait until it is through.")
        )
    if shop.has_open_shop(member.id):
        found.append(_("Your shop is open. Close it first."))
    if operators.is_only(member):
        found.append(str(operators.SENTENCE))
    return found


@transaction.atomic
def ask(*, member: Member, now: datetime) -> Member:
    """Delete the account after the grace time. Raises CannotLeave."""
    if found := obstacles(member):
        raise CannotLeave(" ".join(found))
    return people.ask(member=member, now=now)


def start_due(*, now: datetime) -> int:
    """Have each account deleted whose grace time is over; returns how many that are."""
    found = people.due(now)
    for member in found:
        jobs.defer("ops.part_with", member=str(member), lock=f"leaving:{member}")
    return len(found)


@transaction.atomic
def part_with(*, member: UUID, now: datetime) -> bool:
    """Delete the account if its time is over and nothing is open; says whether it went.

    What is open by then is waited for: the next sweep asks again.
    """
    person = (
        Member.objects.select_for_update()
        .filter(id=member, leaving_at__lte=now, left_at=None)
        .first()
    )
    if person is None or obstacles(person) or shop.has_closing_shop(person.id):
        return False
    email = person.email
    keeping.forget(owner=person.id)
    end_sessions(person)
    notices.forget(member=person.id)
    shop.forget(person.id, now=now)
    orders.forget(person.id)
    targeting.take_back(member=person.id, now=now)
    leave_timelines(person)
    discard_files(person)
    delete_own(person)
    if email:
        with connection.cursor() as cursor:
            cursor.execute(MAIL, {"email": email})
    people.become_nobody(member=person, now=now)
    return True


def end_sessions(person: Member) -> None:
    keys = UserSession.objects.filter(user=person).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()


def leave_timelines(person: Member) -> None:
    """Take the person's moments out of the friends' timelines, where no key ties them."""
    friends = Friendship.objects.filter(owner=person).values_list("friend", flat=True)
    Entry.objects.filter(reader__in=list(friends), author=person.id).delete()


def keys_to_members() -> list[Any]:
    """Every foreign key to a member in the whole house; most have no name on the member's side."""
    fields = Member._meta.get_fields(include_hidden=True)
    return [one for one in fields if one.auto_created and not one.concrete and one.is_relation]


def own_rows(person: Member) -> Iterator[Any]:
    """For each key that makes a row the person's own: those rows."""
    for relation in keys_to_members():
        if relation.on_delete in OWN:
            model, field = relation.related_model, relation.field.name
            yield model._base_manager.filter(**{field: person})


def discard_files(person: Member) -> None:
    """Have the files of the person's pictures and voice notes deleted with the commit."""
    for rows in own_rows(person):
        if issubclass(rows.model, PictureRow):
            keys = list(rows.values_list("key", flat=True))
            discard_pictures(keys, variants=rows.model.variants)
        elif issubclass(rows.model, VoiceRow):
            discard_voices(list(rows.values_list("key", flat=True)))


def delete_own(person: Member) -> None:
    for rows in own_rows(person):
        rows.delete()
    for relation in keys_to_members():
        if relation.on_delete is models.SET_NULL:
            field = relation.field.name
            rows = relation.related_model._base_manager.filter(**{field: person})
            rows.update(**{field: None})
