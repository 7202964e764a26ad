"""Reads the export files that sellers already have into drafts of listings.

It owns formats, encodings and the sentences about what could not be read. It never writes a
listing, never fetches an address it finds, and never keeps HTML: `goodword.shop` decides what
becomes of a draft.
"""

from .errors import TooBig, Unreadable
from .messages import Message
from .model import (
    LIMITS,
    Condition,
    Confidence,
    Contact,
    ContactKind,
    Draft,
    Level,
    Limits,
    Notice,
    PaidBy,
    Picture,
    PictureRole,
    Postage,
    Reading,
    Refusal,
    Totals,
    Variant,
)
from .reader import read

__all__ = [
    "LIMITS",
    "Condition",
    "Confidence",
    "Contact",
    "ContactKind",
    "Draft",
    "Level",
    "Limits",
    "Message",
    "Notice",
    "PaidBy",
    "Picture",
    "PictureRole",
    "Postage",
    "Reading",
    "Refusal",
    "TooBig",
    "Totals",
    "Unreadable",
    "Variant",
    "read",
]
