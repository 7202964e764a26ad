"""Pages and forms of orders: load what the viewer may see, call one action, answer."""

from .carts import add, cart, change
from .checkout import checkout
from .lists import orders, sales
from .order import ask_cancel, cancel, confirm, extend, order, promises, ship
from .paying import pay

__all__ = [
    "add",
    "ask_cancel",
    "cancel",
    "cart",
    "change",
    "checkout",
    "confirm",
    "extend",
    "order",
    "orders",
    "pay",
    "promises",
    "sales",
    "ship",
]
