# ruff: noqa: E501 - an order a line
"""What has been bought so far, and how far each order came."""

from goodword.ops.demo.town.shapes import Case, Liking, Line, Order, Quote, Text, Turn
from goodword.ops.demo.town.telling import ago, on
from goodword.ops.demo.town.wares import WOODS


def _bought(
    buyer: str,
    days: int,
    clock: str,
    state: str,
    *lines: tuple[str, str, int],
    case: Case | None = None,
) -> Order:
    return Order(
        case=case,
        buyer=buyer,
        lines=tuple(Line(listing, variant, quantity) for listing, variant, quantity in lines),
        when=on(days, clock),
        state=state,
    )


# Everything about returns that somebody who looks around should find: one that went well, one that
# waits for a seller, two people who talk about a price, and one that the neighbours decide.
SENT_BACK = Case(
    "changed_mind",
    on(12, "20:30"),
    Text("茶盘比茶桌宽了两指，放不下。", "The tray is two fingers wider than my table."),
    (
        Turn(
            "seller",
            "accept",
            on(12, "21:50"),
            Text("青溪林家窑，林晚收", "Lin Wan, the Lin kiln, Qingxi"),
        ),
        Turn("buyer", "send_back", on(10, "12:40")),
        Turn("seller", "confirm_back", on(7, "16:20")),
    ),
)
PENCIL = Case(
    "not_as_promised",
    on(1, "19:40"),
    Text(
        "第三章到第七章全是铅笔字，您写的是“干净”。",
        "Chapters three to seven are full of pencil. The listing says clean.",
    ),
)
TOO_DARK = Case(
    "not_as_promised",
    on(2, "20:10"),
    Text("照片上是酒红，到手几乎是黑的。", "Burgundy in the picture, nearly black in my hand."),
    (
        Turn(
            "seller",
            "refuse",
            on(2, "22:05"),
            Text(
                "皮子在灯下会显深，白天窗边看就是酒红。",
                "The leather goes dark under a lamp. By a window it is burgundy.",
            ),
        ),
        Turn("buyer", "escalate", on(1, "09:15")),
        Turn("seller", "offer", on(1, "12:30"), percent=20),
    ),
)
MISSING_PAGES = Case(
    "damaged",
    ago(days=6, hours=12),
    Text("缺了 41 到 56 页，整整一叠。", "Pages 41 to 56 are missing, a whole quire."),
    (
        Turn(
            "seller",
            "refuse",
            ago(days=6),
            Text(
                "寄出前我翻过，一页不少。",
                "I leafed through it before I sent it. Nothing was missing.",
            ),
        ),
        Turn("buyer", "escalate", ago(days=5, hours=12)),
        Turn(
            "buyer",
            "file",
            ago(days=2),
            Text(
                "书脊里没有断线，不像是撕的，像是装订时就少了。",
                "No torn thread in the spine: it was bound without them.",
            ),
        ),
        Turn(
            "seller",
            "file",
            ago(days=1, hours=18),
            Text(
                "二手书，我按看到的写。要是真缺，我也是受害的。",
                "A used book, described as I saw it. If they are missing, I was sold it so.",
            ),
        ),
    ),
)

