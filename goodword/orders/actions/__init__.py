"""The verbs of orders: lock the order, ask the rule, write, journal, tell, wind the clocks."""

from .book import keep_address, prefer_address, remove_address
from .cart import add_to_cart, change_cart
from .checkout import place_and_pay
from .ending import ask_to_cancel, cancel
from .paying import pay, payment_answered
from .placing import place
from .ringing import ring, sweep
from .shipping import confirm, extend, ship

__all__ = [
    "add_to_cart",
    "ask_to_cancel",
    "cancel",
    "change_cart",
    "confirm",
    "extend",
    "keep_address",
    "pay",
    "payment_answered",
    "place",
    "place_and_pay",
    "prefer_address",
    "remove_address",
    "ring",
    "ship",
    "sweep",
]
