import random

import pytest
from django.utils import translation

from goodword.shop.imports import (
    Condition,
    Level,
    Limits,
    PaidBy,
    PictureRole,
    TooBig,
    Unreadable,
    Variant,
    read,
)

from .lookalike import (
    COLOUR,
    MOJIBAKE,
    NAMES,
    SIZE,
    grid,
    item,
    sku_props,
    taobao_file,
    taobao_text,
    tee,
)


def draft_of(cells):
    found = read(taobao_file([cells]))
    assert found.refusals == ()
    return found.drafts[0]


def refusal_of(cells) -> str:
    found = read(taobao_file([item(), cells]))
    assert len(found.drafts) == 1
    return found.refusals[0].sentence


def codes(draft) -> list[str]:
    return [notice.message.code for notice in draft.notices]


def test_an_item_and_all_that_it_says():
    draft = draft_of(
        item(
            subtitle="手工拉坯",
            description="<p>一器一色</p>\n<p>送礼自用</p>",
            outer_id="CUP-7",
            num_id="527532089576",
            global_stock_country="中国",
            inputPids="20000,13021751",
            inputValues="三人行;器型;盖碗,*",
            barcode="6901234567892",
            has_invoice="1",
        )
    )
    assert (draft.key, draft.source_id) == ("taobao:527532089576", "527532089576")
    assert (draft.rows, draft.line) == ((4,), 4)
    assert (draft.title, draft.subtitle) == ("德化白瓷茶杯", "手工拉坯")
    assert draft.description_text == "一器一色\n送礼自用"
    assert (draft.price_minor, draft.currency, draft.stock, draft.pieces) == (8800, "CNY", 12, 12)
    assert (draft.location, draft.origin) == ("福建 泉州", "中国")
    assert (draft.brand, draft.attributes) == ("三人行", (("器型", "盖碗"),))
    assert (draft.condition, draft.seller_code) == (Condition.NEW, "CUP-7")
    assert (draft.barcode, draft.category) == ("6901234567892", "50013932")
    assert (draft.invoice, draft.warranty, draft.returns) == (True, False, True)
    assert draft.notices == ()


def test_postage_is_what_the_buyer_pays_and_memory_leftovers_are_zero():
    paid = draft_of(item(freight_payer="2", post_fee="9.70802e-39", express_fee="10.00")).postage
    assert (paid.paid_by, paid.post_minor, paid.express_minor) == (PaidBy.BUYER, 0, 1000)
    free = draft_of(item(freight_payer="1", express_fee="10.00")).postage
    assert (free.paid_by, free.express_minor) == (PaidBy.SELLER, None)


@pytest.mark.parametrize("third_row", [MOJIBAKE, None])
def test_columns_are_found_by_row_two_in_any_order(third_row):
    names = list(NAMES)
    random.Random(7).shuffle(names)
    found = read(taobao_file([tee(), item()], names=names, third_row=third_row))
    assert [draft.title for draft in found.drafts] == ["汝窑开片杯", "德化白瓷茶杯"]
    assert len(found.drafts[0].variants) == 3


def test_an_item_in_row_three_is_no_row_of_names():
    found = read(taobao_file([item(price="？", num="12")], third_row=None))
    assert found.refusals[0].row == 3


@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_line_end(delimiter, line_end):
    cells = tee(description=f'<p class="a">一，二,{line_end}三;四</p>{line_end}<p>"五"\t六</p>')
    found = read(
        taobao_file(
            [cells, item()],
            encoding="gb18030",
            mark=False,
            delimiter=delimiter,
            line_end=line_end,
        )
    )
    assert found.drafts[0].description_text == '一，二, 三;四\n"五" 六'
    assert [len(draft.variants) for draft in found.drafts] == [3, 0]


def test_an_old_export_with_41_columns_and_a_padded_first_row():
    text = taobao_text([tee()], delimiter=",", names=NAMES[:41])
    padded = text.replace("version 1.00", "version 1.00" + "," * 40, 1).replace("\n", ",,,\n")
    draft = read(padded.encode()).drafts[0]
    assert draft.variants[0].options[0] == ("颜色", "颜色 1")


