"""Shops and listings over the API: the same queries and actions as the pages."""

from . import (
    exporting,
    imports,
    interests,
    papers,
    planning,
    quotes,
    reading,
    selling,
    sheet,
    shipping,
)
from .base import router

__all__ = [
    "exporting", "imports", "interests", "papers", "planning", "quotes", "reading", "router",
    "selling", "sheet", "shipping",
]  # fmt: skip
