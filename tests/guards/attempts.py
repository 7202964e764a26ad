"""What the database must refuse of money, orders, shops and cases, for each guard that refuses it.

A row here is what differs from `GOOD`; what neither names is filled in by the column's type.
"""

from datetime import UTC, datetime
from uuid import UUID

from goodword.care.states import CaseState
from goodword.care.states import pairs as case_moves
from goodword.money.banking.states import CLAIM_MOVES, PAYOUT_MOVES
from goodword.money.sharing.states import SHARE_MOVES
from goodword.money.states import HOLD_MOVES, PAYMENT_MOVES, REFUND_MOVES
from goodword.money.states import pairs as along
from goodword.orders.states import FINAL, LineState
from goodword.orders.states import pairs as line_moves

THEN = datetime(2026, 11, 20, 9, tzinfo=UTC)
SOMEBODY = UUID(int=7)
PIXELS = [{"width": 0}, {"height": 0}, {"total_bytes": 0}]
UNKNOWN = "no"  # no state, kind or side is called so
TOO_MUCH = 10**12 + 1

GOOD = {
    "care_case": {"state": "asked", "currency": "CNY"},
    "care_juror": {"vote": "", "stays": ""},
    "money_awaitedtransfer": {"state": "awaited"},
    "money_bankdetails": {"kind": "iban"},
    "money_bankline": {"direction": "in", "taken": "open"},
    "money_claim": {"kind": "refund", "state": "due", "amount": 100, "paid": 0},
    "money_feeband": {"basis_points": 150},
    "money_hold": {"captured": 100, "fee": 10, "released": 0, "refunded": 0, "state": "held"},
    "money_issuedpaper": {"kind": "invoice"},
    "money_paperhead": {"country": "CN"},
    "money_payment": {"fee_percent": 5, "state": "created"},
    "money_payout": {"state": "asked"},
    "money_refund": {"state": "created"},
    "money_sandboxcharge": {"state": "captured", "taken": 100, "refunded": 0, "reversed": 0},
    "money_share": {"state": "asked", "amount": 100, "back": 0},
    "money_transferrefund": {"state": "waits"},
    "orders_orderline": {"state": "held"},
    "orders_scan": {"kind": "moving"},
    "orders_strayscan": {"why": "unknown"},
    "shop_declaration": {"kind": "individual", "state": "asked", "scheme": "", "name": "",
                         "number": ""},
    "shop_digitalitem": {"key": "", "name": "", "size": 0},
    "shop_evidence": {"kind": "receipt", "audience": "buyers"},
    "shop_importrow": {"outcome": "create", "taken_back": ""},
    "shop_importrun": {"state": "preview"},
    "shop_listing": {
        "currency": "CNY", "state": "draft", "condition": "new", "returns_days": 7,
        "ship_within_hours": 48, "shipping_days_min": 1, "shipping_days_max": 2,
        "made_to_order": False, "lead_days": 0, "digital": "",
    },
    "shop_listingtimer": {"kind": "offer", "end": ""},
    "shop_quote": {"state": "asked", "quantity": 1},
    "shop_reservation": {"state": "held"},
    "shop_sale": {"reversal": False},
    "shop_shop": {"level": "none"},
    "shop_shopclock": {"kind": "stop"},
}  # fmt: skip

REGISTERED = {"kind": "registered", "scheme": "uscc", "name": "Tea Ltd", "number": "9111"}
A_FILE = {"key": "k", "name": "n", "size": 1, "text": ""}
SENT_BY_LINE = {"digital": "at_once", "returns_days": 0, "shipping_minor": 0, "grams": 0,
                "customs_code": ""}  # fmt: skip
ANSWERED = {"state": "answered", "price_minor": 1, "valid_until": THEN}

