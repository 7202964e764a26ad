"""When nobody acted in time. Orders ring, with the order locked; the rule is asked again here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.kit.rows import find
from goodword.orders import actions as orders

from .. import queries, rules
from ..models import Case
from ..rules import Outcome
from ..states import CaseState
from .common import note, tell_operators, within
from .going import go
from .judging import decided

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
    heard = queries.heard(mine.case)
    outcome = rules.run_out(
        mine.case, heard, too_long=rules.takes_too_long(mine.case, mine.case.holds, now)
    )
    if outcome.state == CaseState.DECIDED and outcome.back is not None:
        by = "panel" if before == CaseState.PANEL else "silence"
        decided(mine, outcome.back, heard, by, now)
        return
    if before in SAID:
        note(mine, SAID[before], now)
    go(mine, outcome, now, **unheard(mine.case, outcome))
    if outcome.state == CaseState.OPERATOR:
        tell_operators(mine.case, "care.to_decide", now)


def unheard(case: Case, outcome: Outcome) -> dict[str, Any]:
    """What is kept of a refund against the goods that nobody decided but the clock."""
    by_clock = outcome.state == CaseState.TO_SHIP_BACK and outcome.back and not case.decided_by
    return {"decided_by": "silence"} if by_clock else {}
