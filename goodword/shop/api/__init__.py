"""Shops and listings over the API: the same queries and actions as the pages."""

from . import exporting, imports, interests, quotes, reading, selling, shipping
from .base import router

__all__ = [
    "exporting", "imports", "interests", "quotes", "reading", "router", "selling", "shipping",
]  # fmt: skip
