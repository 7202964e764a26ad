"""Which value a house rule may have; the rules in force are passed in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from goodword.kit import house
from goodword.kit.errors import Invalid
from goodword.kit.house import DAY, HOUR, HouseRules, Limits

from .words import limits_words, quoted, value_words

UNITS = {"minutes": house.MINUTE, "hours": HOUR, "days": DAY}
# Longer times are told in larger units, and what is told must be what holds.
WHOLE = ((3 * DAY, DAY), (10 * HOUR, HOUR))


def check(name: str, value: Any, *, now: HouseRules) -> None:
    """Raises Invalid for what the rule cannot be, by itself or beside those in force `now`."""
    limits: Limits = house.FIELDS[name].metadata["limits"]
    if not fits(value, limits):
        raise Invalid(limits_words(name, limits), fields={"number": limits_words(name, limits)})
    if isinstance(value, timedelta) and not is_round(value):
        sentence = _("From ten hours on choose whole hours, from three days on whole days.")
        raise Invalid(sentence, fields={"number": sentence})
    then = replace(now, **{name: value})
    for more, less in house.BESIDE:
        if name in (more, *less) and not covers(then, more, less):
            raise Invalid(beside(name, more, less, then))


def beside(name: str, more: str, less: tuple[str, ...], rules: HouseRules) -> str:
    """How far the rule can go beside the others of its line in `house.BESIDE`."""
    if name != more:
        rest = getattr(rules, more)
        for one in less:
            rest -= getattr(rules, one) if one != name else rest * 0
        bound = value_words(name, rounded(rest // less.count(name)))
        reason = quoted(more, getattr(rules, more))
        return _("Choose at most %(bound)s, because of %(rule)s.") % {
            "bound": bound, "rule": reason,
        }  # fmt: skip
    bound = value_words(name, together(rules, less))
    if len(less) > 1:
        return _("Choose at least %(bound)s: so long do its steps take.") % {"bound": bound}
    reason = quoted(less[0], getattr(rules, less[0]))
    return _("Choose at least %(bound)s, because of %(rule)s.") % {"bound": bound, "rule": reason}


def fits(value: Any, limits: Limits) -> bool:
    nothing = limits.step * 0
    return (
        limits.least <= value <= limits.most
        and value % limits.step == nothing
        and not (limits.odd and value % 2 == 0)
    )


def is_round(value: timedelta) -> bool:
    return value == rounded(value)


def rounded(value: Any) -> Any:
    """Cut to what is told whole."""
    if not isinstance(value, timedelta):
        return value
    step = next((step for least, step in WHOLE if value >= least), house.MINUTE)
    return value // step * step


def covers(rules: HouseRules, more: str, less: Sequence[str]) -> bool:
    return bool(getattr(rules, more) >= together(rules, less))


def together(rules: HouseRules, names: Sequence[str]) -> Any:
    """The sum of some rules of one kind."""
    first, *others = (getattr(rules, one) for one in names)
    return sum(others, first)


def split(value: timedelta, step: timedelta) -> tuple[int, str]:
    """The number and the unit in which a time is written, as it is told elsewhere."""
    if step == DAY or (value >= 3 * DAY and not value % DAY):
        return value // DAY, "days"
    return (value // HOUR, "hours") if not value % HOUR else (value // house.MINUTE, "minutes")


def typed(text: str, unit: str, *, name: str) -> Any:
    """What was typed as the rule's value. Raises Invalid for what is no whole number."""
    sentence = _("Type a whole number.")
    if not (text.strip().isascii() and text.strip().isdigit()) or len(text.strip()) > 10:
        raise Invalid(sentence, fields={"number": sentence})
    number = int(text)
    if house.KINDS[name] is not timedelta:
        return number
    if unit not in UNITS:
        sentence = _("Choose minutes, hours or days.")
        raise Invalid(sentence, fields={"unit": sentence})
    # No time of ours is as long; what is longer than a timedelta can be is too long as well.
    return min(number, 10**6) * UNITS[unit]
