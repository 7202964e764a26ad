"""A whole import is taken back, exactly; what was sold or changed since stays, and says so."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from goodword.journal import queries as journal
from goodword.kit import jobs
from goodword.kit.errors import Conflict, NotFound
from goodword.kit.ids import new_id
from goodword.shop import actions, importing, queries
from goodword.shop.models import (
    ImportRow,
    ImportSource,
    Listing,
    ListingPicture,
    ListingWords,
    PriceChange,
    Variant,
)
from goodword.shop.states import ImportState, TakenBack

from . import town
from .test_importing import export, item, look, take
from .town import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + town.DAY


@pytest.fixture
def seller():
    seller = town.person("lin", "Lin")
    town.open_shop(seller)
    return seller


def everything():
    """The shop as rows; past prices apart, since they only ever grow."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Listing, Variant, ListingWords, ListingPicture)
    ]


def undo(seller, run, now=LATER):
    return importing.undo(owner=seller, run=run, now=now)


def test_it_is_a_job_that_no_sweep_takes_the_import_from(seller):
    done = take(seller, item(), item("茶壶"))
    for _again in range(2):
        assert importing.start_undo(owner=seller, run=done.run) == ImportState.UNDOING
    assert importing.sweep(NOW + 60 * town.DAY) == 0
    assert Listing.objects.count() == 2
    assert jobs.run_due() == 1
    run = queries.import_run(seller.id, done.run)
    assert (run.state, importing.look(run).taken_back) == ("undone", 2)
    assert importing.start_undo(owner=seller, run=done.run) == ImportState.UNDOING
    jobs.run_due()
    found = importing.preview(
        owner=seller, shop=run.shop, data=export(item()), file_name="x.csv", now=NOW
    )
    with pytest.raises(Conflict):
        importing.start_undo(owner=seller, run=found.run)
    with pytest.raises(NotFound):
        importing.start_undo(owner=town.person("chen"), run=done.run)


def test_new_drafts_leave_nothing_behind(seller):
    take(seller, item("老茶壶"))
    before = everything()
    done = take(seller, item(), item("茶壶"), item("坏的", price="free", num_id="5"))
    actions.add_pictures(
        seller=seller, listing=Listing.objects.get(title="茶杯").id, pictures=[town.picture()],
        now=NOW,
    )  # fmt: skip
    assert importing.look_back(queries.import_run(seller.id, done.run)) == importing.Undoing(2, 0)
    result = undo(seller, done.run)
    assert (result.state, result.taken_back, result.stays) == ("undone", 2, 0)
    assert everything() == before
    assert journal.story(done.run)[-1].verb == "shop.import_undone"
    assert undo(seller, done.run).taken_back == 2
    again = take(seller, item(), item("茶壶"), now=LATER)
    assert again.result.created == 2


def test_what_it_changed_is_as_before(seller):
    take(seller, item(num_id="77"))
    cup = Listing.objects.get()
    actions.add_pictures(seller=seller, listing=cup.id, pictures=[town.picture()], now=NOW)
    actions.offer(seller=seller, listing=cup.id, now=NOW)
    before = everything()
    swapped = item("新茶杯", num_id="77", skuProps="80:9:S-1:1627207:-1002;99:5:S-3:1627207:-1003;",
                   input_custom_cpv="1627207:-1002:白;1627207:-1003:黑;")  # fmt: skip
    done = take(seller, swapped, now=LATER)
    row = importing.rows(queries.import_run(seller.id, done.run)).rows[0]
    said = [(one.label, one.variant, one.before, one.after) for one in row.changes]
    assert said == [
        ("Title", "", "茶杯", "新茶杯"),
        ("Price", "白", "CN¥92.00", "CN¥80.00"),
        ("Stock", "白", "20", "9"),
        ("Your code", "白", "S-2", "S-1"),
        ("New variant", "黑", "–", "CN¥99.00"),
        ("Not offered any more", "青", "CN¥88.00", "–"),
    ]
    undo(seller, done.run, now=LATER)
    after = everything()
    fresh = [one for one in after[1] if one["retired_at"] is not None]
    assert [one["options"] for one in fresh] == [[["颜色", "黑"]]]
    after[1] = [one for one in after[1] if one not in fresh]
    assert after == before
    points = PriceChange.objects.filter(variant__options=[["颜色", "白"]]).order_by("at", "id")
    assert [one.price_minor for one in points] == [9200, 8000, 9200]
    assert take(seller, swapped, now=LATER).result.updated == 1


