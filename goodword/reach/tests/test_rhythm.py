"""Forecasts as pure decisions: bands, spans against counting by hand, and whether ranges hold."""

import itertools
import random
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.reach.selling import rules
from goodword.reach.selling.bands import ENOUGH, FEW, Band, band, one_in
from goodword.reach.selling.rhythm import (
    DAY,
    DAYS,
    SLOTS,
    SPAN,
    WEEK,
    Expected,
    Presence,
    best_slot,
    error,
    expect,
    hour,
    mean,
    reached,
    width,
)
from goodword.reach.selling.rules import Line, Tally
from goodword.reach.selling.states import Interest, Often, Outcome, Risk

NOON = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
HERE = ZoneInfo("Asia/Shanghai")


def test_no_figure_has_fewer_than_five_people_behind_it():
    assert [band(n) for n in (0, 1, 4, 4.99)] == [FEW] * 4
    assert [band(n) for n in (5, 9.9, 10, 5000)] == [
        Band(5, 10), Band(5, 10), Band(10, 15), Band(5000, 10000),
    ]  # fmt: skip
    assert band(2, 7) == Band(None, 10)
    assert band(12, 20) == Band(10, 30)


@given(st.floats(0, 20000), st.floats(0, 20000))
def test_a_band_holds_what_it_was_made_of_and_ends_at_an_edge(low, more):
    found = band(low, low + more)
    assert (found.low or 0) <= low
    assert low + more < found.high
    assert found.low is None or found.low >= 5
    assert found in (FEW, band(found.low or 0, found.high - 0.001))


def test_a_share_is_one_in_so_many():
    assert [one_in(*pair) for pair in ((1, 2), (3, 100), (0, 9), (1, 4000))] == [2, 30, None, 200]


@given(
    st.dictionaries(st.integers(0, 120), st.integers(0, 2**9 - 1), max_size=60),
    st.integers(-20, 130), st.integers(1, 140),
)  # fmt: skip
def test_who_was_there_in_a_span_is_as_counted_hour_by_hour(hours, start, length):
    there = Presence(begin=10, end=110, hours=hours)
    expected = 0
    for number in range(max(10, start), min(110, start + length)):
        expected |= hours.get(number, 0)
    assert there.within(start, length) == expected


def test_the_same_span_of_the_last_four_weeks_is_what_is_expected():
    end = 1000 * WEEK  # an hour of the week 0
    begin = end - SPAN
    hours = {}
    for week, count in enumerate((9, 2, 4, 6, 8), start=1):  # the newest first
        hours[end - week * WEEK + 5] = 2**count - 1
    means = reached(Presence(begin=begin, end=end, hours=hours), since=begin)
    assert means[1][5] == (9 + 2 + 4 + 6) / 4
    assert means[1][6] == 0
    assert means[7][5] == (2 + 4 + 6 + 8) / 4  # the newest week is not over yet
    assert means[7][6] == (9 + 2 + 4 + 6) / 4  # a week from then: who read six days later counts
    young = reached(Presence(begin=begin, end=end, hours=hours), since=end - 2 * WEEK)
    assert young[1][5] == (9 + 2) / 2
    assert (young[7][6], young[7][5]) == (9, 2)
    nothing = reached(Presence(begin=begin, end=end, hours={}), since=end)
    assert all(known is None for row in nothing.values() for known in row)


MEANS = {days: [known] * WEEK for days, known in ((1, 13.0), (2, 20.0), (3, 19.0), (7, 32.0))}


def told(audience, friends=40, means=MEANS, widths=None):
    return expect(means, friends=friends, audience=audience, start=9, widths=widths or {})


def test_time_takes_nobody_away_and_a_small_circle_is_told_nothing():
    assert [one.number for one in told(30)] == [9.75, 15.0, 15.0, 24.0]
    assert told(30, friends=9) == []
    assert told(30, means={days: [None] * WEEK for days in DAYS}) == []
    few = told(40, means={days: [4.9] * WEEK for days in DAYS}, widths={1: 3.0})
    assert all(one.people == FEW for one in few)


def test_a_range_is_as_wide_as_the_last_forecasts_were_wrong():
    assert error(9, 19) == error(19, 9) == 2
    assert width([9.0] * 19) == 1.5
    assert width([1.0 + n / 10 for n in range(20)]) == 2.6  # the 17th of twenty: 0.8 × 21
    assert (width([1.0] * 50), width([99.0] * 50)) == (1.1, 3.0)


def people(number, draw):
    """Friends with habits: when in the day they read, and on how many days."""
    return [(draw.uniform(0.05, 0.95), draw.choice((7, 12, 21))) for _n in range(number)]


def lived(friends, weeks, draw):
    """Who was there in which hour of so many weeks; some weeks are busy ones."""
    hours = {}
    for week in range(weeks):
        mood = draw.uniform(0.6, 1.2)
        for day in range(7):
            for bit, (often, usual) in enumerate(friends):
                if draw.random() < often * mood:
                    at = (week * 7 + day) * DAY + usual + draw.randrange(3)
                    hours[at] = hours.get(at, 0) | 1 << bit
    return hours


