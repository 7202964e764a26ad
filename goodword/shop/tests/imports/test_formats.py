"""Shopify, WooCommerce, Google Merchant, JSON-LD and tables of nobody's: each by its own traps."""

import json
from pathlib import Path

import pytest

from goodword.shop.imports import Choices, Condition, Unreadable, read

SAMPLES = Path(__file__).resolve().parents[4].parent / "shared" / "samples"
with_samples = pytest.mark.skipif(
    not (SAMPLES / "shopify_jewelery.csv").exists(), reason="the samples lie beside the checkout"
)
SHOPIFY = """Handle,Title,Body (HTML),Vendor,Option1 Name,Option1 Value,Variant SKU,\
Variant Inventory Qty,Variant Price,Image Src
cup,Celadon cup,"<p>Thrown by hand.</p><p>Two sizes.</p>",Lin,Size,S,C-S,3,88.00,https://x.example/1.jpg
cup,,,,,L,C-L,-2,99.5,https://x.example/2.jpg
cup,,,,,,,,,https://x.example/3.jpg
tray,Tray,Plain & simple,Lin,Title,Default Title,T-1,7,"1,234.50",
"""
WOO = """ID,Type,SKU,Name,Published,Short description,Description,In stock?,Stock,Sale price,\
Regular price,Images,Parent,Attribute 1 name,Attribute 1 value(s)
7,variable,tee,Tee,1,,Soft.,1,,,,https://x.example/t.jpg,,Colour,"Red, Blue"
8,variation,,Tee - Red,1,,,1,4,18,20,,tee,Colour,Red
9,variation,tee-b,Tee - Blue,1,,,0,0,,20,,id:7,Colour,"Blue\\, light"
10,simple,,Belt,1,Short.,Long.,1,,,55,,,Width,"3 cm"
11,grouped,g,Both,1,,,1,,,,,,,
"""
FEED = """<?xml version="1.0" encoding="GB18030"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
<item><g:id>a-1</g:id><g:item_group_id>a</g:item_group_id><title>Ring</title>
<g:description>Silver.

By hand.</g:description><g:price>1275.00 SEK</g:price><g:availability>in stock</g:availability>
<g:condition>used</g:condition><g:size>S</g:size><g:brand>A&amp;B</g:brand>
<g:shipping><g:country>SE</g:country><g:price>49 SEK</g:price></g:shipping></item>
<item><g:id>a-2</g:id><g:item_group_id>a</g:item_group_id><g:title>Ring</g:title>
<g:price>1300 SEK</g:price><g:availability>out of stock</g:availability><g:size>M</g:size></item>
<item><g:id>b</g:id><g:title>Yen</g:title><g:price>1200 JPY</g:price></item>
</channel></rss>"""
PRODUCT = {
    "@type": "Product", "name": "Kettle", "sku": "K-1", "brand": {"@type": "Brand", "name": "Mei"},
    "offers": [{"@type": "Offer", "price": 129.9, "priceCurrency": "EUR",
                "availability": "https://schema.org/InStock",
                "itemCondition": "http://schema.org/UsedCondition"}],
}  # fmt: skip


def items(text, **choices):
    found = read(text.encode(), filename="x", choices=Choices(**choices))
    return found, {draft.key: draft for draft in found.drafts}


def facts(draft):
    return [(dict(v.options), v.price_minor, v.stock, v.seller_code) for v in draft.variants]


def test_shopify_ties_rows_by_the_handle():
    found, drafts = items(SHOPIFY, currency="EUR")
    assert (found.format, found.asks_currency, found.refusals) == ("shopify", True, ())
    cup, tray = drafts["shopify:cup"], drafts["shopify:tray"]
    assert facts(cup) == [({"Size": "S"}, 8800, 3, "C-S"), ({"Size": "L"}, 9950, 0, "C-L")]
    assert (cup.rows, len(cup.pictures), cup.currency) == ((2, 3, 4), 3, "EUR")
    assert cup.description_text == "Thrown by hand.\nTwo sizes."
    assert (tray.variants, tray.price_minor, tray.stock) == ((), 123450, 7)
    assert tray.description_text == "Plain & simple"


