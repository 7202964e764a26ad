"""A payout from the wish to the bank's word. The member's balance account is the lock."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit import house
from goodword.kit.errors import Conflict, Invalid, NotFound
from goodword.kit.formats import money
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.kit.rows import change, first, joined, locked
from goodword.notices import actions as notices

from .. import rules
from ..actions.escrow import NotEnough
from ..actions.posting import KeyReused, Posting, post
from ..actions.returning import gateway_account
from ..models import BankDetails, Payout
from ..queries import operators
from ..rules import AccountRef
from ..states import BANK, AccountKind, TransferKind
from .reserve import payable, settle_reserve
from .rules import is_due, number_of
from .states import OPEN_PAYOUTS, PAYOUT_MOVES, PayoutState

REASON = 300


class NoDetails(Conflict):
    def __init__(self) -> None:
        super().__init__(_("Say first which account at a bank is yours, then ask for the payout."))


class NotNow(Conflict):
    """The payout has moved on meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This payout has moved on meanwhile. Look at it again."))


@joined
def ask_payout(
    *, seller: UUID, currency: str, amount: Money | None = None, key: str, now: datetime,
    by_itself: bool = False,
) -> Payout:  # fmt: skip
    """Freeze `amount` of the member's balance, or all that is available (None), for her bank.

    The same `key` again answers the same payout. Raises NoDetails, NotEnough beyond what is
    available, Invalid for nothing or another currency, KeyReused.
    """
    available = settle_reserve(seller=seller, currency=currency, now=now)
    if earlier := first(Payout, seller_id=seller, key=key):
        if amount is not None and earlier.money != amount:
            raise KeyReused
        return earlier
    details = first(BankDetails, member_id=seller, currency=currency)
    if details is None:
        raise NoDetails
    amount = available if amount is None else amount
    check_payable(amount, available)
    id = new_id()
    payout = Payout(
        id=id, seller_id=seller, amount=amount.minor, currency=currency, number=number_of(id),
        key=key, kind=details.kind, sealed=details.sealed, hint=details.hint, created_at=now,
        changed_at=now,
    )  # fmt: skip
    payout.save(force_insert=True)
    move(payout, payable(seller, currency), on_its_way(payout), TransferKind.PAYOUT, now=now)
    note(payout, "money.payout_asked", actor=None if by_itself else seller, now=now)
    for operator in operators():
        tell(payout, operator, "money.payout_to_send", now=now)
    return payout


def check_payable(amount: Money, available: Money) -> None:
    if amount.currency != available.currency or (amount.minor <= 0 < available.minor):
        sentence = _("Give an amount above zero in %(currency)s.") % {
            "currency": available.currency
        }
        raise Invalid(sentence, fields={"amount": sentence})
    if amount > available or amount.minor <= 0:
        sentence = _("%(available)s can be paid out now. Ask for that or less.") % {
            "available": money(max(available, Money(0, available.currency)))
        }
        raise NotEnough(sentence, fields={"amount": sentence})


@joined
def cancel_payout(*, viewer: UUID, payout: UUID, now: datetime) -> None:
    """The member takes it back while no bank file holds it. Raises NotFound, NotNow."""
    row = locked(Payout, payout)
    if row is None or row.seller_id != viewer:
        raise missing()
    if row.state != PayoutState.ASKED:
        raise NotNow
    give_back(row, PayoutState.CANCELLED, actor=viewer, reason="", now=now)


@joined
def confirm_payout(*, payout: UUID, operator: UUID | None, reference: str, now: datetime) -> None:
    """It has left the house's bank account, as the operator or a statement (None) says.

    Raises NotFound, Invalid without a reference, NotNow.
    """
    row = lock_payout(payout, PayoutState.PAID)
    if not reference.strip():
        sentence = _("Give the bank’s number of the payment.")
        raise Invalid(sentence, fields={"reference": sentence})
    move(row, on_its_way(row), bank(row), TransferKind.PAYOUT_PAID, now=now)
    change(row, state=PayoutState.PAID, reference=reference.strip()[:140], changed_at=now)
    note(row, "money.payout_paid", actor=operator, now=now)
    tell(row, row.seller_id, "money.payout_paid", now=now)