def test_four_in_five_forecasts_hold_what_comes_once_there_is_experience():
    draw = random.Random(7)
    errors, tried, held = [], 0, 0
    for circle in range(120):
        friends = people(draw.randrange(20, 90), draw)
        hours, end = lived(friends, 6, draw), 5 * WEEK
        there = Presence(begin=0, end=end, hours=hours)
        start = end + draw.randrange(WEEK - DAY)
        usual = mean(there, start % WEEK, 1, 0)
        said = Expected(1, usual if usual and usual >= ENOUGH else None, width(errors))
        came = Presence(begin=end, end=end + WEEK, hours=hours).within(start, DAY).bit_count()
        if said.number is None:
            continue
        if circle >= 60:
            tried += 1
            held += said.number / said.width <= came <= said.number * said.width
        errors.append(error(said.number, came))
    assert tried > 40
    assert 0.7 <= held / tried <= 0.95


def test_a_time_that_stands_out_is_named_from_five_people_on():
    monday = datetime(2026, 5, 18, 0, 0, tzinfo=UTC)
    days = [(n % 7, monday - timedelta(days=28) + timedelta(days=n)) for n in range(28)]
    begin, end = hour(days[0][1]), hour(monday)
    tuesdays = [hour(when) + 20 for weekday, when in days if weekday == 1]
    hours = dict.fromkeys(tuesdays, 0b11111)
    there = Presence(begin=begin, end=end, hours=hours)
    assert best_slot(there, 0b11111, days=days) == 1 * 4 + 3
    assert best_slot(there, 0b01111, days=days) is None
    daily = dict.fromkeys((hour(when) + 20 for _weekday, when in days), 0b11111)
    evenings = Presence(begin=begin, end=end, hours=daily)
    assert best_slot(evenings, 0b11111, days=days) == SLOTS + 3
    always = Presence(begin=begin, end=end, hours=dict.fromkeys(range(begin, end), 0b11111))
    assert best_slot(always, 0b11111, days=days) is None


def line(number, **values):
    return Line(UUID(int=number), NOON - timedelta(minutes=number), **values)


def numbers(lines):
    return [one.moment.int for one in lines]


def test_an_order_holds_and_what_came_later_stands_behind():
    lines = [line(1), line(2, position=1), line(3, position=0), line(0)]
    assert numbers(rules.in_order(lines)) == [3, 2, 0, 1]


def test_moving_moves_one_and_times_stay_with_their_places():
    later = NOON + timedelta(hours=3)
    lines = [line(0), line(1), line(2, since=later)]
    up = rules.moved(lines, UUID(int=2), by=-1)
    assert numbers(up) == [0, 2, 1]
    assert [(one.position, one.since) for one in up] == [(0, None), (1, None), (2, later)]
    assert numbers(rules.moved(lines, UUID(int=0), by=-1)) == [0, 1, 2]
    assert numbers(rules.moved(lines, UUID(int=0), by=9)) == [1, 2, 0]
    out = rules.rested(up, UUID(int=1), out=True)
    assert [(one.out, one.since) for one in out] == [(False, None), (False, None), (True, None)]


@given(
    st.integers(1, 30), st.integers(0, 5), st.integers(0, 26), st.integers(0, 47),
)  # fmt: skip
def test_what_is_spread_keeps_the_gap_the_day_and_the_night(count, per_day, gap, later):
    now, gap = NOON + timedelta(hours=later), timedelta(hours=gap)
    lines = [line(number) for number in range(count)]
    done = rules.spread(lines, now=now, gap=gap, per_day=per_day, zone=HERE)
    assert numbers(done) == numbers(lines)
    assert done[0].since is None
    times = [now, *(one.since for one in done[1:])]
    held = [one for one in times if one < NOON + timedelta(days=5)]
    assert all(b - a >= gap for a, b in itertools.pairwise(held))
    days = [one.astimezone(HERE).date() for one in held]
    assert all(days.count(day) <= max(1, per_day) for day in days)
    assert all(8 <= one.astimezone(HERE).hour <= 20 for one in held[1:])
    assert all(
        one.since is None or one.since <= one.published_at + timedelta(days=6) for one in done
    )
    assert [one.since for one in rules.together(done)] == [None] * count


def test_levels_say_what_shares_are():
    known, few = Tally(6, 100, 5), Tally(40, 100, 4)
    assert rules.looks(known, few) == (0.06, True)
    assert rules.looks(few, Tally(4, 100, 9)) == (0.04, True)
    assert rules.looks(few, Tally(5, 49, 5)) == (rules.LOOKS, False)
    assert [rules.interest(s) for s in (0.03, 0.05, 0.2)] == list(Interest)
    assert [rules.risk(s) for s in (0.01, 0.03, 0.07)] == list(Risk)
    assert [rules.often(n) for n in (8, 9, 28, 29)] == [
        Often.FEW, Often.SOME, Often.SOME, Often.MANY,
    ]  # fmt: skip
    assert rules.lookers(Expected(7, 200.0), 0.05) == band(5, 20)


@pytest.mark.parametrize(
    ("seen", "word"),
    [(3, Outcome.FEWER), (16, Outcome.AS_EXPECTED), (60, Outcome.MORE), (None, Outcome.OPEN)],
)
def test_what_came_is_judged_by_the_band_that_was_said(seen, word):
    assert rules.outcome(Expected(7, 15.0), seen) == word
    assert rules.outcome(Expected(7, None), seen) == Outcome.OPEN
