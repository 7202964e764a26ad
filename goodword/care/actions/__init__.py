"""The verbs of care: lock the order, ask the rule, write, journal, tell, wind the case's clock."""

from .disputing import agree, appeal, escalate, file, offer
from .judging import advance, decide, vote
from .opening import open_case
from .returning import accept, confirm_back, contest, refuse, say_where, send_back, withdraw
from .ringing import ring

__all__ = [
    "accept",
    "advance",
    "agree",
    "appeal",
    "confirm_back",
    "contest",
    "decide",
    "escalate",
    "file",
    "offer",
    "open_case",
    "refuse",
    "ring",
    "say_where",
    "send_back",
    "vote",
    "withdraw",
]
