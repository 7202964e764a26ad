"""What a buyer chooses when something is made for her: ranges with steps, and lists. Pure.

Numbers are decimals written as text ("0.5"), never floats; a range includes both its ends.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from goodword.kit.errors import Invalid

MOST = 8  # questions of one listing
VALUES = 40
DIGITS = 12
THOUSANDS = re.compile(r"[1-9][0-9]{0,2}([,，][0-9]{3})+")

Wishes = list[tuple[str, str]]  # (question, answer with its unit)


class BadWish(Invalid):
    """An answer that the listing does not offer; `fields` names it: "wish_0"."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(next(iter(fields.values())), fields=fields)


class BadAsk(Invalid):
    """A question of the seller's that makes no sense; `fields` names its row: "ask_0"."""

    def __init__(self, place: int, sentence: str) -> None:
        super().__init__(sentence, fields={f"ask_{place}": sentence})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question: a range of numbers in `unit`, or one of `values`."""

    name: str
    unit: str = ""
    low: str = ""
    high: str = ""
    step: str = ""
    values: tuple[str, ...] = ()

    @property
    def is_range(self) -> bool:
        return not self.values

    @property
    def words(self) -> str:
        """“3–36 in, in steps of 0.5”, “2, 3 or 4”."""
        if self.values:
            return ", ".join(self.values)
        span = f"{self.low}–{self.high} {self.unit}".strip()
        return _("%(span)s, in steps of %(step)s") % {"span": span, "step": self.step}

    def answer(self, typed: str) -> str:
        """`typed` as the order will say it, with its unit. Raises Invalid with what to choose."""
        text = " ".join(typed.split())
        if self.values:
            if text not in self.values:
                raise Invalid(_("Choose one of: %(values)s.") % {"values": self.words})
            return text
        value, low, step = number(text), Decimal(self.low), Decimal(self.step)
        if value is None or not low <= value <= Decimal(self.high) or (value - low) % step:
            raise Invalid(_("Choose %(range)s.") % {"range": self.words})
        return f"{plain(value)} {self.unit}".strip()

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        if self.values:
            return {"name": self.name, "values": list(self.values)}
        return {
            "name": self.name, "unit": self.unit, "low": self.low, "high": self.high,
            "step": self.step,
        }  # fmt: skip


def read(stored: Sequence[Mapping[str, Any]]) -> tuple[Ask, ...]:
    """From JSON."""
    return tuple(Ask(**{**one, "values": tuple(one.get("values", ()))}) for one in stored)


def cleaned(asks: Sequence[Ask]) -> tuple[Ask, ...]:
    """Tidy and checked, or BadAsk."""
    if len(asks) > MOST:
        raise BadAsk(MOST, _("Ask at most %(most)s things.") % {"most": MOST})
    tidy = tuple(_tidy(place, ask) for place, ask in enumerate(asks))
    names = [ask.name for ask in tidy]
    for place, name in enumerate(names):
        if name in names[:place]:
            raise BadAsk(place, _("“%(name)s” stands there twice.") % {"name": name})
    return tidy


def _tidy(place: int, ask: Ask) -> Ask:
    name, unit = " ".join(ask.name.split())[:40], " ".join(ask.unit.split())[:12]
    if not name:
        raise BadAsk(place, _("Say what the buyer chooses, such as “Diameter”."))
    values = tuple(dict.fromkeys(" ".join(one.split())[:40] for one in ask.values if one.strip()))
    if values:
        if len(values) > VALUES:
            raise BadAsk(place, _("Offer at most %(most)s values.") % {"most": VALUES})
        return Ask(name=name, values=values)
    low, high, step = number(ask.low), number(ask.high), number(ask.step or "1")
    if low is None or high is None or step is None or not low < high or step <= 0:
        raise BadAsk(place, _("Give a range from a smaller to a larger number, and a step."))
    if (high - low) % step:
        raise BadAsk(place, _("The step does not lead from the first number to the last."))
    return Ask(name=name, unit=unit, low=plain(low), high=plain(high), step=plain(step))


def answers(asks: Sequence[Ask], typed: Sequence[str]) -> Wishes:
    """Each question with its answer. Raises BadWish, which names every one that cannot be used."""
    found, wrong = [], {}
    for place, ask in enumerate(asks):
        try:
            found.append((ask.name, ask.answer(typed[place] if place < len(typed) else "")))
        except Invalid as error:
            wrong[f"wish_{place}"] = str(error)
    if wrong:
        raise BadWish(wrong)
    return found


def number(text: str) -> Decimal | None:
    """A plain decimal number, not too long; None for anything else, “1,250” too: it may mean both
    a thousand and one.
    """
    if THOUSANDS.fullmatch(text.strip()):
        return None
    clean = text.strip().replace("，", ".").replace(",", ".")
    if len(clean) > DIGITS or not clean.replace(".", "", 1).isdecimal() or not clean.isascii():
        return None
    try:
        return Decimal(clean)
    except InvalidOperation:
        return None


def plain(value: Decimal) -> str:
    """Without an exponent and without zeros that say nothing: “0.5”, “36”."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
