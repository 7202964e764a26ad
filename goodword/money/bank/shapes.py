"""What a statement says, as plain data, and how its lines are known again."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from django.utils.translation import gettext as _
from stdnum import iban as ibans

from goodword.kit.errors import Invalid, TooLarge
from goodword.kit.money import LIMIT, Money, exponent

FILE_BYTES = 16 * 2**20
LINES = 50_000
TEXT = 1000  # characters of what a payer wrote; the standards allow fewer
NAME = 140


class Unreadable(Invalid):
    """The file is refused whole; nothing of it was taken."""


class TooBig(TooLarge):
    """More than one import takes."""

    def __init__(self) -> None:
        super().__init__(
            _("This file is larger than %(size)s MB. Ask the bank for a shorter time.")
            % {"size": FILE_BYTES // 2**20}
        )


class Direction(StrEnum):
    IN = "in"  # came into the house's account
    OUT = "out"  # left it


@dataclass(frozen=True, slots=True)
class BankLine:
    """One booked movement. `amount` is above zero; `direction` says which way it went.

    `account` and `counterparty` are the other side's, as the bank names them, or empty. `text` is
    everything the payer wrote, in one line. `reference` is the payer's own (end-to-end) one.
    `bank_id` is the bank's, or empty. A `reversal` undoes an earlier line.
    """

    booked_on: date
    direction: Direction
    amount: Money
    counterparty: str
    account: str
    text: str
    reference: str
    bank_id: str
    reversal: bool
    key: str = ""  # the same whenever a file tells of this movement, and of no other


@dataclass(frozen=True, slots=True)
class Statement:
    """An account's lines between two balances, either of which may be below zero, or not said."""

    account: str  # the house's: its IBAN, or the bank's own number of it
    number: str
    currency: str
    opened: Money | None
    closed: Money | None
    opened_on: date | None
    closed_on: date | None
    lines: tuple[BankLine, ...]


def broken() -> Unreadable:
    return Unreadable(_("This bank statement is damaged or cut off. Export it from the bank anew."))


def unknown() -> Unreadable:
    return Unreadable(
        _("This is no bank statement that can be read here. Export it as camt.053 or MT940.")
    )


def amount(text: str | Decimal, currency: str) -> Money:
    """An amount of a statement, exactly. Raises Unreadable for one that cannot be."""
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise broken()
    currency = currency.upper()
    try:
        value = Decimal(text).scaleb(exponent(currency))
        if not value.is_finite() or abs(value) > LIMIT or value != value.to_integral_value():
            raise broken()
    except InvalidOperation:
        raise broken() from None
    return Money(int(value), currency)


def one_line(*texts: str | None, most: int = TEXT) -> str:
    """What was written, without control characters and doubled blanks, at most `most` long."""
    whole = " ".join(text for text in texts if text)
    return " ".join("".join(c if c.isprintable() else " " for c in whole).split())[:most]


def checked(statement: Statement) -> Statement:
    """The statement with its lines' keys, once they lead from one balance to the other.

    Raises Unreadable when they do not: then something is missing, added, or misread.
    """
    if any(line.amount.currency != statement.currency for line in statement.lines):
        raise broken()
    if statement.opened is not None and statement.closed is not None:
        moved = sum(
            line.amount.minor * (1 if line.direction == Direction.IN else -1)
            for line in statement.lines
        )
        if statement.opened.minor + moved != statement.closed.minor:
            raise Unreadable(
                _(
                    "The lines of this bank statement do not lead from its opening balance to its "
                    "closing one. Export it from the bank anew."
                )
            )
    return replace(statement, lines=tuple(keyed(statement.account, statement.lines)))


def keyed(account: str, lines: Sequence[BankLine]) -> Iterable[BankLine]:
    """Each line with its key. Of lines that are alike in everything, the first is one, the second
    another: so two equal payments of one day stay two, and stay the same two in the next file.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    account = bare(account)
    for line in lines:
        marks = (
            account, line.booked_on.isoformat(), line.direction, str(line.amount.minor),
            line.amount.currency, line.bank_id, line.reference,
            # A bank words the same line differently from one export to the next, its id stays.
            *(() if line.bank_id else (line.account, line.text)),
        )  # fmt: skip
        seen[marks] += 1
        whole = "\x1f".join((*marks, str(seen[marks])))
        yield replace(line, key=hashlib.sha256(whole.encode()).hexdigest())


def bare(account: str) -> str:
    """A bank's own number of an account, however it is written: MT940 knows no IBAN's head."""
    number = re.sub(r"[^A-Za-z0-9]", "", account).upper()
    return number[4:] if ibans.is_valid(number) else number
