"""The verbs of money. Each locks what it decides about, decides by a rule, posts, and defers."""

from .callbacks import forget_heard, receive_callback
from .escrow import refund, release, sellers_share, take_back, within_reach
from .payments import capture, expire_payment, open_with, record_answer, start_payment
from .sending import charge, send_payment, send_refund, settle_payment, sweep
from .snapshots import roll_snapshots
from .stuck import pay_refund_by_hand, retry_refund
from .transfers import assign_line, make_refund_file, refund_file_bytes

__all__ = [
    "assign_line",
    "capture",
    "charge",
    "expire_payment",
    "forget_heard",
    "make_refund_file",
    "open_with",
    "pay_refund_by_hand",
    "receive_callback",
    "record_answer",
    "refund",
    "refund_file_bytes",
    "release",
    "retry_refund",
    "roll_snapshots",
    "sellers_share",
    "send_payment",
    "send_refund",
    "settle_payment",
    "start_payment",
    "sweep",
    "take_back",
    "within_reach",
]
