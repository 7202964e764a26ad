"""What a parcel costs: the rule against a count by hand, and what must hold for all templates."""

from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.shop.parcels import ELSEWHERE, Piece, Template, Undelivered, Zone, parcels, zone_for

SPACE = UUID("01890000-0000-7000-8000-000000000000")
NEAR = Zone(("CN-ZJ", "CN-JS"), 1000, 800, 500, 200, free_from=9900)
HOME = Zone(("CN",), 1000, 1200, 1000, 500)
ABROAD = Zone((ELSEWHERE,), 500, 6000, 500, 2500, days=(9, 20))
POST = Template(uuid5(SPACE, "post"), "Post", "CNY", (NEAR, HOME, ABROAD))


def piece(name="cup", quantity=1, grams=400, goods=5000, flat=0, template=POST):
    return Piece(uuid5(SPACE, name), quantity, grams, goods, flat, template)


@pytest.mark.parametrize(
    ("region", "grams", "goods", "cost"),
    [
        ("CN-ZJ", 1000, 5000, 800),
        ("CN-ZJ", 1001, 5000, 1000),
        ("CN-ZJ", 1501, 5000, 1200),
        ("CN-ZJ", 9000, 9900, 0),
        ("CN-XJ", 1001, 9900, 1700),
        ("DE", 500, 5000, 6000),
    ],
)
def test_the_worked_example(region, grams, goods, cost):
    (parcel,) = parcels([piece(grams=grams, goods=goods)], region)
    assert (parcel.cost, parcel.grams) == (cost, grams)


def test_the_closest_name_wins():
    zones = [ABROAD, HOME, NEAR]
    assert zone_for(zones, "CN-ZJ") is NEAR
    assert zone_for(zones, "CN-XJ") is HOME
    assert zone_for(zones, "DE") is ABROAD
    assert zone_for([NEAR], "CN-XJ") is None


def test_what_is_not_sent_there_names_its_line():
    here = Template(uuid5(SPACE, "here"), "Here", "CNY", (NEAR,))
    with pytest.raises(Undelivered) as refusal:
        parcels([piece("a"), piece("b", template=here)], "CN-XJ")
    assert refusal.value.place == 1


def test_one_order_is_one_parcel_of_each_template_and_a_flat_price_counts_once():
    found = parcels(
        [
            piece("cup", goods=2000), piece("pot", grams=900),
            piece("poster", flat=500, template=None), piece("poster", flat=500, template=None),
        ],
        "CN-ZJ",
    )  # fmt: skip
    assert [(one.lines, one.cost) for one in found] == [((0, 1), 1000), ((2, 3), 500)]


zones = st.builds(
    Zone,
    regions=st.just((ELSEWHERE,)),
    first_grams=st.integers(0, 2000),
    first=st.integers(0, 3000),
    step_grams=st.integers(1, 1500),
    step=st.integers(0, 900),
    free_from=st.none() | st.integers(1, 50_000),
)


@st.composite
def orders(draw):
    """Lines of two templates at most, and of flat listings."""
    two = {one: Template(uuid5(SPACE, one), one, "CNY", (draw(zones),)) for one in "ab"}
    lines = st.builds(
        lambda name, which, quantity, grams, goods: Piece(
            uuid5(SPACE, name), quantity, grams, goods, 700, two.get(which)
        ),
        st.sampled_from(["cup", "pot", "tea"]),
        st.sampled_from(["a", "b", "flat"]),
        st.integers(1, 9),
        st.integers(0, 3000),
        st.integers(1, 40_000),
    )
    return draw(st.lists(lines, min_size=1, max_size=6))


def by_hand(zone, grams, goods):
    """Gram by gram, as a clerk fills the scale."""
    if zone.free_from is not None and goods >= zone.free_from:
        return 0
    cost, carried = zone.first, zone.first_grams
    while carried < grams:
        cost, carried = cost + zone.step, carried + zone.step_grams
    return cost


@given(orders())
def test_every_line_is_in_one_parcel_and_the_shares_are_the_cost(pieces):
    found = parcels(pieces, "DE")
    assert sorted(place for one in found for place in one.lines) == list(range(len(pieces)))
    for parcel in found:
        inside = [pieces[place] for place in parcel.lines]
        assert len({one.template for one in inside}) == 1
        assert all(share >= 0 for share in parcel.shares)
        assert parcel.grams == sum(one.grams * one.quantity for one in inside)
        if parcel.zone is None:
            assert parcel.cost == 700
        else:
            goods = sum(one.goods for one in inside)
            assert parcel.cost == by_hand(parcel.zone, parcel.grams, goods)


@given(orders(), st.randoms())
def test_the_order_of_the_lines_does_not_matter(pieces, random):
    shuffled = random.sample(pieces, len(pieces))
    assert sum(one.cost for one in parcels(pieces, "DE")) == sum(
        one.cost for one in parcels(shuffled, "DE")
    )


@given(zones, st.integers(0, 20_000), st.integers(0, 5000), st.integers(0, 60_000))
def test_heavier_is_never_cheaper_and_dearer_goods_never_cost_more(zone, grams, more, goods):
    cost = zone.cost(grams=grams, goods=goods)
    assert zone.cost(grams=grams + more, goods=goods) >= cost
    assert zone.cost(grams=grams, goods=goods + more) <= cost
