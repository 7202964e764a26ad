"""What became of payments, and the way an order's money went."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, Sum
from django.utils.translation import gettext as _

from goodword.kit.errors import NotFound
from goodword.kit.ids import spoken
from goodword.kit.money import Money, total
from goodword.kit.rows import first
from goodword.people.models import Member

from .. import chain, gateways, rules
from ..gateways.base import Custodian, Gateway, Method
from ..models import Entry, Hold, Payment, Refund
from ..states import (
    BANK,
    CHART,
    DECLINE_WORDS,
    HOLD_WORDS,
    PAYMENT_WORDS,
    REFUND_FAULTS,
    TO_TRANSFER,
    TRANSFER_WORDS,
    AccountKind,
    HoldState,
    PaymentState,
    RefundState,
    Side,
    TransferKind,
    Words,
)


@dataclass(frozen=True, slots=True)
class PaymentView:
    """A payment as its order sees it. `next_url` is where the buyer confirms, while she has to."""

    id: UUID
    order: UUID
    buyer: UUID
    seller: UUID
    amount: Money
    state: PaymentState
    word: Words
    sentence: str  # why it was declined, or empty
    next_url: str
    return_url: str
    method: str
    gateway: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TransferView:
    """Money that went from one place to another; the words are for people, the kinds for code."""

    transfer: UUID
    at: datetime
    kind: TransferKind
    word: Words
    amount: Money
    from_: Words
    to: Words
    from_kind: AccountKind
    to_kind: AccountKind
    reason: str


@dataclass(frozen=True, slots=True)
class Sale:
    """One order's money as its seller sees it."""

    order: UUID
    at: datetime
    state: HoldState
    paid: Money
    held: Money
    earned: Money  # released and not taken back, before the fee
    word: Words
    refunded: Money


def payment(id: UUID) -> PaymentView:
    """One payment. The caller checked who may read it. Raises NotFound."""
    row = first(Payment, id=id)
    if row is None:
        raise NotFound(_("There is no such payment."))
    return view(row)


def latest_payment(order: UUID) -> PaymentView | None:
    """The newest try to pay for `order`. The caller checked who may read it."""
    row = Payment.objects.filter(order=order).order_by("-id").first()
    return view(row) if row else None


def payment_of(viewer: UUID, id: UUID) -> PaymentView:
    """A payment that `viewer` makes. Raises NotFound for anybody else's."""
    found = payment(id)
    if found.buyer != viewer:
        raise NotFound(_("There is no such payment."))
    return found


def purchases(viewer: UUID, *, before: UUID | None, limit: int) -> list[PaymentView]:
    """`viewer`'s payments, newest first, older than the payment `before`."""
    rows = Payment.objects.filter(buyer=viewer).prefetch_related("holds").order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [purchase(row) for row in rows[:limit]]


def purchase(row: Payment) -> PaymentView:
    """A payment that says where its money is by now."""
    found = view(row)
    states = {hold.state for hold in row.holds.all()}
    done = HoldState.RELEASED in states and HoldState.HELD not in states
    if done and found.state == PaymentState.CAPTURED:
        return replace(found, word=TRANSFER_WORDS[TransferKind.RELEASE])
    return found


def sales(viewer: UUID, *, before: UUID | None, limit: int) -> list[Sale]:
    """The money of `viewer`'s sold orders, newest order first, older than the order `before`."""
    mine = Hold.objects.filter(seller=viewer)
    if before is not None:
        mine = mine.filter(order__lt=before)
    rows = (
        mine.values("order", "currency")
        .annotate(
            at=Min("held_at"), paid=Sum("captured"), earned=Sum("released"), back=Sum("refunded")
        )
        .order_by("-order")
        .values_list("order", "currency", "at", "paid", "earned", "back")
    )
    return [sale(*row) for row in rows[:limit]]


def sale(order: UUID, currency: str, at: datetime, paid: int, earned: int, back: int) -> Sale:
    """The sums of an order's holds; while something is held, that is how it stands."""
    held = paid - earned - back
    state = HoldState.HELD if held else HoldState.RELEASED if back < paid else HoldState.REFUNDED
    return Sale(
        order=order,
        at=at,
        state=state,
        held=Money(held, currency),
        paid=Money(paid, currency),
        earned=Money(earned, currency),
        refunded=Money(back, currency),
        word=HOLD_WORDS[state],
    )


