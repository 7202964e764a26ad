"""The market's pace as pure decisions, under storms of posts; and where a cursor comes back to."""

import itertools
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from goodword.reach import cursor as cursors
from goodword.reach.pacing.rules import Pace, Turn, Waiting, folds, lay_out
from goodword.reach.rules import Place

NOON = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
GAP = timedelta(hours=2)
PACE = Pace(every=5, gap=GAP, per_day=3)
LIN, CHEN = UUID(int=1), UUID(int=2)
TOP = Place(NOON, cursors.LAST_ID)


def offer(minutes, seller=LIN, **values):
    made = NOON - timedelta(minutes=minutes)
    return Waiting(made, UUID(int=minutes + 1000), seller, **values)


def ready(*offers, now=NOON):
    return folds(offers, pace=PACE, now=now)


def life(*minutes):
    return [Place(NOON - timedelta(minutes=m), UUID(int=m + 1)) for m in sorted(minutes)]


def laid(lives, *, shown=(), waiting=(), above=TOP, since=3, ends=True, limit=20, pace=PACE):
    return lay_out(
        lives, shown, waiting, pace=pace, above=above, since=since, ends=ends, limit=limit
    )


def kinds(layout):
    return "".join("M" if isinstance(card, Turn) else "l" for card in layout.cards)


def test_six_at_once_become_one_card_and_five_behind_it_best_fit_first():
    storm = [offer(minutes, fit=minutes % 4) for minutes in range(6)]
    (fold,) = ready(*storm)
    assert fold.lead == storm[3]
    turn = fold.at(TOP)
    assert turn.rest == tuple(o.moment for o in storm if o is not storm[3])


def test_two_sellers_do_not_stand_in_each_others_way():
    assert len(ready(offer(0), offer(1, CHEN))) == 2


def test_a_seller_rests_until_the_gap_is_over():
    shown = NOON - GAP
    assert ready(offer(5, last_shown=shown + timedelta(seconds=1), shown_today=1)) == []
    assert len(ready(offer(5, last_shown=shown, shown_today=1))) == 1


def test_a_fourth_card_of_one_seller_waits_for_another_day():
    shown = NOON - 3 * GAP
    assert len(ready(offer(5, last_shown=shown, shown_today=2))) == 1
    assert ready(offer(5, last_shown=shown, shown_today=3)) == []


def test_the_best_fit_stands_first_and_every_fifth_card_is_enough():
    waiting = ready(offer(1, LIN, fit=0.1), offer(2, CHEN, fit=0.9))
    layout = laid(life(*range(12)), waiting=waiting)
    assert kinds(layout) == "lMllllMlllllll"
    assert [turn.seller for turn in layout.fresh] == [CHEN, LIN]


def test_what_was_shown_keeps_its_place_when_life_goes_on():
    first = laid(life(10, 20, 30), waiting=ready(offer(1)))
    (turn,) = first.fresh
    again = laid(life(1, 10, 20, 30), shown=[turn])
    assert kinds(first) == "lMll"
    assert kinds(again) == "llMll"
    assert again.fresh == []


def test_a_new_card_does_not_come_close_to_one_that_stands_below():
    shown = [Turn(UUID(int=9), CHEN, Place(NOON - timedelta(minutes=50), UUID(int=51)))]
    crowded = laid(life(10, 20, 30, 50, 60), shown=shown, waiting=ready(offer(1)))
    assert kinds(crowded) == "llllMl"
    roomy = laid(life(10, 20, 30, 40, 50, 60), shown=shown, waiting=ready(offer(1)))
    assert kinds(roomy) == "lMllllMl"


def test_cards_that_come_close_because_life_between_them_is_gone_give_way():
    shown = [
        Turn(UUID(int=8), CHEN, Place(NOON - timedelta(minutes=10), UUID(int=11))),
        Turn(UUID(int=9), LIN, Place(NOON - timedelta(minutes=50), UUID(int=51))),
    ]
    assert kinds(laid(life(10, 20, 50, 60), shown=shown)) == "lMlll"


def test_a_reader_who_wants_none_meets_none():
    none = Pace(every=0, gap=GAP, per_day=3)
    assert kinds(laid(life(*range(30)), waiting=ready(offer(1)), pace=none, limit=40)) == "l" * 30


def test_where_life_ends_one_card_follows_and_never_a_street_of_them():
    waiting = ready(offer(1), offer(2, CHEN))
    empty = laid([], waiting=waiting, since=4)
    assert (kinds(empty), empty.more) == ("M", False)
    assert kinds(laid([], waiting=ready(offer(1)), since=3)) == ""
    assert kinds(laid(life(1), waiting=ready(offer(1), offer(2, CHEN)))) == "lM"


