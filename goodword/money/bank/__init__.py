"""Reads what a bank says about the house's account: camt.053 and MT940, bytes in, plain data out.

It writes nothing, matches nothing and asks nobody. Whatever cannot be read without a doubt is
refused whole, in one sentence (docs/decisions/0050-bank-files.md).
"""

from .reading import read
from .shapes import BankLine, Direction, Statement, Unreadable

__all__ = ["BankLine", "Direction", "Statement", "Unreadable", "read"]
