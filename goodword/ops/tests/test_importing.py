"""`goodword import`: shown first, carried out when asked, the same twice."""

import sys

import click
import pytest
from click.testing import CliRunner

from goodword.kit import clock
from goodword.kit.errors import NotFound
from goodword.ops.importing import Import, export, said
from goodword.people import actions as people
from goodword.shop.models import Listing, Shop
from goodword.shop.tests.imports.lookalike import item, taobao_file, tee

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin():
    return people.register(handle="lin", display_name="Lin Wan", now=clock.now())


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "old-shop.csv"
    flagged = item("Cup", description="加微信 linwan_tea88 看更多")
    path.write_bytes(taobao_file([item("德化白瓷茶杯"), flagged, tee(), item("")]))
    return path


def importing(file, **changes):
    return Import(**{"file": file, "shop": "Lin's Tea", "owner": "lin", "rows": 12} | changes)


@pytest.mark.usefixtures("lin")
def test_it_shows_asks_and_carries_out(file, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    asked = CliRunner().invoke(
        click.Command("import", callback=lambda: sys.exit(importing(file).run(ask=True))),
        input="n\n",
    )
    assert asked.exit_code == 1
    assert "德化白瓷茶杯" in asked.output
    assert "name contacts outside the house" in asked.output
    assert "Carry it out? [y/N]: n" in asked.output
    assert "Nothing was changed." in asked.output
    assert (Shop.objects.count(), Listing.objects.count()) == (0, 0)

    assert importing(file).run(ask=False) == 0
    made = Listing.objects.count()
    assert f"{made} listings are new" in capsys.readouterr().out
    assert made >= 3
    assert set(Listing.objects.values_list("state", flat=True)) == {"draft"}

    assert importing(file).run(ask=False) == 0
    assert "Nothing new in this file" in capsys.readouterr().out
    assert Listing.objects.count() == made


@pytest.mark.usefixtures("lin")
def test_rows_that_cannot_be_read_are_always_said(file, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    importing(file, rows=0).run(ask=False)
    said = capsys.readouterr().out
    assert "1 refused" in said
    assert "row 7:" in said


def test_an_unknown_owner_changes_nothing(file):
    with pytest.raises(NotFound, match="nobody here called"):
        importing(file).run(ask=False)
    assert Shop.objects.count() == 0


@pytest.mark.usefixtures("lin")
def test_a_table_with_columns_and_currency_of_its_own_goes_out_again(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    table = tmp_path / "ware.csv"
    table.write_text("Ware;Kostet;Anzahl\nTeekanne;12,50;3\n")
    choices = said("EUR", ("Ware=title", "Kostet=price", "Anzahl=stock"))
    assert importing(table, choices=choices).run(ask=False) == 0
    assert Listing.objects.get().currency == "EUR"
    export(out=tmp_path, shop="Lin's Tea", owner=None, form="woocommerce", base="")
    assert "1 listings in" in capsys.readouterr().out
    [file] = tmp_path.glob("goodword-*-woocommerce.csv")
    assert importing(file).run(ask=False) == 0
    assert "Nothing new in this file" in capsys.readouterr().out
    with pytest.raises(click.BadParameter, match="NAME=FIELD"):
        said(None, ("Ware=colour",))
    with pytest.raises(NotFound, match="no format called"):
        export(out=tmp_path, shop="Lin's Tea", owner=None, form="papyrus", base="")
