# ruff: noqa: E501 - an interest stays on its line
"""A small vocabulary of what people like, in groups, and how a thing is recognised by its words.

A member chooses from it, a seller says with it what a thing is for. It is data: a word that is
missing is one line here. Keys stay for good, since rows name them; names may change.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .errors import Invalid

OF_A_LISTING = 3  # interests that one thing can be for; who names more says less


@dataclass(frozen=True, slots=True)
class Interest:
    """`name` is as it stands within a sentence (“You like tea”), a lazy translation. By `words` a
    title is recognised: English ones as whole words, also in the plural, Chinese ones anywhere."""

    key: str
    name: Any
    words: tuple[str, ...]


def named(key: str, name: Any, words: str) -> Interest:
    """An interest whose words stand in one text, parted by commas."""
    return Interest(key, name, tuple(word.strip() for word in words.split(",")))


# fmt: off
GROUPS: tuple[tuple[Any, tuple[Interest, ...]], ...] = (
    (gettext_lazy("Food and drink"), (
        named("tea", gettext_lazy("tea"), "tea, teacup, teapot, gaiwan, oolong, pu'er, matcha, 茶, 盖碗, 普洱, 乌龙, 龙井, 大红袍, 主人杯"),
        named("coffee", gettext_lazy("coffee"), "coffee, espresso, 咖啡, 手冲壶"),
        named("baking", gettext_lazy("baking"), "baking, bread, loaf, sourdough, cake, bagel, croissant, pastry, oven glove, 烘焙, 面包, 可颂, 吐司, 蛋糕, 贝果, 酵种, 酥皮"),
        named("sweets", gettext_lazy("sweets"), "sweet, candy, chocolate, mooncake, cookie, biscuit, 糖果, 巧克力, 月饼, 饼干, 糕点, 零食"),
        named("fruit", gettext_lazy("fruit"), "fruit, lychee, mango, loquat, persimmon, 柿饼, 水果, 橙子, 荔枝, 水蜜桃, 樱桃, 芒果, 枇杷, 杨梅"),
        named("pantry", gettext_lazy("cooking"), "rice, noodle, honey, 玉米, sauce, spice, olive oil, jam, 大米, 面条, 蜂蜜, 酱, 香料, 橄榄油, 火锅底料, 腊肉"),
        named("wine", gettext_lazy("wine and spirits"), "wine, whisky, whiskey, beer, sake, 红酒, 白酒, 葡萄酒, 威士忌, 黄酒, 啤酒, 米酒"),
    )),
    (gettext_lazy("Home and garden"), (
        named("ceramics", gettext_lazy("ceramics"), "ceramic, porcelain, pottery, celadon, stoneware, tenmoku, glaze, 陶瓷, 瓷, 陶, 青瓷, 紫砂, 朱泥, 天目, 试釉, 梅子青"),
        named("kitchenware", gettext_lazy("kitchenware"), "kitchen, knife, knives, pan, wok, pot, kettle, cutting board, 厨房, 菜刀, 砧板, 炒锅, 铁锅, 砂锅, 锅具, 餐具, 水壶"),
        named("furniture", gettext_lazy("furniture"), "furniture, chair, stool, desk, coffee table, table, bookcase, shelf, shelves, sofa, cabinet, 家具, 椅子, 书桌, 茶几, 餐桌, 书架, 沙发, 柜子, 斗柜, 桌子, 凳, bookshelf, bookshelves, 榫卯, 鞋柜, cherry wood, 樱桃木"),
        named("bedding", gettext_lazy("textiles"), "bedding, quilt, blanket, pillow, linen, towel, curtain, tea towel, 床品, 被子, 毯子, 枕头, 毛巾, 窗帘, 桌布, 茶巾"),
        named("lamps", gettext_lazy("lamps"), "lamp, lantern, candle, 台灯, 灯具, 吊灯, 灯笼, 蜡烛"),
        named("plants", gettext_lazy("plants and flowers"), "plant, flower, bouquet, seed, seedling, succulent, bonsai, vase, plant pot, flower pot, 植物, 鲜花, 花束, 种子, 多肉, 盆栽, 盆景, 花瓶, 花盆, 绿植"),
        named("tools", gettext_lazy("tools and machines"), "tool, drill, drill bit, chisel, lathe, 工具, 钻头, 电钻, 锯子, 刨子, 凿子, 车床"),
    )),
    (gettext_lazy("Clothes and bags"), (
        named("clothes", gettext_lazy("clothes"), "clothes, dress, coat, jacket, sweater, shirt, skirt, hanfu, 衣服, 连衣裙, 外套, 毛衣, 衬衫, 裙子, 汉服, 旗袍, 大衣"),
        named("shoes", gettext_lazy("shoes"), "shoe, boot, sneaker, sandal, 鞋, 靴子, 球鞋, 凉鞋"),
        named("bags", gettext_lazy("bags"), "bag, handbag, backpack, tote, crossbody, satchel, suitcase, wallet, purse, 背包, 双肩包, 手提包, 托特包, 斜挎包, 包包, 行李箱, 钱包"),
        named("jewellery", gettext_lazy("jewellery"), "jewellery, jewelry, ring, necklace, bracelet, earring, jade, pearl, 首饰, 戒指, 项链, 手链, 手镯, 耳环, 耳饰, 玉, 珍珠"),
        named("watches", gettext_lazy("watches"), "watch, wristwatch, 手表, 腕表, 怀表"),
        named("second_hand", gettext_lazy("second-hand finds"), "second-hand, secondhand, vintage, pre-owned, 二手, 中古, 古着, 闲置"),
    )),
    (gettext_lazy("Looks and care"), (
        named("skincare", gettext_lazy("skin care"), "skincare, skin care, face cream, face mask, serum, sunscreen, soap, 护肤, 面霜, 面膜, 精华液, 防晒, 香皂, 手工皂, 护手霜"),
        named("make_up", gettext_lazy("make-up"), "make-up, makeup, lipstick, foundation, mascara, 彩妆, 口红, 粉底, 睫毛膏, 眼影"),
        named("perfume", gettext_lazy("scents"), "perfume, incense, fragrance, incense box, 香水, 香薰, 线香, 沉香, 香囊"),
        named("health", gettext_lazy("health"), "vitamin, ginseng, massage, foot bath, 维生素, 人参, 按摩, 泡脚, 枸杞, 艾灸"),
    )),
    (gettext_lazy("Children and pets"), (
        named("baby", gettext_lazy("things for babies"), "baby, babies, pram, stroller, nappy, nappies, diaper, 婴儿, 宝宝, 童车, 尿布, 纸尿裤, 奶瓶"),
        named("toys", gettext_lazy("toys"), "toy, doll, puzzle, building block, teddy bear, 玩具, 娃娃, 拼图, 积木, 玩偶"),
        named("children_books", gettext_lazy("children’s books"), "children's book, picture book, bedtime story, bedtime stories, 绘本, 童书, 儿童书, 睡前故事"),
        named("school", gettext_lazy("school things"), "school bag, exercise book, 书包, 文具盒, 练习册, 课本"),
        named("cats", gettext_lazy("cats"), "cat, kitten, litter, 猫, 猫粮, 猫砂"),
        named("dogs", gettext_lazy("dogs"), "dog, puppy, puppies, leash, 狗, 狗粮, 牵引绳, 宠物犬"),
    )),
    (gettext_lazy("Books and arts"), (
        named("books", gettext_lazy("books"), "book, novel, poetry, comic, magazine, 书, 小说, 诗集, 漫画, 杂志, 旧书"),
        named("stationery", gettext_lazy("pens and paper"), "stationery, pen, fountain pen, notebook, ink, postcard, washi tape, 文具, 钢笔, 笔记本, 本子, 手账, 墨水, 明信片, 信纸, 胶带"),
        named("painting", gettext_lazy("painting and calligraphy"), "painting, calligraphy, watercolour, watercolor, calligraphy brush, inkstone, 书法, 国画, 水彩, 毛笔, 砚台, 版画, 油画, 字画"),
        named("music", gettext_lazy("making music"), "guitar, piano, violin, flute, erhu, guqin, ukulele, 吉他, 钢琴, 小提琴, 笛子, 二胡, 古琴, 尤克里里, 古筝"),
        named("records", gettext_lazy("records and concerts"), "record, vinyl, concert, turntable, cassette, 唱片, 黑胶, 演唱会, 音乐会, 磁带"),
        named("crafts", gettext_lazy("handicrafts"), "knitting, crochet, yarn, embroidery, sewing, weaving, handicraft, 编织, 钩针, 毛线, 刺绣, 缝纫, 竹编, 手工艺, 扎染"),
        named("antiques", gettext_lazy("antiques and collecting"), "antique, stamp, coin, collectible, 古董, 古玩, 邮票, 钱币, 收藏品, 老物件"),
    )),
    (gettext_lazy("Sport and outdoors"), (
        named("running", gettext_lazy("running"), "running, marathon, running shoe, 跑步, 跑鞋, 马拉松"),
        named("cycling", gettext_lazy("cycling"), "bicycle, bike, cycling, helmet, 自行车, 骑行, 单车, 头盔"),
        named("fitness", gettext_lazy("fitness and yoga"), "fitness, yoga, dumbbell, yoga mat, 健身, 瑜伽, 哑铃"),
        named("ball_games", gettext_lazy("ball games"), "football, basketball, badminton, tennis, table tennis, ping-pong, racket, 足球, 篮球, 羽毛球, 网球, 乒乓球, 球拍"),
        named("hiking", gettext_lazy("hiking and camping"), "hiking, camping, tent, sleeping bag, trekking, hiking boot, 徒步, 露营, 帐篷, 睡袋, 登山"),
        named("fishing", gettext_lazy("fishing"), "fishing, fishing rod, lure, bait, 钓鱼, 鱼竿, 渔具, 鱼饵"),
        named("travel", gettext_lazy("travel"), "travel, guidebook, duty-free, 旅行, 旅游, 民宿, 代购"),
    )),
    (gettext_lazy("Phones and machines"), (
        named("phones", gettext_lazy("phones"), "phone, smartphone, charger, phone case, iphone, 手机, 充电器, 手机壳, 充电宝"),
        named("cameras", gettext_lazy("cameras"), "camera, lens, tripod, film camera, 相机, 镜头, 三脚架, 胶卷, 拍立得"),
        named("computers", gettext_lazy("computers"), "computer, laptop, keyboard, monitor, 电脑, 笔记本电脑, 键盘, 显示器, 平板"),
        named("audio", gettext_lazy("good sound"), "headphone, earphone, loudspeaker, amplifier, radio, 耳机, 音箱, 音响, 功放, 收音机"),
        named("games", gettext_lazy("games"), "video game, board game, console, card game, chess, mahjong, 游戏, 桌游, 游戏机, 象棋, 围棋, 麻将"),
        named("appliances", gettext_lazy("household machines"), "vacuum cleaner, washing machine, fridge, rice cooker, air fryer, 吸尘器, 洗衣机, 冰箱, 电饭煲, 空气炸锅, 家电"),
    )),
)
# fmt: on
INTERESTS: dict[str, Interest] = {one.key: one for _label, row in GROUPS for one in row}
OF_WORD: dict[str, str] = {word: one.key for one in INTERESTS.values() for word in one.words}


def _pattern() -> re.Pattern[str]:
    """All words, the longest first: “coffee table” is furniture, and 茶几 no tea."""
    words = sorted(OF_WORD, key=lambda word: (-len(word), word))
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    other = "|".join(re.escape(word) for word in words if not word.isascii())
    return re.compile(rf"(?<![a-z0-9])(?P<latin>{latin})(?:e?s)?(?![a-z0-9])|(?P<other>{other})")


PATTERN = _pattern()


def recognised(*texts: str) -> tuple[str, ...]:
    """The keys that the texts speak of in the order in which they do, at most OF_A_LISTING."""
    found: dict[str, None] = {}
    for text in texts:
        plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
        for match in PATTERN.finditer(plain):
            found.setdefault(OF_WORD[match["latin"] or match["other"]])
    return tuple(found)[:OF_A_LISTING]


def chosen(keys: Iterable[str], *, at_most: int | None = None) -> tuple[str, ...]:
    """The keys, each once, in the vocabulary's order. Raises Invalid for one that is not in it."""
    wanted = set(keys)
    if wanted - INTERESTS.keys():
        raise Invalid(_("There is no such interest. Choose from those on the page."))
    if at_most is not None and len(wanted) > at_most:
        raise Invalid(_("Choose at most %(num)s: they say what a thing is for.") % {"num": at_most})
    return tuple(key for key in INTERESTS if key in wanted)


def name(key: str) -> str:
    """As it stands within a sentence; empty for a key that is gone."""
    return str(INTERESTS[key].name) if key in INTERESTS else ""
