# ruff: noqa: E501 - an order a line
"""What has been bought so far, and how far each order came."""

from goodword.ops.demo.town.shapes import Line, Order
from goodword.ops.demo.town.telling import on


def _bought(buyer: str, days: int, clock: str, state: str, *lines: tuple[str, str, int]) -> Order:
    return Order(
        buyer=buyer,
        lines=tuple(Line(listing, variant, quantity) for listing, variant, quantity in lines),
        when=on(days, clock),
        state=state,
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
    _bought("bailu", 9, "18:40", "received", ("calculus", "clean", 1)),
    _bought("luoxi", 8, "22:45", "received", ("crossbody_merlo", "burgundy", 1)),
    _bought("panyue", 6, "20:20", "shipped", ("tray_set", "one", 1)),
    _bought("xiaoman", 5, "23:10", "shipped", ("glaze_cups", "sky-tulip", 1), ("glaze_cups", "celadon-bowl", 1)),
    _bought("wenjing", 3, "17:30", "shipped", ("offcuts", "one", 1)),
    _bought("muqiu", 3, "22:30", "shipped", ("poems", "one", 1)),
    _bought("xieting", 2, "18:00", "held", ("offcuts", "one", 1)),
    _bought("huyan", 1, "10:40", "held", ("persimmons", "one", 2)),
    _bought("wangayi", 1, "10:50", "held", ("persimmons", "one", 2)),
    _bought("xiaoman", 1, "21:45", "held", ("stool", "oak-low", 1)),
    _bought("jiangchi", 12, "23:55", "cancelled", ("tote_mustard", "one", 1)),
    _bought("mengfei", 11, "12:15", "cancelled", ("sourdough", "walnut-whole", 1)),
    _bought("xuzhou", 7, "03:10", "expired", ("clay_pot", "round-100", 1)),
    _bought("aning", 4, "01:35", "expired", ("picture_books", "one", 1)),
)  # fmt: skip
