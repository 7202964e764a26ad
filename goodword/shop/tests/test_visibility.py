"""Who sees what: every relation × shop × state × surface, and what a query costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goodword.circle import actions as circle
from goodword.kit.errors import Invalid, NotFound
from goodword.shop import actions, mine, queries
from goodword.shop.paging import decode, encode
from goodword.shop.parcels import Zone

from . import town
from .town import NOW

pytestmark = pytest.mark.django_db
RELATIONS = ["street", "stranger", "pending", "friend", "blocked", "blocking", "owner"]
STATES = ["draft", "active", "withdrawn"]


@pytest.fixture
def seller():
    return town.person("lin", "Lin")


def viewer_of(relation, seller):
    """The viewer's id who stands so to the seller; None from the street."""
    if relation == "street":
        return None
    if relation == "owner":
        return seller.id
    viewer = town.person("viewer")
    if relation == "pending":
        circle.ask(asker=viewer, asked=seller, now=NOW)
    if relation in ("friend", "blocked", "blocking"):
        town.befriend(viewer, seller)
    if relation == "blocked":
        circle.block(owner=seller, other=viewer, now=NOW)
    if relation == "blocking":
        circle.block(owner=viewer, other=seller, now=NOW)
    return viewer.id


def listing_in(state, seller):
    row = town.listing(seller, offer=state != "draft")
    if state == "withdrawn":
        actions.withdraw(seller=seller, listing=row.id, now=NOW)
    return row


def seen(read):
    try:
        return bool(read())
    except NotFound:
        return False


def may(relation, public, state):
    """The rule in words, beside the SQL."""
    if relation == "owner":
        return True
    if relation in ("blocked", "blocking") or state == "draft":
        return False
    return public or relation == "friend"


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("public", [True, False], ids=["public", "private"])
@pytest.mark.parametrize("relation", RELATIONS)
def test_matrix(relation, public, state, seller):
    shop = town.open_shop(seller, public=public)
    row = listing_in(state, seller)
    viewer = viewer_of(relation, seller)
    expected = may(relation, public, state)
    picture = row.pictures.get()
    surfaces = {
        "page": lambda: queries.listing(viewer, row.id, now=NOW),
        "card": lambda: queries.cards(viewer, [row.id]),
        "picture": lambda: queries.picture(viewer, picture.id),
    }
    assert {name: seen(read) for name, read in surfaces.items()} == dict.fromkeys(
        surfaces, expected
    )
    offered = expected and state == "active"
    assert bool(queries.market(viewer).cards) == offered
    shop_seen = may(relation, public, "active")
    assert seen(lambda: queries.shop(viewer, shop.id)) == shop_seen
    if shop_seen:
        page = queries.shop_page(viewer, shop.id)
        assert (len(page.shelf.cards), page.offered) == ((1, 1) if state == "active" else (0, 0))


def test_friends_market_shows_friends_only(seller):
    viewer, other = town.person("viewer"), town.person("other")
    for one in (seller, other):
        town.open_shop(one)
        town.listing(one, f"Cup of {one}")
    town.befriend(viewer, seller)
    titles = [card.title for card in queries.market(viewer.id, friends_only=True).cards]
    assert titles == ["Cup of Lin"]
    assert len(queries.market(viewer.id).cards) == 2
    assert queries.market(None, friends_only=True).cards == []


def test_viewers_know_the_seller_by_their_own_name_for_her(seller):
    viewer = town.person("viewer")
    town.befriend(viewer, seller)
    circle.set_nickname(owner=viewer, friend=seller.id, nickname="Auntie")
    town.open_shop(seller)
    row = town.listing(seller)
    assert queries.cards(viewer.id, [row.id])[row.id].seller.name == "Auntie"
    assert queries.listing(viewer.id, row.id, now=NOW).shop.owner.name == "Auntie"
    assert queries.listing(None, row.id, now=NOW).shop.owner.name == "Lin"


