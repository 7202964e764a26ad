"""Which value a house rule may have; the rules in force are passed in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from goodword.kit import house
from goodword.kit.errors import Invalid
from goodword.kit.house import DAY, HOUR, Beside, HouseRules, Limits

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
    mine = [pair for pair in house.BESIDE if name in (pair.more, *pair.less)]
    if mine:
        tightest = min(mine, key=lambda pair: room(pair, then))
        if getattr(then, tightest.more) < needed(tightest, then):
            raise Invalid(beside(name, tightest, then))


def room(pair: Beside, rules: HouseRules) -> Any:
    """How much more the first rule of the pair is than it must be; below zero: too little."""
    return getattr(rules, pair.more) - needed(pair, rules)


def beside(name: str, pair: Beside, rules: HouseRules) -> str:
    """How far the rule can go beside the others of its pair."""
    if name != pair.more:
        bound = rounded(getattr(rules, name) + room(pair, rules) // pair.less.count(name))
        return _("Choose at most %(bound)s, because of %(rule)s.") % {
            "bound": value_words(name, bound),
            "rule": quoted(pair.more, getattr(rules, pair.more)),
        }
    bound = value_words(name, rounded_up(needed(pair, rules)))
    if len(pair.less) > 1:
        return _("Choose at least %(bound)s: so long do its steps take.") % {"bound": bound}
    less = pair.less[0]
    return _("Choose at least %(bound)s, because of %(rule)s.") % {
        "bound": bound, "rule": quoted(less, getattr(rules, less)),
    }  # fmt: skip


def needed(pair: Beside, rules: HouseRules) -> Any:
    """The least that the first rule of the pair can be beside the others."""
    first, *others = (getattr(rules, one) for one in pair.less)
    together = sum(others, first)
    return together + pair.gap if pair.gap else together


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
    return value // told_in(value) * told_in(value)


def rounded_up(value: Any) -> Any:
    """The least from `value` on that is told whole."""
    cut = rounded(value)
    return cut if cut == value else rounded(value + told_in(value))


def told_in(value: Any) -> Any:
    """The unit in which a value is told: a time by its length, a number by ones."""
    if not isinstance(value, timedelta):
        return 1
    return next((step for least, step in WHOLE if value >= least), house.MINUTE)


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