def test_woocommerce_finds_parents_by_sku_and_by_number():
    found, drafts = items(WOO)
    tee, belt = drafts["woocommerce:tee"], drafts["woocommerce:#10"]
    assert facts(tee) == [
        ({"Colour": "Red"}, 1800, 4, ""),
        ({"Colour": "Blue, light"}, 2000, 0, "tee-b"),
    ]
    assert belt.attributes == (("Width", "3 cm"),)
    assert "1 was taken" in " ".join(one.sentence for one in belt.notices)
    [both] = found.refusals
    assert (both.title, both.field) == ("Both", "Regular price")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Handle,Title,Variant Price,Option1 Value,Variant Requires Shipping\na,Pattern,3,,false\n",
         "by_hand"),
        ("Handle,Title,Variant Price,Option1 Value,Variant Requires Shipping\na,Cup,3,,true\n", ""),
        ("Handle,Title,Variant Price,Option1 Value\na,Cup,3,\n", None),
        ('Type,SKU,Name,Regular price\n"simple, downloadable, virtual",a,Pattern,3\n', "by_hand"),
        ("Type,SKU,Name,Regular price\nsimple,a,Cup,3\n", ""),
    ],
)  # fmt: skip
def test_what_needs_no_shipping_is_digital(text, said):
    _found, drafts = items(text)
    (draft,) = drafts.values()
    assert draft.promise.digital == said


def test_a_feed_in_xml_and_as_a_table():
    found, drafts = items(FEED)
    ring = drafts["merchant:a"]
    assert (found.format, found.asks_currency) == ("merchant", False)
    assert facts(ring) == [({"Size": "S"}, 127500, 1, "a-1"), ({"Size": "M"}, 130000, 0, "a-2")]
    assert (ring.currency, ring.brand, ring.condition) == ("SEK", "A&B", Condition.USED)
    assert ring.postage.express_minor == 4900
    assert ring.description_text == "Silver.\n\nBy hand."
    assert drafts["merchant:b"].price_minor == 1200
    table = "id\ttitle\tprice\tavailability\timage link\nx\tCup\t12,50 EUR\tin_stock\thttps://x.example/a\n"
    found, drafts = items(table)
    assert (found.format, drafts["merchant:x"].price_minor) == ("merchant", 1250)


def test_json_ld_in_its_three_wrappings():
    group = {
        "@type": "ProductGroup", "productGroupID": "g", "name": "Coat",
        "hasVariant": [
            {"@type": "Product", "size": "S", "sku": "s",
             "offers": {"price": "10.00", "priceCurrency": "USD"}},
            {"@type": "Product", "size": "M", "sku": "m",
             "offers": {"price": "11.00", "priceCurrency": "USD",
                        "inventoryLevel": {"@type": "QuantitativeValue", "value": 4}}},
        ],
    }  # fmt: skip
    lines = f"{json.dumps(PRODUCT)}\n{{broken\n{json.dumps({'@graph': [group]})}\n"
    found, drafts = items(lines)
    kettle, coat = drafts["jsonld:K-1"], drafts["jsonld:g"]
    assert (kettle.price_minor, kettle.currency, kettle.brand) == (12990, "EUR", "Mei")
    assert (kettle.condition, kettle.stock) == (Condition.USED, 1)
    assert facts(coat) == [({"Size": "S"}, 1000, 0, "s"), ({"Size": "M"}, 1100, 4, "m")]
    assert [one.sentence[:9] for one in found.refusals] == ["Line 2 is"]
    page = f'<html><script type="application/ld+json">{json.dumps(PRODUCT)}</script></html>'
    for text in (page, json.dumps([PRODUCT])):
        assert list(items(text)[1]) == ["jsonld:K-1"]


UNKNOWN = "名称;售价;数量;货号;颜色;Remarks\n茶杯;88;3;C;青;x\n茶杯;92;2;C;白;y\n茶壶;free;1;D;;z\n"


