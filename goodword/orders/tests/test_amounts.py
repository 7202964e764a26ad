"""Orders at the edge of what can be paid, and in money with no digits or three."""

import pytest

from goodword.kit.errors import TooMany
from goodword.kit.money import LIMIT, Money
from goodword.money import queries as money
from goodword.money.invoices.en16931 import xml
from goodword.money.invoices.models import IssuedPaper
from goodword.money.invoices.printing import shape
from goodword.money.models import FeeBand
from goodword.money.tests.town import check_books
from goodword.orders import actions
from goodword.orders.actions import placing
from goodword.orders.models import Order
from goodword.orders.refusals import TooMuch
from goodword.shop import actions as shop
from goodword.shop.actions import OutOfStock
from goodword.shop.drafts import PRICE, ListingDraft, VariantDraft
from goodword.shop.models import Variant
from goodword.shop.parcels import Zone
from goodword.shop.tests.town import picture

from .test_api import Caller, body
from .town import DAY, HOUR, NOW, NUMBER, held, let_time_pass, listing, place, state, yuan

pytestmark = pytest.mark.django_db
DEAR = yuan(PRICE // 100)


def every_size(seller, count, **changes):
    sizes = [VariantDraft(price=DEAR, stock=999, options=(("Size", str(n)),)) for n in range(count)]
    return list(listing(seller, "Palace", *sizes, **changes).variants.order_by("position"))


def test_what_no_payment_can_carry_is_refused_and_holds_no_stock(lin, wang):
    palaces = every_size(lin, 10)
    with pytest.raises(TooMuch):
        place(wang, *palaces, quantity=999)
    assert not Order.objects.exists()
    assert set(Variant.objects.values_list("stock", flat=True)) == {999}
    (order,) = place(wang, *palaces[:9], quantity=999)
    assert order.total.minor == 9 * 999 * PRICE <= LIMIT
    assert held(wang, palaces[9]).total == DEAR


def test_so_many_orders_an_hour_and_what_is_refused_does_not_count(wang, cup, monkeypatch):
    """Unpaid ones hold a seller's stock for a while, and cost nothing."""
    monkeypatch.setattr(placing, "AN_HOUR", 2)
    for _try in range(3):
        with pytest.raises(OutOfStock):
            place(wang, cup, quantity=6)
    for _order in range(2):
        place(wang, cup)
    with pytest.raises(TooMany):
        place(wang, cup)
    cup.refresh_from_db()
    assert (Order.objects.count(), cup.stock) == (2, 3)
    place(wang, cup, now=NOW + HOUR)


def test_a_parcel_dearer_than_a_column_can_hold_is_refused_too(client, lin, wang):
    zone = Zone(("CN",), 0, 0, 1, PRICE)
    post = shop.keep_template(seller=lin, name="Post", currency="CNY", zones=[zone], now=NOW)
    (palace,) = every_size(lin, 1, template=post.id, grams=1_000_000)
    buyer = Caller(client, wang)
    whole = [{"variant": str(palace.id), "quantity": 999}]
    status, refusal = buyer("POST", "/orders", body(palace, items=whole))
    assert (status, "Order less of it" in refusal["detail"]) == (422, True)
    assert buyer("POST", "/cart", whole[0])[0] == 200


@pytest.mark.parametrize(("currency", "unit", "fee"), [("JPY", 1235, 260), ("KWD", 1235, 260)])
def test_money_without_digits_and_with_three_goes_all_the_way(lin, wang, currency, unit, fee):
    """Ordered, paid, released less the fee by largest remainder, and on paper: no unit is lost."""
    FeeBand.objects.create(
        actor=lin, currency="", above=0, basis_points=700, fixed=0, since=NOW - DAY
    )
    draft = ListingDraft(
        title="Bowl", currency=currency, shipping=Money(7, currency),
        variants=(VariantDraft(price=Money(unit, currency), stock=5),),
    )  # fmt: skip
    bowl = shop.create_listing(seller=lin, draft=draft, pictures=[picture()], now=NOW)
    order = held(wang, bowl.variants.get(), quantity=3)
    whole = Money(3 * unit + 7, currency)
    assert order.total == whole
    actions.ship(seller=lin, order=order.id, carrier="sf", number=NUMBER, now=NOW)
    actions.confirm(buyer=wang, order=order.id, now=NOW)
    let_time_pass(NOW + 8 * DAY)
    assert state(order) == "released"
    (mine,) = money.seller_balance(lin.id)
    assert mine.available == Money(whole.minor - fee, currency)
    actions.ask_for_paper(buyer=wang, order=order.id, now=NOW + 8 * DAY)
    data = xml(shape(IssuedPaper.objects.get(order=order.id))).decode()
    total = "3712" if currency == "JPY" else "3.71"
    assert f"GrandTotalAmount>{total}<" in data
    check_books()