def test_the_market_pages_without_gaps_or_repeats(seller):
    town.open_shop(seller)
    rows = [town.listing(seller, f"Cup {n}", now=NOW + town.DAY * (n // 2)) for n in range(7)]
    found, cursor, pages = [], "", 0
    while cursor is not None:
        shelf = queries.market(None, cursor, 3)
        found += [card.id for card in shelf.cards]
        if not pages:  # somebody lists while we read
            town.listing(seller, "Late", now=NOW + 9 * town.DAY)
        cursor, pages = shelf.next, pages + 1
    assert (len(found), pages) == (7, 3)
    assert set(found) == {row.id for row in rows}


@pytest.mark.parametrize("cursor", ["x", "AAAA", "é", "_" * 32, "A" * 33])
def test_a_damaged_cursor_is_a_sentence(cursor):
    with pytest.raises(Invalid, match="first"):
        queries.market(None, cursor)


def test_cursors_keep_microseconds():
    at = NOW.replace(microsecond=123457)
    one = town.person("lin").id
    assert decode(encode(at, one)) == (at, one)


def statements(read):
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


def test_reads_cost_the_same_for_three_and_for_thirty(seller):
    viewer = town.person("viewer")
    town.befriend(viewer, seller)
    shop = town.open_shop(seller)
    zone = Zone(("CN",), first_grams=500, first=800, step_grams=500, step=200)
    posted = actions.keep_template(
        seller=seller, name="Post", currency="CNY", zones=[zone], now=NOW
    )

    def fill(count, start):
        for n in range(start, start + count):
            variants = [town.variant(10 + v, 3, Size=str(v)) for v in range(n % 4 + 1)]
            how = {"shipping": town.yuan(n)} if n % 2 else {"template": posted.id, "grams": 9}
            town.listing(seller, f"Cup {n}", *variants, pictures=[], offer=False, **how)

    def costs():
        ids = list(queries.Listing.objects.values_list("id", flat=True))
        return {
            "market": statements(lambda: queries.market(viewer.id, limit=60)),
            "cards": statements(lambda: queries.cards(viewer.id, ids)),
            "shop": statements(lambda: queries.shop_page(viewer.id, shop.id, limit=60)),
            "mine": statements(lambda: mine.my_listings(seller.id, limit=60)),
        }

    fill(3, 0)
    queries.Listing.objects.update(state="active", listed_at=NOW)
    few = costs()
    fill(27, 3)
    queries.Listing.objects.update(state="active", listed_at=NOW)
    assert len(queries.market(viewer.id, limit=60).cards) == 30
    assert costs() == few == {"market": 1, "cards": 1, "shop": 2, "mine": 5}


def test_a_listing_costs_two_statements_however_rich(seller):
    town.open_shop(seller)
    plain = town.listing(seller)
    rich = town.listing(
        seller, "Rich", *[town.variant(10 + n, 3, Size=str(n)) for n in range(30)],
        pictures=[town.picture() for _ in range(3)],
    )  # fmt: skip
    for variant in rich.variants.all():
        actions.change_price(seller=seller, variant=variant.id, price=town.yuan(9), now=NOW)
    for row in (plain, rich):
        assert statements(lambda row=row: queries.listing(None, row.id, now=NOW)) == 2


def test_my_table_counts_and_filters(seller):
    town.open_shop(seller)
    town.listing(seller, "On sale")
    draft = town.listing(seller, "Draft", pictures=[], offer=False)
    table = mine.my_listings(seller.id)
    assert table.counts == {"draft": 1, "active": 1, "withdrawn": 0}
    [row] = mine.my_listings(seller.id, state="draft").rows
    assert (row.card.id, row.missing) == (draft.id, ["Add at least one picture."])
    pages = mine.my_listings(seller.id, limit=1)
    rest = mine.my_listings(seller.id, limit=1, cursor=pages.next)
    assert (len(pages.rows), len(rest.rows), rest.next) == (1, 1, None)
    assert mine.my_listings(town.person("other").id).rows == []