@joined
def return_payout(*, payout: UUID, operator: UUID | None, reason: str, now: datetime) -> None:
    """It was refused, or came back: it stands on the balance again, and the member reads why.

    Raises NotFound, Invalid without a reason, NotNow.
    """
    row = lock_payout(payout, PayoutState.RETURNED)
    reason = reason.strip()[:REASON]
    if not reason:
        sentence = _("Say why it came back, so that the member can mend it.")
        raise Invalid(sentence, fields={"reason": sentence})
    give_back(row, PayoutState.RETURNED, actor=operator, reason=reason, now=now)
    tell(row, row.seller_id, "money.payout_returned", now=now, reason=reason)


def give_back(
    row: Payout, state: PayoutState, *, actor: UUID | None, reason: str, now: datetime
) -> None:
    left = row.state == PayoutState.PAID
    kind = TransferKind.PAYOUT_LOST if left else TransferKind.PAYOUT_BACK
    source = bank(row) if left else on_its_way(row)
    move(row, source, payable(row.seller_id, row.currency), kind, reason=reason, now=now)
    change(row, state=state, reason=reason, changed_at=now)
    note(row, f"money.payout_{state}", actor=actor, now=now)


def move(
    row: Payout, debit: AccountRef, credit: AccountRef, kind: TransferKind, *, reason: str = "",
    now: datetime,
) -> None:  # fmt: skip
    posting = Posting(
        owner=row.seller_id, kind=kind, key=posting_key(kind, row), body={"payout": row.id},
        lines=rules.between(debit=debit, credits=[(credit, row.money)]), reason=reason,
    )  # fmt: skip
    post(posting, now=now)


def posting_key(kind: TransferKind, row: Payout) -> str:
    return f"{kind}/{row.id}"


def lock_payout(payout: UUID, state: PayoutState) -> Payout:
    """The payout, if it may move to `state`. Raises NotFound, NotNow."""
    row = locked(Payout, payout)
    if row is None:
        raise missing()
    if state not in PAYOUT_MOVES[PayoutState(row.state)]:
        raise NotNow
    return row


def missing() -> NotFound:
    return NotFound(_("There is no such payout."))


def on_its_way(row: Payout) -> AccountRef:
    return AccountRef(AccountKind.PAYOUT, row.currency, holder=row.seller_id)


def bank(row: Payout) -> AccountRef:
    return gateway_account(BANK, row.currency)


def note(row: Payout, verb: str, *, actor: UUID | None, now: datetime) -> None:
    journal.record(
        owner=row.seller_id, actor=actor, verb=verb, subject=row.id, now=now,
        amount={"minor": row.amount, "currency": row.currency}, number=row.number,
    )  # fmt: skip


def tell(row: Payout, member: UUID, kind: str, *, now: datetime, reason: str = "") -> None:
    notices.tell(
        member=member, kind=kind, subject=row.id, now=now, hint=row.hint, reason=reason,
        amount={"minor": row.amount, "currency": row.currency},
    )  # fmt: skip


def due(now: datetime) -> Collection[tuple[UUID, str]]:
    """Whose payout begins by itself now, by the house's rule."""
    every = house.rules(now).payout_every
    if not every:
        return []
    found = []
    for member, currency in BankDetails.objects.values_list("member", "currency"):
        rows = Payout.objects.filter(seller=member, currency=currency)
        latest = rows.order_by("-id").values_list("created_at", flat=True).first()
        waiting = rows.filter(state__in=sorted(OPEN_PAYOUTS)).exists()
        if not waiting and is_due(latest=latest, every=every, now=now):
            found.append((member, currency))
    return found


@joined
def begin_payout(*, seller: UUID, currency: str, now: datetime) -> Payout | None:
    """Pay out all that is available, if there is any."""
    available = settle_reserve(seller=seller, currency=currency, now=now)
    if available.minor <= 0:
        return None
    key = f"by-itself/{currency}/{now.date()}"
    return ask_payout(seller=seller, currency=currency, key=key, now=now, by_itself=True)