CHECKS = {
    "care_asked": [{"asked_minor": 0}],
    "care_casepicture_has_pixels": PIXELS,
    "care_ended": [{"ended_at": THEN}, {"state": "closed"}],
    "care_kept_for": [{"vote": "keep"}, {"vote": "half", "stays": "gone"}],
    "care_state": [{"state": UNKNOWN}],
    "money_claim_kind": [{"kind": UNKNOWN}],
    "money_claim_paid": [{"state": "paid", "paid": 99}],
    "money_claim_state": [{"state": UNKNOWN}],
    "money_claim_within": [{"amount": 0}, {"paid": -1}, {"paid": 101}],
    "money_details_kind": [{"kind": UNKNOWN}],
    "money_feeband_range": [
        {"above": -1}, {"basis_points": -1}, {"basis_points": 10_001}, {"fixed": -1},
    ],
    "money_hold_fee": [{"fee": -1}, {"fee": 101}],
    "money_hold_never_below_zero": [
        {"captured": 0, "fee": 0},
        {"refunded": -1},
        {"state": "released", "released": -1, "refunded": 101},
        {"state": "released", "released": 60, "refunded": 41},
    ],
    "money_hold_resolved_whole": [
        {"released": 1},
        {"refunded": 100},
        {"state": "released", "released": 99},
        {"state": "refunded", "refunded": 99},
        {"state": "refunded", "refunded": 99, "released": 1},
    ],
    "money_line_direction": [{"direction": UNKNOWN}],
    "money_line_positive": [{"amount": 0}],
    "money_line_taken": [{"taken": UNKNOWN}],
    "money_paper_kind": [{"kind": UNKNOWN}],
    "money_paper_line_some": [{"minor": 0}],
    "money_paper_of": [{"kind": "credit"}, {"of_id": SOMEBODY}],
    "money_paper_total": [{"total": 0}],
    "money_payment_fee": [{"fee_percent": -1}, {"fee_percent": 101}],
    "money_payment_positive": [{"amount": 0}],
    "money_payout_positive": [{"amount": 0}],
    "money_refund_positive": [{"amount": 0}],
    "money_sandbox_refunds": [
        {"refunded": -1}, {"reversed": -1}, {"refunded": 101}, {"refunded": 50, "reversed": 51},
    ],
    "money_sandbox_state": [{"state": UNKNOWN}],
    "money_share_state": [{"state": UNKNOWN}],
    "money_share_within": [{"amount": 0}, {"back": -1}, {"back": 101}],
    "money_transfer_back_state": [{"state": UNKNOWN}],
    "money_transfer_in_state": [{"state": UNKNOWN}],
    "orders_cart_some": [{"quantity": 0}],
    "orders_ended": [{"ended_at": THEN}, *({"state": state} for state in sorted(FINAL))],
    "orders_line_sum": [{"quantity": 0}, {"unit_minor": 0}, {"shipping_minor": -1}],
    "orders_scan_kind": [{"kind": UNKNOWN}],
    "orders_state": [{"state": UNKNOWN}],
    "orders_stray_why": [{"why": UNKNOWN}],
    "orders_sum": [{"goods_minor": 0}, {"shipping_minor": -1}],
    "shop_active_is_listed": [{"state": "active"}],
    "shop_clock_kind": [{"kind": UNKNOWN}],
    "shop_currency": [{"currency": "cny"}, {"currency": "元"}, {"currency": "C1Y"}],
    "shop_declaration_kind": [{"kind": UNKNOWN}],
    "shop_declaration_state": [{"state": UNKNOWN}],
    "shop_declaration_whole": [
        *({part: "x"} for part in ("scheme", "name", "number")),
        *({**REGISTERED, part: ""} for part in ("scheme", "name", "number")),
    ],
    "shop_declarationpage_has_pixels": PIXELS,
    "shop_digital": [{"digital": UNKNOWN}],
    "shop_digital_is_not_sent": [
        {**SENT_BY_LINE, **one}
        for one in ({"returns_days": 1}, {"shipping_minor": 1}, {"grams": 1},
                    {"customs_code": "x"}, {"template_id": SOMEBODY})
    ],
    "shop_evidence_audience": [{"audience": UNKNOWN}],
    "shop_evidence_has_pixels": PIXELS,
    "shop_evidence_kind": [{"kind": UNKNOWN}],
    "shop_grams": [{"grams": -1}, {"grams": 1_000_001}],
    "shop_import_outcome": [{"outcome": UNKNOWN}],
    "shop_import_state": [{"state": UNKNOWN}],
    "shop_import_taken_back": [{"taken_back": UNKNOWN}],
    "shop_interests_few": [{"keys": ["A", "B", "C", "D"]}],
    "shop_item_file_or_text": [
        {"text": ""}, {"key": "k"}, {"name": "n"}, {"size": 1},
        *({**A_FILE, **one} for one in ({"key": ""}, {"name": ""}, {"size": 0}, {"text": "x"})),
    ],
    "shop_key_sold_or_not": [
        {"line": SOMEBODY}, {"sold_at": THEN}, {"text": ""},
        {"line": SOMEBODY, "sold_at": THEN},
        {"line": SOMEBODY, "text": ""}, {"sold_at": THEN, "text": ""},
    ],
    "shop_lead_days": [
        {"lead_days": -1, "made_to_order": True}, {"lead_days": 731, "made_to_order": True},
    ],
    "shop_lead_when_made": [{"lead_days": 1}, {"made_to_order": True}],
    "shop_level": [{"level": UNKNOWN}],
    "shop_listing_condition": [{"condition": UNKNOWN}],
    "shop_listing_state": [{"state": UNKNOWN}],
    "shop_listingpicture_has_pixels": PIXELS,
    "shop_past_price": [{"price_minor": 0}],
    "shop_plan_ended": [{"end": "done"}, {"ended_at": THEN}],
    "shop_plan_kind": [{"kind": UNKNOWN}],
    "shop_price": [{"price_minor": 0}, {"price_minor": TOO_MUCH}],
    "shop_quote_answered": [
        {**ANSWERED, **one, "state": state}
        for state in ("answered", "accepted")
        for one in ({"price_minor": 0}, {"price_minor": TOO_MUCH}, {"valid_until": None})
    ],
    "shop_quote_pieces": [{"quantity": 0}, {"quantity": 10_000}],
    "shop_quote_state": [{"state": UNKNOWN}],
    "shop_reservation_state": [{"state": UNKNOWN}],
    "shop_reserved_some": [{"quantity": 0}],
    "shop_returns_days": [{"returns_days": 366}],
    "shop_sale_sign": [{"quantity": 0}, {"quantity": -1}, {"reversal": True}],
    "shop_ship_within": [{"ship_within_hours": 0}, {"ship_within_hours": 2161}],
    "shop_shipping_cost": [{"shipping_minor": -1}, {"shipping_minor": TOO_MUCH}],
    "shop_shipping_days": [{"shipping_days_min": 3}],
    "shop_stock": [{"stock": -1}, {"stock": 1_000_001}],
    "shop_variant_quoted": [{"buyer_id": SOMEBODY}, {"until": THEN}],
}  # fmt: skip