def test_what_was_never_published_is_known_by_its_title_and_code_wherever_it_stands():
    tea, pot = (item(title, num_id="0", outer_id="A-1") for title in ("茶", "壶"))
    keys = [
        {draft.title: draft.key for draft in read(taobao_file(rows, encoding="utf-8")).drafts}
        for rows in ([tea, pot], [pot, tea], [pot])
    ]
    assert keys[0] == keys[1]
    assert keys[2].items() <= keys[0].items()
    assert len(set(keys[0].values())) == 2


class TestVariants:
    def test_a_semicolon_stands_within_and_between_them(self):
        draft = draft_of(tee())
        assert draft.variants == (
            Variant((("颜色", "天青"), ("尺码", "大")), 8800, 3),
            Variant((("颜色", "天青"), ("尺码", "小")), 8800, 3),
            Variant((("颜色", "月白"), ("尺码", "大")), 8800, 3),
        )
        assert draft.notices == ()

    @pytest.mark.parametrize("colours", [1, 2, 9])
    @pytest.mark.parametrize("sizes", [1, 3])
    def test_none_is_lost_or_made_up(self, colours, sizes):
        pieces = grid(colours, sizes)
        draft = draft_of(tee(skuProps=sku_props(pieces, stock="2"), num=str(2 * len(pieces))))
        assert len(draft.variants) == len(pieces)
        assert draft.stock == draft.pieces
        assert "stock_differs" not in codes(draft)

    def test_codes_and_bar_codes_belong_to_their_variant(self):
        skus = sku_props([("-1001", "28381")], code="A:1") + sku_props([("-1002", "28381")])
        draft = draft_of(tee(skuProps=skus, sku_barcode="690;691"))
        assert [(one.seller_code, one.barcode) for one in draft.variants] == [
            ("A:1", "690"),
            ("", "691"),
        ]

    def test_names_without_a_name_are_numbered_and_said(self):
        draft = draft_of(tee(input_custom_cpv="", propAlias=f"{SIZE}:28381:大"))
        assert [one.options for one in draft.variants][2] == (("颜色", "颜色 2"), ("尺码", "大"))
        assert [notice.sentence for notice in draft.notices] == [
            "Values of “颜色” without a name in the file: 2. They got numbers; name them here.",
            "Values of “尺码” without a name in the file: 1. They got numbers; name them here.",
        ]

    def test_names_under_a_mistyped_property_number_are_matched_and_said(self):
        draft = draft_of(tee(input_custom_cpv="627207:-1001:天青;627207:-1002:月白;"))
        assert [one.options[0][1] for one in draft.variants] == ["天青", "天青", "月白"]
        assert codes(draft) == ["option_matched"]
        assert draft.notices[0].level is Level.INFO

    def test_an_unknown_property_and_two_values_of_one_name_stay_apart(self):
        skus = "88:1::77:-1;88:1::77:-2;88:1::99:5;"
        draft = draft_of(item(skuProps=skus, input_custom_cpv="77:-1:大红;77:-2:大红", num="3"))
        assert [one.options for one in draft.variants] == [
            (("规格", "大红"),),
            (("规格", "大红 2"),),
            (("规格 2", "规格 2 1"),),
        ]

    def test_a_name_may_hold_what_separates_names(self):
        draft = draft_of(tee(input_custom_cpv=f"{COLOUR}:-1001:天青;带盖:大;{COLOUR}:-1002:月白"))
        assert draft.variants[0].options[0] == ("颜色", "天青;带盖:大")

    def test_what_cannot_be_read_is_left_out_and_said(self):
        skus = (
            sku_props([("-1001", "28381")])
            + "abc:1::1627207:-1002;20509:28381;x;0:1::1:2;88:3:1:-1"
        )
        draft = draft_of(tee(skuProps=skus, num="3"))
        assert len(draft.variants) == 1
        assert [n.sentence for n in draft.notices if n.message.code == "variant_unclear"] == [
            f"“{shown}” in 销售属性组合 (skuProps) is no variant that can be read and was left out."
            for shown in ("x", "88:3:1:-1", "abc:1::1627207:-1002;20509:28381", "0:1::1:2")
        ]

    def test_a_variant_that_stands_there_twice_counts_once(self):
        pair = [("-1001", "28381")]
        draft = draft_of(tee(skuProps=sku_props(pair) + sku_props(pair, price="99"), num="3"))
        assert [one.price_minor for one in draft.variants] == [8800]
        assert codes(draft) == ["variant_repeated"]

    def test_an_item_that_names_options_without_variants(self):
        draft = draft_of(tee(skuProps=""))
        assert (draft.variants, draft.pieces) == ((), 9)
        assert "大、小、天青、月白" in draft.notices[0].sentence

    def test_more_than_the_limit_refuse_the_row(self):
        found = read(taobao_file([tee(), item()]), limits=Limits(variants=2))
        assert [one.message.code for one in found.refusals] == ["variants_many"]
        assert len(found.drafts) == 1


