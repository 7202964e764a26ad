# ruff: noqa: E501 - prose stays on its line
"""Granny's jars, and the books from under the bunk."""

from goodword.ops.demo.town.alts import pic
from goodword.ops.demo.town.shapes import Listing, Shop, Text
from goodword.ops.demo.town.telling import on
from goodword.ops.demo.town.wares import only, paper, since, variant

SHOPS = (
    Shop(
        key="granny",
        owner="granny_shen",
        name=Text("阿婆的坛子", "Granny's Jars"),
        about=Text(
            "腌了六十年。小川帮我拍照，小满帮我打字，味道是我自己的。",
            "Sixty years of pickling. Xiaochuan takes the pictures, Xiaoman does the typing, the taste is mine.",
        ),
        promise=Text(
            "不好吃跟阿婆讲，阿婆给你做别的。",
            "If you don't like it, tell Granny. Granny will make you something else.",
        ),
        opened=on(170, "09:00"),
    ),
    Shop(
        key="old_books",
        owner="xiaochuan",
        name=Text("小川旧书", "Xiaochuan's Old Books"),
        about=Text(
            "宿舍床底书店。有划线、有折角、有前主人的批注，都会写清楚。",
            "The bookshop under the bunk. Underlinings, dog-ears and previous owners' opinions are all declared.",
        ),
        promise=Text("品相写错了，书送你。", "If I described it wrongly, the book is yours."),
        opened=on(190, "23:00"),
    ),
)

_HOUSE = Text("青溪，柳巷 3 号", "3 Willow Lane, Qingxi")

