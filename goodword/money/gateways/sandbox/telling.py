"""What the sandbox answers and tells: signed, dated, and numbered, to be known when repeated."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.urls import reverse

from goodword.kit import config
from goodword.kit.money import Money

from ...states import AnswerKind
from ..base import Answer, Forged, Message, RefundAnswer, RefundKind
from .cards import CARDS, Forgery
from .store import SandboxCharge, SandboxRefund

SIGNATURE = "Sandbox-Signature"
FRESH = timedelta(minutes=5)


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


def answer_refund(refund: SandboxRefund) -> RefundAnswer:
    return RefundAnswer(
        refund.key, RefundKind(refund.state), refund_reference(refund.key), refund.reason
    )


def decline_reason(charge: SandboxCharge) -> str:
    if charge.state != AnswerKind.DECLINED:
        return ""
    return CARDS[charge.method].reason or "not_confirmed"


def about_charge(
    charge: SandboxCharge, said: AnswerKind, *, now: datetime
) -> tuple[bytes, dict[str, str]]:
    return signed({
        "about": "charge", "key": charge.key, "kind": said, "amount": charge.money.minor,
        "currency": charge.currency, "reference": reference(charge.key),
        "reason": decline_reason(charge), "at": now.isoformat(),
    })  # fmt: skip


def about_refund(refund: SandboxRefund, *, now: datetime) -> tuple[bytes, dict[str, str]]:
    return signed({
        "about": "refund", "key": refund.key, "kind": refund.state,
        "reference": refund_reference(refund.key), "reason": refund.reason, "at": now.isoformat(),
    })  # fmt: skip


def forged(charge: SandboxCharge, how: Forgery, *, now: datetime) -> tuple[bytes, dict[str, str]]:
    """A message that claims the money has come, as a stranger would send it."""
    at = now - timedelta(hours=1) if how == Forgery.STALE else now
    body, headers = about_charge(charge, AnswerKind.CAPTURED, now=at)
    return body, {} if how == Forgery.UNSIGNED else headers


def read(body: bytes, headers: Mapping[str, str], *, now: datetime) -> Message:
    """Raises Forged."""
    if not hmac.compare_digest(signature(body).encode(), headers.get(SIGNATURE, "").encode()):
        raise Forged
    told = json.loads(body)
    if abs(now - datetime.fromisoformat(told["at"])) > FRESH:
        raise Forged
    number = f"{told['reference']}/{told['kind']}"
    if told["about"] == "refund":
        kind = RefundKind(told["kind"])
        return Message(number, RefundAnswer(told["key"], kind, told["reference"], told["reason"]))
    return Message(
        number,
        Answer(
            key=told["key"],
            kind=AnswerKind(told["kind"]),
            reference=told["reference"],
            amount=Money(told["amount"], told["currency"]),
            reason=told["reason"],
        ),
    )


def signed(told: dict[str, object]) -> tuple[bytes, dict[str, str]]:
    body = json.dumps(told).encode()
    return body, {SIGNATURE: signature(body)}


def reference(key: str) -> str:
    return "sbx_" + hashlib.sha256(key.encode()).hexdigest()[:16]


def refund_reference(key: str) -> str:
    return "sbr_" + hashlib.sha256(key.encode()).hexdigest()[:16]


def signature(body: bytes) -> str:
    return hmac.new(_secret(), body, hashlib.sha256).hexdigest()


@cache
def _secret() -> bytes:
    return config.secret(settings.CONFIG.data, "sandbox-gateway").encode()
