"""A payment company that fits in one table: no real money, and every way a real one goes wrong."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goodword.kit import config, jobs
from goodword.kit.money import Money
from goodword.kit.rows import insert_new

from ...states import AnswerKind
from ..base import (
    Answer,
    ChargeRequest,
    Custodian,
    Forged,
    GatewayDown,
    Method,
    RefundAnswer,
    RefundKind,
    RefundRequest,
)
from .cards import CARDS
from .store import SandboxCharge, SandboxRefund

SIGNATURE = "Sandbox-Signature"
FRESH = timedelta(minutes=5)
WAITING = (AnswerKind.PENDING, AnswerKind.STEP_UP)


class Sandbox:
    """The default gateway. It commits its own small transactions, as a machine elsewhere would."""

    name = "sandbox"
    custodian = Custodian(
        name=_("Sandbox"),
        sentence=_("This is a sandbox: no real money moves, and nobody protects it."),
        protects=False,
    )

    def methods(self) -> list[Method]:
        return [Method(code, card.word, card.sentence) for code, card in CARDS.items()]

    def charge(self, request: ChargeRequest, *, now: datetime) -> Answer:
        with transaction.atomic():
            charge = SandboxCharge(
                key=request.key, amount=request.amount.minor, currency=request.amount.currency,
                method=request.method, return_url=request.return_url, created_at=now,
            )  # fmt: skip
            heard = hear(charge, now)
            if not insert_new(charge):
                charge = SandboxCharge.objects.select_for_update().get(key=request.key)
                if charge.money != request.amount:
                    raise ValueError(f"{request.key} was charged with {charge.money}")
                if charge.state:
                    return answer(charge)
                heard = hear(charge, now)
                charge.save()
            if heard:
                plan(charge, now)
        if not heard or CARDS[charge.method].loses_answer:
            raise GatewayDown("The sandbox did not answer.")
        return answer(charge)

    def look_up(self, key: str, *, now: datetime) -> Answer | None:
        with transaction.atomic():
            charge = SandboxCharge.known(key)
            if charge is None or not charge.state:
                return None
            settle(charge, now)
            return answer(charge)

    def cancel(self, key: str, *, now: datetime) -> Answer:
        with transaction.atomic():
            charge = SandboxCharge.known(key)
            if charge is None:
                raise GatewayDown(f"The sandbox has no charge {key} yet.")
            settle(charge, now)
            waits = not charge.state or charge.state in WAITING
            if waits and CARDS[charge.method].cancels:
                charge.state = AnswerKind.CANCELLED
                charge.save()
            return answer(charge)

    def refund(self, request: RefundRequest, *, now: datetime) -> RefundAnswer:
        with transaction.atomic():
            charge = SandboxCharge.known(request.charge)
            done = SandboxRefund.known(request.key)
            if done is not None and done.amount != request.amount.minor:
                raise ValueError(f"{request.key} refunded {done.amount}")
            if done is None:
                if refusal := cannot_refund(charge, request.amount):
                    return RefundAnswer(request.key, RefundKind.FAILED, reason=refusal)
                assert charge is not None
                charge.refunded += request.amount.minor
                charge.save()
                SandboxRefund(
                    key=request.key, charge=charge, amount=request.amount.minor, created_at=now
                ).save(force_insert=True)
            return RefundAnswer(request.key, RefundKind.DONE, reference=reference(request.key))

    def read_callback(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Answer:
        if not hmac.compare_digest(signature(body).encode(), headers.get(SIGNATURE, "").encode()):
            raise Forged
        told = json.loads(body)
        if abs(now - datetime.fromisoformat(told["at"])) > FRESH:
            raise Forged
        return Answer(
            key=told["key"],
            kind=AnswerKind(told["kind"]),
            reference=told["reference"],
            amount=Money(told["amount"], told["currency"]),
            reason=told["reason"],
        )

    # What happens inside the machine without being asked.

    def confirm(self, key: str, *, approve: bool) -> str:
        """The buyer decided on the bank's page; returns where she goes next."""
        with transaction.atomic():
            charge = SandboxCharge.known(key)
            if charge is None:
                raise KeyError(key)
            if charge.state == AnswerKind.STEP_UP:
                charge.state = AnswerKind.CAPTURED if approve else AnswerKind.DECLINED
                charge.save()
                jobs.defer_now("money.sandbox_calls_back", charge=key, kind=charge.state)
        return charge.return_url

    def message(self, key: str, kind: AnswerKind, *, now: datetime) -> tuple[bytes, dict[str, str]]:
        """A callback about charge `key`, as it is sent: its body and its signed headers."""
        with transaction.atomic():
            charge = SandboxCharge.known(key)
            if charge is None:
                raise KeyError(key)
            if kind == AnswerKind.CAPTURED and charge.state == AnswerKind.PENDING:
                charge.state = kind
                charge.save()
            if kind == AnswerKind.CAPTURED and charge.state != kind:
                kind = AnswerKind(charge.state)  # it was called off before it could be paid
        body = json.dumps(
            {
                "key": key,
                "kind": kind,
                "amount": charge.amount,
                "currency": charge.currency,
                "reference": reference(key),
                "reason": decline_reason(charge),
                "at": now.isoformat(),
            }
        ).encode()
        return body, {SIGNATURE: signature(body)}


def hear(charge: SandboxCharge, now: datetime) -> bool:
    """A try to charge: unless it is deaf by now, the machine decides what it answers."""
    card = CARDS[charge.method]
    charge.tries += 1
    if charge.tries <= card.deaf_for:
        return False
    charge.state = card.first
    if card.first == AnswerKind.PENDING:
        charge.settles_at = now + min(after for after, _kind in card.later)
    return True


def plan(charge: SandboxCharge, now: datetime) -> None:
    """What the machine will tell later."""
    for after, kind in CARDS[charge.method].later:
        jobs.defer("money.sandbox_calls_back", at=now + after, charge=charge.key, kind=kind)


def settle(charge: SandboxCharge, now: datetime) -> None:
    """A pending charge whose time has come is captured."""
    if charge.state == AnswerKind.PENDING and charge.settles_at and charge.settles_at <= now:
        charge.state = AnswerKind.CAPTURED
        charge.save()


def answer(charge: SandboxCharge) -> Answer:
    state = AnswerKind(charge.state)
    return Answer(
        key=charge.key,
        kind=state,
        amount=charge.money,
        reference=reference(charge.key),
        next_url=reverse("money:sandbox", args=[charge.key]) if state == AnswerKind.STEP_UP else "",
        reason=decline_reason(charge),
    )


def decline_reason(charge: SandboxCharge) -> str:
    if charge.state != AnswerKind.DECLINED:
        return ""
    return CARDS[charge.method].reason or "not_confirmed"


def cannot_refund(charge: SandboxCharge | None, amount: Money) -> str:
    """Why this money cannot be sent back, as a code; empty when it can."""
    if charge is None or charge.state != AnswerKind.CAPTURED:
        return "not_captured"
    if not CARDS[charge.method].refunds:
        return "account_closed"
    if charge.refunded + amount.minor > charge.amount or amount.currency != charge.currency:
        return "more_than_charged"
    return ""


def reference(key: str) -> str:
    return "sbx_" + hashlib.sha256(key.encode()).hexdigest()[:16]


def signature(body: bytes) -> str:
    return hmac.new(_secret(), body, hashlib.sha256).hexdigest()


@cache
def _secret() -> bytes:
    return config.secret(settings.CONFIG.data, "sandbox-gateway").encode()
