"""The sentences of a case in notices, and in the order's story."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.journal.queries import Deed
from goodword.kit import formats
from goodword.orders import story

from . import words
from .states import Party, Reason, Stays

Facts = dict[str, Any]


def deed(verb: str, facts: Facts, *, buyer: bool) -> str:
    """What happened, as one side reads it."""
    sentence = str(words.DEEDS[verb][0 if buyer else 1])
    reason, why = facts.get("reason", ""), facts.get("why", "")
    return sentence % {
        "reason": words.REASONS[Reason(reason)] if reason in set(Reason) else "",
        "why": words.STAYS[Stays(why)] if why else "",
        "sum": story.money(facts),
    }


def teller(verb: str) -> Callable[[Deed, story.Reader], story.Told]:
    def tell(one: Deed, reader: story.Reader) -> story.Told:
        sentence = deed(verb, one.facts, buyer=reader.is_buyer)
        detail = " · ".join(
            part for part in (one.facts.get("number", ""), story.which(one.facts)) if part
        )
        return words.ICONS[verb], sentence, detail, ""

    return tell


def notice(verb: str, facts: Facts) -> str:
    said = deed(verb, facts, buyer=facts.get("role") == Party.BUYER)
    return _("“%(title)s”: %(what)s") % {"title": facts.get("title", ""), "what": said}


def drawn(facts: Facts) -> str:
    until = facts.get("until", "")
    return _("You were drawn as a juror. It takes five minutes, until %(until)s.") % {
        "until": formats.date_time(datetime.fromisoformat(until)) if until else ""
    }


def to_decide(_facts: Facts) -> str:
    return _("A dispute waits for your decision.")


def appealed_to(_facts: Facts) -> str:
    return _("A decision was appealed. Yours will be the last.")


def short(_facts: Facts) -> str:
    return _("A seller does not have all that has to go back. The house can pay it, or wait.")


def page(case: UUID) -> str:
    return reverse("care:case", args=[case])


NOTICES: dict[str, Callable[[Facts], str]] = {
    **{f"care.{verb}": partial(notice, verb) for verb in words.DEEDS},
    "care.drawn": drawn,
    "care.to_decide": to_decide,
    "care.appealed_to": appealed_to,
    "care.short": short,
}
TELLERS = {f"care.{verb}": teller(verb) for verb in words.DEEDS}