@dataclass(frozen=True, slots=True)
class StuckRefund:
    """A refund that its gateway cannot send, as the operator who has to sees it."""

    id: UUID
    order: UUID
    buyer: Member
    amount: Money
    gateway: str
    sentence: str  # why
    since: datetime

    @property
    def number(self) -> str:
        """The order's, as its two sides read it."""
        return spoken(self.order)


def stuck_refunds() -> list[StuckRefund]:
    """The refunds that no gateway could send, oldest first. For operators."""
    rows = Refund.objects.filter(state=RefundState.FAILED).select_related("payment", "buyer")
    return [
        StuckRefund(
            id=row.id,
            order=row.payment.order,
            buyer=row.buyer,
            amount=row.money,
            gateway=row.payment.gateway,
            sentence=str(REFUND_FAULTS.get(row.reason, REFUND_FAULTS[""])),
            since=row.changed_at,
        )
        for row in rows.order_by("created_at", "id")
    ]


def operators() -> list[UUID]:
    """Who is told of what only an operator can mend."""
    return list(
        Member.objects.filter(is_operator=True, is_active=True).values_list("id", flat=True)
    )


# Of several refunds of one order, what is least finished is what its page has to say.
LEAST_DONE = (RefundState.FAILED, RefundState.CREATED, RefundState.SENT, RefundState.DONE)


def way_back(order: UUID) -> RefundState | None:
    """How far the order's money is on its way back; None when none of it goes back."""
    states = set(Refund.objects.filter(payment__order=order).values_list("state", flat=True))
    return next((state for state in LEAST_DONE if state in states), None)


def sent_back(payment: UUID) -> Money | None:
    """What came for a payment that could not take it, and goes back; None when nothing did."""
    row = Refund.objects.filter(payment=payment).order_by("created_at", "id").first()
    return Money(row.amount, row.currency) if row else None


def taken_back(seen: PaymentView) -> Money:
    """What its payer's bank took back of a payment, which may be a part of it."""
    legs = Entry.objects.filter(transfer__owner=seen.buyer, line=1)
    leg = legs.filter(transfer__key=rules.reversal_key(seen.id)).first()
    return Money(leg.amount, leg.currency) if leg else seen.amount


def view(row: Payment) -> PaymentView:
    state = PaymentState(row.state)
    declined = DECLINE_WORDS.get(row.reason, DECLINE_WORDS[""])
    return PaymentView(
        id=row.id,
        order=row.order,
        buyer=row.buyer_id,
        seller=row.seller_id,
        amount=row.money,
        state=state,
        word=TO_TRANSFER
        if row.gateway == BANK and state == PaymentState.STEP_UP
        else PAYMENT_WORDS[state],
        sentence=str(declined) if state == PaymentState.DECLINED else "",
        next_url=row.next_url if state == PaymentState.STEP_UP else "",
        return_url=row.return_url,
        method=row.method,
        gateway=row.gateway,
        at=row.created_at,
    )


def trail(order: UUID, *, for_buyer: bool = False) -> list[TransferView]:
    """Every movement of the order's money, oldest first. The caller checked who may read it.

    A transfer with several entries on one side gives one movement for each. Where the seller has
    her part afterwards concerns nobody else; nor does it the buyer (`for_buyer`) of which of her
    accounts she gave what back.
    """
    rows = (
        Entry.objects.filter(transfer__order=order)
        .exclude(transfer__kind__in=HERS)
        .order_by("transfer__created_at", "transfer_id", "line")
        .values_list(
            "transfer_id",
            "transfer__created_at",
            "transfer__kind",
            "transfer__reason",
            "account__kind",
            "direction",
            "amount",
            "currency",
        )
    )
    found: dict[UUID, TransferLegs] = {}
    for transfer, at, kind, reason, account, direction, amount, currency in rows:
        legs = found.setdefault(
            transfer, TransferLegs(transfer, at, TransferKind(kind), reason, [], [])
        )
        side = legs.debits if direction == Side.DEBIT else legs.credits
        side.append((AccountKind(account), Money(amount, currency)))
    told = [as_one(legs) if for_buyer else legs for legs in found.values()]
    return [movement for legs in told for movement in movements(legs)]


