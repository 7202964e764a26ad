from itertools import pairwise

import pytest

from goodword.shop.imports import ContactKind, read
from goodword.shop.imports.contacts import find_contacts

from .lookalike import item, taobao_file, tee

K = ContactKind


@pytest.mark.parametrize(
    ("text", "kind", "span", "masked"),
    [
        ("直播加微信 (示例店主 wxsample)", K.WECHAT, "微信 (示例店主 wxsample", "wx•••e"),
        ("加微信（示例店主 wxsample）可采购", K.WECHAT, "微信（示例店主 wxsample", "wx•••e"),
        ("薇信：lin_tea88。", K.WECHAT, "薇信：lin_tea88", "li•••8"),
        ("威信 lin_tea88", K.WECHAT, "威信 lin_tea88", "li•••8"),
        ("V X: lintea88", K.WECHAT, "V X: lintea88", "li•••8"),
        ("ＶＸ：ｌｉｎｔｅａ８８", K.WECHAT, "ＶＸ：ｌｉｎｔｅａ８８", "li•••8"),
        ("w.x lintea88", K.WECHAT, "w.x lintea88", "li•••8"),
        ("加V lintea", K.WECHAT, "加V lintea", "li•••a"),
        ("➕V：lintea", K.WECHAT, "➕V：lintea", "li•••a"),
        ("v❤️lintea66", K.WECHAT, "v❤️lintea66", "li•••6"),
        ("v信lintea66", K.WECHAT, "v信lintea66", "li•••6"),
        ("微\u200b信:lintea66", K.WECHAT, "微\u200b信:lintea66", "li•••6"),
        ("微 信 号 lintea", K.WECHAT, "微 信 号 lintea", "li•••a"),
        ("微信：\nlintea", K.WECHAT, "微信：\nlintea", "li•••a"),
        ("微信同号13800138000", K.WECHAT, "微信同号13800138000", "138••••00"),
        ("weixin: lintea", K.WECHAT, "weixin: lintea", "li•••a"),
        ("Add me on WeChat lintea", K.WECHAT, "WeChat lintea", "li•••a"),
        ("My WeChat ID is lintea_1", K.WECHAT, "WeChat ID is lintea_1", "li•••1"),
        ("QQ：12345678", K.QQ, "QQ：12345678", "123••••78"),
        ("扣扣 1234567", K.QQ, "扣扣 1234567", "123••••67"),
        ("Q.Q群 123456", K.QQ, "Q.Q群 123456", "123••••56"),
        ("电话１３８００１３８０００", K.PHONE, "１３８００１３８０００", "138••••00"),
        ("138-0013-8000", K.PHONE, "138-0013-8000", "138••••00"),
        ("138 0013 8000", K.PHONE, "138 0013 8000", "138••••00"),
        ("1 3 8 0 0 1 3 8 0 0 0", K.PHONE, "1 3 8 0 0 1 3 8 0 0 0", "138••••00"),
        ("①③⑧⓪⓪①③⑧⓪⓪⓪", K.PHONE, "①③⑧⓪⓪①③⑧⓪⓪⓪", "138••••00"),
        ("一三八零零一三八零零零", K.PHONE, "一三八零零一三八零零零", "138••••00"),
        ("0571-88886666", K.PHONE, "0571-88886666", "057••••66"),
        ("call +44 20 7946 0958", K.PHONE, "+44 20 7946 0958", "+44••••58"),
        ("lin@example.com", K.EMAIL, "lin@example.com", "l•••@example.com"),
        ("whatsapp: lin.tea", K.MESSENGER, "whatsapp: lin.tea", "li•••a"),
        ("旺旺：示例店主", K.MESSENGER, "旺旺：示例店主", "示例•••主"),
        ("www.lintea.com/shop", K.LINK, "www.lintea.com/shop", "www.lintea.com"),
        (
            "https://item.example.com/i?id=13800138000",
            K.LINK,
            "https://item.example.com/i?id=13800138000",
            "item.example.com",
        ),
        ("长按识别二维码", K.CODE, "长按识别二维码", ""),
        ("扫码加我", K.CODE, "扫码加", ""),
        ("scan the QR code", K.CODE, "scan the QR code", ""),
        ("加微信有优惠", K.INVITATION, "加微信", ""),
        ("Contact us on WeChat for more", K.INVITATION, "Contact us on WeChat", ""),
    ],
)
def test_finds(text, kind, span, masked):
    found = find_contacts(f"白瓷茶杯，{text}", field="title")
    assert [(one.kind, f"白瓷茶杯，{text}"[one.start : one.end], one.masked) for one in found] == [
        (kind, span, masked)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "TB2.eG13812345678XXXX_!!2498620403.jpg",
        "9a13812345678bf0",
        "picture TBeG13812345678, TB13812345678!!0",
        "https://img.alicdn.com/imgextra/i2/13812345678/TB2SLKFkXXXX_!!0-item_pic.jpg",
        "//img.example.com/13812345678.png",
        "POSコード 4549077388438",
        "订单 13800138000123",
        "尺寸 150 2000 3000 4000",
        "AC100-240V 2016-02-28 17:30:41",
        "支持微信支付 alipay",
        "We accept WeChat Pay and Alipay",
        "微信红包 lintea66",
        "加V领毛衣",
        "加微量元素 abcdef12",
        "微芯 PIC16F877",
        "VX-2000 camera",
        "ES-VX5 12345678",
        "WX 12345678",
        "二维码扫描枪",
        "三十五元一个，买五送一",
        "威士忌酒杯 whisky glass",
        "日本直邮 速干!户外雨衣 mont-bell #1128531 男款",
        "GORE-TEX 3.5 oz",
    ],
)
def test_leaves_alone(text):
    assert find_contacts(text, field="title") == ()


