"""Where a reader is in the timeline: opaque to clients, checked when it comes back."""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit.errors import Invalid

LAST_ID = UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Everything before `as_of` and after these two places, `since` life cards after a fold.

    `passed` are the cards of the page before that nobody had seen: who asks on has read past them.
    """

    as_of: datetime
    life: tuple[datetime, UUID]
    market: tuple[datetime, UUID]
    since: int
    passed: tuple[UUID, ...] = ()

    def encode(self) -> str:
        parts = (
            micros(self.as_of),
            micros(self.life[0]),
            self.life[1].hex,
            micros(self.market[0]),
            self.market[1].hex,
            self.since,
            "".join(one.hex for one in self.passed),
        )
        raw = ".".join(str(part) for part in parts).encode()
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def first(now: datetime) -> Cursor:
    """The top of the timeline as it stands at `now`."""
    return Cursor(as_of=now, life=(now, LAST_ID), market=(now, LAST_ID), since=3)


def decode(text: str) -> Cursor:
    """The cursor that `encode` wrote; Invalid for anything else."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
        as_of, life_at, life_id, market_at, market_id, since, passed = raw.split(".")
        return Cursor(
            moment(as_of),
            (moment(life_at), UUID(life_id)),
            (moment(market_at), UUID(market_id)),
            min(int(since), 1000),
            tuple(UUID(passed[n : n + 32]) for n in range(0, len(passed), 32)),
        )
    except (ValueError, binascii.Error, OverflowError):
        raise Invalid(_("This place in the timeline is gone. Start again from the top.")) from None


def micros(value: datetime) -> int:
    return (value - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def moment(text: str) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(text))
