"""What the bank's statement means for payments by transfer, and the file that sends money back."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from stdnum import iban as ibans

from goodword.journal import actions as journal
from goodword.kit import jobs
from goodword.kit.errors import Conflict, Invalid, NotFound
from goodword.kit.ids import new_id, parse_id
from goodword.kit.money import Money
from goodword.kit.rows import change, joined, locked

from ..bank import Direction
from ..banking.files import AT_MOST, NoHouseAccount, NothingToSend, of_house
from ..banking.pain import Batch, Order, write
from ..banking.rules import Details, latin, named_in
from ..banking.statements import Meaning
from ..banking.states import DetailKind, Taken
from ..gateways.base import RefundAnswer, RefundKind
from ..gateways.transfer.machine import answer
from ..gateways.transfer.references import found_in
from ..gateways.transfer.states import TransferRefundState, TransferState
from ..models import AwaitedTransfer, BankLine, HouseAccount, Refund, TransferRefund
from .payments import hand_back, lock_payment, record_answer
from .sending import record_refund


def take_transfer(line: BankLine, now: datetime) -> Meaning | None:
    """A line that came in with one of our references; None for every other.

    The right sum is held. More: the rest goes back. Less, too late, or once more: it goes back.
    """
    if line.direction != Direction.IN or line.reversal:
        return None
    for reference in found_in(line.reference, line.text):
        row = AwaitedTransfer.objects.filter(reference=reference, currency=line.currency).first()
        if row is not None:
            return arrive(row, line, now=now)
    return None


def arrive(row: AwaitedTransfer, line: BankLine, *, now: datetime) -> Meaning:
    payment = lock_payment(parse_id(row.key))
    row = AwaitedTransfer.objects.select_for_update().get(key=row.key)
    first = row.state != TransferState.ARRIVED
    came = Money(line.amount, line.currency)
    row.arrived += came.minor
    if first or not row.account:
        row.payer, row.account = line.counterparty, line.account
    if first:
        row.state, row.taken = TransferState.ARRIVED, came.minor
    row.save()
    surplus = came
    if first:
        record_answer(answer=answer(row), now=now)
        surplus = Money(max(0, came.minor - row.amount), came.currency)
    if surplus:
        payment.refresh_from_db()
        posted = hand_back(payment, surplus, part=f"/{line.id}", now=now)
        if posted:
            jobs.defer_now(
                "orders.handed_back", payment=str(payment.id), transfer=str(posted),
                minor=surplus.minor, currency=surplus.currency,
            )  # fmt: skip
    return Meaning(Taken.PAYMENT, payment.id)


def take_refund(line: BankLine, now: datetime) -> Meaning | None:
    """A refund of ours that left the account, or came back to it."""
    rows = TransferRefund.objects.filter(amount=line.amount, currency=line.currency).exclude(
        state=TransferRefundState.FAILED
    )
    said = (line.reference, line.text)
    row = next((one for one in rows.order_by("-created_at") if named_in(one.number, *said)), None)
    if row is None:
        return None
    left = line.direction == Direction.OUT
    if left == (row.state == TransferRefundState.DONE):
        return None  # it left twice, or came back before it left: the operator has to look
    settle(row, RefundKind.DONE if left else RefundKind.FAILED, now=now)
    refund = Refund.objects.get(id=row.key)
    return Meaning(Taken.PAYMENT, refund.payment_id)


def settle(row: TransferRefund, kind: RefundKind, *, now: datetime) -> None:
    done = kind == RefundKind.DONE
    row.state = TransferRefundState.DONE if done else TransferRefundState.FAILED
    row.save()
    refund = Refund.objects.select_related("payment").get(id=row.key)
    reason = "" if done else "account_closed"
    record_refund(
        answer=RefundAnswer(row.key, kind, row.number, reason),
        refund=refund.id, payment=refund.payment, now=now,
    )  # fmt: skip


@joined
def assign_line(*, line: UUID, reference: str, operator: UUID, now: datetime) -> None:
    """The operator says whose payment an open line is, by the reference that it should have borne.

    Raises NotFound, Conflict when it is explained already, Invalid for an unknown reference.
    """
    row = locked(BankLine, line)
    if row is None or row.direction != Direction.IN:
        raise NotFound(_("There is no such line."))
    if row.taken != Taken.OPEN:
        raise Conflict(_("This line is explained already."))
    found = next(found_in(reference), "")
    transfer = AwaitedTransfer.objects.filter(reference=found, currency=row.currency).first()
    if transfer is None:
        sentence = _("No payment in this currency waits under that reference.")
        raise Invalid(sentence, fields={"reference": sentence})
    meaning = arrive(transfer, row, now=now)
    change(row, taken=meaning.taken, subject=meaning.subject, actor_id=operator)
    journal.record(
        owner=operator, actor=operator, verb="money.line_explained", subject=row.id, now=now,
        taken=meaning.taken, gateway="", amount={"minor": row.amount, "currency": row.currency},
    )  # fmt: skip


@joined
def make_refund_file(*, operator: UUID, currency: str, now: datetime) -> UUID:
    """Put every refund by transfer that waits into a bank file; its id.

    Raises NothingToSend, NoHouseAccount. Two operators at once make one file.
    """
    house = HouseAccount.objects.filter(currency=currency).first()
    if house is None:
        raise NoHouseAccount
    waiting = list(
        TransferRefund.objects.select_for_update()
        .filter(currency=currency, state=TransferRefundState.WAITS)
        .order_by("created_at", "key")[:AT_MOST]
    )
    if not waiting:
        raise NothingToSend
    file = new_id()
    TransferRefund.objects.filter(key__in=[row.key for row in waiting]).update(
        state=TransferRefundState.SENT, file=file, filed_at=now, house=asdict(of_house(house))
    )
    journal.record(
        owner=operator, actor=operator, verb="money.refund_file", subject=file, now=now,
        count=len(waiting),
        amount={"minor": sum(row.amount for row in waiting), "currency": currency},
    )  # fmt: skip
    return file


def refund_file_bytes(file: UUID) -> tuple[str, bytes]:
    """A refund file's name and bytes, the same at each call. For operators. Raises NotFound."""
    rows = list(TransferRefund.objects.filter(file=file).order_by("created_at", "key"))
    if not rows or rows[0].filed_at is None:
        raise NotFound(_("There is no such bank file."))
    at = localtime(rows[0].filed_at)
    batch = Batch(
        number=file.hex, house=Details(**rows[0].house), created_at=at, on=at.date(),
        orders=[
            Order(row.number, payee(row), row.money, f"Goodword {row.number}") for row in rows
        ],
    )  # fmt: skip
    return f"refunds-{at:%Y%m%d}-{file.hex[-6:]}.xml", write(batch)


def payee(row: TransferRefund) -> Details:
    is_iban = ibans.is_valid(row.account)
    holder = (latin(row.holder) if is_iban else row.holder) or "Goodword"
    return Details(DetailKind.IBAN if is_iban else DetailKind.CARD, holder[:70], row.account)