def test_what_was_sold_or_changed_since_stays_with_a_sentence(seller):
    done = take(seller, item("甲"), item("乙"), item("丙"), item("丁"), item("戊"))
    by_name = {one.title: one for one in Listing.objects.all()}
    for name in ("甲", "乙"):
        actions.add_pictures(
            seller=seller, listing=by_name[name].id, pictures=[town.picture()], now=NOW
        )
        actions.offer(seller=seller, listing=by_name[name].id, now=NOW)
    town.buy(town.person("chen"), by_name["甲"].variants.first(), now=LATER)
    actions.change_price(
        seller=seller, variant=by_name["丙"].variants.first().id, price=town.yuan(1), now=LATER
    )
    actions.add_evidence(
        seller=seller, listing=by_name["丁"].id, kind="receipt", picture=town.picture(), now=LATER
    )
    run = queries.import_run(seller.id, done.run)
    assert importing.look_back(run) == importing.Undoing(1, 4)
    result = undo(seller, done.run)
    assert (result.taken_back, result.stays) == (1, 4)
    assert set(Listing.objects.values_list("title", flat=True)) == {"甲", "乙", "丙", "丁"}
    fates = dict(ImportRow.objects.values_list("title", "taken_back"))
    assert fates == {
        "甲": TakenBack.SOLD, "乙": TakenBack.EDITED, "丙": TakenBack.EDITED,
        "丁": TakenBack.EDITED, "戊": TakenBack.DONE,
    }  # fmt: skip
    stayed = importing.rows(run, show="stays").rows
    assert [row.title for row in stayed] == ["甲", "乙", "丙", "丁"]
    assert stayed[0].sentences[0] == (
        "check", "It stays: it was ordered since. Withdraw it if you do not sell it any more.",
    )  # fmt: skip


def test_a_later_import_is_taken_back_first(seller):
    first = take(seller, item(num_id="77"))
    second = take(seller, item("新茶杯", num_id="77"), now=LATER)
    assert undo(seller, first.run).stays == 1
    assert undo(seller, second.run).taken_back == 1
    assert undo(seller, first.run).taken_back == 1
    assert not Listing.objects.exists()


def test_only_what_was_carried_out_and_only_ones_own(seller):
    found = look(seller, item())
    with pytest.raises(Conflict, match="not carried out"):
        undo(seller, found.run)
    with pytest.raises(NotFound):
        undo(town.person("chen"), found.run)


def test_the_file_is_kept_only_as_long_as_it_can_be_corrected(seller):
    found, given_up = look(seller, item()), look(seller, item())
    assert ImportSource.objects.count() == 2
    importing.drop(owner=seller, run=given_up.run, now=NOW)
    importing.apply(owner=seller, run=found.run, now=NOW)
    assert not ImportSource.objects.exists()
    for run in (found.run, given_up.run):
        with pytest.raises(importing.Decided):
            importing.fix(owner=seller, run=run, row=4, column="price", text="1")


