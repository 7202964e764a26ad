"""What a seller owes by a decision: frozen while it may be appealed, then paid as far as she can.

It never decides that she owes, and never lets anybody else pay for her.
"""

from datetime import datetime
from uuid import UUID

from goodword.journal import actions as journal
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.kit.rows import change, first, insert_new, joined

from ..actions.posting import lock_accounts
from ..models import Claim
from ..queries.ledger import balance
from .deposit import compensate, deposit_account
from .reserve import open_claims, payable, reserve_account
from .rules import within
from .states import ClaimKind, ClaimState


@joined
def claim(
    *, kind: ClaimKind, state: ClaimState, seller: UUID, buyer: UUID, order: UUID, amount: Money,
    key: str, reason: str = "", now: datetime,
) -> bool:  # fmt: skip
    """What `seller` owes `buyer`. False when there is a claim by that `key`: it stays as it is."""
    fresh = Claim(
        id=new_id(), kind=kind, state=state, seller_id=seller, buyer_id=buyer, order=order,
        amount=amount.minor, currency=amount.currency, key=key, reason=reason[:300],
        created_at=now, changed_at=now,
    )  # fmt: skip
    if not insert_new(fresh):
        return False
    note(fresh, "money.claimed", now)
    return True


@joined
def fall_due(*, key: str, now: datetime) -> None:
    """The decision is final: what the seller has pays it now, and what is missing as she earns."""
    row = locked_by(key)
    if row is None or row.state != ClaimState.FROZEN:
        return
    change(row, state=ClaimState.DUE, changed_at=now)
    pay_due(seller=row.seller_id, currency=row.currency, now=now)


@joined
def lift(*, key: str, now: datetime) -> bool:
    """It is not owed after all. False when there was none, or it is due already."""
    row = locked_by(key)
    if row is None or row.state != ClaimState.FROZEN:
        return False
    change(row, state=ClaimState.LIFTED, changed_at=now)
    note(row, "money.claim_lifted", now)
    return True


@joined
def pay_off(*, key: str, amount: Money, now: datetime) -> None:
    """So much of a refund has been taken back of the seller; what is more than it changes nothing.

    The posting is the refund's own: a claim only keeps the money where it can be found.
    """
    row = locked_by(key)
    if row is None or row.state != ClaimState.DUE:
        return
    book(row, min(amount, row.rest), now)


@joined
def pay_due(*, seller: UUID, currency: str, now: datetime) -> None:
    """Pay the compensations that are due, the oldest first, out of deposit, reserve and balance.

    What is left for refunds of the same seller is not touched: they come first.
    """
    sources = [deposit_account(seller, currency), reserve_account(seller, currency),
               payable(seller, currency)]  # fmt: skip
    lock_accounts(sources)
    waiting = list(open_claims(seller, currency).filter(state=ClaimState.DUE).order_by("id"))
    refunds = [one.rest for one in waiting if one.kind == ClaimKind.REFUND]
    has = within([balance(source) for source in sources], refunds)
    for row in (one for one in waiting if one.kind == ClaimKind.COMPENSATION):
        part = min(row.rest, has)
        if part:
            has -= part
            pay(row, part, now)


def pay(row: Claim, part: Money, now: datetime) -> None:
    compensate(
        seller=row.seller_id, buyer=row.buyer_id, order=row.order, amount=part, reason=row.reason,
        key=f"{row.key}/{row.paid}", actor=None, rest=row.rest - part, below_zero=False, now=now,
    )  # fmt: skip
    book(row, part, now)


def book(row: Claim, part: Money, now: datetime) -> None:
    state = ClaimState.PAID if part == row.rest else ClaimState.DUE
    change(row, paid=row.paid + part.minor, state=state, changed_at=now)


def locked_by(key: str) -> Claim | None:
    return first(Claim, key=key, how="FOR UPDATE")


def debtors() -> list[tuple[UUID, str]]:
    """Who owes a compensation, and in which currency."""
    rows = Claim.objects.filter(state=ClaimState.DUE, kind=ClaimKind.COMPENSATION)
    return [(seller, currency) for seller, currency in rows.values_list("seller", "currency")
            .distinct()]  # fmt: skip


def note(row: Claim, verb: str, now: datetime) -> None:
    journal.record(
        owner=row.buyer_id, actor=None, verb=verb, subject=row.order, now=now, kind=str(row.kind),
        amount={"minor": row.amount, "currency": row.currency},
    )  # fmt: skip