def test_a_card_behind_the_last_life_of_a_full_page_is_on_the_next():
    lives = life(1, 2)
    first = laid(lives, waiting=ready(offer(1)), limit=2, since=2)
    assert (kinds(first), first.more, first.since) == ("ll", True, 4)
    following = laid([], waiting=ready(offer(1)), above=lives[-1], since=4, limit=2)
    assert (kinds(following), following.more) == ("M", False)


sellers = st.sampled_from([UUID(int=n) for n in range(1, 6)])
storms = st.lists(
    st.tuples(st.integers(0, 60 * 72), sellers, st.floats(0, 1)),
    max_size=60,
    unique_by=lambda o: o[0],
)
worlds = st.lists(
    st.tuples(
        st.lists(st.integers(1, 90), max_size=25),  # how many minutes before each look life came
        st.lists(st.tuples(sellers, st.floats(0, 1)), max_size=8),  # what was offered before it
        st.integers(1, 300),  # minutes until the look
        st.integers(3, 12),  # cards on a page
        st.integers(1, 4),  # pages that were read
        st.sets(st.integers(0, 60), max_size=5),  # life that is taken back
    ),
    min_size=1,
    max_size=8,
)


@given(worlds)
def test_over_days_of_storms_no_reader_is_shouted_at_and_nothing_is_lost(looks):
    """A reader comes back again and again; life comes and goes, sellers post without restraint."""
    now, number = NOON, 10_000
    alive, waiting, shown, times, told, offered = [], {}, [], {}, [], set()
    for came, offers, minutes, limit, pages, gone in looks:
        before, now = now, now + timedelta(minutes=minutes)
        for back in came:
            number += 1
            alive.append(Place(max(before, now - timedelta(minutes=back)), UUID(int=number)))
        alive = [
            card for place, card in enumerate(sorted(alive, reverse=True)) if place not in gone
        ]
        for seller, fit in offers:
            number += 1
            waiting[UUID(int=number)] = (now, seller, fit)
            offered.add(UUID(int=number))
        above, since, page = Place(now, cursors.LAST_ID), 3, []
        for _page in range(pages):
            below = [card for card in alive if card < above][: limit + 1]
            ends = len(below) <= limit
            turns = sorted(
                (t for t in shown if t.after <= above), key=lambda t: t.after, reverse=True
            )
            layout = lay_out(
                below, turns, folds(standing(waiting, times, now), pace=PACE, now=now),
                pace=PACE, above=above, since=since, ends=ends, limit=limit,
            )  # fmt: skip
            assert len(layout.cards) <= limit
            assert len(layout.cards) == limit or not layout.more
            for turn in layout.fresh:
                times.setdefault(turn.seller, []).append(now)
                for one in (turn.lead, *turn.rest):
                    told.append(one)
                    assert waiting.pop(one)[1] == turn.seller
            shown += layout.fresh
            page += layout.cards
            lived = [card for card in layout.cards if isinstance(card, Place)]
            above, since = (lived[-1] if lived else above), layout.since
            if not layout.more:
                break
        lived = [card for card in page if isinstance(card, Place)]
        assert lived == alive[: len(lived)]
        marks = [isinstance(card, Turn) for card in page]
        assert all(sum(marks[i : i + 5]) <= 1 for i in range(len(marks)))
        leads = [card.lead for card in page if isinstance(card, Turn)]
        assert len(leads) == len(set(leads))
    assert Counter(told).keys() | waiting.keys() == offered
    assert max(Counter(told).values(), default=0) <= 1
    for at in times.values():
        assert all(later - sooner >= GAP for sooner, later in itertools.pairwise(at))
        assert all(sum(day <= one < day + timedelta(days=1) for one in at) <= 3 for day in at)


def standing(waiting, times, now):
    """What waits, as the database would say it."""
    yesterday = now - timedelta(days=1)
    return [
        Waiting(
            at, moment, seller, fit,
            max(times.get(seller, []), default=None),
            sum(one > yesterday for one in times.get(seller, [])),
        )
        for moment, (at, seller, fit) in waiting.items()
    ]  # fmt: skip


@given(storms)
def test_the_same_offers_lie_the_same_whatever_order_they_come_in(drawn):
    offers = [offer(minutes, seller, fit=fit) for minutes, seller, fit in drawn]
    lives = life(*range(40))
    one = laid(lives, waiting=ready(*offers), limit=50)
    other = laid(lives, waiting=ready(*reversed(offers)), limit=50)
    assert one == other


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    st.uuids(),
    st.integers(0, 1000),
)
def test_a_cursor_comes_back_as_it_went(at, id_, since):
    cursor = cursors.Cursor(at, (at, id_), (at, id_), since)
    assert cursors.decode(cursor.encode()) == cursor
