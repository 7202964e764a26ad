# ruff: noqa: E501 - prose stays on its line
"""Lin's Tea: the shop that everybody sees first."""

from goodword.ops.demo.town.alts import pic
from goodword.ops.demo.town.shapes import Business, Listing, Shop, Text, Variant
from goodword.ops.demo.town.telling import on
from goodword.ops.demo.town.wares import GLAZES, grid, only, paper, since, variant

SHOP = Shop(
    key="lin",
    owner="linwan",
    name=Text("林家茶器", "Lin's Tea"),
    about=Text(
        "青溪林家窑，三代人。柴窑一年只开四次，电窑烧日常杯子。每一只都是家里人做的，所以慢。",
        "The Lin kiln in Qingxi, three generations. The wood kiln is lit four times a year; everyday cups come from the electric one. All of it is made by the family, which is why it takes a while.",
    ),
    promise=Text(
        "路上碎了，拍张照片就补，不用寄回。",
        "If it breaks on the way, send a picture and we send another. No need to post the pieces.",
    ),
    opened=on(330, "10:00"),
    business=Business(
        Text("青溪林家窑陶瓷有限公司", "Qingxi Lin Kiln Ceramics Ltd"),
        "91330127MA2KQX7W11",
        pic("certificate", 2900, alt=Text("营业执照", "The licence of the business")),
    ),
)

_COLOURS = Text("釉色", "Glaze")
_SIZE = Text("容量", "Size")
_KILN = pic(
    "kiln",
    2001,
    alt=Text("点着火的柴窑，旁边是等着入窑的杯子", "The wood kiln alight, cups waiting beside it"),
)
_WHEEL = pic("clay_wheel", 2002, alt=Text("守一老师在拉坯", "Shouyi at the wheel"))

