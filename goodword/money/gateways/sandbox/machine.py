"""A payment company that fits in one table: no real money, and every way a real one goes wrong."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from goodword.kit import jobs
from goodword.kit.money import Money
from goodword.kit.rows import insert, insert_new, rewrite

from ...states import AnswerKind, Words
from ..base import (
    Answer,
    ChargeRequest,
    Custodian,
    GatewayDown,
    Message,
    Method,
    NeverAsked,
    RefundAnswer,
    RefundKind,
    RefundRequest,
)
from . import telling
from .cards import CARDS, Call, Forgery
from .sharing import SandboxSharing, standing
from .store import SandboxCharge, SandboxRefund
from .telling import answer, answer_refund

WAITING = (AnswerKind.PENDING, AnswerKind.STEP_UP)
REFUND_TAKES = timedelta(minutes=1)  # where the bank is slow to pay back


class Sandbox(SandboxSharing):
    """The default gateway. It commits its own small transactions, as a machine elsewhere would."""

    name = "sandbox"
    word: Words = _("Sandbox")
    receipt = ""
    is_slow = False
    custodian = Custodian(
        name=_("Sandbox"),
        sentence=_("This is a sandbox: no real money moves, and nobody protects it."),
        protects=False,
    )

    def knock(self) -> bool:
        return False

    def takes(self, amount: Money) -> bool:
        return amount.minor > 0

    def stands(self) -> dict[str, Money]:
        """What of each charge stands with us still, for reconciling."""
        charges = SandboxCharge.objects.filter(taken__gt=0).prefetch_related("shares")
        return standing(list(charges))

    def methods(self) -> list[Method]:
        return [
            Method(code, card.word, card.sentence, odd=card.odd) for code, card in CARDS.items()
        ]

    def charge(self, request: ChargeRequest, *, now: datetime) -> Answer:
        with transaction.atomic():
            charge = SandboxCharge(
                key=request.key, amount=request.amount.minor, currency=request.amount.currency,
                method=request.method, return_url=request.return_url, calls={}, created_at=now,
            )  # fmt: skip
            heard = decides(charge, now)
            fresh = insert_new(charge)
            if not fresh:
                known = SandboxCharge.known(request.key)
                assert known is not None, "a charge is in the way that is not there"
                charge = known
                if charge.asked != request.amount:
                    raise ValueError(f"{request.key} was charged with {charge.asked}")
                fresh = not charge.state
                heard = decides(charge, now)
                rewrite(charge)
            if fresh and heard:
                will_tell(charge, now)
        reply(charge, Call.CHARGE, heard)
        return answer(charge)

    def look_up(self, key: str, *, now: datetime) -> Answer | None:
        with transaction.atomic():
            charge = SandboxCharge.known(key)
            if charge is None or not charge.state:
                return None
            heard = hears(charge, Call.LOOK_UP)
            settle(charge, now)
            rewrite(charge)
        reply(charge, Call.LOOK_UP, heard)
        return answer(charge)

    def cancel(self, key: str, *, now: datetime) -> Answer:
        with transaction.atomic():
            charge = SandboxCharge.known(key)
            if charge is None:
                raise NeverAsked(f"The sandbox has no charge {key} yet.")
            heard = hears(charge, Call.CANCEL)
            settle(charge, now)
            if heard and (not charge.state or charge.state in WAITING):
                call_off(charge)
            rewrite(charge)
        reply(charge, Call.CANCEL, heard)
        return answer(charge)

    def refund(self, request: RefundRequest, *, now: datetime) -> RefundAnswer:
        with transaction.atomic():
            charge = SandboxCharge.known(request.charge)
            done = SandboxRefund.known(request.key)
            if done is not None and done.amount != request.amount.minor:
                raise ValueError(f"{request.key} refunded {done.amount}")
            if done is None and (refusal := cannot_refund(charge, request.amount)):
                return RefundAnswer(request.key, RefundKind.FAILED, reason=refusal)
            assert charge is not None
            heard = hears(charge, Call.REFUND)
            if heard and done:
                settle_refund(done, charge, now)
            elif heard:
                done = send(charge, request, now)
            rewrite(charge)
        reply(charge, Call.REFUND, heard)
        assert done is not None
        return answer_refund(done)

    def read_callback(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Message:
        return telling.read(body, headers, now=now)

    # What happens inside the machine without being asked.

    def confirm(self, key: str, *, approve: bool) -> str:
        """The buyer decided on the bank's page; returns where she goes next."""
        with transaction.atomic():
            charge = SandboxCharge.known(key)
            if charge is None:
                raise KeyError(key)
            if charge.state == AnswerKind.STEP_UP:
                move(charge, AnswerKind.CAPTURED if approve else AnswerKind.DECLINED)
                rewrite(charge)
                jobs.defer_now("money.sandbox_calls_back", charge=key, kind=charge.state)
        return charge.return_url

    def message(self, key: str, kind: AnswerKind, *, now: datetime) -> tuple[bytes, dict[str, str]]:
        """A callback about charge `key`, as it is sent: its body and its signed headers."""
        with transaction.atomic():
            charge = SandboxCharge.known(key)
            if charge is None:
                raise KeyError(key)
            if charge.state == AnswerKind.PENDING or kind == AnswerKind.REVERSED:
                move(charge, kind)
                rewrite(charge)
            # What it did not do after all, since it was called off meanwhile, is not claimed.
            said = kind if kind in WAITING else AnswerKind(charge.state)
        return telling.about_charge(charge, said, now=now)

    def forgery(self, key: str, how: Forgery, *, now: datetime) -> tuple[bytes, dict[str, str]]:
        """What a stranger sends who wants charge `key` to count as paid."""
        return telling.forged(SandboxCharge.objects.get(key=key), how, now=now)

    def refund_message(self, key: str, *, now: datetime) -> tuple[bytes, dict[str, str]]:
        """A callback about the refund `key`, which ends now if its time has come."""
        with transaction.atomic():
            refund = SandboxRefund.known(key)
            if refund is None:
                raise KeyError(key)
            charge = SandboxCharge.known(refund.charge_id)
            assert charge is not None, "a refund without its charge"
            settle_refund(refund, charge, now)
            rewrite(charge)
        return telling.about_refund(refund, now=now)