def test_an_unknown_table_is_guessed_and_can_be_told_otherwise():
    found, drafts = items(UNKNOWN)
    fields = {one.column: one.field for one in found.columns}
    assert fields == {"名称": "title", "售价": "price", "数量": "stock", "货号": "code",
                      "颜色": "option", "Remarks": ""}  # fmt: skip
    assert facts(drafts["table:C"]) == [
        ({"颜色": "青"}, 8800, 3, ""),
        ({"颜色": "白"}, 9200, 2, ""),
    ]
    [pot] = found.refusals
    assert (pot.row, pot.field, pot.title) == (4, "售价", "茶壶")
    assert "“free” cannot be read" in pot.sentence
    told = {"名称": "description", "售价": "price", "Remarks": "title"}
    found, drafts = items(UNKNOWN, columns=told, fixes={4: {"售价": "15"}})
    assert [draft.title for draft in found.drafts] == ["x", "y", "z"]
    assert found.drafts[2].price_minor == 1500
    found, drafts = items(UNKNOWN, columns={"名称": "title"})
    assert (found.drafts, found.refusals, found.asks_columns) == ((), (), True)
    assert "Say which column" in found.notices[-1].sentence


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "big5hkscs"])
def test_letters_are_climbed_for_every_format(encoding):
    cup = (
        "青瓷杯子，手工製作的茶具與茶盤"
        if encoding == "big5hkscs"
        else "青瓷杯子，手工制作的茶具和茶盘"
    )
    found = read(SHOPIFY.replace("Celadon cup", cup).encode(encoding))
    assert [draft.title for draft in found.drafts] == [cup, "Tray"]


def test_one_item_in_two_currencies_is_refused():
    text = FEED.replace("1300 SEK", "1300 NOK")
    [refused] = items(text)[0].refusals
    assert "NOK, SEK" in refused.sentence


BOMB = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><item><id>&b;</id></item></channel></rss>"""
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE r SYSTEM "file:///etc/passwd"><rss><item/></rss>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        ("<rss>" + "<a>" * 5000, "deeper"),
        ("<?xml version='1.0'?><rss><channel></channel></rss>", "no <item>"),
        ("<rss><channel><item></channel></rss>", "no XML"),
        ("[" * 200_000, "deeper"),
        ('{"@type": "Product", ', "no JSON"),
        ("PK\x03\x04 xl/workbook.xml", "Excel"),
        ("PK\x03\x04 catalogue.csv", "ZIP"),
    ],
)
def test_hostile_files_are_refused_with_a_sentence(text, said):
    with pytest.raises(Unreadable, match=said):
        read(text.encode(), filename="feed.csv")


def test_a_formula_refuses_its_item_and_words_do_not():
    for cell in ('=HYPERLINK(""http://x"")', "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0"):
        text = SHOPIFY.replace("Celadon cup", f'"{cell}"')
        found, drafts = items(text)
        assert [one.field for one in found.refusals] == ["Title"], cell
        assert list(drafts) == ["shopify:tray"]
    for cell in ("-20 % today", "+1 lid", '"=""007"""', "@home mug"):
        found, drafts = items(SHOPIFY.replace("Celadon cup", cell))
        assert found.refusals == (), cell


def test_contacts_are_found_in_every_format():
    text = SHOPIFY.replace("Plain & simple", "加微信 wxsample88 看更多")
    tray = items(text)[1]["shopify:tray"]
    assert [one.kind.value for one in tray.contacts] == ["wechat"]
    assert any("WeChat" in one.sentence and "Body" in one.sentence for one in tray.notices)


@with_samples
@pytest.mark.parametrize(
    ("name", "form", "drafts", "refused", "variants", "currencies"),
    [
        ("shopify_jewelery.csv", "shopify", 20, 0, 6, {"CNY"}),
        ("woocommerce_schema_sample_products.csv", "woocommerce", 14, 1, 9, {"CNY"}),
        ("google_merchant_feed_sek_36items.xml", "merchant", 36, 0, 0, {"SEK"}),
        ("schemaorg_product_jsonld_40examples.jsonl", "jsonld", 11, 40, 2, None),
    ],
)
def test_the_real_files(name, form, drafts, refused, variants, currencies):
    found = read((SAMPLES / name).read_bytes(), filename=name)
    assert (found.format, len(found.drafts), len(found.refusals)) == (form, drafts, refused)
    assert found.totals.variants == variants
    assert {draft.currency for draft in found.drafts} == (
        currencies or {"CNY", "EUR", "RUB", "USD"}
    )
