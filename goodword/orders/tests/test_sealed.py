"""The promise of an order is signed when it is ordered; whoever changes it later is found out."""

import base64
import hashlib
import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import DatabaseError, connection, transaction
from django.test import Client

from goodword.kit import signing
from goodword.orders import queries, sealed
from goodword.orders.models import OrderLine
from goodword.orders.pages import LineView
from goodword.shop import actions as shop
from goodword.shop.sellers import actions as sellers
from goodword.shop.sellers.states import Scheme
from goodword.shop.tests.town import picture

from .town import NOW, draft, offered, person, place, variant_draft, yuan

pytestmark = pytest.mark.django_db


def only_line(order):
    (line,) = queries.lines(order)
    return line


def test_a_file_of_the_order_is_checked_without_the_house(wang, cup):
    """With the published key, a standard library's base64 and one Ed25519 verification."""
    (order,) = place(wang, cup)
    client = Client()
    client.force_login(wang)
    (said,) = client.get(f"/orders/{order.id}/promises").json()["promises"]
    (key,) = client.get("/.well-known/jwks.json").json()["keys"]

    def decoded(text):
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

    head, body, signature = said["signature"].split(".")
    public = Ed25519PublicKey.from_public_bytes(decoded(key["x"]))
    public.verify(decoded(signature), f"{head}.{body}".encode())
    assert json.loads(decoded(body)) == said["statement"]
    fingerprint = hashlib.sha256(said["snapshot"].encode()).hexdigest()
    assert said["statement"]["snapshot_sha256"] == fingerprint
    assert json.loads(said["snapshot"])["title"] == "Celadon cup"
    assert said["statement"]["unit"] == {"minor": 12000, "currency": "CNY"}


def test_what_the_seller_changes_later_changes_no_promise(lin, wang, cup):
    (order,) = place(wang, cup)
    changed = draft("Plastic cup", variant_draft(10, 5))
    shop.edit_listing(seller=lin, listing=cup.listing_id, draft=changed, now=NOW)
    line = only_line(order)
    assert line.snapshot["title"] == "Celadon cup"
    assert sealed.holds(line)


@pytest.mark.parametrize(
    ("column", "value"),
    [("quantity", 2), ("unit_minor", 1), ("digest", "0" * 64), ("signature", "")],
)
def test_whoever_gets_at_the_table_is_found_out(wang, cup, column, value):
    (order,) = place(wang, cup)
    line = only_line(order)
    assert sealed.holds(line)
    setattr(line, column, value)
    assert not sealed.holds(line)
    with pytest.raises(DatabaseError, match="orders_orderline"), transaction.atomic():
        OrderLine.objects.update(**{column: value})


def test_a_changed_snapshot_is_found_out_and_the_page_says_so(wang, cup):
    (order,) = place(wang, cup)
    line = only_line(order)
    line.snapshot["price"]["minor"] = 1
    assert not sealed.holds(line)
    client = Client()
    client.force_login(wang)
    assert "Signed by the house" in client.get(f"/orders/{order.id}").content.decode()
    connection.check_constraints()  # a table with pending triggers cannot be altered
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE orders_orderline DISABLE TRIGGER USER")
    OrderLine.objects.update(snapshot=line.snapshot)
    assert "not what was signed" in client.get(f"/orders/{order.id}").content.decode()


def test_a_new_key_breaks_no_promise_and_a_lost_one_is_no_lie(wang, cup, settings, tmp_path):
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path)
    (order,) = place(wang, cup)
    signing.rotate()
    (later,) = place(wang, cup)
    signing.rotate()
    assert [sealed.seal(only_line(one)) for one in (order, later)] == ["holds", "holds"]
    client = Client()
    client.force_login(wang)
    assert len(client.get("/.well-known/jwks.json").json()["keys"]) == 3
    (tmp_path / "secrets" / "signing.retired").unlink()
    line = only_line(order)
    assert (sealed.seal(line), sealed.holds(line)) == ("lost", False)
    html = client.get(f"/orders/{order.id}").content.decode()
    assert "has lost the key" in html
    assert "not what was signed" not in html
    line.snapshot["price"]["minor"] = 1
    assert sealed.seal(line) == "broken", "what was changed shows without any key"


def test_two_lines_do_not_share_a_signature(lin, wang, cup):
    (first,) = place(wang, cup)
    (second,) = place(wang, cup)
    line, other = only_line(first), only_line(second)
    assert line.digest == other.digest
    other.signature = line.signature
    assert not sealed.holds(other)
    assert yuan(120) == line.unit


def test_the_business_that_promised_it_is_under_the_seal(lin, wang, cup):
    asked = sellers.ask_registration(
        owner=lin, scheme=Scheme.VAT, name="Tee GmbH", number="DE136695976", pages=[picture()],
        now=NOW,
    )  # fmt: skip
    keep = {"operator": person("olga"), "declaration": asked.id, "now": NOW}
    sellers.accept(**keep)
    (order,) = place(wang, cup)
    sellers.withdraw(**keep, reason="The register says that it has ended.")
    (later,) = place(wang, cup)
    kept = only_line(order)
    number = {"name": "Tee GmbH", "scheme": "eu_vat", "number": "DE136695976"}
    assert kept.snapshot["business"] == number
    assert only_line(later).snapshot["business"] is None
    assert sealed.holds(kept)
    client = Client()
    client.force_login(wang)
    assert "DE136695976" in client.get(f"/orders/{order.id}").content.decode()
    kept.snapshot["business"] = None
    assert not sealed.holds(kept)


def test_what_customs_ask_and_the_shops_own_promise_stay_as_they_were(lin, wang):
    hers = {"owner": lin, "name": "Tea", "about": "", "public": True, "followable": True}
    shop.edit_shop(**hers, promise="Broken cups are replaced.", now=NOW)
    code = {"customs_code": "691110", "customs_note": "Porcelain cup"}
    cup = offered(lin, **code)
    (order,) = place(wang, cup)
    shop.edit_shop(**hers, promise="Nothing is replaced.", now=NOW)
    shop.edit_listing(
        seller=lin, listing=cup.listing_id, now=NOW,
        draft=draft("Cup", customs_code="420231", customs_note="Wallet"),
    )  # fmt: skip
    line = only_line(order)
    assert line.snapshot["customs"] == {"code": "691110", "note": "Porcelain cup"}
    assert sealed.holds(line)
    client = Client()
    client.force_login(wang)
    html = client.get(f"/orders/{order.id}").content.decode()
    assert "“Broken cups are replaced.”" in html
    assert "Nothing is replaced." not in html


def test_a_promise_from_before_businesses_were_kept_still_holds(wang, cup):
    """As version 3 wrote it: without the key."""
    (order,) = place(wang, cup)
    line = only_line(order)
    line.snapshot = {k: v for k, v in line.snapshot.items() if k != "business"} | {"version": 3}
    line.digest = sealed.digest(line.snapshot).hex()
    line.signature = sealed.sign(line)
    assert sealed.holds(line)
    assert LineView(line).business is None