ORDERS = (
    _bought("songlan", 190, "21:10", "completed", ("master_cup", "celadon-orchid", 2)),
    _bought("jiangchi", 47, "22:40", "completed", ("stool", "ash-high", 1)),
    _bought("wenjing", 80, "12:30", "completed", ("bookshelf", "walnut-120", 2)),
    _bought("huaijin", 132, "20:05", "completed", ("clay_pot", "flat-100", 1)),
    _bought("cuihao", 124, "12:45", "completed", ("gaiwan", "110", 1)),
    _bought("heli", 118, "23:15", "completed", ("honey", "acacia", 3)),
    _bought("lichanghe", 110, "09:20", "completed", ("mustard_greens", "one", 2)),
    _bought("dingdang", 96, "15:00", "completed", ("gaiwan", "110", 3)),
    _bought("wangayi", 92, "10:10", "completed", ("chilli", "hot", 2), ("mustard_greens", "one", 2)),
    _bought("luoxi", 86, "21:40", "completed", ("glaze_cups", "ink-barrel", 2)),
    _bought("zhongwei", 80, "23:50", "completed", ("tote_swallow", "black", 1)),
    _bought("duruo", 78, "18:20", "completed", ("glaze_cups", "moss-bowl", 2), ("glaze_cups", "sky-tulip", 1)),
    _bought("xieting", 74, "20:40", "completed", ("picture_books", "one", 1)),
    _bought("kangle", 70, "07:15", "completed", ("sourdough", "walnut-whole", 2)),
    _bought("meilan", 66, "19:00", "completed", ("hill_tea", "100", 1)),
    _bought("yezi", 58, "19:15", "completed", ("hill_tea", "250", 1)),
    _bought("shinian", 60, "11:45", "completed", ("clay_pot", "round-160", 1)),
    _bought("fengmian", 48, "21:30", "completed", ("backpack_navigli", "olive", 1)),
    _bought("xueer", 47, "16:15", "completed", ("gaiwan", "150", 1)),
    _bought("jiran", 170, "22:00", "completed", ("table", "cherry-140", 1)),
    _bought("tangyi", 165, "20:20", "completed", ("master_cup", "white-fish", 1)),
    _bought("taotao", 44, "18:10", "completed", ("croissants", "12", 1)),
    _bought("suqing", 42, "08:40", "completed", ("sourdough", "plain-whole", 1)),
    _bought("xiaoman", 41, "22:20", "completed", ("master_cup", "sky-plain", 1)),
    _bought("laozhou", 40, "20:15", "completed", ("mooncakes", "wood", 2)),
    _bought("songlan", 39, "13:05", "completed", ("mooncakes", "wood", 1)),
    _bought("lena", 38, "03:30", "completed", ("notebook_cover", "olive", 1)),
    _bought("grandpa_chen", 36, "10:30", "completed", ("cutting_board", "elm", 1)),
    _bought("bowen", 34, "02:50", "completed", ("poems", "one", 1)),
    _bought("zhongwei", 35, "23:20", "completed", ("hill_tea", "50", 1)),
    _bought("siqi", 33, "09:00", "completed", ("crossbody_merlo", "cream", 1)),
    _bought("xiaoman", 21, "19:30", "released", ("sourdough", "olive-half", 1), ("croissants", "4", 1)),
    _bought("panyue", 52, "22:10", "completed", ("stool", "cherry-low", 2)),
    _bought("heli", 17, "23:40", "released", ("birthday_cake", "cream-eight", 1)),
    _bought("meifang", 15, "12:20", "released", ("honey", "linden", 2), ("radish", "one", 1)),
    _bought("yezi", 14, "20:50", "released", ("tray_set", "one", 1)),
    _bought("xiaoman", 20, "21:10", "arrived", ("tray_set", "one", 1), case=SENT_BACK),
    _bought("muqiu", 16, "22:30", "arrived", ("poems", "one", 1), case=MISSING_PAGES),
    _bought("bailu", 9, "18:40", "received", ("calculus", "clean", 1), case=PENCIL),
    _bought("luoxi", 8, "22:45", "received", ("crossbody_merlo", "burgundy", 1), case=TOO_DARK),
    _bought("wangayi", 2, "08:10", "met", ("sourdough", "plain-whole", 1)),
    _bought("panyue", 6, "20:20", "shipped", ("tray_set", "one", 1)),
    _bought("xiaoman", 5, "23:10", "shipped", ("glaze_cups", "sky-tulip", 1), ("glaze_cups", "celadon-bowl", 1)),
    _bought("wenjing", 3, "17:30", "shipped", ("offcuts", "one", 1)),
    _bought("muqiu", 3, "22:30", "shipped", ("poems", "one", 1)),
    _bought("meifang", 30, "21:20", "completed", ("loaf_notes", "one", 1)),
    _bought("xiaoman", 1, "22:10", "shipped", ("loaf_notes", "one", 1)),
    _bought("xieting", 2, "18:00", "held", ("offcuts", "one", 1)),
    _bought("huyan", 1, "10:40", "held", ("persimmons", "one", 2)),
    _bought("wangayi", 1, "10:50", "held", ("persimmons", "one", 2)),
    _bought("xiaoman", 1, "21:45", "held", ("stool", "oak-low", 1)),
    _bought("jiangchi", 12, "23:55", "cancelled", ("tote_mustard", "one", 1)),
    _bought("mengfei", 11, "12:15", "cancelled", ("sourdough", "walnut-whole", 1)),
    _bought("xuzhou", 7, "03:10", "expired", ("clay_pot", "round-100", 1)),
    _bought("aning", 4, "01:35", "expired", ("picture_books", "one", 1)),
)  # fmt: skip

QUOTES = (
    Quote(
        "panyue", "table", (Text("200", "200"), WOODS["cherry"]), Text("靠窗那一头想要圆一点，孩子老在那儿跑。", "Rounder on the window side, please: that is where the children run."),
        on(3, "20:15"), price=1180000, lead_days=70,
        answer=Text("圆到手掌那么大的弧，行。两米的板要拼三块，纹路我会对好。", "A curve the size of a palm, gladly. Two metres take three boards; I will match the grain."), answered=on(2, "07:30"),
    ),
    Quote("xiaoman", "table", (Text("160", "160"), WOODS["walnut"]), Text("两个人住，偶尔来四个朋友。", "For two, and four friends now and then."), on(0, "08:20")),
)  # fmt: skip

# Not everybody says what they like; nobody has to.
LIKINGS = tuple(
    Liking(member, tuple(keys.split()))
    for member, keys in (
        ("xiaoman", "tea ceramics furniture baking"),
        ("songlan", "tea ceramics"),
        ("huaijin", "tea ceramics antiques"),
        ("shinian", "ceramics painting"),
        ("zhongwei", "tea bags travel"),
        ("xueer", "tea perfume"),
        ("jiran", "furniture tools"),
        ("wenjing", "books furniture"),
        ("muqiu", "books records"),
        ("bailu", "books stationery"),
        ("bowen", "books music"),
        ("fengmian", "bags hiking cameras"),
        ("siqi", "bags furniture children_books"),
        ("luoxi", "bags ceramics"),
        ("lena", "bags stationery"),
        ("laozhou", "fishing sweets"),
        ("heli", "pantry baking"),
        ("meifang", "health pantry"),
        ("panyue", "furniture plants"),
        ("taotao", "children_books toys baking"),
        ("kangle", "running fitness baking"),
        ("grandpa_chen", "tea kitchenware"),
    )
)