def as_one(legs: "TransferLegs") -> "TransferLegs":
    """What a seller gives of balance, reserve and deposit is one sum."""
    hers = [amount for kind, amount in legs.debits if kind in SELLERS_OWN]
    if legs.kind not in GIVEN_BACK or not hers:
        return legs
    others = [leg for leg in legs.debits if leg[0] not in SELLERS_OWN]
    return replace(legs, debits=[(AccountKind.PAYABLE, total(hers)), *others])


def trail_of(viewer: UUID, order: UUID) -> list[TransferView]:
    """The same for one of the order's two parties. Raises NotFound for everybody else."""
    parties = Payment.objects.filter(Q(buyer=viewer) | Q(seller=viewer), order=order)
    seller = parties.values_list("seller", flat=True).first()
    if seller is None:
        raise NotFound(_("There is no such order."))
    return trail(order, for_buyer=viewer != seller)


def whole(order: UUID, *, for_buyer: bool = False) -> list[dict[str, Any]]:
    """The order's transfers as the ledger's export has them, those that `trail` tells whole.

    The accounts that they use come first. The caller checked who may read it.
    """
    return chain.of_order(order, but=(*HERS, *GIVEN_BACK) if for_buyer else HERS)


GIVEN_BACK = (TransferKind.COMPENSATE, TransferKind.TAKE_BACK)
SELLERS_OWN = (AccountKind.PAYABLE, AccountKind.RESERVE, AccountKind.DEPOSIT)
HERS = (
    TransferKind.SHARE, TransferKind.SHARED, TransferKind.SHARE_BACK, TransferKind.UNSHARED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TransferLegs:
    transfer: UUID
    at: datetime
    kind: TransferKind
    reason: str
    debits: list[tuple[AccountKind, Money]]
    credits: list[tuple[AccountKind, Money]]


def movements(legs: TransferLegs) -> list[TransferView]:
    """The transfer as from-to pairs: where one side has a single entry, the other side's parts."""
    if len(legs.debits) == 1:
        pairs = [(legs.debits[0][0], to, amount) for to, amount in legs.credits]
    else:
        pairs = [(from_, legs.credits[0][0], amount) for from_, amount in legs.debits]
    return [
        TransferView(
            transfer=legs.transfer,
            at=legs.at,
            kind=legs.kind,
            word=TRANSFER_WORDS[legs.kind],
            amount=amount,
            from_=CHART[from_].word,
            to=CHART[to].word,
            from_kind=from_,
            to_kind=to,
            reason=legs.reason,
        )
        for from_, to, amount in pairs
    ]


def custodian(gateway: str) -> Custodian:
    """Who has the money while it is held. Raises NotFound."""
    return gateways.named(gateway).custodian


def receipt(gateway: str) -> str:
    """What the gateway wants to read when its message has arrived. Raises NotFound."""
    return gateways.named(gateway).receipt


def gateway(name: str) -> Gateway:
    """Raises NotFound."""
    return gateways.named(name)


def offered(amount: Money) -> Sequence[Gateway]:
    """The gateways through which `amount` can be paid now, best first."""
    return gateways.offered(amount)


def usual_gateway(amount: Money) -> str:
    """The name of the one that is offered first. Raises Invalid when nothing takes it."""
    return gateways.usual(amount).name


def usual_custodian(currency: str) -> Custodian:
    """Who keeps what is paid in that currency, as long as the buyer chooses nothing else."""
    found = gateways.offered(Money(100, currency))
    return found[0].custodian if found else gateways.named("sandbox").custodian


def is_slow(gateway: str) -> bool:
    """Whether its money takes a day. Raises NotFound."""
    return gateways.named(gateway).is_slow


def methods(gateway: str = "sandbox") -> Sequence[Method]:
    """The ways to pay through a gateway, best first. Raises NotFound."""
    return gateways.named(gateway).methods()
