"""What can be told: each domain registers its kinds, with a sentence and an address, at the start.

`facts` of a sentence are those that were told, and `actor`, the present name of who did it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

Sentence = Callable[[dict[str, Any]], str]
Address = Callable[[UUID], str]


class Person(Protocol):
    """What a notice shows of who did it."""

    display_name: str
    handle: str

    @property
    def avatar_url(self) -> str: ...


Lookup = Callable[[Collection[UUID]], Mapping[UUID, Person]]


@dataclass(frozen=True, slots=True)
class Kind:
    sentence: Sentence
    url: Address


_kinds: dict[str, Kind] = {}
_lookups: list[Lookup] = []


def register(kind: str, *, sentence: Sentence, url: Address) -> None:
    """Declare `kind` ("orders.shipped"). The sentence is made when it is read, in that language.

    Raises ValueError when it is declared already.
    """
    if kind in _kinds:
        raise ValueError(f"the notice {kind} is declared twice")
    _kinds[kind] = Kind(sentence, url)


def forget(kind: str) -> None:
    """Take back what `register` declared."""
    _kinds.pop(kind, None)


def introduce(lookup: Lookup) -> None:
    """Say how ids of actors become people; the domain above that owns members does it."""
    _lookups[:] = [lookup]


def of(kind: str) -> Kind:
    """A kind's sentence and address; those of a domain that is gone say just that."""
    return _kinds.get(kind, LEFT_OVER)


def people(ids: Collection[UUID]) -> Mapping[UUID, Person]:
    return _lookups[0](ids) if _lookups and ids else {}


def _left_over(_facts: dict[str, Any]) -> str:
    return _("This is about something that is no longer here.")


def _home(_subject: UUID) -> str:
    return "/"


LEFT_OVER = Kind(_left_over, _home)
