"""The shop as data: the same rules as the pages, over real HTTP with a token."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goodword.kit import clock, jobs
from goodword.kit.ids import new_id
from goodword.people import actions as people
from goodword.shop import actions
from goodword.shop.models import Listing

from . import town
from .test_importing import export, item
from .town import NOW

pytestmark = pytest.mark.django_db


class Caller:
    """A member with a token."""

    def __init__(self, member):
        _token, secret = people.issue_token(owner=member, name="test", now=NOW)
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def ask(self, method, path, body=None):
        """Status and body of a JSON request."""
        answer = self.client.generic(
            method, f"/api/v1{path}", data=b"" if body is None else town.packed(body),
            content_type="application/json",
        )  # fmt: skip
        self.headers = answer.headers
        return answer.status_code, answer.json() if answer.content else None

    def send(self, path, **files):
        answer = self.client.post(f"/api/v1{path}", files)
        return answer.status_code, answer.json() if answer.content else None


@pytest.fixture(autouse=True)
def standing_clock():
    with clock.at(NOW):
        yield


@pytest.fixture
def seller():
    return town.person("lin", "Lin")


@pytest.fixture
def hers(seller):
    return Caller(seller)


CUP = {
    "title": "Celadon cup", "origin": "Longquan", "shipping_minor": 1200,
    "variants": [
        {"options": [["Size", "S"]], "price_minor": 8800, "stock": 3, "seller_code": "S-1"},
        {"options": [["Size", "L"]], "price_minor": 9900, "stock": 0},
    ],
}  # fmt: skip


def photo():
    return SimpleUploadedFile("cup.jpg", town.jpeg(), "image/jpeg")


def test_a_listing_from_nothing_to_the_market(hers, seller):
    assert hers.ask("GET", "/shop")[0] == 404
    assert hers.ask("POST", "/shop/listings", CUP)[0] == 409
    status, shop = hers.ask("POST", "/shop", {"name": "Lin's tea", "promise": "By hand."})
    assert (status, shop["level"], shop["mine"]) == (201, "none", True)
    assert hers.ask("POST", "/shop", {"name": "Again"})[0] == 409
    status, cup = hers.ask("POST", "/shop/listings", CUP)
    assert (status, cup["state"], cup["missing"]) == (201, "draft", ["Add at least one picture."])
    path = f"/shop/listings/{cup['id']}"
    assert hers.ask("PUT", f"{path}/offer")[0] == 422
    status, cup = hers.send(f"{path}/pictures", pictures=[photo()], alt=["front"])
    assert (status, cup["pictures"][0]["alt"]) == (200, "front")
    status, cup = hers.ask("PUT", f"{path}/offer")
    assert (status, cup["on_sale"]) == (200, True)
    buyer = Caller(town.person("chen"))
    status, shelf = buyer.ask("GET", "/market")
    [card] = shelf["listings"]
    assert (status, card["title"], card["price"]) == (
        200, "Celadon cup", {"minor": 8800, "currency": "CNY"},
    )  # fmt: skip
    status, seen = buyer.ask("GET", f"/listings/{cup['id']}")
    assert [one["seller_code"] for one in seen["variants"]] == ["", ""]
    assert seen["shipping"] == {"minor": 1200, "currency": "CNY"}
    status, page = buyer.ask("GET", f"/shops/{shop['id']}")
    assert (status, page["offered"], len(page["listings"])) == (200, 1, 1)


def test_prices_stock_edits_and_states(hers, seller):
    town.open_shop(seller)
    cup = town.listing(seller, "Cup", town.variant(10, 5, Size="S"))
    one = town.first_variant(cup)
    assert hers.ask("PUT", f"/shop/variants/{one.id}/price", {"price_minor": 800})[0] == 204
    assert hers.ask("PUT", f"/shop/variants/{one.id}/price", {"price_minor": 0})[0] == 422
    assert hers.ask("PUT", f"/shop/variants/{one.id}/stock", {"stock": 9, "seen": 5})[0] == 204
    status, seen = hers.ask("GET", f"/listings/{cup.id}")
    [variant] = seen["variants"]
    assert (status, variant["stock"], variant["reduction"]["percent"]) == (200, 9, 20)
    assert [point["price"]["minor"] for point in variant["history"]] == [1000, 800]
    status, seen = hers.ask("PUT", f"/shop/listings/{cup.id}", CUP)
    assert (status, seen["title"], len(seen["variants"])) == (200, "Celadon cup", 2)
    assert hers.ask("PUT", f"/shop/listings/{cup.id}", {**CUP, "currency": "EUR"})[0] == 403
    assert hers.ask("PUT", f"/shop/listings/{cup.id}", {**CUP, "colour": "red"})[0] == 422
    assert hers.ask("DELETE", f"/shop/listings/{cup.id}/offer")[1]["state"] == "withdrawn"
    table = hers.ask("GET", "/shop/listings?state=withdrawn")[1]
    assert (len(table["listings"]), table["counts"]["withdrawn"]) == (1, 1)
    assert hers.ask("POST", "/shop/closing")[1]["closing"] is True


def test_pictures_evidence_and_showing(hers, seller):
    town.open_shop(seller)
    cup = town.listing(seller)
    path = f"/shop/listings/{cup.id}"
    paper = {"picture": photo(), "kind": "customs", "audience": "buyers"}
    status, seen = hers.send(f"{path}/evidence", **paper)
    assert (status, seen["evidence"][0]["kind"]) == (200, "customs")
    assert hers.send(f"{path}/evidence", **{**paper, "kind": "rumour"})[0] == 422
    assert hers.ask("DELETE", f"/shop/evidence/{seen['evidence'][0]['id']}")[0] == 204
    _status, seen = hers.send(f"{path}/pictures", pictures=[photo()])
    first, second = (one["id"] for one in seen["pictures"])
    assert hers.ask("PUT", f"/shop/pictures/{second}/first")[0] == 204
    assert hers.ask("DELETE", f"/shop/pictures/{first}")[0] == 204
    assert hers.ask("DELETE", f"/shop/pictures/{second}")[0] == 422
    body = {"text": "Fresh", "key": "tap"}
    shown = [hers.ask("POST", f"{path}/moments", body) for _double_tap in range(2)]
    assert shown[0] == shown[1]
    assert shown[0][0] == 201
    assert hers.ask("POST", f"{path}/moments", {"audience": "chosen"})[0] == 422


def test_what_is_not_ones_own_does_not_exist(hers):
    other = town.person("chen")
    town.open_shop(other, public=False)
    cup = town.listing(other)
    one, picture = town.first_variant(cup), cup.pictures.get()
    asked = [
        ("GET", f"/listings/{cup.id}", None),
        ("GET", f"/shops/{cup.shop_id}", None),
        ("PUT", f"/shop/listings/{cup.id}", CUP),
        ("PUT", f"/shop/listings/{cup.id}/offer", None),
        ("DELETE", f"/shop/listings/{cup.id}/offer", None),
        ("POST", f"/shop/listings/{cup.id}/moments", {}),
        ("DELETE", f"/shop/pictures/{picture.id}", None),
        ("PUT", f"/shop/pictures/{picture.id}/first", None),
        ("PUT", f"/shop/variants/{one.id}/price", {"price_minor": 1}),
        ("PUT", f"/shop/variants/{one.id}/stock", {"stock": 1}),
        ("GET", f"/listings/{new_id()}", None),
    ]
    assert {path: hers.ask(method, path, body)[0] for method, path, body in asked} == {
        path: 404 for _method, path, _body in asked
    }
    assert hers.send(f"/shop/listings/{cup.id}/pictures", pictures=[photo()])[0] == 404
    assert hers.ask("GET", "/market")[1]["listings"] == []
    assert hers.ask("GET", "/market?after=zz")[0] == 422


def test_an_import_over_the_api(hers, seller):
    file = {
        "file": SimpleUploadedFile("old.csv", export(item(), item("坏的", price="x", num_id="5")))
    }
    assert hers.send("/shop/imports", **file)[0] == 409
    town.open_shop(seller)
    file["file"].seek(0)
    status, found = hers.send("/shop/imports", **file)
    assert (status, found["create"], found["refused"], found["state"]) == (201, 1, 1, "preview")
    path = f"/shop/imports/{found['id']}"
    rows = hers.ask("GET", f"{path}/rows?show=refused")[1]
    assert rows["rows"][0]["sentences"][0].startswith("Row 5")
    for _twice in range(2):
        status, begun = hers.ask("POST", f"{path}/apply", {"shipping_days": [3, 5]})
        assert (status, begun["state"], begun["written"]) == (202, "running", 0)
        assert hers.headers["Location"] == f"/api/v1{path}"
    assert jobs.run_due() == 1
    status, done = hers.ask("POST", f"{path}/apply", {"shipping_days": [3, 5]})
    assert (status, done["state"], done["create"]) == (200, "applied", 1)
    assert Listing.objects.get().shipping_days_max == 5
    assert hers.ask("GET", path)[1] == done
    assert hers.ask("DELETE", path)[0] == 204
    assert hers.ask("GET", path)[1]["state"] == "applied"
    broken = SimpleUploadedFile("x.csv", b"nothing")
    assert hers.send("/shop/imports", file=broken)[0] == 422
    other = Caller(town.person("chen"))
    assert other.ask("GET", path)[0] == 404
    assert other.ask("POST", f"{path}/apply", {})[0] == 404


def test_a_friends_shop_only_for_friends(hers, seller):
    town.open_shop(seller, public=False)
    cup = town.listing(seller)
    friend = town.person("chen")
    town.befriend(seller, friend)
    theirs = Caller(friend)
    assert theirs.ask("GET", f"/listings/{cup.id}")[0] == 200
    assert len(theirs.ask("GET", "/market?friends=true")[1]["listings"]) == 1
    actions.close_shop(owner=seller, now=NOW)
    assert theirs.ask("GET", f"/listings/{cup.id}")[1]["on_sale"] is False


def test_an_import_corrected_carried_out_and_taken_back(hers, seller):
    town.open_shop(seller)
    table = SimpleUploadedFile("t.csv", b"Name,Price,Colour,Size\nCup,free,red,S\nTray,7,,\n")
    status, found = hers.send("/shop/imports", file=table)
    path = f"/shop/imports/{found['id']}"
    assert (status, found["format"], found["refused"]) == (201, "table", 1)
    assert [one["field"] for one in found["columns"]] == ["title", "price", "option", "option"]
    status, rows = hers.ask("GET", f"{path}/rows?show=refused")
    [fix] = rows["rows"][0]["fixes"]
    assert fix == {"row": 2, "column": "Price", "label": "Price"}
    body = {"row": fix["row"], "column": fix["column"], "text": "9.90"}
    status, found = hers.ask("PUT", f"{path}/fixes", body)
    assert (status, found["create"]) == (200, 2)
    columns = {"Name": "title", "Price": "price"}
    status, found = hers.ask("PUT", f"{path}/reading", {"currency": "EUR", "columns": columns})
    assert (status, found["currencies"], found["variants"]) == (200, ["EUR"], 0)
    assert hers.ask("GET", f"{path}/undo") == (200, {"takes_back": 0, "stays": 0})
    assert hers.ask("POST", f"{path}/undo")[0] == 409
    assert hers.ask("POST", f"{path}/apply", {})[0] == 202
    jobs.run_due()
    assert hers.ask("PUT", f"{path}/reading", {"currency": "CNY"})[0] == 409
    assert hers.ask("GET", f"{path}/undo") == (200, {"takes_back": 2, "stays": 0})
    for _again in range(2):
        status, found = hers.ask("POST", f"{path}/undo")
        assert (status, found["state"], found["taken_back"]) == (202, "undoing", 0)
        assert hers.headers["Location"] == f"/api/v1{path}"
    assert Listing.objects.count() == 2
    assert hers.ask("GET", f"{path}/undo") == (200, {"takes_back": 0, "stays": 0})
    jobs.run_due()
    status, found = hers.ask("GET", path)
    assert (status, found["state"], found["taken_back"]) == (200, "undone", 2)
    assert not Listing.objects.exists()


def test_a_catalogue_leaves_and_comes_back(hers, seller):
    assert hers.ask("GET", "/shop/export/jsonld")[0] == 409
    town.open_shop(seller)
    town.listing(seller, "Cup", town.variant(10, 5, Size="S"))
    answer = hers.client.get("/api/v1/shop/export/jsonld")
    assert (answer.status_code, answer["X-Listings"]) == (200, "1")
    file = SimpleUploadedFile("catalogue.json", answer.content)
    status, found = hers.send("/shop/imports", file=file)
    assert (status, found["format"], found["unchanged"]) == (201, "jsonld", 1)
    assert hers.ask("GET", "/shop/export/papyrus")[0] == 422
