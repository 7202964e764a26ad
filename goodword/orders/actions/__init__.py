"""The verbs of orders: lock the order, ask the rule, write, journal, tell, wind the clocks."""

from .billing import ask_for_paper
from .book import keep_address, prefer_address, remove_address
from .caring import give_part, resolve, resume_clocks, stop_clocks, wind_case
from .cart import add_to_cart, change_cart
from .checkout import Bought, place_and_pay
from .common import Locked, lock, note
from .delivering import count_fetched, deliver, put_right
from .ending import ask_to_cancel, cancel, keep
from .handing import hand_over, make_code
from .paying import handed_back, pay, payment_answered
from .placing import place
from .ringing import ring, sweep
from .shipping import confirm, correct, extend, ship
from .tracking import put_away, read_tracking

__all__ = [
    "Bought",
    "Locked",
    "add_to_cart",
    "ask_for_paper",
    "ask_to_cancel",
    "cancel",
    "change_cart",
    "confirm",
    "correct",
    "count_fetched",
    "deliver",
    "extend",
    "give_part",
    "hand_over",
    "handed_back",
    "keep",
    "keep_address",
    "lock",
    "make_code",
    "note",
    "pay",
    "payment_answered",
    "place",
    "place_and_pay",
    "prefer_address",
    "put_away",
    "put_right",
    "read_tracking",
    "remove_address",
    "resolve",
    "resume_clocks",
    "ring",
    "ship",
    "stop_clocks",
    "sweep",
    "wind_case",
]
