from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from goodword.reach import cursor as cursors
from goodword.reach.rules import Fold, Offer, fold, interleave

NOON = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
GAP = timedelta(hours=2)
LIN, CHEN = UUID(int=1), UUID(int=2)


def offer(minutes, seller=LIN, number=None):
    made = NOON - timedelta(minutes=minutes)
    return Offer(made, UUID(int=number if number is not None else minutes + 1000), seller)


def folds_of(*offers):
    return fold(offers, gap=GAP, per_day=3)


def test_six_at_once_become_one_card_and_five_behind_it():
    storm = [offer(minutes) for minutes in range(6)]
    (card,) = folds_of(*storm)
    assert card.lead == storm[5]
    assert card.rest == storm[:5]


def test_two_sellers_do_not_stand_in_each_others_way():
    assert len(folds_of(offer(0), offer(1, CHEN))) == 2


def test_the_gap_is_measured_from_card_to_card():
    assert len(folds_of(offer(0), offer(120))) == 2
    assert len(folds_of(offer(0), offer(119))) == 1


def test_a_fourth_card_of_the_day_folds_into_the_third():
    day = [offer(-hours * 60, number=hours) for hours in (1, 3, 5, 7)]
    folds = folds_of(*day)
    assert [card.lead for card in folds] == day[2::-1]
    assert folds[0].rest == [day[3]]


storms = st.lists(
    st.builds(
        Offer,
        st.integers(0, 60 * 72).map(lambda minutes: NOON - timedelta(minutes=minutes)),
        st.uuids(),
        st.sampled_from([LIN, CHEN]),
    ),
    max_size=60,
    unique_by=lambda o: o.moment,
)


@given(storms)
def test_nothing_is_lost_and_no_seller_is_too_loud(offers):
    folds = folds_of(*offers)
    held = [o for card in folds for o in (card.lead, *card.rest)]
    assert Counter(held) == Counter(offers)
    assert all(o.seller == card.lead.seller for card in folds for o in card.rest)
    leads = [card.lead for card in folds]
    assert leads == sorted(leads, reverse=True)
    for seller in (LIN, CHEN):
        times = [lead.published_at for lead in leads if lead.seller == seller]
        assert all(later - sooner >= GAP for later, sooner in pairwise(times))
        assert all(count <= 3 for count in Counter(time.date() for time in times).values())


lives = st.lists(
    st.tuples(
        st.integers(0, 60 * 72).map(lambda minutes: NOON - timedelta(minutes=minutes)), st.uuids()
    ),
    max_size=60,
    unique_by=lambda card: card[1],
).map(lambda cards: sorted(cards, reverse=True))


@given(lives, storms, st.integers(0, 5), st.booleans())
def test_at_most_one_card_in_five_and_life_is_untouched(life, offers, since, ends):
    folds = folds_of(*offers)
    mixed = list(interleave(life, folds, every=5, since=since, ends=ends))
    assert [card for card in mixed if not isinstance(card, Fold)] == life
    shown = [card for card in mixed if isinstance(card, Fold)]
    assert shown == folds[: len(shown)]
    kinds = [isinstance(card, Fold) for card in mixed]
    assert all(sum(kinds[i : i + 5]) <= 1 for i in range(len(kinds)))
    if True in kinds:
        assert kinds.index(True) >= 4 - since
    for place, card in enumerate(mixed):  # never before its time
        if isinstance(card, Fold) and place:
            before = [c for c in mixed[:place] if not isinstance(c, Fold)]
            assert len(before) >= 4 - since or before == []


def test_where_life_ends_one_fold_follows_and_never_a_street_of_them():
    folds = folds_of(*[offer(minutes * 180) for minutes in range(1, 9)])
    assert list(interleave([], folds, every=5, since=4, ends=True)) == folds[:1]
    assert list(interleave([], folds, every=5, since=3, ends=True)) == []
    newest = (NOON, UUID(int=7))
    assert list(interleave([newest], folds, every=5, since=3, ends=True)) == [newest, folds[0]]
    assert list(interleave([newest], folds, every=5, since=3)) == [newest]


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    st.uuids(),
    st.integers(0, 1000),
)
def test_a_cursor_comes_back_as_it_went(at, id_, since):
    cursor = cursors.Cursor(at, (at, id_), (at, id_), since)
    assert cursors.decode(cursor.encode()) == cursor
