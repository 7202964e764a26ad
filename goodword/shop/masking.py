"""Ways off the platform are hidden in public text: outside of it neither side is protected."""

from dataclasses import dataclass

from .imports.contacts import find_contacts
from .imports.model import Contact, ContactKind

HIDDEN = "•••"
# What is hidden; a mere “add me” or “scan the code” names no way out, it only flags the listing.
NAMING = frozenset(ContactKind) - {ContactKind.INVITATION, ContactKind.CODE}


@dataclass(frozen=True, slots=True)
class Masked:
    """`text` as the public may read it, and what was found in it."""

    text: str
    found: tuple[Contact, ...]


def masked(text: str, *, field: str = "description") -> Masked:
    """`text` with every account, number, address and link hidden."""
    found = find_contacts(text, field=field)
    return Masked(hide(text, found), found)


def hide(text: str, found: tuple[Contact, ...]) -> str:
    """`text` with the naming ones of `found`, which are contacts of exactly this text, hidden."""
    for contact in sorted(found, key=lambda one: one.start, reverse=True):
        if contact.kind in NAMING:
            text = text[: contact.start] + HIDDEN + text[contact.end :]
    return text