class TestWhatDoesNotAddUp:
    def test_stock(self):
        notice = draft_of(tee(num="9999")).notices[0]
        assert (notice.row, notice.field, notice.level) == (4, "num", Level.CHECK)
        assert notice.sentence == (
            "The item says 9999 in stock, its variants add up to 9. The variants count."
        )

    def test_price(self):
        draft = draft_of(tee(price="1519.5"))
        assert draft.price_minor == 151950
        assert draft.notices[0].sentence == (
            "The item says ¥1,519.50, its cheapest variant costs ¥88. The variants count."
        )

    def test_the_same_code_and_title_twice(self):
        found = read(taobao_file([item(outer_id="A"), item(outer_id="A"), item(outer_id="B")]))
        first, second, third = found.drafts
        assert second.key == f"{first.key}:2"
        assert third.key != first.key
        assert codes(second) == ["twin"]

    def test_empty_codes_do_not_make_items_one(self):
        found = read(taobao_file([item("茶杯"), item("茶壶")]))
        assert len({draft.key for draft in found.drafts}) == 2

    def test_the_same_number_twice_is_one_item(self):
        found = read(taobao_file([item(num_id="11"), item("茶壶", num_id="11")]))
        assert len(found.drafts) == 1
        assert found.refusals[0].sentence == (
            "Row 5 is the item 11, which row 4 already holds; the first one is used."
        )

    def test_a_refused_row_does_not_stand_in_the_way_of_the_right_one(self):
        found = read(taobao_file([item(num_id="11", price="0"), item(num_id="11")]))
        assert [draft.rows for draft in found.drafts] == [(5,)]

    def test_keys_survive_a_new_export(self):
        once = read(taobao_file([item(outer_id="A"), item("茶壶")]))
        again = read(
            taobao_file([item("茶壶", price="99", modified=""), item(outer_id="A", num="1")])
        )
        assert {draft.key for draft in once.drafts} == {draft.key for draft in again.drafts}

    @pytest.mark.parametrize(
        ("cells", "code"),
        [
            ({"num_id": "5.27532E+11"}, "value_rounded"),
            ({"outer_id": "4.54908E+12"}, "value_rounded"),
            ({"num": "many"}, "value_unclear"),
            ({"stuff_status": "7"}, "value_unknown"),
            ({"express_fee": "-3"}, "value_unclear"),
            ({"subtitle": "好" * 501}, "value_cut"),
            ({"title": "好" * 301}, "value_cut"),
            ({"description": "好" * 20_001}, "description_cut"),
            ({"title": "茶\ufffd"}, "cell_damaged"),
        ],
    )
    def test_one_questionable_cell_costs_its_value_only(self, cells, code):
        assert codes(draft_of(item(**cells))) == [code]


