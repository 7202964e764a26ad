"""What Alipay's answers and notifications mean. It counts in yuan with two digits."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import parse_qsl

from goodword.kit.ids import parse_id
from goodword.kit.money import Money

from ...states import AnswerKind
from ..base import Answer, Forged, Message, RefundAnswer, RefundKind

FRESH = timedelta(minutes=5)
BEIJING = timezone(timedelta(hours=8))  # the clock that Alipay writes times by
TIME = "%Y-%m-%d %H:%M:%S"
KINDS = {
    "WAIT_BUYER_PAY": AnswerKind.STEP_UP,
    "TRADE_SUCCESS": AnswerKind.CAPTURED,
    "TRADE_FINISHED": AnswerKind.CAPTURED,
    "TRADE_CLOSED": AnswerKind.CANCELLED,
}


def yuan(amount: Money) -> str:
    return f"{amount.amount:.2f}"


def from_yuan(text: str) -> Money:
    """Raises Forged for what is no amount."""
    try:
        return Money(int(Decimal(text).scaleb(2).to_integral_exact()), "CNY")
    except (InvalidOperation, ValueError):
        raise Forged from None


def trade_kind(trade: Mapping[str, Any]) -> AnswerKind:
    """A trade that was wholly refunded is closed too; but then it was paid once."""
    kind = KINDS.get(trade.get("trade_status", ""), AnswerKind.PENDING)
    was_paid = trade.get("send_pay_date") or trade.get("gmt_payment") or trade.get("gmt_refund")
    return AnswerKind.CAPTURED if kind == AnswerKind.CANCELLED and was_paid else kind


def trade_answer(key: str, asked: Money, trade: Mapping[str, Any], page: str = "") -> Answer:
    kind = trade_kind(trade)
    captured = kind == AnswerKind.CAPTURED
    return Answer(
        key=key,
        kind=kind,
        amount=from_yuan(trade["total_amount"]) if captured else asked,
        reference=trade.get("trade_no") or "",
        next_url=page if kind == AnswerKind.STEP_UP else "",
    )


def fields(body: bytes) -> dict[str, str]:
    """A notification's form. Raises Forged for what is none."""
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
    except ValueError:
        raise Forged from None


def check_fresh(told: Mapping[str, str], now: datetime) -> None:
    """Raises Forged. The SDK does not look at the time."""
    try:
        at = datetime.strptime(told["notify_time"], TIME).replace(tzinfo=BEIJING)
    except (KeyError, ValueError):
        raise Forged from None
    if abs(now - at) > FRESH:
        raise Forged


def message(told: Mapping[str, str]) -> Message:
    """A notification whose signature was checked."""
    key = parse_id(told["out_trade_no"])
    refund = parse_id(told.get("out_biz_no", "")[:36])
    says: Answer | RefundAnswer | None = None
    if told.get("refund_fee") and refund:
        says = RefundAnswer(str(refund), RefundKind.DONE, told["out_biz_no"])
    elif key:
        says = trade_answer(str(key), from_yuan(told["total_amount"]), told)
    return Message(told["notify_id"], says)
