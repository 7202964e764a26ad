"""Numbers of businesses, the end of a shop: pure rules, by example and by property."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from goodword.kit.money import Money
from goodword.shop.sellers import rules
from goodword.shop.sellers.rules import BadNumber, licence_number
from goodword.shop.sellers.states import Scheme
from goodword.shop.states import Level

from .town import DAY, NOW

NUMBER = "91110000600037341L"


@pytest.mark.parametrize(
    ("scheme", "typed", "number"),
    [
        (Scheme.USCC, " 91110000-600037341l ", NUMBER),
        (Scheme.VAT, "DE 136,695 976", "DE136695976"),
        (Scheme.VAT, "fr 40 303 265 045", "FR40303265045"),
        (Scheme.VAT, "ATU13585627", "ATU13585627"),
    ],
)
def test_numbers_are_written_as_their_register_does(scheme, typed, number):
    assert licence_number(scheme, typed) == number


@pytest.mark.parametrize(
    ("scheme", "typed"),
    [
        (Scheme.USCC, ""), (Scheme.USCC, "9111"), (Scheme.USCC, "DE136695976"),
        (Scheme.VAT, ""), (Scheme.VAT, "136695976"), (Scheme.VAT, "US123456789"),
        (Scheme.VAT, "DE136695977"), (Scheme.VAT, NUMBER),
    ],
)  # fmt: skip
def test_numbers_that_nobody_was_given_are_refused(scheme, typed):
    with pytest.raises(BadNumber):
        licence_number(scheme, typed)


@given(st.data())
def test_one_wrong_sign_of_a_code_is_always_found(data):
    """GB 32100's check (31, prime) finds every single wrong sign."""
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = data.draw(st.text("0123456789", min_size=8, max_size=8)) + data.draw(
        st.text(letters, min_size=9, max_size=9)
    )
    number = body + uscc.calc_check_digit(body)
    assert licence_number(Scheme.USCC, number) == number
    place = data.draw(st.integers(0, 16))
    other = data.draw(st.sampled_from([one for one in letters if one != number[place]]))
    with pytest.raises(BadNumber):
        licence_number(Scheme.USCC, number[:place] + other + number[place + 1 :])


@given(st.text(max_size=30), st.sampled_from(Scheme))
def test_whatever_is_typed_is_a_number_or_one_sentence(text, scheme):
    with suppress(BadNumber):
        number = licence_number(scheme, text)
        assert 0 < len(number) <= 24
        assert licence_number(scheme, number) == number


@given(
    st.sampled_from([None, -1, 0, 1]),
    st.integers(0, 3),
)
def test_a_shop_ends_exactly_when_its_time_and_its_orders_are_over(hours, open_orders):
    at = None if hours is None else NOW + hours * DAY
    expected = at is not None and at <= NOW and not open_orders
    assert rules.may_end(at, open_orders, NOW) == expected


def test_who_has_declared_nothing_counts_as_a_private_person():
    most = Money(100_000_00, "CNY")
    above = most + Money(1, "CNY")
    for level in Level:
        assert rules.exceeds(level, above, most) == (level != Level.REGISTERED)
        assert not rules.exceeds(level, most, most), "the sum itself may be sold"