LISTINGS = (
    Listing(
        key="chilli",
        shop="granny",
        title=Text("剁椒酱，一个夏天的太阳", "Chilli sauce with a whole summer in it"),
        description=Text("自己种的二荆条，太阳下晒，手剁。下饭、拌面、蒸鱼。开盖放冰箱。", "Our own long peppers, sun-dried, chopped by hand. For rice, for noodles, for steamed fish. Keep it cold once opened."),
        options=(Text("辣度", "Heat"),),
        variants=(
            variant("mild", "小朋友辣", "For children", since(150, 2600), 30),
            variant("hot", "正常辣", "Normal", since(150, 2600), 40),
            variant("fire", "老陈辣（慎选）", "Grandpa's (think twice)", since(150, 2800), 12),
        ),
        pictures=(pic("jars/chilli", 2300, "square"), pic("jars/chilli", 2301)),
        listed=on(150, "09:30"),
        origin=_HOUSE,
        returns_days=7,
        shipping_minor=800,
        evidence=(paper("inspection", pic("certificate", 2302, "tall", Text("小作坊登记证", "Food workshop registration"))),),
    ),
    Listing(
        key="mustard_greens",
        shop="granny",
        title=Text("雪里蕻，炒毛豆用的那种", "Pickled mustard greens, the ones for broad beans"),
        description=Text("脆，鲜，不死咸。老周说配粥能喝三碗。", "Crisp, savoury, not too salty. Old Zhou says: three bowls of porridge per jar."),
        variants=only(since(145, 1800), 50),
        pictures=(pic("jars/cabbage", 2310, "square"),),
        listed=on(145, "09:30"),
        origin=_HOUSE,
        shipping_minor=800,
    ),
    Listing(
        key="radish",
        shop="granny",
        title=Text("糖醋萝卜皮，当零食", "Sweet-sour radish, eaten as a snack"),
        description=Text("心里美的皮，泡三天。配电视剧，一集一罐。", "Watermelon-radish peel, three days in the jar. Goes with television, one jar an episode."),
        variants=only(since(88, 1600, (28, 1400)), 36),
        pictures=(pic("jars/radish", 2320, "square"), pic("jars/kumquat", 2321, "square")),
        listed=on(88, "10:00"),
        origin=_HOUSE,
        shipping_minor=800,
    ),
    Listing(
        key="honey",
        shop="granny",
        title=Text("大勇的蜂蜜，蜂跟着花走", "Dayong's honey, from bees that follow the flowers"),
        description=Text("女婿养的蜂。洋槐清，椴树香，百花看运气。结晶是正常的，不是放了糖。", "My son-in-law keeps the bees. Acacia is light, linden is fragrant, wildflower depends on luck. It will set; that is honey, not sugar."),
        options=(Text("花", "Flower"),),
        variants=(
            variant("acacia", "洋槐", "Acacia", since(125, 6800), 24),
            variant("linden", "椴树", "Linden", since(125, 7800, (33, 7200)), 18),
            variant("wild", "百花", "Wildflower", since(125, 5800), 3),
        ),
        pictures=(pic("honey/acacia", 2330, "square"), pic("honey/linden", 2331, "square"), pic("honey/wild", 2332, "square")),
        listed=on(125, "10:30"),
        origin=Text("青溪北山", "North Hill, Qingxi"),
        shipping_minor=1000,
        evidence=(paper("inspection", pic("certificate", 2333, alt=Text("蜂蜜检测报告", "The honey's test report"))), paper("workshop", pic("tea_hills/noon", 2334, alt=Text("放蜂的山坡", "The hillside where the hives stand")))),
    ),
    Listing(
        key="persimmons",
        shop="granny",
        title=Text("柿饼，挂满一个屋檐才开始卖", "Dried persimmons, sold once the eaves are full"),
        description=Text("自己树上的，捏过四遍。白霜是糖，不用擦。今年不多，一人两盒。", "From our own tree, pressed by hand four times. The white bloom is sugar; leave it on. Not many this year, two boxes each."),
        variants=only(since(26, 4800), 20),
        pictures=(pic("persimmons/golden", 2340, "square"), pic("persimmons/noon", 2341)),
        listed=on(26, "11:00"),
        origin=_HOUSE,
        shipping_minor=800,
    ),
    Listing(
        key="picture_books",
        shop="old_books",
        title=Text("姐姐办公室流出来的绘本，八本一捆", "Picture books that escaped my sister's office, eight in a bundle"),
        description=Text("样书，没人翻过（我翻过）。随机八本，送一张小满画的书签。", "Samples, unread except by me. Eight at random, with a bookmark drawn by Xiaoman."),
        variants=only(since(105, 8800, (36, 7600)), 10),
        pictures=(pic("books", 2350, "square"), pic("books", 2351)),
        listed=on(105, "22:30"),
        condition="like_new",
        origin=Text("青溪", "Qingxi"),
        returns_days=7,
        shipping_minor=600,
    ),
    Listing(
        key="calculus",
        shop="old_books",
        title=Text("高数上下册，附前主人的眼泪", "Calculus I and II, with the previous owner's tears"),
        description=Text("上册笔记很全，下册从第三章开始是空白的，懂的都懂。有荧光笔。", "Volume one is fully annotated. Volume two is blank from chapter three on; those who know, know. Highlighter throughout."),
        options=(Text("品相", "State"),),
        variants=(
            variant("notes", "带笔记", "With notes", since(80, 2200, (24, 1500)), 3),
            variant("clean", "没打开过", "Never opened", since(80, 2800), 1),
        ),
        pictures=(pic("books", 2360, "square"), pic("desk/night", 2361)),
        listed=on(80, "01:10"),
        condition="used",
        origin=Text("大学城", "University town"),
        returns_days=7,
        shipping_minor=600,
    ),
    Listing(
        key="poems",
        shop="old_books",
        title=Text("诗集三本，宜在火车上读", "Three books of poems, to be read on trains"),
        description=Text("有一本里夹着一张 2009 年的电影票，一起送。", "One of them has a cinema ticket from 2009 between its pages. It comes with the book."),
        variants=only(since(47, 3600), 4),
        pictures=(pic("books", 2370, "square"), pic("train/golden", 2371)),
        listed=on(47, "23:40"),
        condition="used",
        origin=Text("青溪", "Qingxi"),
        returns_days=7,
        shipping_minor=600,
    ),
)  # fmt: skip