# What changes a charge below leaves it to be saved by the caller, once.


def hears(charge: SandboxCharge, call: Call) -> bool:
    """Count a call; whether somebody is there to hear it."""
    count = charge.calls.get(call, 0) + 1
    charge.calls = {**charge.calls, call: count}
    return count > CARDS[charge.method].deaf.get(call, 0)


def reply(charge: SandboxCharge, call: Call, heard: bool) -> None:
    """Let the answer through. Raises GatewayDown when nobody heard, or when it gets lost."""
    card = CARDS[charge.method]
    first = charge.calls[call] == card.deaf.get(call, 0) + 1
    if not heard or (call in card.loses and first):
        raise GatewayDown("The sandbox did not answer.")


def decides(charge: SandboxCharge, now: datetime) -> bool:
    """What the machine answers to a charge, once it hears of it; whether it does."""
    heard = hears(charge, Call.CHARGE)
    if heard and not charge.state:
        card = CARDS[charge.method]
        if card.first == AnswerKind.PENDING:
            ends = [after for after, kind in card.later if kind == AnswerKind.CAPTURED]
            charge.settles_at = now + min(ends) if ends else None
        move(charge, card.first)
    return heard


def will_tell(charge: SandboxCharge, now: datetime) -> None:
    """What the machine calls back about later."""
    for after, kind in CARDS[charge.method].later:
        if isinstance(kind, Forgery):
            jobs.defer("money.sandbox_is_forged", at=now + after, charge=charge.key, how=kind)
        else:
            jobs.defer("money.sandbox_calls_back", at=now + after, charge=charge.key, kind=kind)


def move(charge: SandboxCharge, kind: AnswerKind) -> None:
    """Take the state `kind`, and move the money that goes with it."""
    if kind == AnswerKind.REVERSED:
        if not charge.left:
            return
        charge.reversed = charge.left
    if kind == AnswerKind.CAPTURED:
        charge.taken = charge.amount - CARDS[charge.method].short_by
    charge.state = kind


def call_off(charge: SandboxCharge) -> None:
    card = CARDS[charge.method]
    if card.captures_when_cancelled:
        move(charge, AnswerKind.CAPTURED)
    elif card.cancels:
        move(charge, AnswerKind.CANCELLED)


def settle(charge: SandboxCharge, now: datetime) -> None:
    """A pending charge whose time has come is captured."""
    if charge.state == AnswerKind.PENDING and charge.settles_at and charge.settles_at <= now:
        move(charge, AnswerKind.CAPTURED)


def cannot_refund(charge: SandboxCharge | None, amount: Money) -> str:
    """Why this money cannot be sent back, as a code; empty when it can."""
    if charge is None or charge.state != AnswerKind.CAPTURED:
        return "not_captured"
    if CARDS[charge.method].refund_fails:
        return CARDS[charge.method].refund_fails
    if amount.minor > charge.left or amount.currency != charge.currency:
        return "more_than_charged"
    return ""


def send(charge: SandboxCharge, request: RefundRequest, now: datetime) -> SandboxRefund:
    later = CARDS[charge.method].refund_later
    charge.refunded += request.amount.minor
    refund = SandboxRefund(
        key=request.key, charge=charge, amount=request.amount.minor, created_at=now,
        state=RefundKind.PENDING if later else RefundKind.DONE,
        ends_at=now + REFUND_TAKES if later else None,
    )  # fmt: skip
    insert([refund])
    if refund.ends_at:
        jobs.defer("money.sandbox_tells_refund", at=refund.ends_at, refund=refund.key)
    return refund


def settle_refund(refund: SandboxRefund, charge: SandboxCharge, now: datetime) -> None:
    """A pending refund whose time has come ends as its card says."""
    if refund.state != RefundKind.PENDING or refund.ends_at is None or refund.ends_at > now:
        return
    refund.state = CARDS[charge.method].refund_later
    if refund.state == RefundKind.FAILED:
        refund.reason = "account_closed"
        charge.refunded -= refund.amount
    rewrite(refund)
