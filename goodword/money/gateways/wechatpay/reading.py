"""What WeChat Pay's answers and notifications mean. Its numbers are our ids without dashes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from goodword.kit.ids import parse_id
from goodword.kit.money import Money

from ...states import AnswerKind
from ..base import Answer, Forged, Message, RefundAnswer, RefundKind

FRESH = timedelta(minutes=5)
KINDS = {
    "SUCCESS": AnswerKind.CAPTURED,
    "REFUND": AnswerKind.CAPTURED,  # captured, and some of it went back
    "NOTPAY": AnswerKind.STEP_UP,
    "USERPAYING": AnswerKind.PENDING,
    "ACCEPT": AnswerKind.PENDING,
    "CLOSED": AnswerKind.CANCELLED,
    "REVOKED": AnswerKind.CANCELLED,
    "PAYERROR": AnswerKind.DECLINED,
}
REFUND_KINDS = {
    "SUCCESS": RefundKind.DONE,
    "PROCESSING": RefundKind.PENDING,
    "CLOSED": RefundKind.FAILED,
    "ABNORMAL": RefundKind.FAILED,  # the payer's card or account is gone
}


def number_of(key: str) -> str:
    """At most 32 letters and digits: the id without its dashes."""
    return key.replace("-", "")


def key_of(number: str) -> str:
    """The id whose number that is; a try's suffix falls off. Raises Forged for none of ours."""
    id = parse_id(number[:32])
    if id is None:
        raise Forged
    return str(id)


def trade_answer(key: str, asked: Money, trade: Mapping[str, Any], page: str = "") -> Answer:
    kind = KINDS.get(trade["trade_state"], AnswerKind.PENDING)
    amount = asked
    if kind == AnswerKind.CAPTURED:
        amount = Money(trade["amount"]["total"], trade["amount"].get("currency") or "CNY")
    return Answer(
        key=key,
        kind=kind,
        amount=amount,
        reference=trade.get("transaction_id") or "",
        next_url=page if kind == AnswerKind.STEP_UP else "",
    )


def refund_answer(key: str, refund: Mapping[str, Any]) -> RefundAnswer:
    said = refund.get("status") or refund.get("refund_status") or ""
    kind = REFUND_KINDS.get(said, RefundKind.PENDING)
    reason = "account_closed" if kind == RefundKind.FAILED else ""
    return RefundAnswer(key, kind, refund["refund_id"], reason)


def check_fresh(headers: Mapping[str, str], now: datetime) -> None:
    """Raises Forged. The SDK does not look at the time."""
    stamp = headers.get("Wechatpay-Timestamp", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 13):
        raise Forged
    if abs(now - datetime.fromtimestamp(int(stamp), UTC)) > FRESH:
        raise Forged


def message(told: Mapping[str, Any]) -> Message:
    """A notification that was verified and opened."""
    inside = told["resource"]
    if isinstance(inside, str):
        inside = json.loads(inside)
    says: Answer | RefundAnswer | None = None
    if told["event_type"].startswith("TRANSACTION."):
        key = key_of(inside["out_trade_no"])
        amount = Money(inside["amount"]["total"], inside["amount"].get("currency") or "CNY")
        says = trade_answer(key, amount, inside)
    elif told["event_type"].startswith("REFUND."):
        says = refund_answer(key_of(inside["out_refund_no"]), inside)
    return Message(told["id"], says)
