"""Worked examples of the shop's pure decisions; `docs/algorithms/prices.md` tells the same."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.kit.money import CurrencyMismatch, Money
from goodword.shop import rules
from goodword.shop.rules import PricePoint, Readiness
from goodword.shop.states import LISTING_MOVES, ListingState

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def yuan(amount: int) -> Money:
    return Money(amount * 100, "CNY")


def history(*steps: tuple[int, int]) -> list[PricePoint]:
    """(day, yuan) pairs."""
    return [PricePoint(NOON + timedelta(days=day), yuan(price)) for day, price in steps]


def test_range_of_one_price_and_of_several():
    assert rules.price_range([yuan(5)]).is_one
    found = rules.price_range([yuan(9), yuan(5), yuan(7)])
    assert (found.low, found.high, found.is_one) == (yuan(5), yuan(9), False)
    assert rules.price_range([]) is None


def test_range_never_mixes_currencies():
    with pytest.raises(CurrencyMismatch):
        rules.price_range([yuan(1), Money(1, "EUR")])


def test_a_plain_reduction_names_the_price_before_it():
    found = rules.reduction(history((0, 100), (60, 80)))
    assert (found.prior, found.price, found.percent) == (yuan(100), yuan(80), 20)
    assert found.is_genuine


def test_raised_shortly_before_the_reduction_gains_nothing():
    # 100 all along, 150 for a week, then "only" 100: the lowest of the 30 days was 100.
    found = rules.reduction(history((0, 100), (50, 150), (57, 100)))
    assert found.prior == yuan(100)
    assert not found.is_genuine
    assert found.percent == 0


def test_price_at_the_beginning_of_the_window_counts():
    # 90 until day 31, in force for one of the 30 days before day 60.
    found = rules.reduction(history((0, 90), (31, 100), (60, 95)))
    assert found.prior == yuan(90)
    assert not found.is_genuine


def test_price_that_ended_exactly_thirty_days_before_is_forgotten():
    found = rules.reduction(history((0, 90), (30, 100), (60, 95)))
    assert found.prior == yuan(100)
    assert found.is_genuine


def test_of_reductions_in_a_row_the_last_one_counts():
    found = rules.reduction(history((0, 100), (60, 90), (65, 80)))
    assert (found.prior, found.percent) == (yuan(90), 11)


def test_no_reduction_after_a_rise_or_at_the_first_price():
    assert rules.reduction(history((0, 100))) is None
    assert rules.reduction(history((0, 100), (1, 120))) is None
    assert rules.reduction([]) is None


def test_the_same_price_again_is_no_change():
    found = rules.reduction(history((0, 100), (60, 80), (61, 80)))
    assert found.since == NOON + timedelta(days=60)


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 50)), min_size=1, max_size=12))
def test_announced_reductions_are_below_every_price_of_the_window(steps):
    points = history(*sorted(dict(steps).items()))
    found = rules.reduction(points)
    if found and found.is_genuine:
        opening = found.since - rules.PRIOR_PRICE_WINDOW
        for instant in (opening + timedelta(hours=h) for h in range(0, 720, 6)):
            in_force = [point.price for point in points if point.at <= instant]
            assert not in_force or found.price < in_force[-1]


def test_lowest_of_thirty_days_looks_back_from_now():
    points = history((0, 90), (31, 100), (60, 95))
    assert rules.lowest_of_30_days(points, NOON + timedelta(days=60)) == yuan(90)
    assert rules.lowest_of_30_days(points, NOON + timedelta(days=62)) == yuan(95)
    assert rules.lowest_of_30_days([], NOON) is None


def test_what_keeps_a_listing_from_being_offered():
    complete = Readiness(title="Cup", variants=1, pictures=1, shop_open=True, ships_or_made=True)
    assert rules.missing_for_sale(complete) == []
    bare = Readiness(title=" ", variants=0, pictures=0, shop_open=False, ships_or_made=False)
    assert len(rules.missing_for_sale(bare)) == 5


def test_variant_names_and_what_they_choose_among():
    small = [("Glaze", "Celadon"), ("Size", "S")]
    plain = [("Glaze", "White")]
    assert rules.variant_name(small) == "Celadon · S"
    assert rules.variant_name([]) == ""
    assert rules.option_names([plain, small]) == ["Glaze", "Size"]


@pytest.mark.parametrize(
    ("stock", "made", "words"),
    [
        (0, False, "Sold out"),
        (1, False, "Only 1 left"),
        (5, False, "Only 5 left"),
        (6, False, "6 left"),
        (0, True, "Takes no orders now"),
        (1, True, "Takes 1 more order"),
        (3, True, "Takes 3 more orders"),
    ],
)
def test_stock_sentences(stock, made, words):
    assert rules.stock_words(stock, made_to_order=made) == words


def test_shipping_and_returns_sentences():
    assert rules.shipping_words(Money(0, "CNY"), 2, 4) == "Free shipping, 2–4 days"
    assert rules.shipping_words(Money(0, "CNY"), 1, 1) == "Free shipping, 1 day"
    assert rules.shipping_words(Money(1200, "EUR"), 0, 0) == "Shipping €12.00"
    assert rules.returns_words(7) == "Can be returned within 7 days of receipt"
    assert "law" in rules.returns_words(0)


def test_making_comes_before_shipping():
    assert rules.time_to_ship(made_to_order=True, lead_days=14, ship_within_hours=48) == timedelta(
        days=16
    )
    assert rules.time_to_ship(made_to_order=False, lead_days=0, ship_within_hours=48) == timedelta(
        days=2
    )


def test_what_is_withdrawn_was_never_a_draft_again():
    assert ListingState.DRAFT not in LISTING_MOVES[ListingState.WITHDRAWN]


def test_the_page_of_worked_numbers_holds():
    found = rules.reduction(history((0, 90), (30, 100), (60, 95)))
    assert found.percent == 5