# The columns that are taken together only once, and rows of which there may be more than one.
ONCE = {
    "care_casepicture_key_key": ("key", []),
    "care_one_at_a_time": ("line_id", [{"state": "closed", "ended_at": THEN}]),
    "care_says_once": ("case_id by", [{"is_appeal": True}, {"of_return": True}]),
    "care_sits_once": ("case_id member_id", []),
    "money_account_there": ("member_id gateway", []),
    "money_awaitedtransfer_reference_key": ("reference", []),
    "money_bankline_key_key": ("key", []),
    "money_bankstatement_digest_key": ("digest", []),
    "money_claim_key_key": ("key", []),
    "money_details_one": ("member_id currency", []),
    "money_feeband_once": ("since currency above", []),
    "money_line_invoiced_once": ("line", [{"credit": True}]),
    "money_outside_day_once": ("gateway day", []),
    "money_paper_file": ("paper_id language", []),
    "money_paper_number": ("seller_id number", []),
    "money_paperhead_seller_id_key": ("seller_id", []),
    "money_payment_key": ("buyer_id key", []),
    "money_payment_live": (
        "order", [{"state": s} for s in ("declined", "expired", "returned", "reversed")],
    ),
    "money_payout_key": ("seller_id key", []),
    "money_payout_number_key": ("number", []),
    "money_refund_transfer_key": ("transfer", []),
    "money_sandboxaccount_number_key": ("number", []),
    "money_share_release_key": ("release", []),
    "money_transfer_key": ("owner key", []),
    "money_transferrefund_number_key": ("number", []),
    "orders_cart_once": ("buyer_id variant_id", []),
    "orders_delivered_once": ("line_id item_id", []),
    "orders_delivereditem_corrects_id_key": ("corrects_id", []),
    "orders_once": ("buyer_id key seller_id currency", []),
    "orders_one_default_address": ("owner_id", [{"is_default": False}]),
    "orders_said_once": ("shipment_id number kind said_at place", []),
    "orders_strayscan_digest_key": ("digest", []),
    "shop_declarationpage_key_key": ("key", []),
    "shop_evidence_key_key": ("key", []),
    "shop_follow_once": ("owner_id shop_id", []),
    "shop_import_place": ("run_id position", []),
    "shop_key_once": ("seller_id digest", []),
    "shop_line_once": ("line", [{"reversal": True, "quantity": -1}]),
    "shop_listingpicture_key_key": ("key", []),
    "shop_one_asked": ("owner_id", [{"state": "refused"}, {"state": "in_force"}]),
    "shop_one_clock": ("owner_id kind", [{"done_at": THEN}]),
    "shop_one_in_force": ("owner_id", [{"state": "refused"}, {"state": "asked"}]),
    "shop_one_open": ("owner_id", [{"closed_at": THEN}]),
    "shop_one_overrun_a_year": ("owner_id year", []),
    "shop_picture_place": ("listing_id position", []),
    "shop_plan_once": ("listing_id kind", [{"end": "done", "ended_at": THEN}]),
    "shop_quote_variant_id_key": ("variant_id", []),
    "shop_reserved_once": ("order variant_id", []),
    "shop_source_once": ("seller_id source_key", []),
    "shop_variant_once": (
        "listing_id options", [{"retired_at": THEN}, {"buyer_id": SOMEBODY, "until": THEN}],
    ),
}  # fmt: skip
OTHER_KIND = {
    "orders_said_once": "out", "shop_one_clock": "close", "shop_plan_once": "withdraw",
}  # fmt: skip
INSIDE = {
    "orders_one_default_address": {"is_default": True},
    "shop_one_in_force": {"state": "in_force"},
}

