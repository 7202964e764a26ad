"""Stripe's smallest units, where they are not ISO's."""

from goodword.kit.money import Money, exponent

AS_HUNDREDTHS = frozenset({"ISK", "UGX"})  # without a minor unit, and written with two digits


def to_stripe(amount: Money) -> int | None:
    """How Stripe counts it; None when it cannot: three digits must end with a zero there."""
    if amount.currency in AS_HUNDREDTHS:
        return amount.minor * 10 ** (2 - exponent(amount.currency))
    if exponent(amount.currency) == 3 and amount.minor % 10:
        return None
    return amount.minor


def from_stripe(units: int, currency: str) -> Money:
    currency = currency.upper()
    if currency in AS_HUNDREDTHS:
        return Money(units // 10 ** (2 - exponent(currency)), currency)
    return Money(units, currency)
