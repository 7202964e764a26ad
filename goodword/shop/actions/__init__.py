"""The shop's verbs: lock, decide, write, journal, defer. Each runs in one transaction."""

from .closing import close_shop, end_closing, reopen_shop
from .interests import say_interests
from .listings import NotReady, create_listing, edit_listing, offer, retitle, withdraw
from .many import ListingChange, ManyRefused, VariantChange, change_many
from .pictures import (
    add_evidence,
    add_papers,
    add_pictures,
    check_papers,
    lead_with,
    look_at_paper,
    remove_evidence,
    remove_picture,
    show_paper_to,
)
from .planning import BadPlan, plan, ring_plans, sweep_plans
from .prices import change_price, set_stock
from .quotes import (
    NotQuoted,
    QuoteMissing,
    accept_quote,
    answer_quote,
    ask_quote,
    decline_quote,
    expire_quote,
    withdraw_quote,
)
from .refusals import (
    NotForSale,
    NotSentThere,
    OutOfStock,
    PriceChanged,
    ReservationEnded,
    VariantMissing,
)
from .reserving import (
    Item,
    Promise,
    expire_reservation,
    keep_reservation,
    release_reservation,
    reserve,
    restock,
    sell,
)
from .sales import record_sale, reverse_sales
from .shipping import BadTemplate, TemplateInUse, TemplateMissing, keep_template, remove_template
from .shops import edit_shop, open_shop
from .showing import show, tell
from .words import rebuild_words

__all__ = [
    "BadPlan",
    "BadTemplate",
    "Item",
    "ListingChange",
    "ManyRefused",
    "NotForSale",
    "NotQuoted",
    "NotReady",
    "NotSentThere",
    "OutOfStock",
    "PriceChanged",
    "Promise",
    "QuoteMissing",
    "ReservationEnded",
    "TemplateInUse",
    "TemplateMissing",
    "VariantChange",
    "VariantMissing",
    "accept_quote",
    "add_evidence",
    "add_papers",
    "add_pictures",
    "answer_quote",
    "ask_quote",
    "change_many",
    "change_price",
    "check_papers",
    "close_shop",
    "create_listing",
    "decline_quote",
    "edit_listing",
    "edit_shop",
    "end_closing",
    "expire_quote",
    "expire_reservation",
    "keep_reservation",
    "keep_template",
    "lead_with",
    "look_at_paper",
    "offer",
    "open_shop",
    "plan",
    "rebuild_words",
    "record_sale",
    "release_reservation",
    "remove_evidence",
    "remove_picture",
    "remove_template",
    "reopen_shop",
    "reserve",
    "restock",
    "retitle",
    "reverse_sales",
    "ring_plans",
    "say_interests",
    "sell",
    "set_stock",
    "show",
    "show_paper_to",
    "sweep_plans",
    "tell",
    "withdraw",
    "withdraw_quote",
]
