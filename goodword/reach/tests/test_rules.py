"""The market's pace as pure decisions, under storms of posts; and where a cursor comes back to."""

import itertools
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


def laid(lives, *, seen=(), waiting=(), above=TOP, since=3, ends=True, limit=20, pace=PACE):
    return lay_out(
        lives, seen, waiting, pace=pace, above=above, since=since, ends=ends, limit=limit
    )


def kinds(layout):
    return "".join("M" if isinstance(card, Turn) else "l" for card in layout.cards)


def test_six_at_once_become_one_card_and_five_behind_it_best_fit_first():
    storm = [offer(minutes, fit=minutes % 4) for minutes in range(6)]
    (fold,) = ready(*storm)
    assert fold.lead == storm[3].moment
    turn = fold.at(TOP)
    assert turn.rest == tuple(o.moment for o in storm if o is not storm[3])


def test_two_sellers_do_not_stand_in_each_others_way():
    assert len(ready(offer(0), offer(1, CHEN))) == 2


def test_a_seller_rests_until_the_gap_is_over():
    shown = NOON - GAP
    assert ready(offer(5, last_seen=shown + timedelta(seconds=1), seen_today=1)) == []
    assert len(ready(offer(5, last_seen=shown, seen_today=1))) == 1


def test_a_fourth_card_of_one_seller_waits_for_another_day():
    shown = NOON - 3 * GAP
    assert len(ready(offer(5, last_seen=shown, seen_today=2))) == 1
    assert ready(offer(5, last_seen=shown, seen_today=3)) == []


def test_the_best_fit_stands_first_and_every_fifth_card_is_enough():
    waiting = ready(offer(1, LIN, fit=0.1), offer(2, CHEN, fit=0.9))
    layout = laid(life(*range(12)), waiting=waiting)
    assert kinds(layout) == "lMllllMlllllll"
    assert [turn.seller for turn in layout.fresh] == [CHEN, LIN]


def test_what_was_seen_keeps_its_place_when_life_goes_on():
    first = laid(life(10, 20, 30), waiting=ready(offer(1)))
    (turn,) = first.fresh
    again = laid(life(1, 10, 20, 30), seen=[turn])
    assert kinds(first) == "lMll"
    assert kinds(again) == "llMll"
    assert again.fresh == []


def test_a_new_card_does_not_come_close_to_one_that_stands_below():
    shown = [Turn(UUID(int=9), CHEN, Place(NOON - timedelta(minutes=50), UUID(int=51)))]
    crowded = laid(life(10, 20, 30, 50, 60), seen=shown, waiting=ready(offer(1)))
    assert kinds(crowded) == "llllMl"
    roomy = laid(life(10, 20, 30, 40, 50, 60), seen=shown, waiting=ready(offer(1)))
    assert kinds(roomy) == "lMllllMl"


def test_cards_that_come_close_because_life_between_them_is_gone_give_way():
    shown = [
        Turn(UUID(int=8), CHEN, Place(NOON - timedelta(minutes=10), UUID(int=11))),
        Turn(UUID(int=9), LIN, Place(NOON - timedelta(minutes=50), UUID(int=51))),
    ]
    assert kinds(laid(life(10, 20, 50, 60), seen=shown)) == "lMlll"


def test_an_empty_place_keeps_others_away_like_a_card():
    gone = Turn(UUID(int=9), CHEN, life(0)[0], empty=True)
    layout = laid(life(*range(12)), seen=[gone], waiting=ready(offer(1)))
    assert kinds(layout) == "lllllMlllllll"


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
looks = st.lists(
    st.tuples(
        st.lists(st.integers(1, 90), max_size=25),  # how many minutes before each look life came
        st.lists(st.tuples(sellers, st.floats(0, 1)), max_size=8),  # what was offered before it
        st.integers(1, 300),  # minutes until the look
        st.integers(3, 12),  # cards on a page
        st.integers(1, 4),  # pages that were read
        st.sets(st.integers(0, 60), max_size=5),  # life that is taken back
        st.sampled_from(["none", "half", "all"]),  # of the last page, what was seen
        st.booleans(),  # afterwards all pages that lie open since earlier looks are read
    ),
    min_size=1,
    max_size=8,
)


class Reader:
    """Somebody who comes back again and again; what was laid and seen is kept as the app does."""

    def __init__(self):
        self.now, self.number, self.alive = NOON, 10_000, []
        self.offers, self.laid, self.seen = {}, {}, {}  # by moment; when a card was seen
        self.pages = []  # that lie open somewhere

    def lives(self, came, minutes, gone):
        before, self.now = self.now, self.now + timedelta(minutes=minutes)
        for back in came:
            self.number += 1
            at = max(before, self.now - timedelta(minutes=back))
            self.alive.append(Place(at, UUID(int=self.number)))
        kept = enumerate(sorted(self.alive, reverse=True))
        self.alive = [card for place, card in kept if place not in gone]

    def is_offered(self, seller, fit):
        self.number += 1
        self.offers[UUID(int=self.number)] = (self.now, seller, fit)

    def waiting(self):
        """What waits, as the database would say it."""
        times = {}
        for moment, at in self.seen.items():
            times.setdefault(self.offers[moment][1], []).append(at)
        yesterday = self.now - timedelta(days=1)
        return [
            Waiting(
                at, moment, seller, fit, max(times.get(seller, []), default=None),
                sum(one > yesterday for one in times.get(seller, [])),
                laid=self.laid.get(moment),
            )
            for moment, (at, seller, fit) in self.offers.items() if moment not in self.seen
        ]  # fmt: skip

    def page(self, above, since, limit):
        below = [card for card in self.alive if card < above][: limit + 1]
        stand = [turn for turn in self.laid.values() if turn.lead in self.seen]
        layout = lay_out(
            below, sorted((t for t in stand if t.after <= above), key=lambda t: t.after)[::-1],
            folds(self.waiting(), pace=PACE, now=self.now), pace=PACE, above=above, since=since,
            ends=len(below) <= limit, limit=limit,
        )  # fmt: skip
        assert len(layout.cards) == limit or not layout.more
        assert set(layout.fresh) <= set(layout.unseen)
        self.laid |= {turn.lead: turn for turn in layout.fresh}
        assert all(self.laid[turn.lead] == turn for turn in layout.unseen)
        return layout

    def sees(self, leads):
        self.seen |= {lead: self.now for lead in leads if lead not in self.seen}


