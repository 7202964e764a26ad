import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from goodword.kit import house, rates, rows
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.kit.together import together
from goodword.money import queries as ledger
from goodword.orders import actions as orders
from goodword.orders.models import OrderLine
from goodword.orders.refusals import OrderMissing
from goodword.people.models import Member

from .. import queries, rules
from ..models import Case
from ..refusals import NotPossible
from ..states import Party, Reason
from .common import Locked, Values, hang, note, required

A_DAY = 30


@transaction.atomic
@together()
def open_case(
    *,
    buyer: Member,
    order: UUID,
    line: UUID,
    reason: Reason,
    words: str = "",
    pictures: Sequence[Values] = (),
    now: datetime,
) -> Case:
    """Ask to return a line, or say that it never came. Its own clocks stand from here on.

    Words are needed where the seller is to blame. Raises OrderMissing, NotPossible, Missing.
    """
    locked = orders.lock(order)
    one = next((row for row in locked.lines if row.id == line), None)
    if one is None or locked.order.buyer_id != buyer.id:
        raise OrderMissing
    if one.paused_at:
        raise NotPossible("open_already")
    rates.hit(f"case:{buyer.id}", limit=A_DAY, per=timedelta(days=1), now=now)
    ordered = house.rules(locked.order.placed_at)
    if why := rules.may_open(
        reason, state=one.state, received_at=one.received_at,
        returns_days=int(one.snapshot.get("returns_days", 0)),
        past=queries.past(queries.cases_about(locked.order), line),
        most=ordered.cases_of_a_line, now=now,
    ):  # fmt: skip
        raise NotPossible(why)
    words = words.strip()[:500]
    if rules.sellers_fault(reason):
        words = required(words, "words", 500)
    terms = rules.Terms.of(house.rules(now), ordered=ordered)
    asked = what_is_left(one, reason)
    case = Case(
        id=new_id(), order=locked.order, line=one, buyer=buyer, seller_id=one.seller_id,
        reason=reason, words=words, state=rules.opens_as(reason), asked_minor=asked.minor,
        currency=asked.currency, terms=terms.stored(), opened_at=now,
        secret=secrets.token_hex(32),
    )  # fmt: skip
    case.due_at = rules.due(case, terms, now)
    rows.insert([case])
    hang(case, Party.BUYER, pictures, 0)
    orders.stop_clocks(locked, one, until=case.due_at, now=now)
    note(
        Locked(locked, case, one),
        "opened",
        now,
        actor=buyer.id,
        reason=str(reason),
        tell=[one.seller_id],
    )
    return case


def what_is_left(line: OrderLine, reason: Reason) -> Money:
    """What is asked for, as far as it did not go back before. Raises NotPossible."""
    part = ledger.parts_of(line.order_id)[line.id]
    left = part.released if line.state == "released" else part.held
    asked = min(rules.asked_for(reason, goods=line.goods, total=line.total), left)
    if not asked:
        raise NotPossible("nothing_left")
    return asked
