"""Pages and forms of orders: load what the viewer may see, call one action, answer."""

from .book import address, addresses, new_address, prefer_address, remove_address
from .carts import add, cart, change
from .checkout import checkout
from .goods import deliver, put_right
from .goods import file as goods
from .lists import orders, sales
from .order import ask_cancel, ask_paper, cancel, confirm, extend, keep, order, promises
from .parcels import correct, hand_over, make_code, ship
from .paying import pay
from .timers import timer_health, timers
from .tracking import put_away, strays

__all__ = [
    "add",
    "address",
    "addresses",
    "ask_cancel",
    "ask_paper",
    "cancel",
    "cart",
    "change",
    "checkout",
    "confirm",
    "correct",
    "deliver",
    "extend",
    "goods",
    "hand_over",
    "keep",
    "make_code",
    "new_address",
    "order",
    "orders",
    "pay",
    "prefer_address",
    "promises",
    "put_away",
    "put_right",
    "remove_address",
    "sales",
    "ship",
    "strays",
    "timer_health",
    "timers",
]
