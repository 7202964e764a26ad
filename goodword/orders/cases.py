"""What orders need of whoever looks after returns and disputes; that domain registers itself here.

Orders stand below it and never import it: a line only knows that a case makes its clocks stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from .models import Order, OrderLine
from .states import Role


@dataclass(frozen=True, slots=True)
class Note:
    """A case, or the offer to open one, as a card on the order's page."""

    line: UUID
    title: str
    about: str  # which line, where there are several
    sentence: str
    tone: str
    url: str
    label: str  # of the link
    at: datetime | None = None  # when something happens if nobody acts
    then: str = ""  # what


@dataclass(frozen=True, slots=True)
class Turn:
    """What a case does by itself at `at`; `line` is then refunded, goes on, or still waits."""

    at: datetime
    sentence: str
    refunded: bool = False
    resumed: bool = False


class Cases(Protocol):
    def ring(self, *, locked: object, line: UUID, now: datetime) -> None:
        """The deadline of the line's case is over; the order is locked."""

    def notes(
        self, order: Order, lines: Sequence[OrderLine], role: Role, now: datetime
    ) -> list[Note]:
        """What the order's page shows of them."""

    def evidence(self, order: UUID) -> str:
        """Where its two sides find the file about it that they can take to an authority."""

    def foresee(self, line: UUID, now: datetime) -> list[Turn]:
        """What the open case of the line does if nobody acts."""


_cases: list[Cases] = []


def register(cases: Cases) -> None:
    """Have one domain look after returns and disputes. Raises TypeError for a second one."""
    if _cases:
        raise TypeError("cases are looked after already")
    _cases.append(cases)


def looked_after() -> Cases | None:
    return _cases[0] if _cases else None
