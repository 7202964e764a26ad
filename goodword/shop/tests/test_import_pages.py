"""The import as a seller meets it: upload, preview, confirm, pictures."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goodword.kit import clock, jobs
from goodword.shop import queries
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
    assert queries.my_listings(seller.id).counts["draft"] == 73
    assert Variant.objects.exclude(options=[]).count() == 814
    last = text(hers.get(answer["Location"] + "?page=3"))
    assert "3 / 3" in last
    one = Listing.objects.first()
    assert hers.get(reverse("shop:edit", args=[one.id])).status_code == 200
    assert "wxsample" not in text(hers.get(reverse("shop:listing", args=[one.id])))