@given(looks)
def test_over_days_of_storms_no_reader_is_shouted_at_and_nothing_is_lost(looks):
    """Life comes and goes, sellers post without restraint; not every page is read to its end."""
    reader = Reader()
    for came, offers, minutes, limit, pages, gone, much, old_pages in looks:
        reader.lives(came, minutes, gone)
        for seller, fit in offers:
            reader.is_offered(seller, fit)
        above, since, cards = Place(reader.now, cursors.LAST_ID), 3, []
        for number in range(pages):
            layout = reader.page(above, since, limit)
            cards += layout.cards
            lived = [card for card in layout.cards if isinstance(card, Place)]
            above, since = (lived[-1] if lived else above), layout.since
            leads = [turn.lead for turn in layout.unseen]
            if not layout.more or number == pages - 1:
                reader.sees(leads[: {"none": 0, "half": len(leads) // 2, "all": 99}[much]])
                break
            reader.sees(leads)  # who asks for the next page has passed this one
        manners(reader, cards)
        reader.pages.append([card.lead for card in cards if isinstance(card, Turn)])
        if old_pages:
            for page in reader.pages:
                reader.sees(page)
    times = {}
    for lead, at in reader.seen.items():
        times.setdefault(reader.offers[lead][1], []).append(at)
    for hers in times.values():
        assert all(later - sooner >= GAP for sooner, later in itertools.pairwise(sorted(hers)))
        assert all(sum(day <= one < day + timedelta(days=1) for one in hers) <= 3 for day in hers)
    assert reader.seen.keys() | {one.moment for one in reader.waiting()} == reader.offers.keys()


def manners(reader, cards):
    """Of what was laid in one look: life as it is, one in five, one of a seller but for those that
    were seen before, and whatever folds is hers and was not seen."""
    lived = [card for card in cards if isinstance(card, Place)]
    assert lived == reader.alive[: len(lived)]
    marks = [isinstance(card, Turn) for card in cards]
    assert all(sum(marks[i : i + 5]) <= 1 for i in range(len(marks)))
    turns = [card for card in cards if isinstance(card, Turn)]
    assert len(turns) == len({turn.lead for turn in turns})
    before = [turn for turn in turns if reader.seen.get(turn.lead, reader.now) < reader.now]
    newly = [turn.seller for turn in turns if turn not in before]
    assert len(newly) == len(set(newly))
    for turn in turns:
        assert {reader.offers[one][1] for one in turn.rest} <= {turn.seller}
        assert turn.lead not in turn.rest


def test_what_nobody_saw_comes_up_again_as_it_was_where_there_is_room_now():
    (fold,) = ready(offer(1), offer(2), offer(3))
    (turn,) = laid(life(10, 20, 30), waiting=[fold]).fresh
    storm = [offer(1, laid=turn), offer(2), offer(3), offer(0, fit=9.0)]
    again = laid(life(10, 20, 30), waiting=ready(*storm))
    assert (again.fresh, again.unseen) == ([], [turn])
    later = laid(life(5, 10, 20, 30), waiting=ready(*storm))
    (moved,) = later.fresh
    assert (kinds(later), moved.lead, moved.rest) == ("lMlll", turn.lead, turn.rest)
    assert moved.after > turn.after


def test_what_was_laid_before_stands_before_what_came_since():
    (fold,) = ready(offer(5, CHEN, fit=0.1))
    lain = laid(life(*range(10, 20)), waiting=[fold]).fresh[0]
    waiting = ready(offer(5, CHEN, fit=0.1, laid=lain), offer(1, LIN, fit=0.9))
    first, second = laid(life(*range(10, 20)), waiting=waiting).unseen
    assert (first, second.seller) == (lain, LIN)


def test_a_storm_of_six_has_six_turns_best_fit_first_and_each_folds_what_is_left():
    storm, led = [offer(minutes, fit=minutes % 4) for minutes in range(6)], []
    for left in range(5, -1, -1):
        (fold,) = ready(*(one for one in storm if one.moment not in led))
        assert set(fold.rest) == {one.moment for one in storm} - {fold.lead, *led}
        assert len(fold.rest) == left
        led.append(fold.lead)
    assert led == [storm[n].moment for n in (3, 2, 1, 5, 0, 4)]


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
