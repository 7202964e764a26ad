"""When nobody acted in time. Orders ring, with the order locked; the rule is asked again here."""

from datetime import datetime
from uuid import UUID

from goodword.kit.rows import find
from goodword.orders import actions as orders
from goodword.orders import rules as order_rules

from .. import queries, rules
from ..models import Case
from ..states import CaseState
from . import owing
from .common import note, tell_operators, within
from .going import go

# What is told when silence led there, where the end itself does not tell it.
SAID = {
    CaseState.ASKED: "accepted_by_silence",
    CaseState.TALKING: "to_evidence",
    CaseState.PANEL: "no_quorum",
}


def ring(*, locked: orders.Locked, line: UUID, now: datetime) -> None:
    """Let the line's open case do what silence means in its state, if its time is over."""
    found = next((case for case in find(Case, line_id=line) if case.ended_at is None), None)
    if found is None or found.due_at is None or now < found.due_at:
        return
    mine = within(locked, found)
    before = CaseState(mine.case.state)
    outcome = rules.run_out(
        mine.case, queries.heard(mine.case),
        too_long=rules.takes_too_long(mine.case, mine.case.holds, now),
    )  # fmt: skip
    if outcome.state == CaseState.DECIDED and outcome.back is not None:
        by = "panel" if before == CaseState.PANEL else "silence"
        note(mine, "decided", now, by=by, amount=order_rules.facts_of(outcome.back))
        owed = owing.by_rule(mine, outcome.back)
        go(mine, outcome, now, decided_by=by, compensation_minor=owed)
        return
    if before in SAID:
        note(mine, SAID[before], now)
    go(mine, outcome, now)
    if outcome.state == CaseState.OPERATOR:
        tell_operators(mine.case, "care.to_decide", now)