def test_each_contact_is_reported_once_and_in_order():
    text = "lin@example.com 或微信 lintea_1，QQ 12345678，电话 13800138000"
    found = find_contacts(text, field="description_text")
    assert [one.kind for one in found] == [K.EMAIL, K.WECHAT, K.QQ, K.PHONE]
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "unit",
    [
        "微信",
        "微信 b ",
        "wx",
        "v",
        "a",
        "1",
        "1 3 ",
        "a@",
        "a.",
        "http://",
        "0571-",
        "+1 2 ",
        "扫",
        "一",
    ],
)
@pytest.mark.timeout(20)
def test_hostile_text_ends_in_time(unit):
    find_contacts(unit * (20_000 // len(unit)), field="title")


def test_an_import_flags_every_field_in_which_a_handle_hides():
    cells = tee(
        title="茶杯 微信 lintea_1",
        subtitle="QQ：12345678",
        description="<p>微信：</p><p>lintea_2</p><img src='http://e.com/13800138000.jpg'>",
        input_custom_cpv="1627207:-1001:加微信 lintea_3;1627207:-1002:月白",
    )
    draft = read(taobao_file([cells])).drafts[0]
    assert [(one.field, one.kind) for one in draft.contacts] == [
        ("title", K.WECHAT),
        ("subtitle", K.QQ),
        ("description_text", K.WECHAT),
        ("variants", K.WECHAT),
    ]
    for one in draft.contacts:
        assert draft.text_of(one.field)[one.start : one.end].startswith(("微信", "QQ"))
    assert [notice.field for notice in draft.notices] == [
        "title",
        "subtitle",
        "description",
        "skuProps",
    ]
    assert draft.notices[0].sentence.startswith(
        "The column 宝贝名称 (title) names a WeChat account (li•••1). Remove it"
    )


def test_no_sentence_repeats_the_handle():
    found = read(taobao_file([item("茶杯 微信 lintea_secret1")]))
    assert "lintea" not in "".join(notice.sentence for notice in found.drafts[0].notices)