class TestPictures:
    CELL = (
        "b2:1:1:|;a1:1:0:|https://img.example.com/a.jpg;"
        f"c3:2:0:{COLOUR}:-1001|//img.example.com/c.jpg;"
    )

    def test_main_ones_in_order_then_those_of_a_colour(self):
        pictures = draft_of(tee(picture=self.CELL)).pictures
        assert [(one.role, one.position, one.name, one.url) for one in pictures] == [
            (PictureRole.MAIN, 0, "a1", "https://img.example.com/a.jpg"),
            (PictureRole.MAIN, 1, "b2", ""),
            (PictureRole.OPTION, 0, "c3", "https://img.example.com/c.jpg"),
        ]
        assert pictures[2].option == ("颜色", "天青")

    def test_those_of_the_description_follow(self):
        draft = draft_of(
            item(
                description='<img src="FILE:///C:\\Users\\lin\\d.png"><img src="http://e.com/e.jpg">'
            )
        )
        assert [(one.name, one.url) for one in draft.pictures[1:]] == [
            ("", "http://e.com/e.jpg"),
            ("d.png", ""),
        ]
        assert codes(draft) == ["pictures_local"]

    def test_missing_and_named_ones_are_said(self):
        assert codes(draft_of(item(picture=""))) == ["pictures_missing"]
        assert codes(draft_of(item(picture="a1:1:0:|;"))) == ["pictures_elsewhere"]
        assert codes(draft_of(item(picture="what?"))) == ["picture_unclear", "pictures_missing"]

    @pytest.mark.parametrize(
        "address",
        ["javascript:alert(1)", "file:///etc/passwd", "http://u:p@e.com/", "http://[", "ftp://e"],
    )
    def test_only_open_web_addresses_are_kept(self, address):
        assert draft_of(item(picture=f"a1:1:0:|{address};")).pictures[0].url == ""


class TestRefusals:
    @pytest.mark.parametrize(
        ("cells", "sentence"),
        [
            (
                {"title": " "},
                "Row 5: the column 宝贝名称 (title) is empty. Fill it in.",
            ),
            (
                {"price": "面议"},
                "Row 5, column 宝贝价格 (price): “面议” cannot be read. Correct it and import",
            ),
            ({"price": "12.345"}, "Row 5, column 宝贝价格 (price): “12.345” cannot be read."),
            ({"price": "-5"}, "Row 5, column 宝贝价格 (price): “-5” cannot be read."),
            ({"price": "0.00"}, "Row 5: the price is 0. Fill in what the item costs."),
        ],
    )
    def test_say_row_column_and_what_to_do(self, cells, sentence):
        assert refusal_of(item(**cells)).startswith(sentence)

    def test_speak_the_readers_language(self):
        found = read(taobao_file([item(price="面议"), tee(num="1")]))
        with translation.override("zh-hans"):
            assert found.refusals[0].sentence == (
                "第 4 行的“宝贝价格 (price)”：读不懂“面议”。请改正后再导入。"
            )
            assert found.drafts[0].notices[0].sentence == (
                "商品写的库存是 1，各规格加起来是 9，以规格为准。"
            )

    def test_a_broken_row_between_good_ones(self):
        lines = taobao_text([item("甲"), item("乙"), item("丙")]).split("\n")
        lines[4] = lines[4].replace("乙", '"乙', 1)
        found = read("\n".join(lines).encode())
        assert [draft.title for draft in found.drafts] == ["甲", "丙"]
        assert found.refusals[0].sentence.startswith("Row 5 (line 5 of the file): a quotation mark")


class TestWholeFile:
    def test_totals(self):
        found = read(taobao_file([item(), tee(), tee(num="8", outer_id="x"), item(price="?")]))
        totals = found.totals
        assert (totals.items, totals.refused) == (3, 1)
        assert (totals.with_variants, totals.variants, totals.stock_agrees) == (2, 6, 1)
        assert totals.price_minor == 3 * 8800

    def test_names_the_missing_column(self):
        with pytest.raises(Unreadable, match=r"column 宝贝价格 \(price\) is missing"):
            read(taobao_file([item()], names=[name for name in NAMES if name != "price"]))

    def test_without_items(self):
        with pytest.raises(Unreadable, match="no item below"):
            read(taobao_file([]))

    @pytest.mark.parametrize(
        "text", ["Dear Lin,\nhere is my shop, and more.", "<p>a page</p>", '{"name": "茶"}']
    )
    def test_another_format_is_named_by_the_files_name(self, text):
        with pytest.raises(Unreadable, match=r"“shop\.csv” is in no format"):
            read(text.encode(), filename="C:\\Users\\lin\\shop.csv")

    def test_more_items_than_one_import_takes(self):
        with pytest.raises(TooBig, match="more than 2 items"):
            read(taobao_file([item(str(n)) for n in range(3)]), limits=Limits(items=2))

    def test_formulas_stay_text(self):
        draft = draft_of(item("=1+1 茶杯", outer_id='="0012"', subtitle="@SUM(A1)"))
        assert (draft.title, draft.seller_code) == ("=1+1 茶杯", "0012")
        assert draft.subtitle == "@SUM(A1)"
