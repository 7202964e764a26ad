"""The tea-ware seller of the demo is established: who confirms a parcel of hers sees it settled."""

from dataclasses import replace

import pytest

from goodword.kit import clock, jobs
from goodword.money import queries as money
from goodword.ops.demo.build.building import build
from goodword.ops.demo.cast import cast
from goodword.ops.demo.town import TOWN
from goodword.orders import actions as orders
from goodword.orders.models import Order, OrderLine
from goodword.orders.states import LineState
from goodword.people.models import Member

from .houses import drawn_small, forget_everything

pytestmark = pytest.mark.django_db
SELLER = "linwan"


def her_part():
    """Her shop, her customers, and nothing that has to be drawn twice."""
    shops = tuple(shop for shop in TOWN.shops if shop.owner == SELLER)
    keys = {shop.key for shop in shops}
    listings = tuple(
        replace(listing, pictures=listing.pictures[:1], evidence=())
        for listing in TOWN.listings
        if listing.shop in keys
    )
    sold = {listing.key for listing in listings}
    sales = tuple(order for order in TOWN.orders if order.lines[0].listing in sold)
    here = {SELLER, TOWN.reader} | {order.buyer for order in sales}
    return replace(
        TOWN,
        people=tuple(person for person in TOWN.people if person.handle in here),
        ties=tuple(tie for tie in TOWN.ties if {tie.one, tie.other} <= here),
        groups=(),
        requests=(),
        dials=(),
        shops=shops,
        listings=listings,
        life=(),
        market=(),
        orders=sales,
        quotes=(),
        likings=(),
        operator="",
        follows=(),
        plans=(),
        learning=(),
    )


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        try:
            with drawn_small():
                built = build(her_part(), language="en", now=clock.now())
            yield built
        finally:
            forget_everything()


def test_what_a_visitor_confirms_of_hers_is_released_at_once(town):
    seller = Member.objects.get(handle=SELLER)
    lines = OrderLine.objects.filter(order__seller=seller)
    assert lines.filter(state=LineState.COMPLETED).values("order").distinct().count() >= 12

    visitor = cast()[0]
    waiting = Order.objects.filter(buyer=visitor, seller=seller, lines__state=LineState.SHIPPED)
    order = waiting.distinct().get()
    assert money.held(order.id)
    orders.confirm(buyer=visitor, order=order.id, now=clock.now())
    jobs.run_due()
    assert {line.state for line in order.lines.all()} == {LineState.RELEASED}
    assert not money.held(order.id)
    assert {line.difference for line in money.trial_balance()} == {0}
