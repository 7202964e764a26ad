"""The real files: the figures in their SOURCES.md must come out."""

from pathlib import Path

import pytest

from goodword.shop.imports import ContactKind, Reading, read

SAMPLES = Path(__file__).resolve().parents[4].parent / "shared" / "samples"
BIG = "taobao_assistant_utf16be_73items.csv"
ONE = "taobao_assistant_utf16le_mojibake_header_1item_multiline.csv"
FOUR = "taobao_assistant_utf16le_mojibake_header_4items.csv"

pytestmark = pytest.mark.skipif(
    not (SAMPLES / BIG).exists(),
    reason="the sample export files are not beside the repository (../shared/samples)",
)


def reading(name: str) -> Reading:
    return read((SAMPLES / name).read_bytes(), filename=name)


@pytest.mark.parametrize(
    ("name", "encoding", "items", "varied", "variants", "agree", "yuan", "with_wechat"),
    [
        (BIG, "utf-16-be", 73, 71, 814, 1, 84458, 73),
        (ONE, "utf-16-le", 1, 1, 2, 1, 649, 0),
        (FOUR, "utf-16-le", 4, 4, 16, 4, 352, 0),
    ],
)
def test_figures(name, encoding, items, varied, variants, agree, yuan, with_wechat):
    found = reading(name)
    assert found.encoding == encoding
    assert found.refusals == ()
    assert found.totals.items == items
    assert found.totals.with_variants == varied
    assert found.totals.variants == variants
    assert found.totals.stock_agrees == agree
    assert found.totals.price_minor == yuan * 100
    assert (
        sum(draft.has_contact(ContactKind.WECHAT, "description_text") for draft in found.drafts)
        == with_wechat
    )


@pytest.mark.parametrize("name", [BIG, ONE, FOUR])
def test_nothing_but_wechat_is_taken_for_a_contact(name):
    kinds = {one.kind for draft in reading(name).drafts for one in draft.contacts}
    assert kinds <= {ContactKind.WECHAT}


@pytest.mark.parametrize("name", [BIG, ONE, FOUR])
def test_every_draft_can_become_a_listing(name):
    found = reading(name)
    keys = [draft.key for draft in found.drafts]
    assert len(set(keys)) == len(keys)
    for draft in found.drafts:
        choices = [variant.options for variant in draft.variants]
        assert len(set(choices)) == len(choices)
        assert "<" not in draft.description_text
        assert "\ufffd" not in draft.title
        assert all(value and option for choice in choices for option, value in choice)
        assert all(picture.name or picture.url for picture in draft.pictures)


def test_the_sellers_own_names_reach_the_variants():
    draft = reading(BIG).drafts[0]
    assert draft.title == "日本直邮 速干!户外雨衣 mont-bell #1128531 男款"
    assert draft.variants[0].options == (("颜色", "dktl"), ("尺码", "S"))
    assert draft.variants[-1].options == (("颜色", "ssog"), ("尺码", "XL"))
    assert draft.location == "海外 日本"
    assert (draft.brand, draft.seller_code) == ("montbell", "MTBL_1000-1128531")


def test_a_path_on_the_sellers_disk_is_cut_to_the_files_name():
    pictures = reading(BIG).drafts[0].pictures
    assert "detail_1128531.png" in {picture.name for picture in pictures}
    assert not any("Users" in picture.name + picture.url for picture in pictures)


def test_a_description_over_a_hundred_lines_is_one_item():
    draft = reading(ONE).drafts[0]
    assert draft.source_id == "527532089576"
    assert draft.description_text.startswith("宝贝详细参数\n泡メイキングモード ○\n")
    assert draft.description_text.endswith("订单不能取消！不能接受退换！")
    assert draft.attributes == (("松下型号", "ES-ST25"),)
    assert [v.options[0][1] for v in draft.variants] == [
        "シルバー調[KK00007552028]",
        "赤[KK00007552018]",
    ]
