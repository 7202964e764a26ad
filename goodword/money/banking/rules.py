"""What may be said to a bank, and what a bank's line means. No database, no clock."""

import re
import unicodedata
from base64 import b32encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from stdnum import bic as bics
from stdnum import iban as ibans
from stdnum import luhn
from stdnum.exceptions import ValidationError

from goodword.kit.errors import Invalid
from goodword.kit.money import Money, allocate

from ..bank.shapes import bare
from .states import DetailKind

HOLDER = 70  # characters, as in a SEPA file
# EPC217-08: the letters that every bank of the SEPA area takes.
PLAIN = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


@dataclass(frozen=True, slots=True)
class Details:
    """An account at a bank, checked. `bic` and `bank` may be empty."""

    kind: DetailKind
    holder: str
    number: str
    bic: str = ""
    bank: str = ""

    @property
    def hint(self) -> str:
        return self.number[-4:]


def details(
    *, kind: DetailKind, holder: str, number: str, bic: str = "", bank: str = ""
) -> Details:
    """What was typed, cleaned and checked. Raises Invalid with a sentence for its field."""
    holder = " ".join(holder.split())
    if not 0 < len(holder) <= HOLDER:
        raise wrong("holder", _("Give the name on the account, of %(most)s characters at most.")
                    % {"most": HOLDER})  # fmt: skip
    number = re.sub(r"[\s\-]", "", number).upper()
    bank = " ".join(bank.split())[:HOLDER]
    bic = re.sub(r"\s", "", bic).upper()
    if kind == DetailKind.IBAN:
        check_iban(number)
        if not latin(holder):
            raise wrong("holder", _("Write the name in Latin letters, as the bank has it."))
        if bic and not bics.is_valid(bic):
            raise wrong("bic", _("This is no BIC. It has 8 or 11 letters and digits."))
        return Details(kind, holder, number, bic, bank)
    if not re.fullmatch(r"[0-9]{16,19}", number) or not luhn.is_valid(number):
        raise wrong("number", _("This is no bank card number: its digits do not fit each other."))
    if not bank:
        raise wrong("bank", _("Give the bank and its branch, so that the money finds it."))
    return Details(kind, holder, number, "", bank)


def check_iban(number: str) -> None:
    try:
        ibans.validate(number)
    except ValidationError:
        raise wrong("number", _("This is no IBAN: a digit is wrong or missing.")) from None


def wrong(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={field: sentence})


def latin(text: str, most: int = HOLDER) -> str:
    """`text` in the letters that every bank takes; accents fall off, other letters are left out."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o"))
    return " ".join(PLAIN.sub("", plain).split())[:most]


def number_of(payout: UUID) -> str:
    """What banks call a payout: 13 letters and digits that say nothing about others."""
    return "PO" + b32encode(payout.bytes[-7:]).decode()[:11]


def named_in(number: str, *texts: str) -> bool:
    """Whether a bank's line speaks of that number, whatever blanks and case a bank made of it."""
    return any(number in re.sub(r"[^A-Z0-9]", "", text.upper()) for text in texts)


def same_account(said: str, number: str) -> bool:
    """Whether a statement's name of an account means the house's."""
    return bare(said) != "" and bare(said) == bare(number)


@dataclass(frozen=True, slots=True)
class Period:
    """What a seller earned, less what was taken back, while the house kept back `percent` of it."""

    percent: int
    earned: Money


def reserve(periods: Iterable[Period], *, currency: str) -> Money:
    """What has to be kept back of the sales of the last time, each by the rule of its own day."""
    kept = Money(0, currency)
    for period in periods:
        if period.earned.minor > 0:
            kept += allocate(period.earned, [100 - period.percent, period.percent])[1]
    return kept


def is_due(*, latest: datetime | None, every: timedelta, now: datetime) -> bool:
    """Whether a payout begins by itself; a rule of no time means that it never does."""
    return bool(every) and (latest is None or now - latest >= every)


def cover(amount: Money, stands: Sequence[Money], *, below_zero: bool) -> list[Money] | None:
    """How much of `amount` each of the accounts gives, in their order; what stands below zero gives
    nothing. The last one gives what is missing too, `below_zero`; otherwise None says that they do
    not cover it. The parts sum to `amount`.
    """
    parts = []
    rest = amount
    for one in stands:
        part = min(rest, max(one, amount - amount))
        parts.append(part)
        rest -= part
    if rest and not below_zero:
        return None
    parts[-1] += rest
    return parts


def within(stands: Sequence[Money], before: Iterable[Money]) -> Money:
    """What a seller can give of all her accounts once `before` is provided for; at least nothing.

    What stands below zero gives nothing.
    """
    nothing = stands[0] - stands[0]
    has = sum((max(one, nothing) for one in stands), nothing)
    return max(nothing, has - sum(before, nothing))


def frozen(owed: Money, kept: Sequence[Money]) -> Money:
    """How much of the balance has to stay for what is owed: what deposit and reserve (`kept`) do
    not provide for.
    """
    nothing = owed - owed
    return max(nothing, owed - sum((max(one, nothing) for one in kept), nothing))
