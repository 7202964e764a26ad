"""The verbs of care: lock the order, ask the rule, write, journal, tell, wind the case's clock."""

from .disputing import agree, appeal, escalate, file, offer
from .judging import decide, vote
from .opening import open_case
from .returning import accept, confirm_back, contest, refuse, send_back, withdraw
from .ringing import ring

__all__ = [
    "accept",
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
    "send_back",
    "vote",
    "withdraw",
]
