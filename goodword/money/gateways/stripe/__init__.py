"""Stripe: the payer pays on Stripe's own page, so no script of theirs runs on ours."""

from .machine import Stripe

__all__ = ["Stripe"]
