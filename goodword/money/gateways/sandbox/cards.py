"""The sandbox's ways to pay: what each one does, and what should come of it here, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ...states import AnswerKind, Words

A = AnswerKind
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


class Call(StrEnum):
    """What the sandbox can be asked."""

    CHARGE = "charge"
    LOOK_UP = "look_up"
    CANCEL = "cancel"
    REFUND = "refund"


class Forgery(StrEnum):
    """A message that says "captured" and must not be believed."""

    UNSIGNED = "unsigned"  # its signature is not the sandbox's
    STALE = "stale"  # it was signed, an hour ago


@dataclass(frozen=True, slots=True)
class Card:
    """`first` answers the charge; `later` are the messages sent after it, each with its delay."""

    word: Words
    sentence: Words  # what it does, and what comes of it
    first: AnswerKind
    later: tuple[tuple[timedelta, AnswerKind | Forgery], ...] = ()
    reason: str = ""
    deaf: Mapping[Call, int] = field(default_factory=dict)  # so many tries find nobody there
    loses: frozenset[Call] = frozenset()  # does it, and the first answer never arrives
    cancels: bool = True
    captures_when_cancelled: bool = False
    short_by: int = 0  # takes so many minor units less than it was asked for
    refund_fails: str = ""  # the code with which a refund is refused
    refund_later: str = ""  # "done" or "failed": how a refund ends, a minute after it was accepted
    odd: bool = True


CARDS: Mapping[str, Card] = {
    "card": Card(_("Card that works"), _("Paid at once."), A.CAPTURED, odd=False),
    "step_up": Card(
        _("Card with a check by the bank"),
        _("Your bank asks you to confirm on a page of its own."),
        A.STEP_UP,
        odd=False,
    ),
    "pending": Card(
        _("Slow bank"),
        _("Accepted now, paid half a minute later."),
        A.PENDING,
        later=((30 * SECOND, A.CAPTURED),),
        odd=False,
    ),
    "declined": Card(
        _("Empty card"),
        _("Declined: not enough money on it."),
        A.DECLINED,
        reason="insufficient_funds",
        odd=False,
    ),
    "expired": Card(
        _("Card that has expired"), _("Declined at once."), A.DECLINED, reason="expired_card"
    ),
    "declined_later": Card(
        _("Bank that declines after all"),
        _("Accepted now, declined half a minute later."),
        A.PENDING,
        later=((30 * SECOND, A.DECLINED),),
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
    "race": Card(
        _("Bank that pays while it is called off"),
        _("Waits for ever, and pays in the moment the order expires; the money then goes back."),
        A.PENDING,
        captures_when_cancelled=True,
    ),
    "short": Card(
        _("Bank that keeps a fee of its own"),
        _("Pays the smallest coin less than it was asked for; all of it goes back."),
        A.CAPTURED,
        short_by=1,
    ),
    "reversed": Card(
        _("Stolen card"),
        _("Paid at once; two minutes later the bank takes it back, and what was not shipped ends."),
        A.CAPTURED,
        later=((2 * MINUTE, A.REVERSED),),
    ),
    "forged": Card(
        _("Stranger who pretends to be the bank"),
        _("Two messages say that it was paid, one unsigned and one old; nobody believes them."),
        A.PENDING,
        later=(
            (5 * SECOND, Forgery.UNSIGNED),
            (10 * SECOND, Forgery.STALE),
            (30 * SECOND, A.DECLINED),
        ),
    ),
    "lost": Card(
        _("Bank whose answer is lost"),
        _("Paid, but we only learn it when we ask again."),
        A.CAPTURED,
        loses=frozenset({Call.CHARGE}),
    ),
    "down": Card(
        _("Bank that is out of order"),
        _("Does not answer twice, then pays."),
        A.CAPTURED,
        deaf={Call.CHARGE: 2},
    ),
    "away": Card(
        _("Bank that is never there when it is needed"),
        _("Waits for you to confirm; it is away when it is asked, called off or to pay back."),
        A.STEP_UP,
        deaf={Call.LOOK_UP: 1, Call.CANCEL: 1, Call.REFUND: 2},
        loses=frozenset({Call.REFUND}),
    ),
    "closed": Card(
        _("Card closed after paying"),
        _("Paid at once; a refund cannot be sent to it, and the operator has to pay by hand."),
        A.CAPTURED,
        refund_fails="account_closed",
    ),
    "slow_refund": Card(
        _("Bank that is slow to pay back"),
        _("Paid at once; a refund takes a minute."),
        A.CAPTURED,
        refund_later="done",
    ),
    "refund_bounces": Card(
        _("Refund that comes back"),
        _("Paid at once; a refund is accepted and fails a minute later."),
        A.CAPTURED,
        refund_later="failed",
    ),
}
