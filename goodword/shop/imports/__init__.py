"""Reads the export files that sellers already have into drafts of listings.

It owns formats, encodings and the sentences about what could not be read. It never writes a
listing, never fetches an address it finds, and never keeps HTML: `goodword.shop` decides what
becomes of a draft.
"""

from .errors import TooBig, Unreadable
from .messages import Message
from .model import (
    LIMITS,
    NOTHING_SAID,
    Choices,
    Condition,
    Confidence,
    Contact,
    ContactKind,
    Draft,
    Level,
    Limits,
    Meaning,
    Notice,
    PaidBy,
    Picture,
    PictureRole,
    Postage,
    Promise,
    Reading,
    Refusal,
    Totals,
    Variant,
)
from .reader import read

__all__ = [
    "LIMITS",
    "NOTHING_SAID",
    "Choices",
    "Condition",
    "Confidence",
    "Contact",
    "ContactKind",
    "Draft",
    "Level",
    "Limits",
    "Meaning",
    "Message",
    "Notice",
    "PaidBy",
    "Picture",
    "PictureRole",
    "Postage",
    "Promise",
    "Reading",
    "Refusal",
    "TooBig",
    "Totals",
    "Unreadable",
    "Variant",
    "read",
]
