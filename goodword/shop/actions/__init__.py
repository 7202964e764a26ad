"""The shop's verbs: lock, decide, write, journal, defer. Each runs in one transaction."""

from .listings import NotReady, create_listing, edit_listing, offer, withdraw
from .pictures import add_evidence, add_pictures, lead_with, remove_evidence, remove_picture
from .prices import VariantMissing, change_price, set_stock
from .refusals import NotForSale, NotSentThere, OutOfStock, PriceChanged, ReservationEnded
from .reserving import (
    Item,
    Promise,
    expire_reservation,
    release_reservation,
    reserve,
    restock,
    sell,
)
from .sales import record_sale, reverse_sale
from .shipping import BadTemplate, TemplateInUse, TemplateMissing, keep_template, remove_template
from .shops import close_shop, edit_shop, open_shop, set_level
from .showing import show, tell
from .words import rebuild_words

__all__ = [
    "BadTemplate",
    "Item",
    "NotForSale",
    "NotReady",
    "NotSentThere",
    "OutOfStock",
    "PriceChanged",
    "Promise",
    "ReservationEnded",
    "TemplateInUse",
    "TemplateMissing",
    "VariantMissing",
    "add_evidence",
    "add_pictures",
    "change_price",
    "close_shop",
    "create_listing",
    "edit_listing",
    "edit_shop",
    "expire_reservation",
    "keep_template",
    "lead_with",
    "offer",
    "open_shop",
    "rebuild_words",
    "record_sale",
    "release_reservation",
    "remove_evidence",
    "remove_picture",
    "remove_template",
    "reserve",
    "restock",
    "reverse_sale",
    "sell",
    "set_level",
    "set_stock",
    "show",
    "tell",
    "withdraw",
]