LISTINGS = (
    Listing(
        key="master_cup",
        shop="lin",
        title=Text("主人杯 · 手拉坯，一人一杯", "A cup of one's own, thrown by hand"),
        description=Text(
            "握在手里刚好一掌，杯口微微外撇，不烫嘴。\n釉是草木灰釉，每一窑颜色都有一点点不同，介意请先看实物图。\n约 90 毫升，可进洗碗机（但我舍不得）。",
            "Sits in the palm; the lip turns out a little so that it never burns yours.\nThe glaze is wood ash, so each firing differs slightly. If that bothers you, ask for a picture of yours first.\nAbout 90 ml. Dishwasher-safe, though I would not.",
        ),
        options=(_COLOURS, Text("画", "Painted")),
        variants=grid(
            {"celadon": (GLAZES["celadon"], 16800), "sky": (GLAZES["sky"], 16800), "white": (GLAZES["white"], 15800)},
            {"plain": (Text("素面", "Plain"), 0), "fish": (Text("一条鱼", "One fish"), 3000), "orchid": (Text("兰草", "Orchid"), 3000)},
            days=210,
            stock=14,
            gone=("sky-fish",),
        ),
        pictures=(
            pic("cups/celadon", 2010, "square"), pic("cups/sky", 2011, "square"), pic("cups/white", 2012, "square"),
            pic("tea_shelf", 2013),
        ),
        listed=on(210, "20:00"),
        brand=Text("林家窑", "Lin Kiln"),
        origin=Text("青溪，自家窑", "Qingxi, our own kiln"),
        returns_days=15,
        shipping_minor=800,
        evidence=(paper("workshop", _KILN), paper("workshop", _WHEEL)),
    ),
    Listing(
        key="gaiwan",
        shop="lin",
        title=Text("梅子青盖碗，不烫手的那种", "Celadon gaiwan, the kind that doesn't burn your fingers"),
        description=Text(
            "沿口外撇得比一般的多两毫米，拇指有地方放。盖子略深，出汤不漏叶子。\n新手先买小的。",
            "The rim flares two millimetres more than usual, so that there is room for a thumb. The lid sits deep and keeps the leaves in.\nIf it is your first one, take the small one.",
        ),
        options=(_SIZE,),
        variants=(
            variant("110", "110 毫升", "110 ml", since(180, 26800, (34, 23800)), 16),
            variant("150", "150 毫升", "150 ml", since(180, 29800, (34, 26800)), 12),
        ),
        pictures=(pic("gaiwan/celadon", 2020, "square"), pic("gaiwan/celadon", 2021), pic("tea_tray/celadon", 2022)),
        listed=on(180, "20:30"),
        brand=Text("林家窑", "Lin Kiln"),
        origin=Text("青溪，自家窑", "Qingxi, our own kiln"),
        returns_days=15,
        shipping_minor=800,
        evidence=(paper("workshop", pic("kiln", 2003)),),
    ),
    Listing(
        key="clay_pot",
        shop="lin",
        title=Text("朱泥小壶，一个人喝刚好", "Small red-clay teapot, just right for one"),
        description=Text("出水利落，断水不流口水。泥料放了六年。养壶的快乐，谁养谁知道。", "Pours clean, stops clean. The clay was rested for six years. Looking after a pot is its own reward."),
        options=(Text("器型", "Shape"), _SIZE),
        variants=grid(
            {"round": (Text("西施", "Round"), 58000), "flat": (Text("扁灯", "Low lantern"), 62000)},
            {"100": (Text("100 毫升", "100 ml"), 0), "160": (Text("160 毫升", "160 ml"), 6000)},
            days=150,
            stock=5,
        ),
        pictures=(pic("teapot/clay", 2030, "square"), pic("teapot/clay", 2031), pic("tea_tray/clay", 2032, "tall")),
        listed=on(150, "21:00"),
        brand=Text("林家窑", "Lin Kiln"),
        origin=Text("青溪", "Qingxi"),
        returns_days=15,
        shipping_minor=1200,
        evidence=(paper("workshop", pic("clay_wheel", 2004)), paper("inspection", pic("certificate", 2005, alt=Text("泥料检测报告", "The clay's test report")))),
    ),
    Listing(
        key="tray_set",
        shop="lin",
        title=Text("茶盘七件套，搬家入伙礼", "Tea tray with seven pieces, a house-warming present"),
        description=Text(
            "竹盘、壶、公道杯、四只小杯，一盒装好。送人不失礼，自己用也不心疼。\n盒子是春生木作的边角料做的，很香。",
            "Bamboo tray, pot, pitcher and four small cups, in one box. Good enough to give, not too good to use.\nThe box is made from Chunsheng's offcuts and smells wonderful.",
        ),
        variants=only(since(120, 68800, (60, 72800), (8, 59800)), 20, "set7"),
        pictures=(pic("tea_tray/sky", 2040), pic("tea_tray/white", 2041, "square"), pic("cups/sky", 2042, "square"), pic("teapot/sky", 2043, "square")),
        listed=on(120, "20:00"),
        brand=Text("林家窑", "Lin Kiln"),
        origin=Text("青溪", "Qingxi"),
        returns_days=15,
        evidence=(paper("workshop", pic("tea_shelf", 2006)),),
    ),
    Listing(
        key="glaze_cups",
        shop="lin",
        title=Text("试釉小杯 · 八种釉 × 三种型", "Glaze test cups: eight glazes, three shapes"),
        description=Text("本来是试釉用的，后来大家都想要，就多烧了一些。攒一排摆窗台上，早上有光的时候很好看。", "They began as glaze tests; then everybody wanted one. A row of them on the window sill is worth getting up for."),
        options=(_COLOURS, Text("器型", "Shape")),
        variants=grid(
            {key: (text, 4800) for key, text in GLAZES.items()},
            {"bowl": (Text("斗笠", "Bamboo hat"), 0), "tulip": (Text("铃铛", "Bell"), 400), "barrel": (Text("直口", "Straight"), 0)},
            days=95,
            stock=8,
            gone=("rose-tulip", "plum-barrel"),
        ),
        pictures=(
            pic("tea_shelf", 2050), pic("cups/rose", 2051, "square"), pic("cups/moss", 2052, "square"), pic("cups/ink", 2053, "square"),
            pic("cups/plum", 2054, "square"), pic("cups/sand", 2055, "square"), pic("cups/white", 2056, "square"), pic("cups/celadon", 2057, "square"),
            pic("cups/sky", 2058, "square"),
        ),
        listed=on(95, "12:30"),
        brand=Text("林家窑", "Lin Kiln"),
        origin=Text("青溪，自家窑", "Qingxi, our own kiln"),
        shipping_minor=800,
    ),
    Listing(
        key="hill_tea",
        shop="lin",
        title=Text("苏老师的高山绿茶，今年的", "Su Qing's hill green, this year's"),
        description=Text("妈妈带着六个阿姨采的，一芽一叶。八十度水，别盖盖子。喝完可以来山上看看那几棵树。", "Picked by my mother and six aunties, one bud, one leaf. Water at eighty degrees, lid off. When it is finished, come up the hill and meet the bushes."),
        options=(Text("净重", "Weight"),),
        variants=(
            variant("50", "50 克", "50 g", since(75, 8800), 40),
            variant("100", "100 克", "100 g", since(75, 16800), 30),
            variant("250", "250 克（罐装）", "250 g, in a caddy", since(75, 38800), 10),
        ),
        pictures=(pic("tea_leaves/green", 2060, "square"), pic("tea_hills/dawn", 2061), pic("tea_hills/golden", 2062)),
        listed=on(75, "09:00"),
        brand=Text("林家窑", "Lin Kiln"),
        origin=Text("青溪北山，海拔 720 米", "North Hill, Qingxi, 720 m"),
        returns_days=0,
        shipping_minor=600,
        evidence=(paper("inspection", pic("certificate", 2007, "tall", Text("农残检测报告", "Pesticide test report"))),),
    ),
    Listing(
        key="listening_pine",
        shop="lin",
        title=Text("“听松”大壶（镇窑之宝，其实不太想卖）", "“Listening to the Pines”, the kiln's treasure (rather not for sale)"),
        description=Text(
            "父亲烧了九窑才成的一只，弟弟非要挂上来。\n价格是他定的，尾数是猫踩的，父亲看了一眼说：就这样吧，正好没人买。\n欢迎来窑上看真的，免费，有茶。",
            "It took my father nine firings. My brother insisted on listing it.\nHe chose the price; the cat added the cents. My father looked at it and said: leave it, then nobody will buy it.\nYou are welcome to see the real one. That is free, and there is tea.",
        ),
        variants=(Variant(key="one", values=(), prices=since(64, 123456789), stock=1),),
        pictures=(pic("teapot/ink", 2070, "square"), pic("mountains/dusk", 2071, alt=Text("窑后面的山，松声就是从那里来的", "The hills behind the kiln, where the sound of pines comes from"))),
        listed=on(64, "23:10"),
        brand=Text("林守一", "Lin Shouyi"),
        origin=Text("青溪柴窑", "The wood kiln, Qingxi"),
        returns_days=30,
        shipping_days=(1, 30),
        evidence=(paper("authorisation", pic("certificate", 2008, alt=Text("收藏证书", "Certificate of the piece"))),),
    ),
)  # fmt: skip
