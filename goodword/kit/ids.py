"""Row ids: UUIDv7 (RFC 9562), so rows of one time lie together and any machine can make one."""

from uuid import UUID

from uuid_utils.compat import uuid7

__all__ = ["new_id", "parse_id"]


def new_id() -> UUID:
    """A fresh UUIDv7; ids made later in one process sort later."""
    return uuid7()


def parse_id(text: str) -> UUID | None:
    """The id that `text` spells, or None when it spells none."""
    try:
        return UUID(text)
    except (ValueError, AttributeError, TypeError):
        return None
