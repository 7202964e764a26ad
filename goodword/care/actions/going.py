"""Where a case goes: on with a new clock, to its end, or to wait for what its seller earns."""

from datetime import datetime
from typing import Any

from django.db import transaction

from goodword.kit.money import Money
from goodword.money.actions.escrow import NotEnough
from goodword.orders import actions as orders
from goodword.orders import rules as order_rules

from .. import rules
from ..rules import Outcome
from ..states import FINAL, CaseState
from . import owing
from .common import Locked, keep, note, tell_operators


def go(locked: Locked, outcome: Outcome, now: datetime, **changes: Any) -> None:
    """Lead the case to where the outcome says, with further `changes`; its clock starts anew."""
    if outcome.state in FINAL:
        assert outcome.back is not None, "a case ends, and nobody says how"
        finish(locked, outcome.state, outcome.back, now, **changes)
        return
    if outcome.back is not None:
        changes["decision_minor"] = outcome.back.minor
    case = locked.case
    case.state = outcome.state  # how long it waits depends on it
    wait(locked, rules.due(case, case.holds, now), now, state=outcome.state, **changes)
    if outcome.state == CaseState.DECIDED:
        owing.freeze(locked, now)
    elif outcome.back is not None:
        note(locked, "against_return", now, amount=order_rules.facts_of(outcome.back))
        owing.clear(locked, now)


def wait(locked: Locked, at: datetime, now: datetime, **changes: Any) -> None:
    keep(locked.case, due_at=at, **changes)
    orders.wind_case(locked.order, locked.line, at, now)


def finish(
    locked: Locked, state: CaseState, back: Money, now: datetime, *, advance: bool = False,
    **changes: Any,
) -> None:  # fmt: skip
    """The end: the line's money goes as was decided, or its clocks go on.

    While a seller does not have all that she was paid, what she has goes back, and the rest is
    tried again each day, unless the house pays it in `advance`.
    """
    case = locked.case
    given = Money(case.given_minor, case.currency)
    try:
        with transaction.atomic():
            if back:
                orders.resolve(
                    locked.order, locked.line, back=back - given, before=given, reason="case",
                    key=f"case/{case.id}", advance=advance, now=now,
                )  # fmt: skip
            else:
                orders.resume_clocks(locked.order, locked.line, now)
    except NotEnough:
        fall_short(locked, back, now, **changes)
        return
    keep(case, state=state, ended_at=now, due_at=None, back_minor=back.minor, **changes)
    note(locked, str(state), now)
    owing.settle(locked, now)


def fall_short(locked: Locked, back: Money, now: datetime, **changes: Any) -> None:
    """Give back what the seller has; what is missing stays where she cannot take it out."""
    case = locked.case
    first = case.state != CaseState.SHORT
    part = orders.give_part(
        locked.order, locked.line, most=back - Money(case.given_minor, case.currency),
        reason="case", key=f"case/{case.id}/part/{case.given_minor}", now=now,
    )  # fmt: skip
    changes |= {"decision_minor": back.minor, "given_minor": case.given_minor + part.minor}
    wait(locked, now + rules.TRY_AGAIN, now, state=CaseState.SHORT, **changes)
    owing.keep_back(locked, part, now)
    if first:
        note(locked, "not_covered", now, amount=order_rules.facts_of(case.missing))
        tell_operators(case, "care.short", now)
