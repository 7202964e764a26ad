"""Bank transfer: the machine is a bank that never calls; its statements say what came and went."""

from .machine import BankTransfer

__all__ = ["BankTransfer"]
