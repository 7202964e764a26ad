"""What can be told: each domain registers its kinds, with a sentence and an address, at the start.

`facts` of a sentence are those that were told, and `actor`, the present name of who did it. Each
kind belongs to a group, by which members say how they want to be told.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Sentence = Callable[[dict[str, Any]], str]
Address = Callable[[UUID], str]
Sorter = Callable[[dict[str, Any]], str]


class Person(Protocol):
    """What a notice shows of who did it."""

    display_name: str
    handle: str

    @property
    def avatar_url(self) -> str: ...


Lookup = Callable[[Collection[UUID]], Mapping[UUID, Person]]
Names = Callable[[UUID, Collection[UUID]], Mapping[UUID, str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """`crowd` is the sentence for several people at once, with `others`, how many more there are:
    notices of such a kind about one subject are one line of the list.

    `stands` is SQL that is true as long as its owner may know of it, asked at every look; slots
    {owner}, {subject} and {now}."""

    sentence: Sentence
    url: Address
    group: str | Sorter
    crowd: Sentence | None = None
    stands: str = ""

    def group_of(self, facts: dict[str, Any]) -> str:
        name = self.group if isinstance(self.group, str) else self.group(facts)
        return name if name in _groups else OTHER


@dataclass(frozen=True, slots=True)
class Group:
    """`label` is read in lists and letters. `vital` may be quiet but never off. `quiet`: the bell
    does not count it as long as the member says nothing."""

    label: Any
    mail: bool = False  # whether it is also sent by mail as long as the member says nothing
    vital: bool = False
    quiet: bool = False


OTHER = "other"
_kinds: dict[str, Kind] = {}
_groups: dict[str, Group] = {OTHER: Group(gettext_lazy("Everything else"))}
_lookups: list[Lookup] = []
_names: list[Names] = []


def register(
    kind: str,
    *,
    sentence: Sentence,
    url: Address,
    group: str | Sorter = OTHER,
    crowd: Sentence | None = None,
    stands: str = "",
) -> None:
    """Declare `kind` ("orders.shipped"). The sentence is made when it is read, in that language.

    `group` names a group, or finds its name from the facts; `stands` is that of `Kind`. Raises
    ValueError when it is declared already.
    """
    if kind in _kinds:
        raise ValueError(f"the notice {kind} is declared twice")
    _kinds[kind] = Kind(sentence, url, group, crowd, stands)


def register_group(
    name: str, *, label: Any, mail: bool = False, vital: bool = False, quiet: bool = False
) -> None:
    """Declare a group that members can set; `label` is a lazy translation."""
    _groups[name] = Group(label, mail, vital, quiet)


def groups() -> dict[str, Group]:
    """All groups in the order in which they were declared; what fits nowhere comes last."""
    return {name: _groups[name] for name in sorted(_groups, key=OTHER.__eq__)}


def folding() -> list[str]:
    """The kinds of which several about one subject are one line."""
    return [name for name, kind in _kinds.items() if kind.crowd]


def standing(n: str) -> str:
    """SQL that is true of a notice, aliased `n`, whose owner may still know what it is about.

    Slot {now}. What was told may have been hidden since, by a dial, a group or time alone, and
    then a line that leads to nothing would say so.
    """
    asked: dict[str, list[str]] = {}
    for name, kind in _kinds.items():
        if kind.stands:
            asked.setdefault(kind.stands, []).append(f"'{name}'")
    parts = [
        f"({n}.kind NOT IN ({', '.join(names)}) OR "
        + stands.format(owner=f"{n}.owner", subject=f"{n}.subject", now="{now}")
        + ")"
        for stands, names in asked.items()
    ]
    return " AND ".join(parts) or "TRUE"


def forget(kind: str) -> None:
    """Take back what `register` declared."""
    _kinds.pop(kind, None)


def introduce(lookup: Lookup) -> None:
    """Say how ids of actors become people; the domain above that owns members does it."""
    _lookups[:] = [lookup]


def call(names: Names) -> None:
    """Say what a member calls others, where not by their own name; the domain that knows does."""
    _names[:] = [names]


def of(kind: str) -> Kind:
    """A kind's sentence and address; those of a domain that is gone say just that."""
    return _kinds.get(kind, LEFT_OVER)


def people(ids: Collection[UUID]) -> Mapping[UUID, Person]:
    return _lookups[0](ids) if _lookups and ids else {}


def called(owner: UUID, ids: Collection[UUID]) -> Mapping[UUID, str]:
    return _names[0](owner, ids) if _names and ids else {}


def _left_over(_facts: dict[str, Any]) -> str:
    return _("This is about something that is no longer here.")


def _home(_subject: UUID) -> str:
    return "/"


LEFT_OVER = Kind(_left_over, _home, OTHER)
