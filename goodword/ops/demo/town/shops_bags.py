# ruff: noqa: E501 - prose stays on its line
"""Bags from Milan, one parcel at a time; and the leatherworker from whom some of them come."""

from goodword.ops.demo.town.alts import pic
from goodword.ops.demo.town.shapes import Evidence, Listing, Shop, Text, Variant
from goodword.ops.demo.town.telling import on
from goodword.ops.demo.town.wares import COLOURS, paper, since

SHOPS = (
    Shop(
        key="milan",
        owner="qiaoan",
        name=Text("乔安的米兰包裹", "Qiao An's Milan Parcel"),
        about=Text(
            "住在米兰，每个月回国一次或者托朋友带。只带我自己会背的小作坊包，不带大牌。小票、报关单、作坊授权，每只都有。",
            "I live in Milan and come home every month or two. Only bags from small workshops that I would carry myself, no famous names. Every one has its receipt, its customs paper and the maker's permission.",
        ),
        promise=Text(
            "验出不是真的，退你三倍，不用吵。",
            "If it turns out not to be genuine you get three times the price. No arguing.",
        ),
        opened=on(300, "22:00"),
    ),
    Shop(
        key="marta",
        owner="marta",
        name=Text("玛尔塔的皮具台", "Marta's Bench"),
        about=Text(
            "外公的台子，外婆的针，我的手。",
            "My grandfather's bench, my grandmother's needles, my hands.",
        ),
        promise=Text(
            "线头松了，一辈子给你缝。", "If a stitch comes loose I sew it again, for life."
        ),
        opened=on(200, "17:00"),
    ),
)


def _papers(seed: int) -> tuple[Evidence, ...]:
    """The receipt may show names, so only buyers see it; the rest is for everybody."""
    return (
        paper(
            "receipt",
            pic("receipt", seed, "tall", Text("作坊开的小票", "The workshop's receipt")),
            "buyers",
        ),
        paper(
            "customs",
            pic(
                "customs",
                seed + 1,
                "tall",
                Text("进口报关单，税已缴", "Import declaration, duty paid"),
            ),
        ),
        paper(
            "authorisation",
            pic(
                "certificate",
                seed + 2,
                alt=Text("作坊给乔安的授权", "The maker's permission for Qiao An"),
            ),
        ),
    )


def _colour(key: str, prices: tuple, stock: int) -> Variant:
    return Variant(key=key, values=(COLOURS[key],), prices=prices, stock=stock)


_COLOUR = Text("颜色", "Colour")

