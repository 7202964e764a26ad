"""Connecting an account, handing a part on, fetching it back. Gateways are asked outside of any
transaction, under a key of ours: a crash in between asks again and does it once.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit import jobs
from goodword.kit.errors import Conflict, NotFound
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.kit.rows import change, first, insert_new, joined, locked
from goodword.notices import actions as notices

from .. import gateways
from .. import rules as ledger
from ..actions.posting import Posting, post
from ..actions.returning import gateway_account
from ..banking.reserve import payable, settle_reserve
from ..banking.states import ClaimState
from ..gateways.base import (
    AccountThere,
    GatewayDown,
    RefundAnswer,
    RefundKind,
    ShareRequest,
    Sharing,
)
from ..models import Claim, Entry, Hold, Payment, SellerAccount, Share, Transfer
from ..rules import AccountRef, next_look
from ..states import AccountKind, TransferKind
from .states import ShareState

OLD = timedelta(hours=3)  # by then the jobs of `next_look` have ended


class Away(Conflict):
    def __init__(self) -> None:
        super().__init__(_("The payment company does not answer. Try again in a minute."))


def sharing(name: str) -> Sharing:
    """The gateway, if it hands sellers their part on here. Raises NotFound."""
    found = gateways.GATEWAYS.get(name)
    if found is None or not getattr(found, "shares", False):
        raise NotFound(_("There is no such way to pay here."))
    return found  # type: ignore[return-value]


def connect(*, member: UUID, gateway: str, number: str = "", now: datetime) -> AccountThere:
    """Open the member's account with the gateway, or take the one of that number.

    Not inside a transaction: the gateway is asked. Again is fine. Raises NotFound, Invalid, Away.
    """
    machine = sharing(gateway)
    insert_new(
        SellerAccount(
            id=new_id(), member_id=member, gateway=gateway, created_at=now, changed_at=now
        )
    )
    row = SellerAccount.objects.get(member=member, gateway=gateway)
    try:
        there = machine.open_account(
            str(row.id), number=number, return_url=page_of(gateway), now=now
        )
    except GatewayDown as down:
        raise Away from down
    return learn(row, there, now=now)


def look_at(*, member: UUID, gateway: str, now: datetime) -> AccountThere | None:
    """Ask how far the member's account is; None when there is none. Raises NotFound, Away."""
    machine = sharing(gateway)
    row = SellerAccount.objects.filter(member=member, gateway=gateway).exclude(number="").first()
    if row is None:
        return None
    try:
        there = machine.account(row.number, return_url=page_of(gateway), now=now)
    except GatewayDown as down:
        raise Away from down
    return learn(row, there, now=now)


@joined
def learn(row: SellerAccount, there: AccountThere, *, now: datetime) -> AccountThere:
    if (row.number, row.ready) != (there.number, there.ready):
        change(row, number=there.number, ready=there.ready, changed_at=now)
        journal.record(
            owner=row.member_id, actor=row.member_id, verb="money.account_there", subject=row.id,
            now=now, gateway=row.gateway, ready=there.ready,
        )  # fmt: skip
    return there


@joined
def disconnect(*, member: UUID, gateway: str, now: datetime) -> None:
    """From now on nothing is handed on there. Raises NotFound."""
    row = SellerAccount.objects.filter(member=member, gateway=gateway).first()
    if row is None:
        raise NotFound(_("You have no account there."))
    journal.record(
        owner=member, actor=member, verb="money.account_forgotten", subject=row.id, now=now,
        gateway=gateway,
    )  # fmt: skip
    row.delete()


def page_of(gateway: str) -> str:
    return reverse("money:account_there", args=[gateway])


@joined
def follow_release(*, seller: UUID, transfer: UUID) -> None:
    """Something was released to `seller`: hand it on, if she has an account for it."""
    if first(SellerAccount, member_id=seller, ready=True):
        jobs.defer("money.hand_on", transfer=str(transfer), looks=0)


def hand_on(*, transfer: UUID, looks: int = 0, now: datetime) -> Share | None:
    """Have the gateway hand on what a release left on the seller's balance.

    Not inside a transaction. None where nothing is to be: no account, or nothing available, since
    reserve and claims come first.
    """
    with transaction.atomic(durable=True):
        row = Share.objects.filter(release=transfer).first() or plan(transfer, now)
    if row is None or row.state != ShareState.ASKED:
        return row
    request = ShareRequest(str(row.id), str(row.payment), row.account, row.money)
    try:
        answer = sharing(row.gateway).share(request, now=now)
    except GatewayDown:
        answer = RefundAnswer(request.key, RefundKind.PENDING)
    row = record_share(share=row.id, answer=answer, now=now)
    wait = next_look(looks)
    if row.state == ShareState.ASKED and wait is not None:
        jobs.defer("money.hand_on", at=now + wait, transfer=str(transfer), looks=looks + 1)
    return row


