"""Digital goods: agreed to, delivered at once or by hand, fetched by whoever paid and no other."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest

from goodword.journal import queries as journal
from goodword.kit import clock
from goodword.kit.files import save_file
from goodword.kit.files.refusals import TooManyBytes
from goodword.notices.models import Notice
from goodword.orders import actions, pages, rules
from goodword.orders.addresses import Address
from goodword.orders.models import DeliveredItem, Order, OrderLine, Timer
from goodword.orders.refusals import BadAddress, ConsentNeeded, NotPossible
from goodword.orders.states import Verb
from goodword.orders.words import AGREE
from goodword.shop import actions as shop
from goodword.shop.actions.listings import NotReady
from goodword.shop.digital import actions as shelf
from goodword.shop.digital.refusals import LastItem, NothingToDeliver
from goodword.shop.models import Listing, Variant
from goodword.shop.rules import ENDLESS
from goodword.shop.states import Digital
from goodword.shop.tests.town import jpeg, picture

from .town import (
    DAY,
    NOW,
    draft,
    first_variant,
    let_time_pass,
    offered,
    pay,
    place,
    state,
    variant_draft,
)

pytestmark = pytest.mark.django_db
ABROAD = Address(region="DE")
YES = str(AGREE)


def upload(name="scarf.pdf", data=b"%PDF-1.7 knit one, purl one"):
    file = BytesIO(data)
    file.name = name
    return save_file(file, megabytes=1)


def pattern(seller, *, delivery=Digital.AT_ONCE, given=None, stock=ENDLESS, **changes):
    """A listing of a knitting pattern; answers its variant."""
    made = shop.create_listing(
        seller=seller, now=NOW - DAY, pictures=[picture()],
        goods=[upload()] if given is None else given,
        draft=draft_of(delivery, stock, **changes),
    )  # fmt: skip
    return first_variant(made)


def draft_of(delivery, stock, **changes):
    return draft("Scarf pattern", variant_draft(30, stock), digital=delivery, **changes)


def bought(buyer, *variants, **values):
    values = {"agreed": YES, **values}
    (order,) = place(buyer, *variants, **values)
    pay(buyer, order)
    return order


def test_paid_is_delivered_and_counts_as_received_after_three_days(lin, wang):
    made = pattern(lin)
    order = bought(wang, made)
    line = OrderLine.objects.get(order=order)
    assert (line.state, line.delivery) == ("shipped", "digital")
    assert Variant.objects.get(id=made.id).stock == ENDLESS  # what can be copied is not counted
    verbs = [deed.verb for deed in journal.story(order.id)]
    assert verbs[-2:] == ["orders.paid", "orders.provided"]

    let_time_pass(NOW + 3 * DAY - timedelta(minutes=1))
    assert state(order) == "shipped"
    let_time_pass(NOW + 3 * DAY)
    assert state(order) == "received"
    let_time_pass(NOW + 20 * DAY)
    assert state(order) == "completed"
    (has,) = pages.order_page(wang.id, order.id, now=NOW + 90 * DAY).goods[line.id]
    assert (has.name, has.size) == ("scarf.pdf", 27)  # for good


def test_its_buyer_agrees_and_that_is_kept_under_the_seal(lin, wang):
    made = pattern(lin)
    with pytest.raises(ConsentNeeded):
        place(wang, made)
    assert not Order.objects.exists()
    order = bought(wang, made)
    (file,) = pages.promises(wang.id, order.id)
    assert YES in file["snapshot"]
    assert pages.order_page(wang.id, order.id, now=NOW).lines[0].seal == "holds"
    (placed,) = [deed for deed in journal.story(order.id) if deed.verb == "orders.placed"]
    assert placed.facts["agreed"] == YES


def test_only_the_country_is_asked_and_kept(lin, wang, cup):
    made = pattern(lin)
    (order,) = actions.place(
        buyer=wang, items=[shop.Item(made.id, 1)], address=ABROAD, key="a", agreed=YES, now=NOW
    )
    assert order.address == {"region": "DE"}
    # An address that was given all the same is not kept.
    assert bought(wang, made).address == {"region": "CN"}
    with pytest.raises(BadAddress):
        actions.place(
            buyer=wang, items=[shop.Item(made.id, 1), shop.Item(cup.id, 1)], address=ABROAD,
            key="b", agreed=YES, now=NOW,
        )  # fmt: skip


def test_a_cart_of_both_goes_both_ways(lin, wang, cup):
    made = pattern(lin)
    order = bought(wang, made, cup)
    assert order.address["street"]
    by = {line.variant_id: line for line in OrderLine.objects.filter(order=order)}
    assert (by[made.id].state, by[cup.id].state) == ("shipped", "held")
    actions.ship(seller=lin, order=order.id, carrier="sf", number="SF1234567890123", now=NOW)
    assert rules.due(by[made.id], "receive", order.holds) == NOW + 3 * DAY
    parcels = OrderLine.objects.get(id=by[cup.id].id)
    assert rules.due(parcels, "receive", order.holds) == NOW + 10 * DAY


def test_by_hand_with_what_is_made_for_her_alone(lin, wang, stranger):
    made = pattern(lin, delivery=Digital.BY_HAND, given=[])
    order, other = bought(wang, made), bought(stranger, made)
    assert state(order) == "held"
    with pytest.raises(NotPossible):
        actions.ship(seller=lin, order=order.id, carrier="sf", number="SF1234567890123", now=NOW)
    with pytest.raises(NothingToDeliver):
        actions.deliver(seller=lin, order=order.id, now=NOW)
    actions.deliver(seller=lin, order=order.id, goods=[{"text": "KEY-1"}], now=NOW)
    actions.deliver(seller=lin, order=other.id, goods=[{"text": "KEY-2"}], now=NOW)
    assert [one.text for one in shown(wang, order)] == ["KEY-1"]
    assert [one.text for one in shown(stranger, other)] == ["KEY-2"]


def shown(viewer, order):
    page = pages.order_page(viewer.id, order.id, now=NOW)
    return [one for goods in page.goods.values() for one in goods]


def test_nobody_but_its_two_sides_fetches_it(client, lin, wang, stranger):
    made = pattern(lin, given=[upload("恐龙 <b>.html", b"<script>alert(1)</script>")])
    order = bought(wang, made)
    unpaid, *_ = place(stranger, made, agreed=YES)
    (row,) = DeliveredItem.objects.filter(order=order)
    own, theirs = f"/goods/{row.id}", f"/shop/goods/{row.item_id}"

    def ask(who, path):
        client.force_login(who)
        return client.get(path)

    assert ask(stranger, own).status_code == 404
    assert (ask(stranger, theirs).status_code, ask(wang, theirs).status_code) == (404, 404)
    assert shown(stranger, unpaid) == []

    got = ask(wang, own)
    assert b"".join(got.streaming_content) == b"<script>alert(1)</script>"
    assert got["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%81%90")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Type"] == "application/octet-stream"
    assert "sandbox" in got["Content-Security-Policy"]
    assert ask(lin, own).status_code == ask(lin, theirs).status_code == 200
    ask(wang, own)
    row.refresh_from_db()
    assert row.downloads == 2  # the seller's own look counts for nothing
    assert [deed.verb for deed in journal.story(order.id)].count("orders.fetched") == 1


def test_what_was_promised_stays_when_its_seller_changes_it(lin, wang):
    made = pattern(lin)
    order = bought(wang, made)
    (item,) = shown(wang, order)
    old = DeliveredItem.objects.get(id=item.id).item
    with pytest.raises(LastItem):
        shelf.remove_item(seller=lin, item=old.id, now=NOW)
    shelf.add_item(seller=lin, listing=made.listing_id, values=upload("second.pdf"), now=NOW)
    shelf.remove_item(seller=lin, item=old.id, now=NOW)
    assert [one.name for one in shown(wang, order)] == ["scarf.pdf"]
    assert [one.name for one in shown(wang, bought(wang, made))] == ["second.pdf"]


def test_on_sale_at_once_only_with_something_to_deliver(lin):
    with pytest.raises(NotReady):
        pattern(lin, given=[])
    with pytest.raises(TooManyBytes):
        upload(data=b"x" * (1024 * 1024 + 1))


def test_counted_copies_run_out_and_come_back(lin, wang):
    made = pattern(lin, stock=3)
    (order,) = place(wang, made, agreed=YES, quantity=2)
    assert Variant.objects.get(id=made.id).stock == 1
    let_time_pass(NOW + timedelta(minutes=15))
    assert state(order) == "expired"
    assert Variant.objects.get(id=made.id).stock == 3


def test_an_endless_stock_stays_endless_when_an_order_expires(lin, wang):
    made = pattern(lin)
    place(wang, made, agreed=YES)
    let_time_pass(NOW + timedelta(minutes=15))
    assert Variant.objects.get(id=made.id).stock == ENDLESS


def test_its_checkout_asks_for_a_country_and_a_yes(client, lin, wang, cup):
    made = pattern(lin)
    client.force_login(wang)
    with clock.at(NOW):
        page = client.get(f"/checkout?variant={made.id}").content.decode()
        assert 'name="agree"' in page
        assert 'name="street"' not in page
        sent = {
            "variant": made.id, "quantity": 1, "price": 3000, "currency": "CNY",
            "shipping": f"{lin.id}:0:CNY", "to": "new", "region": "DE", "key": "k",
        }  # fmt: skip
        refused = client.post("/checkout", sent)
        assert refused.status_code == 422
        assert not Order.objects.exists()
        done = client.post("/checkout", {**sent, "agree": "on"})
        (order,) = Order.objects.all()
        assert done["Location"] == f"/orders/{order.id}/pay"
        pay(wang, order)
        seen = client.get(f"/orders/{order.id}").content.decode()
        assert "scarf.pdf" in seen
        assert "Yours to fetch" in seen
        client.get("/checkout")  # a thing asks for all of it again, and not for that yes
        thing = client.get(f"/checkout?variant={cup.id}").content.decode()
        assert 'name="street"' in thing
        assert 'name="agree"' not in thing
        client.force_login(lin)
        assert client.get(f"/orders/{order.id}").status_code == 200
        assert client.get(f"/shop/listings/{made.listing_id}").status_code == 200


def test_its_seller_delivers_on_the_page(client, lin, wang):
    made = pattern(lin, delivery=Digital.BY_HAND, given=[])
    order = bought(wang, made)
    line = OrderLine.objects.get(order=order)
    page = pages.order_page(lin.id, order.id, now=NOW)
    assert Verb.DELIVER in page.may
    assert not {Verb.SHIP, Verb.SHOW_CODE} & page.may
    client.force_login(lin)
    with clock.at(NOW):
        empty = client.post(f"/orders/{order.id}/delivery", {"line": line.id})
        assert empty.status_code == 422
        file = BytesIO(b"abc")
        file.name = "../../drawn.png"
        client.post(f"/orders/{order.id}/delivery", {"line": line.id, "file": file})
    assert [one.name for one in shown(wang, order)] == ["drawn.png"]


def test_a_listing_is_made_on_one_page_with_its_file(client, lin):
    client.force_login(lin)
    file, seen = BytesIO(b"abc"), BytesIO(jpeg())
    file.name, seen.name = "a.pdf", "a.jpg"
    with clock.at(NOW):
        answer = client.post("/shop/listings/new", {
            "title": "Recipes", "currency": "CNY", "condition": "new", "shipping": "0",
            "days_min": 2, "days_max": 5, "ship_within_hours": 48, "returns_days": 7,
            "digital": "at_once", "file": file, "pictures": seen, "do": "offer",
            "row_options": "[]", "row_id": "", "row_seen": "", "row_price": "12", "row_stock": "",
            "row_code": "",
        })  # fmt: skip
    assert answer.status_code == 302
    made = Listing.objects.get(title="Recipes")
    assert (made.state, made.digital, made.returns_days) == ("active", "at_once", 0)
    assert first_variant(made).stock == ENDLESS


def test_a_thing_is_not_delivered(lin, wang):
    order = bought(wang, offered(lin))
    with pytest.raises(NotPossible):
        actions.deliver(seller=lin, order=order.id, goods=[{"text": "x"}], now=NOW)


def test_a_wrong_file_is_put_right_and_the_first_stays_as_evidence(client, lin, wang, stranger):
    order = bought(wang, pattern(lin))
    line = OrderLine.objects.get(order=order)
    (first,) = shown(wang, order)
    path, later = f"/goods/{first.id}/correction", NOW + 2 * DAY
    with clock.at(later):
        for nobody in (wang, stranger):
            client.force_login(nobody)
            assert client.post(path, {"text": "x"}).status_code == 404
        client.force_login(lin)
        assert client.post(path, {}).status_code == 422
        client.post(path, {"file": BytesIO(b"the right one"), "text": ""})
        assert client.post(path, {"text": "again"}).status_code == 409
    right, wrong = shown(wang, order)
    assert (right.corrects, wrong.id, wrong.corrected) == (first.id, first.id, True)
    assert Notice.objects.filter(owner=wang.id).latest("id").kind == "orders.put_right"
    deed = journal.story(order.id)[-1]
    assert deed.facts["became"]["sha256"] == sha256(b"the right one").hexdigest()
    client.force_login(wang)
    for one in (right, wrong):
        assert client.get(f"/goods/{one.id}").status_code == 200
    assert "kept as evidence" in client.get(f"/orders/{order.id}").content.decode()
    # She has time to look at it, and no less than she had.
    line.refresh_from_db()
    assert rules.due(line, "receive", order.holds) == later + order.holds.look
    let_time_pass(NOW + 3 * DAY)
    assert state(order) == "shipped"
    let_time_pass(later + order.holds.look)
    assert state(order) == "received"
    actions.put_right(seller=lin, goods=right.id, values={"text": "better"}, now=later + 9 * DAY)
    assert next(one.text for one in shown(wang, order)) == "better"


def test_a_file_can_be_put_right_while_its_case_is_open_and_not_when_it_is_over(lin, wang):
    order = bought(wang, pattern(lin))
    (first,) = shown(wang, order)
    locked = actions.lock(order.id)
    actions.stop_clocks(locked, locked.lines[0], until=NOW + 3 * DAY, now=NOW)
    waits = Timer.objects.filter(order=order, done_at=None).count()
    actions.put_right(seller=lin, goods=first.id, values=upload("b.pdf"), now=NOW)
    assert Timer.objects.filter(order=order, done_at=None).count() == waits
    locked = actions.lock(order.id)
    (line,) = locked.lines
    actions.resolve(locked, line, back=line.total, reason="case", key="case/1", now=NOW)
    (newest,) = DeliveredItem.objects.filter(corrects=first.id)
    with pytest.raises(NotPossible):
        actions.put_right(seller=lin, goods=newest.id, values=upload("c.pdf"), now=NOW)