def test_a_corrected_cell_is_read_as_if_the_file_had_said_so(seller):
    found = look(seller, item(), item("坏的", price="free", skuProps="", num_id="5"))
    page = importing.rows(queries.import_run(seller.id, found.run), show="refused")
    [fix] = page.rows[0].fixes
    assert (page.rows[0].title, fix.row, fix.column) == ("坏的", 5, "price")
    still = importing.fix(owner=seller, run=found.run, row=5, column="price", text="much")
    assert (still.create, still.refused) == (1, 1)
    good = importing.fix(owner=seller, run=found.run, row=5, column="price", text="12.50")
    assert (good.create, good.refused) == (2, 0)
    importing.fix(owner=seller, run=found.run, row=4, column="title", text="青瓷杯")
    importing.apply(owner=seller, run=found.run, now=NOW)
    assert set(Listing.objects.values_list("title", flat=True)) == {"青瓷杯", "坏的"}
    assert Variant.objects.get(listing__title="坏的").price_minor == 1250


SHEET = "Handle,Title,Option1 Name,Option1 Value,Variant Price\ncup,Cup,,,1200\n"


def test_a_currency_is_asked_where_prices_name_none(seller):
    shop = queries.my_shop(seller.id)
    found = importing.preview(
        owner=seller, shop=shop, data=SHEET.encode(), file_name="products.csv", now=NOW
    )
    assert (found.format, found.asks_currency, found.currency) == ("shopify", True, "CNY")
    found = importing.choose(owner=seller, run=found.run, currency="JPY")
    assert (found.currency, found.currencies) == ("JPY", ("JPY",))
    importing.apply(owner=seller, run=found.run, now=NOW)
    cup = Listing.objects.get()
    assert (cup.currency, cup.variants.get().price_minor) == ("JPY", 1200)
    again = importing.preview(
        owner=seller, shop=shop, data=SHEET.encode(), file_name="products.csv", now=NOW
    )
    assert (again.currency, again.unchanged) == ("JPY", 1)
    other = importing.choose(owner=seller, run=again.run, currency="CNY")
    assert other.refused == 1
    [row] = importing.rows(queries.import_run(seller.id, again.run)).rows
    assert "keeps its currency, JPY" in row.sentences[0][1]


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_in_the_middle_is_followed_by_one_that_finishes(seller):
    """Its connection is cut while it writes, as PostgreSQL sees a process that dies."""
    found = look(seller, *(item(f"茶{n}") for n in range(120)))
    importing.start(owner=seller, run=found.run, defaults=importing.Defaults(), now=NOW)
    aside = connection.copy()

    def cut(_stage, done, _total):
        if done == 100:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                [pid] = cursor.fetchone()
            with aside.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [pid])

    with pytest.raises(Exception, match=r"terminat|closed|lost"):
        importing.apply(owner=seller, run=found.run, now=NOW, progress=cut)
    aside.close()
    connection.close()
    assert queries.import_run(seller.id, found.run).state == "running"
    assert not Listing.objects.exists()
    jobs.run_due()
    assert queries.import_run(seller.id, found.run).state == "applied"
    assert Listing.objects.count() == 120


# How many wait for this transaction.
WAITING = """
SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
"""


@pytest.mark.django_db(transaction=True)
def test_an_undo_waits_for_who_is_ordering_and_leaves_what_she_ordered(seller):
    take(seller, item(num_id="77"))
    cup = Listing.objects.get()
    actions.add_pictures(seller=seller, listing=cup.id, pictures=[town.picture()], now=NOW)
    actions.offer(seller=seller, listing=cup.id, now=NOW)
    done = take(seller, item("新茶杯", num_id="77", price="40"), now=NOW)
    one = Variant.objects.filter(retired_at=None).first()
    buyer = town.person("wang")

    def take_back():
        try:
            return undo(seller, done.run)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as beside:
        with transaction.atomic():
            actions.reserve(
                order=new_id(), buyer=buyer.id, items=[actions.Item(one.id, 1)], until=LATER,
                now=LATER,
            )  # fmt: skip
            undone = beside.submit(take_back)
            with connection.cursor() as cursor:
                while cursor.execute(WAITING).fetchone() == (0,):
                    assert not undone.done()
        assert (undone.result().taken_back, undone.result().stays) == (0, 1)
    cup.refresh_from_db()
    assert (cup.title, ImportRow.objects.get(run=done.run).taken_back) == ("新茶杯", TakenBack.SOLD)
