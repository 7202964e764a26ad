"""The house rules with what they were; members read the values, operators also whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit import begins, house
from goodword.kit.errors import NotFound
from goodword.kit.models import HouseRule
from goodword.people import queries as people
from goodword.people.models import Member

from .words import limits_words, value_words


@dataclass(frozen=True, slots=True)
class Change:
    """From `since` on the rule was `value` and no longer `before`."""

    name: str
    since: datetime
    before: Any
    value: Any
    is_default: bool  # it went back to what it is by itself
    actor: UUID | None

    @property
    def words(self) -> str:
        return value_words(self.name, self.value)

    @property
    def before_words(self) -> str:
        return value_words(self.name, self.before)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it stands, with its changes, the newest first."""

    name: str
    sentence: Any
    default: Any
    limits: house.Limits
    changes: tuple[Change, ...]

    @property
    def value(self) -> Any:
        return self.changes[0].value if self.changes else self.default

    @property
    def words(self) -> str:
        return value_words(self.name, self.value)

    @property
    def default_words(self) -> str:
        return value_words(self.name, self.default)

    @property
    def limits_words(self) -> str:
        return limits_words(self.name, self.limits)

    @property
    def latest(self) -> Change | None:
        return self.changes[0] if self.changes else None

    @property
    def begins(self) -> Any:
        """What a change of it goes by, as a sentence."""
        return begins.OF[self.name]


def every(now: datetime) -> list[Rule]:
    """Every rule in force at `now`, in reading order; one query."""
    rows: dict[str, list[HouseRule]] = {}
    for row in HouseRule.objects.filter(since__lte=now).order_by("since", "id"):
        rows.setdefault(row.name, []).append(row)
    return [built(name, rows.get(name, [])) for name in house.FIELDS]


def one(name: str, now: datetime) -> Rule:
    """Raises NotFound for a name that no rule has."""
    if name not in house.FIELDS:
        raise NotFound(_("There is no such house rule."))
    kept = HouseRule.objects.filter(name=name, since__lte=now).order_by("since", "id")
    return built(name, list(kept))


def chapters(now: datetime) -> list[tuple[Any, list[Rule]]]:
    """The rules under the title of their chapter."""
    found: list[tuple[Any, list[Rule]]] = []
    for rule in every(now):
        if rule.name in house.CHAPTERS:
            found.append((house.CHAPTERS[rule.name], []))
        found[-1][1].append(rule)
    return found


def operators(rules: Sequence[Rule]) -> dict[UUID, Member]:
    """Whoever changed these, by id; one query."""
    return people.members({one.actor for rule in rules for one in rule.changes if one.actor})


def built(name: str, rows: Sequence[HouseRule]) -> Rule:
    field = house.FIELDS[name]
    changes, before = [], field.default
    for row in rows:
        value = field.default if row.value is None else house.typed(name, row.value)
        changes.append(Change(name, row.since, before, value, row.value is None, row.actor))
        before = value
    sentence, limits = field.metadata["sentence"], field.metadata["limits"]
    return Rule(name, sentence, field.default, limits, tuple(reversed(changes)))
