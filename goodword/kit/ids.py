"""Row ids: UUIDv7 (RFC 9562), so rows of one time lie together and any machine can make one."""

from uuid import UUID

from uuid_utils.compat import uuid7

__all__ = ["new_id", "parse_id", "spoken"]

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's, without letters that look like digits


def new_id() -> UUID:
    """A fresh UUIDv7; ids made later in one process sort later."""
    return uuid7()


def parse_id(text: str) -> UUID | None:
    """The id that `text` spells, or None when it spells none."""
    try:
        return UUID(text)
    except (ValueError, AttributeError, TypeError):
        return None


def heard(text: str) -> str:
    """The last ten hex digits of the id that is spoken as `text`; empty where none could be."""
    signs = text.strip().upper().replace("-", "")
    if len(signs) != 8 or set(signs) - set(ALPHABET):
        return ""
    value = 0
    for sign in signs:
        value = value << 5 | ALPHABET.index(sign)
    return f"{value:010x}"


def spoken(id: UUID) -> str:
    """“7K2M-9QXD”: the id's last 40 bits, which are random, as people read them to each other."""
    value = id.int & (2**40 - 1)
    signs = "".join(ALPHABET[(value >> shift) & 31] for shift in range(35, -5, -5))
    return f"{signs[:4]}-{signs[4:]}"