LISTINGS = (
    Listing(
        key="tote_swallow",
        shop="milan",
        title=Text("三燕作坊托特包，装得下电脑和一棵白菜", "Three Swallows tote: holds a laptop and a cabbage"),
        description=Text(
            "植鞣牛皮，背三年会变成蜂蜜色。里面一个拉链袋、两个插袋，没有多余的。\n米兰本地价 310 欧，小票可以看。我的价格里包了税和飞机上的一个座位（它坐我旁边）。",
            "Vegetable-tanned cowhide that turns the colour of honey in three years. One zip pocket, two slips, nothing you don't need.\n€310 in Milan; the receipt is there. My price includes the duty and, in a way, the seat next to mine.",
        ),
        options=(_COLOUR,),
        variants=(
            _colour("cognac", since(90, 318000, (41, 298000), (12, 268000)), 6),
            _colour("navy", since(90, 318000, (41, 298000), (12, 268000)), 4),
            _colour("black", since(90, 318000), 3),
        ),
        pictures=(pic("tote/cognac", 2100, "square"), pic("tote/navy", 2101, "square"), pic("tote/black", 2102, "square"), pic("bag_detail/cognac", 2103)),
        listed=on(90, "23:30"),
        brand=Text("三燕作坊", "Tre Rondini"),
        origin=Text("意大利，米兰", "Milan, Italy"),
        ship_within_hours=96,
        shipping_days=(5, 9),
        evidence=_papers(2110),
    ),
    Listing(
        key="crossbody_merlo",
        shop="milan",
        title=Text("小黑鸟斜挎包，出门只带一部手机的日子", "Little Blackbird crossbody, for days of only a phone"),
        description=Text("硬挺的小方包，翻盖里面藏了一面小镜子。链条和皮带两条都送。", "A small firm square with a mirror hidden under the flap. Chain and strap both included."),
        options=(_COLOUR,),
        variants=(
            _colour("burgundy", since(70, 188000, (25, 168000)), 4),
            _colour("cream", since(70, 188000, (25, 168000)), 3),
            _colour("sage", since(70, 188000), 2),
        ),
        pictures=(pic("crossbody/burgundy", 2120, "square"), pic("crossbody/cream", 2121, "square"), pic("crossbody/sage", 2122, "square"), pic("bag_detail/burgundy", 2123, "tall")),
        listed=on(70, "22:15"),
        brand=Text("黑鸟之家", "Casa Merlo"),
        origin=Text("意大利，米兰", "Milan, Italy"),
        ship_within_hours=96,
        shipping_days=(5, 9),
        evidence=(*_papers(2130), paper("receipt", pic("receipt", 2134, "tall"), "operators")),
    ),
    Listing(
        key="backpack_navigli",
        shop="milan",
        title=Text("运河双肩包，给通勤的人", "Canal backpack, for people who commute"),
        description=Text("两个铜扣是真的能扣的。背板有海绵，骑车不硌。男生女生都好看，江池可以作证。", "Both buckles really buckle. Padded back, kind to cyclists. Looks good on anyone; ask Jiang Chi."),
        options=(_COLOUR,),
        variants=(
            _colour("olive", since(52, 228000), 4),
            _colour("black", since(52, 228000), 4),
        ),
        pictures=(pic("backpack/olive", 2140, "square"), pic("backpack/black", 2141, "square"), pic("bag_detail/olive", 2142)),
        listed=on(52, "21:00"),
        brand=Text("三燕作坊", "Tre Rondini"),
        origin=Text("意大利，帕维亚", "Pavia, Italy"),
        ship_within_hours=96,
        shipping_days=(5, 9),
        evidence=_papers(2150),
    ),
    Listing(
        key="tote_mustard",
        shop="milan",
        title=Text("芥末黄托特，我自己背过两次", "Mustard tote, carried twice, by me"),
        description=Text("买给自己的，颜色太好看了反而不敢背。八五折让给会穿衣服的人。包底有一道很浅的印子，第四张图。", "Bought for myself; the colour is braver than I am. Fifteen per cent off for somebody who dresses better. There is one faint mark underneath, picture four."),
        variants=(Variant(key="one", values=(), prices=since(38, 198000, (20, 178000), (6, 158000)), stock=1),),
        pictures=(pic("tote/mustard", 2160, "square"), pic("tote/mustard", 2161), pic("bag_detail/mustard", 2162), pic("bag_detail/mustard", 2163)),
        listed=on(38, "23:00"),
        condition="like_new",
        brand=Text("三燕作坊", "Tre Rondini"),
        origin=Text("意大利，米兰", "Milan, Italy"),
        returns_days=3,
        ship_within_hours=96,
        shipping_days=(5, 9),
        evidence=(paper("receipt", pic("receipt", 2164, "tall"), "buyers"), paper("customs", pic("customs", 2165, "tall"))),
    ),
    Listing(
        key="notebook_cover",
        shop="marta",
        title=Text("A5 本子皮套，会跟着你变老", "A5 notebook cover that grows old with you"),
        description=Text("一整块皮，四条线，没有胶水。可以压印两个字母，下单时写在备注里。", "One piece of leather, four seams, no glue. Two initials on request; write them in the note."),
        options=(_COLOUR,),
        currency="EUR",
        variants=(
            _colour("cognac", since(110, 5400), 12),
            _colour("olive", since(110, 5400), 12),
            _colour("burgundy", since(110, 5400, (30, 4900)), 6),
        ),
        pictures=(pic("bag_detail/cognac", 2170, "square", Text("皮套的车线", "The cover's stitching")), pic("books", 2171, "square"), pic("shop_window/golden", 2172)),
        listed=on(110, "16:00"),
        brand=Text("玛尔塔", "Marta"),
        origin=Text("意大利，米兰", "Milan, Italy"),
        returns_days=14,
        ship_within_hours=72,
        shipping_minor=950,
        shipping_days=(7, 14),
        evidence=(paper("workshop", pic("shop_window/noon", 2173, alt=Text("玛尔塔的铺子", "Marta's shop"))),),
    ),
    Listing(
        key="satchel",
        shop="marta",
        title=Text("邮差小包，定做", "Postman's satchel, made to order"),
        description=Text("外公给邮局做过四十年的包，这是缩小版。皮子自己挑，三个星期做好。", "My grandfather made bags for the post for forty years. This is the small one. Choose the hide; it takes me three weeks."),
        options=(_COLOUR,),
        currency="EUR",
        variants=(_colour("cognac", since(85, 24500), 5), _colour("black", since(85, 24500), 5), _colour("navy", since(85, 25500), 5)),
        pictures=(pic("crossbody/cognac", 2180, "square"), pic("crossbody/navy", 2181, "square"), pic("gables/golden", 2182, "tall", Text("铺子外面的街", "The street outside the shop"))),
        listed=on(85, "16:30"),
        brand=Text("玛尔塔", "Marta"),
        origin=Text("意大利，米兰", "Milan, Italy"),
        returns_days=14,
        ship_within_hours=72,
        shipping_minor=1450,
        shipping_days=(7, 14),
        made_to_order=True,
        lead_days=21,
        evidence=(paper("workshop", pic("bag_detail/black", 2183)),),
    ),
)  # fmt: skip
