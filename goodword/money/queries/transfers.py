"""What a payer tells her bank, and which refunds wait for the operator's bank file."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Sum
from stdnum import iban as ibans

from goodword.kit.money import Money

from ..banking.rules import latin
from ..gateways import named
from ..gateways.transfer import references
from ..gateways.transfer.states import TransferRefundState, TransferState
from ..models import AwaitedTransfer, HouseAccount, OutsideCharge, TransferRefund
from ..states import PaymentState, Words
from .payments import payment_of


@dataclass(frozen=True, slots=True)
class TransferView:
    """What to fill in. `reference` is in groups; `drawing` is an EPC QR code as SVG, or empty."""

    gateway: str
    amount: Money
    holder: str
    account: str
    is_iban: bool
    bic: str
    bank: str
    reference: str
    drawing: str
    return_url: str

    @property
    def plain(self) -> str:
        """The amount as banking apps take it."""
        return f"{self.amount.amount:f}"


def transfer_of(viewer: UUID, payment: UUID) -> TransferView | None:
    """What `viewer` has to transfer for a payment of hers; None once nothing is awaited any more.

    Raises NotFound for anybody else's payment.
    """
    paying = payment_of(viewer, payment)
    row = AwaitedTransfer.objects.filter(key=str(payment), state=TransferState.AWAITED).first()
    house = HouseAccount.objects.filter(currency=paying.amount.currency).first()
    if row is None or house is None:
        return None
    return TransferView(
        gateway=paying.gateway,
        amount=row.money,
        holder=house.holder,
        account=ibans.format(house.number) if ibans.is_valid(house.number) else house.number,
        is_iban=ibans.is_valid(house.number),
        bic=house.bic,
        bank=house.bank,
        reference=references.shown(row.reference),
        drawing=references.code(
            holder=latin(house.holder), iban=house.number, bic=house.bic, amount=row.money,
            reference=row.reference,
        ),
        return_url=paying.return_url,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code to scan: what it says, and its picture as SVG."""

    amount: Money
    word: Words
    link: str
    drawing: str
    return_url: str


def code_of(viewer: UUID, payment: UUID) -> CodeView | None:
    """The code of a payment of `viewer`'s; None once it waits for her no more.

    Raises NotFound for anybody else's payment.
    """
    paying = payment_of(viewer, payment)
    charge = OutsideCharge.objects.filter(key=str(payment)).exclude(page="").first()
    if charge is None or paying.state != PaymentState.STEP_UP:
        return None
    return CodeView(
        amount=paying.amount,
        word=named(paying.gateway).word,
        link=charge.page,
        drawing=references.drawn(charge.page),
        return_url=paying.return_url,
    )


@dataclass(frozen=True, slots=True)
class WaitingRefunds:
    """Refunds of one currency that wait for a bank file."""

    currency: str
    total: Money
    count: int


@dataclass(frozen=True, slots=True)
class RefundFile:
    id: UUID
    at: datetime
    total: Money
    count: int


def waiting_refunds() -> list[WaitingRefunds]:
    """For operators."""
    rows = (
        TransferRefund.objects.filter(state=TransferRefundState.WAITS)
        .values_list("currency")
        .annotate(total=Sum("amount"), count=Count("key"))
        .order_by("currency")
    )
    return [WaitingRefunds(currency, Money(total, currency), n) for currency, total, n in rows]


def refund_files(limit: int = 20) -> list[RefundFile]:
    """The newest bank files of refunds. For operators."""
    rows = (
        TransferRefund.objects.filter(file__isnull=False)
        .values_list("file", "filed_at", "currency")
        .annotate(total=Sum("amount"), count=Count("key"))
        .order_by("-file")[:limit]
    )
    return [RefundFile(id, at, Money(total, currency), n) for id, at, currency, total, n in rows]
