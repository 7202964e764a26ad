"""The catalogue of an old shop comes along: through the page, and through the command."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from goodword.shop.models import Listing, Variant

from ..conftest import DESK, Opens
from ..house import House
from ..town import member

pytestmark = pytest.mark.journey
FILE = Path(__file__).resolve().parents[3] / "shared/samples/taobao_assistant_utf16be_73items.csv"
with_samples = pytest.mark.skipif(not FILE.exists(), reason="the samples lie beside the checkout")


@with_samples
def test_an_old_shop_comes_in_through_the_page(opens: Opens):
    lin = member("Lin Xiaoman")
    page = opens(lin, viewport=DESK)
    page.goto("/shop/import")
    page.get_by_label("Name of your shop").fill("Lin’s mountain things")
    page.locator("input[type=file]").set_input_files(FILE)
    page.get_by_role("button", name="See what is in it").click()
    page.wait_for_url(re.compile("/shop/import/[0-9a-f-]{36}"))
    tiles = page.locator(".tiles")
    expect(tiles).to_contain_text("73")
    expect(tiles).to_contain_text("814")
    expect(page.get_by_text("73 items hold contact details.")).to_be_visible()
    expect(page.locator(".rowsay li").first).to_be_visible()
    assert not Listing.objects.filter(seller=lin).exists()

    page.get_by_role("button", name="Import now").click()
    expect(page.get_by_role("heading", name="Imported")).to_be_visible()
    assert came_in(lin) == (73, 814)
    page.get_by_role("link", name="To the drafts").click()
    expect(page.get_by_text("Contact details were hidden").first).to_be_visible()

    page.goto("/shop/import")
    page.locator("input[type=file]").set_input_files(FILE)
    page.get_by_role("button", name="See what is in it").click()
    expect(tiles).to_contain_text(re.compile(r"as before\s*73|73\s*as before"))


def test_a_row_is_fixed_and_the_whole_import_taken_back(opens: Opens, tmp_path: Path):
    lin = member("Lin Xiaoman")
    file = tmp_path / "shopify.csv"
    file.write_text(
        "Handle,Title,Option1 Name,Option1 Value,Variant Inventory Qty,Variant Price\n"
        "lamp,Reading lamp,Colour,Brass,3,1234567.89\nlamp,,,Steel,2,99\nstool,Stool,,,1,ask me\n"
    )
    page = opens(lin)
    page.goto("/shop/import")
    page.get_by_label("Name of your shop").fill("Lin’s mountain things")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="See what is in it").click()
    page.get_by_label("Currency of the prices").select_option("EUR")
    page.get_by_role("button", name="Read it anew").click()
    expect(page.get_by_text("€99.00")).to_be_visible()
    page.get_by_label("Variant Price in row 4").fill("35,50")
    page.get_by_role("button", name="Correct").click()
    expect(page.get_by_text("€35.50")).to_be_visible()
    page.get_by_role("button", name="Import now").click()
    expect(page.get_by_role("heading", name="Imported")).to_be_visible()
    assert came_in(lin) == (2, 2)
    page.get_by_role("button", name="Take this import back").click()
    expect(page.get_by_text("2 listings are as they were before.")).to_be_visible()
    assert came_in(lin) == (0, 0)


@with_samples
def test_an_old_shop_comes_in_through_the_command(inside: House):
    lin = member("Lin Xiaoman")
    said = inside.run(
        "import", FILE, "--shop", "Lin’s mountain things", "--owner", lin.handle, "--yes"
    )
    assert said.returncode == 0, said.stderr
    for part in (
        "73 listings, 814 variants",
        "73 listings name contacts",
        "row ",
        "73 listings are new",
    ):
        assert part in said.stdout, part
    assert came_in(lin) == (73, 814)
    again = inside.run("import", FILE, "--shop", "Lin’s mountain things", "--owner", lin.handle)
    assert "nothing was changed" in again.stdout
    wrong = inside.run("import", Path(__file__), "--shop", "Lin’s mountain things", "--yes")
    assert wrong.returncode != 0
    assert "Traceback" not in wrong.stderr


def came_in(seller) -> tuple[int, int]:
    """Listings and their variants; two of the listings have nothing to choose."""
    variants = Variant.objects.filter(listing__seller=seller)
    return Listing.objects.filter(seller=seller).count(), variants.exclude(options=[]).count()