# By the beginning of each trigger's name: what of a row stays as it is.
STAYS = {
    "care_case": ("terms", "order_id line_id buyer_id seller_id asked_minor currency secret"),
    "money_bankline": (
        "said",
        "key booked_on direction amount currency text reference counterparty account bank_id",
    ),
    "money_claim": ("terms", "seller_id buyer_id order kind key amount currency"),
    "money_hold": ("terms", "order buyer_id seller_id currency captured fee"),
    "money_payment": (
        "terms", "order buyer_id seller_id amount currency fee_percent fee gateway",
    ),
    "money_payout": ("terms", "seller_id amount currency number kind hint"),
    "money_refund": ("terms", "payment_id buyer_id amount currency"),
    "money_share": ("terms", "seller_id release order payment account amount currency"),
    "orders_order": (
        "promise",
        "buyer_id seller_id shop_id key goods_minor shipping_minor currency placed_at",
    ),
    "orders_orderline": (
        "promise",
        "order_id buyer_id seller_id listing_id variant_id quantity unit_minor shipping_minor "
        "currency snapshot digest signature ship_within",
    ),
}  # fmt: skip

# Rows of which nothing changes, or that stay.
KEPT = {
    "care_statement": ("said", "UPDATE DELETE"),
    "money_bankline": ("kept", "DELETE"),
    "money_feeband": ("kept", "UPDATE DELETE"),
    "money_issuedpaper": ("money_append_only", "UPDATE DELETE"),
    "money_paperfile": ("money_append_only", "UPDATE DELETE"),
    "money_paperline": ("money_append_only", "UPDATE DELETE"),
    "orders_scan": ("said", "UPDATE"),
    "shop_pricechange": ("append_only", "UPDATE DELETE"),
    "shop_sale": ("append_only", "UPDATE DELETE"),
}

