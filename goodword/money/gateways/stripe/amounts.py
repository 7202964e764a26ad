"""How many digits Stripe counts with: not always as many as people there write."""

from decimal import Decimal

from goodword.kit.money import Money, exponent

# https://docs.stripe.com/currencies: without a minor unit. Of two more, ISK and UGX, it says the
# same and wants two digits all the same; whatever is not named here has two.
WHOLE = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
     "XOF", "XPF"}
)  # fmt: skip
THOUSANDTHS = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})  # and the last digit is a zero


def digits(currency: str) -> int:
    if currency in WHOLE:
        return 0
    return 3 if currency in THOUSANDTHS else 2


def to_stripe(amount: Money) -> int | None:
    """How Stripe counts it; None when it cannot: it has no unit so small."""
    units = amount.amount.scaleb(digits(amount.currency))
    step = 10 if amount.currency in THOUSANDTHS else 1
    return int(units) if units % step == 0 else None


def from_stripe(units: int, currency: str) -> Money:
    currency = currency.upper()
    minor = Decimal(units).scaleb(exponent(currency) - digits(currency))
    return Money(int(minor), currency)
