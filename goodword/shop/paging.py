"""Where a list goes on: the last row's (time, id) as one opaque word."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit.errors import Invalid

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
START = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))
BYTES = 8 + 16  # microseconds since 1970, id


def encode(at: datetime, id_: UUID) -> str:
    micros = (at - EPOCH) // MICROSECOND
    return urlsafe_b64encode(micros.to_bytes(8, "big") + id_.bytes).decode().rstrip("=")


def decode(cursor: str) -> tuple[datetime, UUID]:
    """The (time, id) that `encode` wrote; Invalid for anything else."""
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        if len(raw) != BYTES:
            raise ValueError(cursor)
        at = EPOCH + int.from_bytes(raw[:8], "big") * MICROSECOND
    except (ValueError, OverflowError) as error:
        raise Invalid(_("This link to the next page is damaged. Start from the first.")) from error
    return at, UUID(bytes=raw[8:])
