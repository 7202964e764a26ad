"""What Stripe's objects mean: a Checkout Session, its PaymentIntent, a Refund, an Event."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from ...states import AnswerKind
from ..base import Answer, Forged, Message, RefundAnswer, RefundKind
from ..memory import OutsideCharge
from .amounts import from_stripe

MARK = "goodword"  # the metadata in which our key stands on everything we make there
SIGNATURE = "Stripe-Signature"
FRESH = timedelta(minutes=5)

DECLINES = {
    "insufficient_funds": "insufficient_funds",
    "expired_card": "expired_card",
    "authentication_required": "not_confirmed",
    "payment_intent_authentication_failure": "not_confirmed",
}
REFUND_FAULTS = {
    "expired_or_canceled_card": "account_closed",
    "lost_or_stolen_card": "account_closed",
    "insufficient_funds": "empty_balance",
}
REFUND_KINDS = {
    "succeeded": RefundKind.DONE,
    "pending": RefundKind.PENDING,
    "requires_action": RefundKind.PENDING,
    "failed": RefundKind.FAILED,
    "canceled": RefundKind.FAILED,
}


def session_answer(charge: OutsideCharge, session: Mapping[str, Any]) -> Answer:
    """What a session says about its charge; with its intent expanded, why it was declined too."""
    intent = session.get("payment_intent") or ""
    details = intent if isinstance(intent, Mapping) else {}
    reference = details.get("id") or (intent if isinstance(intent, str) else "") or session["id"]
    kind, reason = session_kind(session, details)
    amount = charge.money
    if kind == AnswerKind.CAPTURED:
        amount = from_stripe(session["amount_total"], session["currency"])
    return Answer(
        key=charge.key,
        kind=kind,
        amount=amount,
        reference=reference,
        next_url=session.get("url") or "" if kind == AnswerKind.STEP_UP else "",
        reason=reason,
    )


def session_kind(session: Mapping[str, Any], intent: Mapping[str, Any]) -> tuple[AnswerKind, str]:
    if session["payment_status"] == "paid":
        return AnswerKind.CAPTURED, ""
    if session["status"] == "expired":
        return AnswerKind.CANCELLED, ""
    if session["status"] == "open":
        return AnswerKind.STEP_UP, ""
    if intent.get("status") in ("requires_payment_method", "canceled"):
        return AnswerKind.DECLINED, decline_reason(intent)
    return AnswerKind.PENDING, ""


def decline_reason(intent: Mapping[str, Any]) -> str:
    error = intent.get("last_payment_error") or {}
    code = error.get("decline_code") or error.get("code") or ""
    return DECLINES.get(code, "")


def refund_answer(key: str, refund: Mapping[str, Any]) -> RefundAnswer:
    kind = REFUND_KINDS.get(refund["status"], RefundKind.PENDING)
    reason = ""
    if kind == RefundKind.FAILED:
        reason = REFUND_FAULTS.get(refund.get("failure_reason") or "", "")
    return RefundAnswer(key, kind, refund["id"], reason)


def check_signature(body: bytes, headers: Mapping[str, str], secret: str, now: datetime) -> None:
    """Raises Forged. The SDK's own check of the time looks at another clock than ours."""
    import stripe

    header = headers.get(SIGNATURE, "")
    stamp = re.search(r"(?:^|,)t=(\d{1,12})(?:,|$)", header)
    try:
        stripe.WebhookSignature.verify_header(body.decode(), header, secret)
    except (stripe.SignatureVerificationError, UnicodeError):
        raise Forged from None
    if stamp is None or abs(now - datetime.fromtimestamp(int(stamp[1]), UTC)) > FRESH:
        raise Forged


def read_event(body: bytes) -> Message:
    """An event whose signature was checked. What is not ours says nothing."""
    try:
        event = json.loads(body)
        told = event["data"]["object"]
        return Message(event["id"], meaning(event["type"], told))
    except (ValueError, KeyError, TypeError):
        raise Forged from None


def meaning(kind: str, told: Mapping[str, Any]) -> Answer | RefundAnswer | None:
    if kind.startswith("checkout.session."):
        return about_session(kind, told)
    if kind.startswith("refund.") or kind == "charge.refund.updated":
        key = (told.get("metadata") or {}).get(MARK)
        return refund_answer(key, told) if key else None
    if kind == "charge.dispute.funds_withdrawn":
        return about_dispute(told, AnswerKind.REVERSED)
    if kind == "charge.dispute.funds_reinstated":
        return about_dispute(told, AnswerKind.REINSTATED)
    return None


def about_session(kind: str, told: Mapping[str, Any]) -> Answer | None:
    charge = OutsideCharge.objects.filter(
        gateway="stripe", key=(told.get("metadata") or {}).get(MARK, "")
    ).first()
    if charge is None:
        return None
    answer = session_answer(charge, told)
    charge.learn(number=told["id"], reference=answer.reference)
    if kind == "checkout.session.async_payment_failed":
        return Answer(answer.key, AnswerKind.DECLINED, answer.amount, answer.reference)
    return answer


def about_dispute(told: Mapping[str, Any], kind: AnswerKind) -> Answer | None:
    """The payer's bank took the money back, or returned it when the dispute was won; a dispute
    names the intent and nothing of ours."""
    charge = OutsideCharge.objects.filter(
        gateway="stripe", reference=told.get("payment_intent") or "-"
    ).first()
    if charge is None:
        return None
    amount = from_stripe(told["amount"], told["currency"])
    return Answer(charge.key, kind, amount, charge.reference)
