"""How letters leave the house, and what an operator should know about those that do not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import uuid4

import structlog
from django.core.mail import EmailMessage
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.kit import formats, mail, sealing

from . import letters, refusals
from .models import Shelved

log = structlog.get_logger(__name__)

JOB = "people.send_letter"
ONE_CLICK = "List-Unsubscribe=One-Click"
LATELY = timedelta(days=7)  # how long a letter that was lost is counted
LOST = "letter-lost:"  # the shelf's keys for these; no address is kept
REFUSED, LATE = "refused", "late"
# A letter that was not taken at the first try waits for its next.
WAITING: LiteralString = """
SELECT count(*) FROM procrastinate_jobs
 WHERE task_name = %s AND status IN ('todo', 'doing') AND attempts > 0
"""


def deliver(*, to: str, sealed: str, now: datetime) -> None:
    """Send a letter that `letters.post` has sealed.

    Raises mail.NotSent when another try may help. A letter that the server refuses for good, or
    that has waited for more than `letters.WORTH_SENDING`, is lost, and counted.
    """
    try:
        letter = letters.opened(sealed)
    except sealing.Sealed:
        # To try again would only keep the row: no later try can open it.
        log.warning("people.letter_too_old_to_send")
        return lose(LATE, now)
    # RFC 8058: with both headers a mail program shows a way to end them, and posts by itself.
    headers = {"List-Unsubscribe": f"<{letter.stop}>", "List-Unsubscribe-Post": ONE_CLICK}
    try:
        mail.send(
            EmailMessage(
                letter.subject, letter.body, to=[to], headers=headers if letter.stop else None
            )
        )
    except mail.NotSent as error:
        if not error.for_good:
            raise
        log.warning("people.letter_refused", code=error.code)
        lose(REFUSED, now)
        if error.mailbox:
            refusals.note(email=to, now=now)
    else:
        refusals.forget(email=to)


def lose(why: str, now: datetime) -> None:
    Shelved.objects.create(key=f"{LOST}{uuid4()}", value=why, until=now + LATELY)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """How it goes with the letters; the counts of lost ones are of the last `LATELY`."""

    leaves: bool  # to a mail server; else to files, where nobody reads them
    waiting: int  # not taken yet, tried again
    refused: int
    late: int  # given up after `letters.WORTH_SENDING`

    @property
    def sentences(self) -> list[str]:
        """What an operator has to know; empty when all is well."""
        said = []
        if not self.leaves:
            said.append(
                _(
                    "This house has no mail server: letters (a new password, an address to "
                    "confirm, news) are written to files and reach nobody."
                )
            )
        if self.waiting:
            said.append(
                ngettext(
                    "One letter waits, since the mail server has not taken it yet.",
                    "%(count)s letters wait, since the mail server has not taken them yet.",
                    self.waiting,
                )
                % {"count": formats.number(self.waiting)}
            )
        if lost := self.refused + self.late:
            said.append(
                ngettext(
                    "One letter of the last seven days could not be delivered.",
                    "%(count)s letters of the last seven days could not be delivered.",
                    lost,
                )
                % {"count": formats.number(lost)}
            )
        return said


def outgoing(now: datetime) -> Outgoing:
    """For operators."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [JOB])
        (waiting,) = cursor.fetchone()
    lost = list(
        Shelved.objects.filter(key__startswith=LOST, until__gt=now).values_list("value", flat=True)
    )
    return Outgoing(
        leaves=mail.server() is not None,
        waiting=waiting,
        refused=lost.count(REFUSED),
        late=lost.count(LATE),
    )