# Guard, table, the row, what it refuses of that row, and what it lets pass.
SOLD_KEY = {"line": SOMEBODY, "sold_at": THEN, "text": ""}
WISHES = {"address": {"city": "A"}, "note": "A", "terms": {"pay_within": 1, "a": 1}}
SOME = [
    ("address", "orders_order", WISHES,
     ["address = '{\"city\": \"B\"}'", "note = 'B'"], ["address = '{}', note = ''"]),
    ("terms", "orders_order", WISHES,
     ["terms = terms || '{\"a\": 2}'", "terms = terms - 'a'", "terms = terms || '{\"b\": 1}'"],
     ["terms = terms || '{\"pay_within\": 2}'"]),
    ("parts", "money_payment", {"parts": [["a", 1]]},
     ["parts = '[]'", "parts = '[[\"a\", 2]]'"], ["reason = 'x'"]),
    ("parts", "money_payment", {"parts": []}, [], ["parts = '[[\"a\", 2]]'"]),
    ("sold_once", "shop_licencekey", SOLD_KEY, ["sold_at = now()", "DELETE"], []),
    ("sold_once", "shop_licencekey", {}, [], ["text = 'B'", "DELETE"]),
    ("taken_once", "money_bankline", {"taken": "payment"},
     ["taken = 'own'", "taken = 'open'"], ["actor_id = NULL"]),
    ("taken_once", "money_bankline", {"taken": "open"}, [], ["taken = 'own'"]),
    ("votes_once", "care_juror", {"vote": "buyer"}, ["vote = 'seller'", "vote = ''"], []),
    ("votes_once", "care_juror", {"vote": ""}, [], ["vote = 'buyer'"]),
]  # fmt: skip

MOVES = {
    "care_case": case_moves(),
    "money_claim": along(CLAIM_MOVES),
    "money_hold": along(HOLD_MOVES),
    "money_payment": along(PAYMENT_MOVES),
    "money_payout": along(PAYOUT_MOVES),
    "money_refund": along(REFUND_MOVES),
    "money_share": along(SHARE_MOVES),
    "orders_orderline": line_moves(),
}
STATES = {
    "care_case": CaseState, "money_claim": CLAIM_MOVES, "money_hold": HOLD_MOVES,
    "money_payment": PAYMENT_MOVES, "money_payout": PAYOUT_MOVES, "money_refund": REFUND_MOVES,
    "money_share": SHARE_MOVES, "orders_orderline": LineState,
}  # fmt: skip
ENDED = {"ended_at": THEN}
IN_STATE = {  # what a row in a state has besides
    **{("care_case", state): ENDED for state in ("closed", "refunded", "settled")},
    **{("orders_orderline", state): ENDED for state in FINAL},
    ("money_claim", "paid"): {"paid": 100},
    ("money_hold", "released"): {"released": 100},
    ("money_hold", "refunded"): {"refunded": 100},
}

# Tried where what they guard is told: money/tests/test_guards.py, journal/tests/test_chain.py.
ELSEWHERE = {
    "money_account_chart", "money_entry_positive", "money_entry_side",
    "money_account money_append_only", "money_entry money_append_only",
    "money_transfer money_append_only", "money_entry money_entry_admit",
    "money_transfer money_transfer_balanced",
    "journal_entry append_only", "journal_entry link",
    "journal_seq",  # `link` gives the number: two writers queue for it
}  # fmt: skip
