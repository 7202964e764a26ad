"""Pure decisions about sellers: numbers of businesses, the calendar year, what happens next."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.utils.translation import gettext as _
from stdnum.cn import uscc
from stdnum.eu import vat
from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    ValidationError,
)

from goodword.kit import formats
from goodword.kit.errors import Invalid
from goodword.kit.money import Money, exponent

from ..states import Level
from .states import ClockKind, Scheme

REMIND_BEFORE = timedelta(days=7)
ASK_AGAIN = timedelta(hours=1)  # a shop whose last order is not over yet
NAME = 120  # characters
REASON = 500
PAGES = 6  # of the papers


class BadNumber(Invalid):
    """The number is not one that the scheme could have given."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, fields={"number": sentence})


def licence_number(scheme: Scheme, text: str) -> str:
    """The number as its register writes it. Raises BadNumber.

    China: GB 32100-2015, 18 characters, the last one a check. European Union: the form and check
    of the state that its first two letters name (Directive 2006/112/EC, art. 215). Whether the
    business exists is for an operator to see from its papers.
    """
    number = text.strip().replace("\u3000", " ")
    check = uscc if scheme == Scheme.USCC else vat
    try:
        return str(check.validate(number))
    except InvalidLength as error:
        raise BadNumber(_too_long(scheme)) from error
    except InvalidChecksum as error:
        sentence = _("A sign of this number is wrong: its check does not come out. Look once more.")
        raise BadNumber(sentence) from error
    except (InvalidFormat, InvalidComponent, ValidationError) as error:
        raise BadNumber(_form_of(scheme)) from error


def _too_long(scheme: Scheme) -> str:
    if scheme == Scheme.USCC:
        return _("A unified social credit code has 18 characters.")
    return _("This VAT number is too long or too short for its country.")


def _form_of(scheme: Scheme) -> str:
    if scheme == Scheme.USCC:
        return _("A unified social credit code is made of digits and capital letters.")
    return _("A VAT number begins with the two letters of a country of the European Union.")


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year where the house is: from `begins` to before `ends` (aware)."""

    number: int
    begins: datetime
    ends: datetime

    @classmethod
    def of(cls, now: datetime, zone: tzinfo) -> "Year":
        number = now.astimezone(zone).year
        return cls(
            number,
            datetime(number, 1, 1, tzinfo=zone),
            datetime(number + 1, 1, 1, tzinfo=zone),
        )


def limit(whole: int, currency: str) -> Money:
    """The house rule's whole units of `currency` as money."""
    return Money(whole * 10 ** exponent(currency), currency)


def exceeds(level: Level, sold: Money, most: Money) -> bool:
    """Whether a seller of this level has sold more than a private person may.

    Who has declared nothing counts as a private person: silence is no way around the rule.
    """
    return level != Level.REGISTERED and sold > most


def clocks(stops_at: datetime, now: datetime) -> list[tuple[ClockKind, datetime]]:
    """What is wound when the sum was passed; no reminder that would come too late."""
    remind_at = stops_at - REMIND_BEFORE
    found = [(ClockKind.REMIND, remind_at)] if remind_at > now else []
    return [*found, (ClockKind.STOP, stops_at)]


def may_end(closing_at: datetime | None, open_orders: int, now: datetime) -> bool:
    """Whether a shop that closes is over for good: its time has come and nothing is open."""
    return closing_at is not None and closing_at <= now and open_orders == 0


@dataclass(frozen=True, slots=True)
class Declared:
    """What a seller has declared or the house has checked, as it stands wherever she sells."""

    level: str  # of `states.Level`
    level_at: datetime | None

    @property
    def level_phrase(self) -> str:
        return level_words(Level(self.level), self.level_at)


def level_words(level: Level, at: datetime | None) -> str:
    """The one plain phrase that stands on every card."""
    if level == Level.REGISTERED:
        if at is None:
            return _("Registered business")
        return _("Registered business, checked on %(date)s") % {"date": formats.date(at)}
    return _("Private person") if level == Level.INDIVIDUAL else _("Not declared yet")
