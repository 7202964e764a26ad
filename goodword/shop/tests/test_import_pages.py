"""The import as a seller meets it: upload, preview, confirm, pictures."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goodword.kit import clock, jobs
from goodword.shop import mine
from goodword.shop.models import ImportRow, ImportRun, Listing, Shop, Variant

from . import town
from .test_importing import BIG, export, item, with_samples
from .test_pages import text, upload
from .town import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_clock():
    with clock.at(NOW):
        yield


@pytest.fixture
def seller():
    return town.person("lin", "Lin")


@pytest.fixture
def shop(seller):
    return town.open_shop(seller)


@pytest.fixture
def hers(client, seller):
    client.force_login(seller)
    return client


def send_file(client, data, name="old shop.csv", **fields):
    file = SimpleUploadedFile(name, data, "text/csv")
    return client.post(reverse("shop:import"), {"file": file, **fields})


def test_importing_by_the_page(hers, seller):
    assert "Name of your shop" in text(hers.get(reverse("shop:import")))
    bad = item("坏的", price="free", num_id="5")
    answer = send_file(hers, export(item(), item("茶壶"), bad), name="old.csv", name_="")
    assert answer.status_code == 422
    assert not Shop.objects.exists()
    file = SimpleUploadedFile("old.csv", export(item(), item("茶壶"), bad))
    answer = hers.post(reverse("shop:import"), {"file": file, "name": "Lin's tea"})
    run = ImportRun.objects.get()
    assert answer["Location"] == reverse("shop:import_run", args=[run.id])
    page = text(hers.get(answer["Location"]))
    assert not Listing.objects.exists()
    assert "Row 6" in page
    assert "cannot be read" in page
    apply = reverse("shop:import_apply", args=[run.id])
    refused = hers.post(apply, {"shipping": "0", "days_min": "9", "days_max": "3"})
    assert refused.status_code == 422
    hers.post(apply, {"shipping": "10", "days_min": "3", "days_max": "6"})
    jobs.run_due()
    assert Listing.objects.filter(state="draft", shipping_days_max=6).count() == 2
    page = text(hers.get(answer["Location"]))
    assert "Done." in page
    assert "Add the pictures" in page
    hers.post(
        reverse("shop:import_pictures", args=[run.id]),
        {"pictures": [upload("a1b2.tbi"), upload("zz.jpg", town.jpeg("red"))]},
    )
    page = text(hers.get(answer["Location"]))
    assert "2 pictures hang in their listings now." in page
    assert "No item names this picture: zz.jpg." in page


CHOSEN = {"shipping": "0", "days_min": "1", "days_max": "3"}


@pytest.fixture
def running(hers, shop):
    """The page of an import that its job has not begun yet."""
    send_file(hers, export(item(), item("茶壶")))
    run = ImportRun.objects.get()
    hers.post(reverse("shop:import_apply", args=[run.id]), CHOSEN)
    return reverse("shop:import_run", args=[run.id])


def test_while_it_runs_the_page_says_how_far_it_is(hers, running):
    assert not Listing.objects.exists()
    assert "being imported" in text(hers.get(reverse("shop:import")))
    ImportRun.objects.update(written=1)
    page = text(hers.get(running))
    assert "<h1>Importing" in page
    assert '<progress class="progress" value="1" max="2"' in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert "Import now" not in page
    part = hers.get(running, headers={"HX-Request": "true"})
    assert "<h1" not in text(part)
    assert f'hx-get="{running}"' in text(part)
    jobs.run_due()
    assert hers.get(running, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    page = text(hers.get(running))
    assert "<h1>Imported" in page
    assert "http-equiv" not in page


def test_a_second_tap_is_the_same_import(hers, running):
    assert hers.post(f"{running}/apply", CHOSEN)["Location"] == running
    assert jobs.run_due() == 1
    assert hers.post(f"{running}/apply", CHOSEN)["Location"] == running
    assert (jobs.run_due(), Listing.objects.count()) == (0, 2)


def test_giving_up_what_runs(hers, running):
    hers.post(f"{running}/drop")
    assert jobs.run_due() == 1
    assert not Listing.objects.exists()
    assert "given up" in text(hers.get(running))


def test_what_cannot_be_carried_out_is_a_preview_with_a_sentence(hers, running):
    row = ImportRow.objects.order_by("position").last()
    ImportRow.objects.filter(id=row.id).update(payload={**row.payload, "title": ""})
    jobs.run_due()
    assert not Listing.objects.exists()
    page = text(hers.get(running))
    assert "Give the listing a title." in page
    assert "Import now" in page


def test_a_job_that_dies_is_begun_again_from_nothing(hers, running):
    row = ImportRow.objects.order_by("position").last()
    ImportRow.objects.filter(id=row.id).update(payload={"broken": True})
    with pytest.raises(KeyError):
        jobs.run_due()
    assert not Listing.objects.exists()
    ImportRow.objects.filter(id=row.id).update(payload=row.payload)
    assert (jobs.run_due(), Listing.objects.count()) == (1, 2)
    assert "<h1>Imported" in text(hers.get(running))


def test_a_refused_file_is_one_sentence(hers, shop):
    for data in (b"nothing of the kind", b"PK\x03\x04 zip"):
        answer = send_file(hers, data)
        assert answer.status_code == 422
        assert 'role="alert"' in text(answer)
    assert hers.post(reverse("shop:import")).status_code == 422
    assert not ImportRun.objects.exists()


def test_giving_an_import_up(hers, shop):
    send_file(hers, export(item()))
    run = ImportRun.objects.get()
    hers.post(reverse("shop:import_drop", args=[run.id]))
    assert "given up" in text(hers.get(reverse("shop:import_run", args=[run.id])))
    answer = hers.post(
        reverse("shop:import_apply", args=[run.id]),
        {"shipping": "0", "days_min": "1", "days_max": "3"},
    )
    assert answer.status_code == 410
    assert not Listing.objects.exists()


SHOPIFY = "Handle,Title,Option1 Name,Option1 Value,Variant Price\ncup,Cup,,,free\ntray,Tray,,,12\n"


def test_fixing_a_row_choosing_a_currency_and_taking_it_all_back(hers, seller, shop):
    answer = send_file(hers, SHOPIFY.encode(), name="products.csv")
    here = answer["Location"]
    page = text(hers.get(here))
    assert "Variant Price in row 2" in page
    assert "Currency of the prices" in page
    hers.post(f"{here}/reading", {"currency": "EUR"})
    assert hers.post(f"{here}/reading", {"currency": "no"}).status_code == 422
    page = text(hers.get(f"{here}?show=refused"))
    assert "1 item is left out, since it could not be read." in page
    assert f"{here}/fix?show=refused&page=1&item=2" in page
    there = f"{here}/fix?show=refused&page=1&item=2"
    cell = {"row": "2", "column": "Variant Price"}
    assert "can be read now" not in text(hers.post(there, cell | {"text": "free"}, follow=True))
    fixed = hers.post(there, cell | {"text": "8,50"})
    assert fixed["Location"] == f"{here}?show=refused&page=1#row-2", "where she was"
    page = text(hers.get(here))
    assert "Row 2 can be read now." in page
    assert "left out" not in page
    assert "€8.50" in page
    assert "in row 2" not in page
    assert "Shipping cost in EUR" in page
    hers.post(f"{here}/apply", CHOSEN)
    jobs.run_due()
    assert set(Variant.objects.values_list("price_minor", "listing__currency")) == {
        (850, "EUR"), (1200, "EUR"),
    }  # fmt: skip
    assert "2 listings go back" in text(hers.get(here))
    assert hers.post(f"{here}/fix", {"row": "2", "column": "Title", "text": "x"}).status_code == 409
    hers.post(f"{here}/undo")
    page = text(hers.get(here))
    assert "<h1>Taking it back" in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert "Take this import back" not in page
    assert f'hx-get="{here}"' in text(hers.get(here, headers={"HX-Request": "true"}))
    assert "being taken back" in text(hers.get(reverse("shop:import")))
    jobs.run_due()
    assert hers.get(here, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert not Listing.objects.exists()
    page = text(hers.get(here))
    assert "2 listings are as they were before." in page
    assert "Taken back: it is as it was before the import." in page
    assert "taken back" in text(hers.get(reverse("shop:import")))


def test_an_unknown_table_shows_its_columns_and_is_told_what_they_mean(hers, shop):
    table = "Ware;Kostet;Anzahl;Sonstiges\nTeekanne;12,50 EUR;3;x\n"
    here = send_file(hers, table.encode(), name="liste.csv")["Location"]
    page = text(hers.get(here))
    assert "Say which column holds the title" in page
    assert "Import now" not in page
    assert "Teekanne" in page
    chosen = {"column_0": "title", "column_1": "price", "column_2": "stock", "column_3": ""}
    hers.post(f"{here}/reading", chosen)
    page = text(hers.get(here))
    assert "Import now" in page
    assert '<option value="title" selected>' in page
    hers.post(f"{here}/apply", CHOSEN)
    jobs.run_due()
    one = Variant.objects.select_related("listing").get()
    assert (one.listing.title, one.price_minor, one.stock) == ("Teekanne", 1250, 3)


def test_a_change_is_shown_field_by_field(hers, shop):
    send_file(hers, SHOPIFY.replace("free", "10").encode())
    hers.post(f"{reverse('shop:import')}/{ImportRun.objects.get().id}/apply", CHOSEN)
    jobs.run_due()
    here = send_file(hers, SHOPIFY.replace("free", "11").encode())["Location"]
    page = text(hers.get(f"{here}?show=update"))
    assert "<del>CN¥10.00</del>" in page
    assert "<ins>CN¥11.00</ins>" in page


def test_exporting_by_the_page(hers, seller, shop):
    town.listing(seller, "=1+1", town.variant(10, 5, Size="S"))
    listing = Listing.objects.get()
    page = text(hers.get(reverse("shop:export")))
    for form in ("shopify", "woocommerce", "merchant", "merchant-tsv", "jsonld"):
        address = reverse("shop:export_file", args=[form])
        assert f'href="{address}"' in page
        answer = hers.get(address)
        assert answer["Content-Disposition"].startswith('attachment; filename="goodword-')
        assert answer["X-Listings"] == "1"
        assert f"gw-{listing.id.hex}" in answer.content.decode()
        assert f"http://testserver/listings/pictures/{listing.pictures.get().id}/large" in (
            answer.content.decode()
        )
    csv_file = hers.get(reverse("shop:export_file", args=["shopify"])).content.decode()
    assert ",'=1+1," in csv_file
    assert hers.get(reverse("shop:export_file", args=["papyrus"])).status_code == 404


@with_samples
def test_the_real_file_goes_through_the_page(hers, seller, shop):
    answer = send_file(hers, BIG.read_bytes(), name=BIG.name)
    page = text(hers.get(answer["Location"]))
    assert re.search(r"<dt>listings</dt><dd>73</dd>", page)
    assert re.search(r"<dt>variants</dt><dd>814</dd>", page)
    assert "73 items hold contact details." in page
    assert "wxsample" not in page
    run = ImportRun.objects.get()
    hers.post(
        reverse("shop:import_apply", args=[run.id]),
        {"shipping": "0", "days_min": "5", "days_max": "9"},
    )
    jobs.run_due()
    assert mine.my_listings(seller.id).counts["draft"] == 73
    assert Variant.objects.exclude(options=[]).count() == 814
    last = text(hers.get(answer["Location"] + "?page=3"))
    assert "3 / 3" in last
    one = Listing.objects.first()
    assert hers.get(reverse("shop:edit", args=[one.id])).status_code == 200
    assert "wxsample" not in text(hers.get(reverse("shop:listing", args=[one.id])))
