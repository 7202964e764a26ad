"""The sandbox's ways to pay: what each one does, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ...states import AnswerKind, Words

A = AnswerKind
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Card:
    """`first` answers the charge; `later` are the messages sent after it, each with its delay."""

    word: Words
    sentence: Words
    first: AnswerKind
    later: tuple[tuple[timedelta, AnswerKind], ...] = ()
    reason: str = ""
    deaf_for: int = 0  # this many tries find nobody there
    loses_answer: bool = False  # does what it was asked, and its answer never arrives
    cancels: bool = True
    refunds: bool = True


CARDS: Mapping[str, Card] = {
    "card": Card(_("Card that works"), _("Paid at once."), A.CAPTURED),
    "step_up": Card(
        _("Card with a check by the bank"),
        _("Your bank asks you to confirm on a page of its own."),
        A.STEP_UP,
    ),
    "pending": Card(
        _("Slow bank"),
        _("Accepted now, paid half a minute later."),
        A.PENDING,
        later=((30 * SECOND, A.CAPTURED),),
    ),
    "declined": Card(
        _("Empty card"),
        _("Declined: not enough money on it."),
        A.DECLINED,
        reason="insufficient_funds",
    ),
    "duplicate": Card(
        _("Bank that repeats itself"),
        _("Tells three times that it has paid."),
        A.PENDING,
        later=((20 * SECOND, A.CAPTURED), (20 * SECOND, A.CAPTURED), (MINUTE, A.CAPTURED)),
    ),
    "out_of_order": Card(
        _("Bank whose messages overtake each other"),
        _("Paid at once; an older message arrives afterwards."),
        A.CAPTURED,
        later=((SECOND, A.CAPTURED), (10 * SECOND, A.PENDING)),
    ),
    "late": Card(
        _("Bank that pays too late"),
        _("Pays after twenty minutes, although it was called off; the money then goes back."),
        A.PENDING,
        later=((20 * MINUTE, A.CAPTURED),),
        cancels=False,
    ),
    "lost": Card(
        _("Bank whose answer is lost"),
        _("Paid, but we only learn it when we ask again."),
        A.CAPTURED,
        loses_answer=True,
    ),
    "down": Card(
        _("Bank that is out of order"),
        _("Does not answer twice, then pays."),
        A.CAPTURED,
        deaf_for=2,
    ),
    "closed": Card(
        _("Card closed after paying"),
        _("Paid at once; a refund cannot be sent to it."),
        A.CAPTURED,
        refunds=False,
    ),
}
