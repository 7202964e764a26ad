"""What the ledger says. Functions without a viewer leave it to their caller who may read them."""

from .ledger import (
    Balance,
    BookLine,
    HoldView,
    SellerBalance,
    balance,
    books,
    drift,
    held,
    parts_of,
    seller_balance,
    trial_balance,
)
from .payments import (
    PaymentView,
    Sale,
    StuckRefund,
    TransferView,
    custodian,
    latest_payment,
    methods,
    operators,
    payment,
    payment_of,
    purchases,
    receipt,
    sales,
    stuck_refunds,
    trail,
    trail_of,
    way_back,
)

__all__ = [
    "Balance", "BookLine", "HoldView", "PaymentView", "Sale", "SellerBalance", "StuckRefund",
    "TransferView", "balance",
    "books", "custodian", "drift", "held", "latest_payment", "methods", "operators", "parts_of",
    "payment",
    "payment_of", "purchases", "receipt", "sales", "seller_balance", "stuck_refunds",
    "trail", "trail_of", "trial_balance", "way_back",
]  # fmt: skip
