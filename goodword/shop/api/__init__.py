"""Shops and listings over the API: the same queries and actions as the pages."""

from . import imports, reading, selling, shipping
from .base import router

__all__ = ["imports", "reading", "router", "selling", "shipping"]
