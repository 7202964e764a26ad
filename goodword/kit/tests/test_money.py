"""What people type as an amount: read as they meant it, or refused with a sentence."""

import pytest

from goodword.kit.errors import Invalid
from goodword.kit.money import Money, parse_amount


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("99,5", "EUR", 9950), ("99,50", "CNY", 9950), ("1.234,50", "EUR", 123450),
        ("1,234.50", "CNY", 123450), ("1,234", "CNY", 123400), ("12，5", "CNY", 1250),
        ("1 234.50", "EUR", 123450), ("¥12.50", "CNY", 1250), ("１２.５", "CNY", 1250),
        ("-3,5", "EUR", -350), (".5", "EUR", 50), ("1200", "JPY", 1200), ("1,200", "JPY", 1200),
        ("1.234", "KWD", 1234), ("1,234.500", "KWD", 1234500),
    ],
)  # fmt: skip
def test_a_comma_is_what_it_was_meant_to_be(typed, currency, minor):
    assert parse_amount(typed, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("typed", "currency"),
    [
        ("1,23,4", "CNY"), ("1,2345", "CNY"), ("12,", "CNY"), ("1.2.3", "CNY"), ("1e3", "CNY"),
        ("", "CNY"), ("NaN", "CNY"), ("1,5", "JPY"), ("1,234", "KWD"), ("9" * 20, "CNY"),
        ("1,23.4", "CNY"), ("12.345,6", "JPY"), ("1.000", "EUR"), ("12.000", "CNY"),
        ("12.00", "JPY"), ("1,234.500", "CNY"), ("1.0000", "KWD"),
    ],
)  # fmt: skip
def test_what_could_be_two_amounts_is_none(typed, currency):
    with pytest.raises(Invalid):
        parse_amount(typed, currency)
