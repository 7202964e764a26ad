"""An old shop's file, from bytes to listings; the real files where they are at hand."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from goodword.journal import queries as journal
from goodword.kit.errors import Conflict, Gone, Invalid, NotFound
from goodword.shop import actions, importing, imports, mine, queries
from goodword.shop.importing.applying import ImportDropped
from goodword.shop.importing.plan import plan
from goodword.shop.importing.previewing import FLAGGED
from goodword.shop.imports import Unreadable
from goodword.shop.models import ImportRow, ImportRun, Listing, PriceChange, Variant
from goodword.shop.states import ListingState

from . import town
from .town import NOW

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
BIG = SAMPLES / "taobao_assistant_utf16be_73items.csv"
with_samples = pytest.mark.skipif(not BIG.exists(), reason="the samples lie beside the checkout")

COLUMNS = [
    "title", "cid", "seller_cids", "stuff_status", "price", "num", "freight_payer", "express_fee",
    "has_invoice", "has_warranty", "description", "cateProps", "picture", "skuProps", "outer_id",
    "propAlias", "num_id", "location_state", "sell_promise", "input_custom_cpv", "newprepay",
]  # fmt: skip


def item(title="茶杯", **cells):
    """One row of a Taobao Assistant file; two colours at 88 yuan unless told otherwise."""
    return {
        "title": title, "cid": "50013932", "stuff_status": "1", "price": "88", "num": "30",
        "freight_payer": "1", "has_invoice": "0", "sell_promise": "1", "description": "手工拉坯。",
        "picture": "a1b2:1:0:|;c3d4:1:1:|;",
        "skuProps": "88:10:S-1:1627207:-1001;92:20:S-2:1627207:-1002;",
        "input_custom_cpv": "1627207:-1001:青;1627207:-1002:白;",
        "num_id": str(abs(hash(title)) % 10**12 + 1), **cells,
    }  # fmt: skip


def export(*items):
    """The bytes of such a file: UTF-16LE with a byte order mark, tabs, three header rows."""
    lines = ["version 1.00", "\t".join(COLUMNS), "\t".join("宝贝" for _name in COLUMNS)]
    lines += ["\t".join(one.get(name, "") for name in COLUMNS) for one in items]
    return ("\ufeff" + "\n".join(lines) + "\n").encode("utf-16-le")


@pytest.fixture
def seller():
    seller = town.person("lin", "Lin")
    town.open_shop(seller)
    return seller


def look(seller, *items, now=NOW):
    shop = queries.my_shop(seller.id)
    return importing.preview(
        owner=seller, shop=shop, data=export(*items), file_name="old shop.csv", now=now
    )


def take(seller, *items, now=NOW, **defaults):
    found = look(seller, *items, now=now)
    chosen = importing.Defaults(**defaults) if defaults else None
    return importing.apply(owner=seller, run=found.run, defaults=chosen, now=now)


def only(title="茶杯"):
    return Listing.objects.get(title=title)


def test_a_preview_changes_nothing(seller):
    found = look(seller, item(), item("茶壶"))
    assert (found.listings, found.variants, found.create) == (2, 4, 2)
    assert (found.state, found.pictures, found.price_minor) == ("preview", 2, 17600)
    assert not Listing.objects.exists()


def test_items_become_drafts_with_their_variants(seller):
    result = take(seller, item(), shipping_minor=1200, shipping_days=(3, 6))
    assert (result.state, result.result.created) == ("applied", 1)
    cup = only()
    assert cup.state == ListingState.DRAFT
    assert (cup.shipping_days_min, cup.shipping_days_max) == (3, 6)
    assert cup.shipping_minor in (0, 1200)
    variants = [
        (v.name, v.price_minor, v.stock, v.seller_code) for v in cup.variants.order_by("position")
    ]
    assert variants == [("青", 8800, 10, "S-1"), ("白", 9200, 20, "S-2")]
    assert not PriceChange.objects.exists(), "what a draft costs is no past price"
    assert [deed.verb for deed in journal.story(result.run)] == [
        "shop.import_read",
        "shop.imported",
    ]


def test_an_item_without_options_gets_one_plain_variant(seller):
    found = take(seller, item(skuProps="", input_custom_cpv=""))
    assert found.variants == 0
    assert [(v.name, v.price_minor, v.stock) for v in only().variants.all()] == [("", 8800, 30)]


def test_the_same_file_again_changes_nothing(seller):
    take(seller, item(), item("茶壶"))
    before = (
        list(Listing.objects.values().order_by("id")),
        list(Variant.objects.values("id", "stock").order_by("id")),
    )
    again = look(seller, item(), item("茶壶"))
    assert (again.create, again.update, again.unchanged) == (0, 0, 2)
    done = importing.apply(owner=seller, run=again.run, now=NOW)
    assert done.result.unchanged == 2
    after = (
        list(Listing.objects.values().order_by("id")),
        list(Variant.objects.values("id", "stock").order_by("id")),
    )
    assert after == before
    assert not PriceChange.objects.exists()


def test_applying_twice_is_applying_once(seller):
    found = look(seller, item())
    for _twice in range(2):
        assert importing.apply(owner=seller, run=found.run, now=NOW).create == 1
    assert Listing.objects.count() == 1


def test_two_previews_of_one_file_make_one_listing(seller):
    first, second = look(seller, item()), look(seller, item())
    assert (first.create, second.create) == (1, 1)
    importing.apply(owner=seller, run=first.run, now=NOW)
    done = importing.apply(owner=seller, run=second.run, now=NOW)
    assert (done.create, done.unchanged) == (0, 1)
    assert Listing.objects.count() == 1


def test_a_changed_file_brings_the_listing_up_to_date(seller):
    take(seller, item(num_id="77"))
    cup = only()
    actions.add_pictures(seller=seller, listing=cup.id, pictures=[town.picture()], now=NOW)
    actions.offer(seller=seller, listing=cup.id, now=NOW)
    changed = item(num_id="77", skuProps="80:9:S-1:1627207:-1001;99:5:S-3:1627207:-1003;",
                   input_custom_cpv="1627207:-1001:青;1627207:-1003:黑;")  # fmt: skip
    done = take(seller, changed, now=NOW + town.DAY)
    assert done.result.updated == 1
    page = queries.listing(None, cup.id, now=NOW)
    assert page.on_sale
    assert [(v.name, v.price.minor, v.pieces) for v in page.variants] == [
        ("青", 8000, 9),
        ("黑", 9900, 5),
    ]
    assert page.variants[0].reduction.percent == 9


def test_what_she_edited_here_stays_until_the_file_says_something_new(seller):
    take(seller, item(num_id="77"))
    cup = only()
    variants = tuple(
        town.VariantDraft(id=v.id, price=town.Money(v.price_minor, "CNY"), stock=v.stock,
                          options=tuple(map(tuple, v.options)))
        for v in cup.variants.order_by("position")
    )  # fmt: skip
    actions.edit_listing(
        seller=seller, listing=cup.id, now=NOW,
        draft=town.draft("My own title", *variants, shipping_days=(1, 2), returns_days=30),
    )  # fmt: skip
    take(seller, item(num_id="77"), now=NOW + town.DAY)
    assert Listing.objects.get().title == "My own title"
    take(seller, item("新茶杯", num_id="77"), now=NOW + town.DAY)
    cup = Listing.objects.get()
    assert (cup.title, cup.shipping_days_max) == ("新茶杯", 2)


def test_contacts_are_hidden_in_public_and_the_listing_is_flagged(seller):
    found = take(seller, item(description="加微信 wxsample88 咨询，现货。"))
    assert (found.flagged, found.contacts) == (1, {"wechat": 1})
    cup = only()
    assert cup.contacts_flagged
    assert "wxsample" not in cup.description
    assert "现货" in cup.description
    assert "wxsample" not in str(ImportRow.objects.get().payload)
    [row] = importing.rows(queries.import_run(seller.id, found.run), show=FLAGGED).rows
    assert any("WeChat" in sentence for _level, sentence in row.sentences)
    assert not any("wxsample88" in sentence for _level, sentence in row.sentences)


def test_a_row_that_cannot_be_read_has_its_sentence_and_stops_nothing(seller):
    found = take(seller, item(), item("坏的", price="free", num_id="5"))
    assert (found.refused, found.result.created) == (1, 1)
    page = importing.rows(queries.import_run(seller.id, found.run), show="refused")
    [(level, sentence)] = page.rows[0].sentences
    assert level == "check"
    assert sentence.startswith("Row 5")
    assert Listing.objects.count() == 1


def test_our_own_rules_refuse_a_row_too():
    options = tuple((f"option {n}", "yes") for n in range(5))
    one = imports.Draft(
        key="k", rows=(4,), line=4, title="茶杯", price_minor=1, currency="CNY",
        variants=(imports.Variant(options, 1, 1),),
    )  # fmt: skip
    assert plan(one).refusal.startswith("Row 4: ")
    assert plan(replace(one, variants=())).refusal == ""


def test_a_file_of_no_kind_is_one_sentence(seller):
    shop = queries.my_shop(seller.id)
    for data in (b"", b"hello, world\n1,2\n", b"PK\x03\x04zip", b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(Unreadable):
            importing.preview(owner=seller, shop=shop, data=data, file_name="x.csv", now=NOW)
    assert not ImportRun.objects.exists()


def test_a_fault_in_the_middle_leaves_nothing_behind(seller):
    found = look(seller, item(), item("茶壶"), item("茶盘"))
    ImportRow.objects.filter(run=found.run, position=1).update(payload={"broken": True})
    with pytest.raises(KeyError):
        importing.apply(owner=seller, run=found.run, now=NOW)
    assert not Listing.objects.exists()
    assert queries.import_run(seller.id, found.run).state == "preview"


@pytest.mark.django_db(transaction=True)
def test_others_see_how_far_it_is_but_none_of_it(seller):
    found = look(seller, *(item(f"茶{n}") for n in range(120)))
    importing.start(owner=seller, run=found.run, defaults=importing.Defaults(), now=NOW)
    aside, seen = connection.copy(), []

    def watch(*step):
        note(*step)
        with aside.cursor() as cursor:
            cursor.execute("SELECT written, state FROM shop_importrun")
            seen.append(cursor.fetchone())
            cursor.execute("SELECT count(*) FROM shop_listing")
            assert cursor.fetchone() == (0,)

    with importing.noted(found.run) as note:
        importing.apply(owner=seller, run=found.run, now=NOW, progress=watch)
    aside.close()
    assert seen == [(50, "running"), (100, "running"), (120, "running")]
    assert Listing.objects.count() == 120


@pytest.mark.django_db(transaction=True)
def test_giving_up_in_the_middle_leaves_nothing_behind(seller):
    found = look(seller, item(), item("茶壶"))
    importing.start(owner=seller, run=found.run, defaults=importing.Defaults(), now=NOW)
    aside = connection.copy()

    def give_up(*_step):
        with aside.cursor() as cursor:
            cursor.execute("UPDATE shop_importrun SET state = 'dropped'")

    with pytest.raises(ImportDropped):
        importing.apply(owner=seller, run=found.run, now=NOW, progress=give_up)
    aside.close()
    assert not Listing.objects.exists()


def test_dropped_previews_are_over(seller):
    found = look(seller, item())
    importing.drop(owner=seller, run=found.run, now=NOW)
    with pytest.raises(ImportDropped) as refusal:
        importing.apply(owner=seller, run=found.run, now=NOW)
    assert isinstance(refusal.value, Gone)


def test_an_import_belongs_to_its_owner(seller):
    stranger, found = town.person("chen"), look(seller, item())
    for verb in (importing.apply, importing.drop):
        with pytest.raises(NotFound):
            verb(owner=stranger, run=found.run, now=NOW)
    with pytest.raises(NotFound):
        queries.import_run(stranger.id, found.run)


def test_old_previews_are_forgotten_and_results_kept(seller):
    look(seller, item())
    take(seller, item("茶壶"))
    assert importing.sweep(NOW + 29 * town.DAY) == 0
    assert importing.sweep(NOW + 31 * town.DAY) == 1
    assert [run.state for run in ImportRun.objects.all()] == ["applied"]


def test_of_the_old_shops_word_on_returns_no_is_none_and_silence_a_week(seller):
    take(seller, item(), item("不退", newprepay="0"), item("七天", newprepay="1"))
    found = Listing.objects.values_list("title", "returns_days")
    assert dict(found) == {"茶杯": 7, "不退": 0, "七天": 7}


def test_an_options_own_picture_is_not_one_of_the_listing(seller):
    found = look(seller, item(picture="a1b2:1:0:|;c3d4:2:0:1627207:-1001|;"))
    assert ImportRow.objects.get(run=found.run).picture_names == ["a1b2"]


def test_pictures_find_their_listings_by_name(seller, tmp_path):
    found = take(seller, item(), item("茶壶", picture="A1B2:1:0:|;", num_id="9"))
    run = queries.import_run(seller.id, found.run)
    files = {"A1B2.tbi": town.jpeg("red"), "c3d4.jpg": town.jpeg("blue"),
             "zz.jpg": town.jpeg(), "a1b2.png": b"no picture"}  # fmt: skip
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    streams = [(name, (tmp_path / name).open("rb")) for name in files]
    hung = importing.hang(owner=seller, run=run, files=streams, now=NOW)
    assert (hung.pictures, hung.listings) == (3, 2)
    bad, strange = hung.sentences
    assert bad.startswith("“a1b2.png”: ")
    assert strange == "No item names this picture: zz.jpg."
    assert [picture.position for picture in only().pictures.order_by("position")] == [0, 1]
    again = importing.hang(owner=seller, run=run, files=streams[:2], now=NOW)
    assert again.pictures == 0
    assert actions.offer(seller=seller, listing=only().id, now=NOW).state == "active"


def test_pages_of_the_preview(seller):
    found = look(seller, *[item(f"杯 {n}") for n in range(26)])
    run = queries.import_run(seller.id, found.run)
    first, last = importing.rows(run), importing.rows(run, page=99)
    assert (len(first.rows), first.pages, len(last.rows), last.page) == (25, 2, 1, 2)
    assert importing.rows(run, show="refused").rows == []


def test_the_command_opens_a_shop_for_its_owner(tmp_path):
    town.person("mei", "Mei")
    file = tmp_path / "export.csv"
    file.write_bytes(export(item(), item("坏的", price="free", num_id="5")))
    stages = []
    done = importing.run(
        file, "Mei's porcelain", "@mei", progress=lambda *step: stages.append(step), now=NOW
    )
    assert (done.preview.create, done.result.created, done.result.refused) == (1, 1, 1)
    assert [row.outcome for row in done.rows] == ["create", "refused"]
    assert stages == [("reading", 1, 1), ("writing", 1, 1)]
    again = importing.run(file, "MEI'S PORCELAIN", now=NOW)
    assert (again.result.created, again.result.unchanged) == (0, 1)
    looked = importing.run(file, "Mei's porcelain", look_only=True, now=NOW)
    assert looked.result is None


def test_the_command_asks_which_shop(tmp_path, seller):
    other = town.person("mei")
    town.open_shop(other, name="Lin's tea")
    file = tmp_path / "export.csv"
    file.write_bytes(export(item()))
    with pytest.raises(Conflict, match=r"lin, mei|mei, lin"):
        importing.run(file, "Lin's tea", now=NOW)
    assert importing.run(file, "Lin's tea", "mei", now=NOW).result.created == 1
    with pytest.raises(NotFound, match="no shop called"):
        importing.run(file, "Nowhere", now=NOW)
    with pytest.raises(NotFound, match="nobody"):
        importing.run(file, "Nowhere", "ghost", now=NOW)
    with pytest.raises(Conflict, match="Lin's tea"):
        importing.run(file, "Nowhere", "lin", now=NOW)
    with pytest.raises(NotFound, match="cannot be read"):
        importing.run(tmp_path / "gone.csv", "Lin's tea", "lin", now=NOW)
    town.person("wang")
    with pytest.raises(Invalid):
        importing.run(file, "Wang's", "wang", look_only=True, now=NOW)


@with_samples
def test_the_real_file_comes_out_whole(seller):
    done = importing.run(BIG, "Lin's tea", now=NOW)
    assert (done.preview.listings, done.preview.variants) == (73, 814)
    assert (done.preview.flagged, done.preview.refused) == (73, 0)
    assert done.preview.price_minor == 84458_00
    assert (done.result.created, done.result.variants) == (73, 814)
    listings = Listing.objects.filter(seller=seller)
    assert listings.count() == 73
    assert listings.filter(contacts_flagged=True, state=ListingState.DRAFT).count() == 73
    assert Variant.objects.filter(seller=seller).exclude(options=[]).count() == 814
    assert Variant.objects.filter(seller=seller, options=[]).count() == 2
    for text in listings.values_list("description", flat=True):
        assert "wxsample" not in text
    again = importing.run(BIG, "Lin's tea", now=NOW + town.DAY)
    assert (again.result.created, again.result.updated, again.result.unchanged) == (0, 0, 73)
    assert mine.my_listings(seller.id).counts["draft"] == 73


@with_samples
@pytest.mark.parametrize(
    ("name", "listings", "variants"),
    [
        ("taobao_assistant_utf16le_mojibake_header_4items.csv", 4, 16),
        ("taobao_assistant_utf16le_mojibake_header_1item_multiline.csv", 1, 2),
    ],
)
def test_the_other_real_files(seller, name, listings, variants):
    done = importing.run(SAMPLES / name, "Lin's tea", now=NOW)
    assert (done.result.created, done.result.variants) == (listings, variants)
    assert done.preview.flagged == 0