def plan(transfer: UUID, now: datetime) -> Share | None:
    """Set the seller's part of a release aside, as far as it is available."""
    released = Transfer.objects.get(id=transfer, kind=TransferKind.RELEASE)
    hold = Hold.objects.filter(release_transfer=transfer).first()
    if hold is None or released.order is None:
        return None
    payment = Payment.objects.get(id=hold.payment_id)
    account = SellerAccount.objects.filter(
        member=hold.seller_id, gateway=payment.gateway, ready=True
    ).first()
    if account is None:
        return None
    mine = payable(hold.seller_id, hold.currency)
    part = Money(Entry.objects.get(transfer=transfer, account=mine.id).amount, hold.currency)
    available = settle_reserve(seller=hold.seller_id, currency=hold.currency, now=now)
    amount = min(part, available)
    if amount.minor <= 0:
        return None
    row = Share(
        id=new_id(), seller_id=hold.seller_id, release=transfer, order=released.order,
        payment=payment.id, gateway=payment.gateway, account=account.number, amount=amount.minor,
        currency=amount.currency, created_at=now, changed_at=now,
    )  # fmt: skip
    row.save(force_insert=True)
    move(row, TransferKind.SHARE, mine, on_its_way(row), amount, now=now)
    return row


@joined
def record_share(*, share: UUID, answer: RefundAnswer, now: datetime) -> Share:
    """Write down what the gateway said about a share; late and doubled answers change nothing."""
    row = locked(Share, share)
    assert row is not None, "a share is answered that was never asked for"
    if row.state != ShareState.ASKED or answer.kind == RefundKind.PENDING:
        return row
    there = gateway_account(row.gateway, row.currency)
    if answer.kind == RefundKind.DONE:
        move(row, TransferKind.SHARED, on_its_way(row), there, row.money, now=now)
        change(row, state=ShareState.DONE, reference=answer.reference, changed_at=now)
        return row
    mine = payable(row.seller_id, row.currency)
    move(row, TransferKind.SHARE_BACK, on_its_way(row), mine, row.money, now=now)
    change(row, state=ShareState.FAILED, reason=answer.reason, changed_at=now)
    notices.tell(
        member=row.seller_id, kind="money.share_failed", subject=row.id, now=now,
        amount={"minor": row.amount, "currency": row.currency}, gateway=row.gateway,
    )  # fmt: skip
    return row


@joined
def ask_back(*, claim: str) -> None:
    """A refund is missing: fetch what was handed on of its order, if anything was."""
    row = Claim.objects.filter(key=claim, state=ClaimState.DUE).first()
    if row is not None and handed_on(row).exists():
        jobs.defer("money.fetch_back", claim=claim)


def fetch_back(*, claim: str, now: datetime) -> None:
    """Have gateways give back of an order's shares what is missing of its refund.

    Not inside a transaction. What comes stands on the seller's balance, where the refund takes it.
    """
    row = Claim.objects.filter(key=claim, state=ClaimState.DUE).first()
    missing = row.rest if row else None
    for share in list(handed_on(row)) if row else ():
        assert missing is not None
        part = min(missing, Money(share.amount - share.back, share.currency))
        if not part:
            continue
        request = ShareRequest(str(share.id), str(share.payment), share.account, part)
        try:
            answer = sharing(share.gateway).take_back_share(back_key(share), request, now=now)
        except GatewayDown:
            continue  # the refund is tried again tomorrow, and so is this
        if answer.kind == RefundKind.DONE:
            record_back(share=share.id, before=share.back, amount=part, now=now)
            missing -= part


def handed_on(claim: Claim) -> QuerySet[Share]:
    return Share.objects.filter(
        order=claim.order, seller=claim.seller_id, state=ShareState.DONE, back__lt=F("amount")
    ).order_by("id")


@joined
def record_back(*, share: UUID, before: int, amount: Money, now: datetime) -> None:
    row = locked(Share, share)
    assert row is not None, "a share comes back that was never handed on"
    if row.back != before:
        return
    there, mine = gateway_account(row.gateway, row.currency), payable(row.seller_id, row.currency)
    move(row, TransferKind.UNSHARED, there, mine, amount, part=f"/{before}", now=now)
    change(row, back=before + amount.minor, changed_at=now)


def back_key(share: Share) -> str:
    """The same for the same part, whoever asks for it."""
    return str(uuid5(share.id, f"back/{share.back}"))


def sweep(*, now: datetime) -> None:
    """Ask again about every share of which nobody has heard for hours."""
    rows = Share.objects.filter(state=ShareState.ASKED, created_at__lt=now - OLD)
    for transfer in rows.values_list("release", flat=True).iterator():
        jobs.defer("money.hand_on", transfer=str(transfer), looks=ledger.LOOKS)


def move(
    row: Share, kind: TransferKind, debit: AccountRef, credit: AccountRef, amount: Money, *,
    part: str = "", now: datetime,
) -> None:  # fmt: skip
    posting = Posting(
        owner=row.seller_id, kind=kind, order=row.order, key=f"{kind}/{row.id}{part}",
        body={"share": row.id}, lines=ledger.between(debit=debit, credits=[(credit, amount)]),
    )  # fmt: skip
    post(posting, now=now)


def on_its_way(row: Share) -> AccountRef:
    return AccountRef(AccountKind.PAYOUT, row.currency, holder=row.seller_id)
