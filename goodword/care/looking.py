"""What orders ask of care (see `orders.cases`): to ring, to show, to foresee."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.kit import house
from goodword.orders.actions import Locked
from goodword.orders.cases import Note, Turn
from goodword.orders.models import Order, OrderLine
from goodword.orders.states import Role

from . import actions, queries, rules, words
from .models import Case
from .states import FINAL, CaseState, Party, Reason


class Care:
    """Registered with orders when the house starts."""

    def ring(self, *, locked: object, line: UUID, now: datetime) -> None:
        assert isinstance(locked, Locked)
        actions.ring(locked=locked, line=line, now=now)

    def notes(
        self, order: Order, lines: Sequence[OrderLine], role: Role, now: datetime
    ) -> list[Note]:
        known = queries.cases_about(order)
        by_id = {one.id: one for one in lines}
        for case in known:
            case.line = by_id[case.line_id]
        names = {one.id: one.name for one in lines} if len(lines) > 1 else {}
        found = [note(one, Party(role), names.get(one.line_id, "")) for one in known]
        if role == Role.BUYER:
            busy = {one.line_id for one in known if not one.ended_at}
            free = [one for one in lines if one.id not in busy and one.state in rules.OPENS_IN]
            most = cases_at_most(order) if known else 1  # nothing to count yet
            found += [offer(one, len(lines)) for one in free if reasons(one, known, most, now)]
        return found

    def evidence(self, order: UUID) -> str:
        return reverse("care:evidence", args=[order])

    def foresee(self, line: UUID, now: datetime) -> list[Turn]:
        case = queries.open_case(line)
        return foreseen(case, now) if case else []


def note(case: Case, party: Party, name: str) -> Note:
    """A case on its order's page; with the line's `name` where there are several."""
    state = CaseState(case.state)
    is_open = state not in FINAL
    return Note(
        line=case.line_id,
        title=str(words.STATES[state]),
        about=name,
        sentence=str(words.next_step(case, party)),
        tone="warn" if is_open else "",
        url=reverse("care:case", args=[case.id]),
        label=_("Look at the case"),
        at=case.due_at if is_open else None,
        then=str(words.ahead(case)),
    )


def cases_at_most(order: Order) -> int:
    """How often something of the order can be asked back: as it was when it was ordered."""
    return house.rules(order.placed_at).cases_of_a_line


def offer(line: OrderLine, count: int) -> Note:
    """The button that asks for the money back: one for each line where there are several."""
    title = _("Is something wrong?")
    return Note(
        line=line.id,
        title=title,
        about=line.name if count > 1 else "",
        sentence="",
        tone="",
        url=reverse("care:open", args=[line.id]),
        label=_("Return it, or report a problem"),
    )


def reasons(line: OrderLine, known: Sequence[Case], most: int, now: datetime) -> list[Reason]:
    """Why a case could be opened about the line now, the first of `most`; `known` are the order's
    so far.
    """
    days = int(line.snapshot.get("returns_days", 0))
    past = queries.past(known, line.id)
    return [
        reason
        for reason in Reason
        if rules.may_open(
            reason, state=line.state, received_at=line.received_at, returns_days=days, past=past,
            most=most, now=now,
        )
        is None
    ]  # fmt: skip


def foreseen(case: Case, now: datetime) -> list[Turn]:
    """The case played on to its end by the rules that ring it, with nobody acting."""
    heard, terms, told = queries.heard(case), case.holds, list[Turn]()
    at = case.due_at or now
    while case.state not in FINAL:
        sentence = str(words.ahead(case))
        outcome = rules.run_out(case, heard, too_long=rules.takes_too_long(case, terms, at))
        over = outcome.state in FINAL
        if outcome.back is not None and not over:
            case.decision_minor = outcome.back.minor
            if outcome.state == CaseState.DECIDED:
                case.stays = rules.stays_by(case, outcome.back, heard)
        case.state = outcome.state
        goods = case.line.goods
        refunded = over and outcome.back is not None and outcome.back >= goods
        told.append(Turn(at, sentence, refunded=refunded, resumed=over and not outcome.back))
        if not over:
            at = rules.due(case, terms, at)
    return told
