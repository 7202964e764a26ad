# ruff: noqa: E501 - prose stays on its line
"""Everybody in town, and how they know each other."""

from collections.abc import Iterable
from itertools import combinations

from goodword.ops.demo.town import people_family, people_lane, people_school, people_work
from goodword.ops.demo.town.shapes import Dial, Group, Person, Request, Text, Tie
from goodword.ops.demo.town.telling import on

PEOPLE: tuple[Person, ...] = (
    *people_family.PEOPLE,
    *people_school.PEOPLE,
    *people_work.PEOPLE,
    *people_lane.PEOPLE,
)

ZHOUS = ("xiaoman", "laozhou", "meilan", "xiaochuan")
CHENS = ("granny_shen", "grandpa_chen", "meifang", "dayong", "siqi")
LINS = ("linwan", "shouyi", "suqing", "linzhao")
HES = ("hejia", "heguoping", "heli")
MUS = ("chunsheng", "huyan", "muqiu")
CLASS_THREE = (
    "xiaoman", "linwan", "hejia", "xuzhou", "tangyi", "gunan", "mengfei", "qiaoan", "panyue",
    "luoxi", "xiaoxiao", "cuihao", "yezi", "wenjing",
)  # fmt: skip
COLLEGE = ("xiaoman", "qinman", "bowen", "aning")
PAPER_BOAT = (
    "xiaoman", "songlan", "jiangchi", "duruo", "fengmian", "bailu", "haoren", "qinlang",
)  # fmt: skip
LANE = (
    "xiaoman", "meilan", "laozhou", "chunsheng", "huyan", "wangayi", "lichanghe", "dingdang",
    "mashifu", "yuhang", "taotao", "xieting", "liangbo",
)  # fmt: skip
DANCERS = ("meilan", "wangayi", "sunguilan", "meifang", "huyan")
ANGLERS = ("laozhou", "zhupeng", "mashifu", "heguoping", "dayong")
TEA_TABLE = ("linwan", "shouyi", "suqing", "huaijin", "shinian", "zhongwei", "xueer", "jiran")


def _everyone(kind: str, handles: Iterable[str]) -> tuple[Tie, ...]:
    """All of them know each other."""
    return tuple(Tie(one, other, kind) for one, other in combinations(handles, 2))


def _knows(kind: str, one: str, *others: str) -> tuple[Tie, ...]:
    return tuple(Tie(one, other, kind) for other in others)


_CLUSTERS = (
    *_everyone("family", ZHOUS + CHENS),
    *_everyone("family", LINS),
    *_everyone("family", HES),
    *_everyone("family", MUS),
    *_everyone("classmate", CLASS_THREE),
    *_everyone("classmate", COLLEGE),
    *_everyone("colleague", PAPER_BOAT),
    *_everyone("neighbour", LANE),
    *_everyone("friend", DANCERS),
    *_everyone("friend", ANGLERS),
    *_everyone("friend", TEA_TABLE),
)

_BRIDGES = (
    *_knows("friend", "xiaoman", "linzhao", "suqing", "jiran", "kangle", "muqiu", "heli", "lena"),
    *_knows("neighbour", "granny_shen", "wangayi", "lichanghe", "huyan", "linwan", "sunguilan"),
    *_knows("neighbour", "muqiu", "dingdang", "taotao", "wangayi"),
    *_knows("friend", "xiaochuan", "tom.devries", "muqiu", "wenjing", "bailu", "lichanghe"),
    *_knows("friend", "xiaochuan", "bowen", "aning", "hejia", "dingdang", "gunan"),
    *_knows("friend", "mengfei", "kangle", "yuhang", "liangbo"),
    *_knows("friend", "gunan", "taotao", "wangayi", "lichanghe", "songlan"),
    *_knows("friend", "tangyi", "siqi", "liangbo"),
    *_knows("friend", "aning", "duruo", "muqiu"),
    *_knows("friend", "lena", "songlan", "duruo", "tom.devries", "marta"),
    *_knows("friend", "marta", "qiaoan", "tom.devries", "zhongwei"),
    *_knows("friend", "xiaobai", "mashifu", "yuhang", "kangle", "linzhao", "mengfei"),
    *_knows("customer", "hejia", "mashifu", "dingdang", "kangle", "fengmian", "songlan", "xieting"),
    *_knows("customer", "hejia", "suqing", "linzhao", "meilan", "taotao", "laozhou", "yuhang"),
    *_knows("friend", "lichanghe", "grandpa_chen", "wenjing"),
    *_knows("customer", "linwan", "songlan", "jiangchi", "duruo", "dingdang", "heli", "lena"),
    *_knows("customer", "linwan", "chunsheng", "meilan", "yuhang", "lichanghe"),
    *_knows("customer", "qiaoan", "zhongwei", "heli", "fengmian", "siqi", "xieting"),
    *_knows("customer", "chunsheng", "hejia", "jiangchi", "songlan", "wenjing", "jiran", "shinian"),
    *_knows("customer", "chunsheng", "panyue", "lichanghe", "grandpa_chen"),
    *_knows("customer", "yezi", "huyan", "dingdang", "taotao", "songlan"),
    *_knows("customer", "heli", "taotao", "xieting"),
)


def _once(ties: Iterable[Tie]) -> tuple[Tie, ...]:
    """Two people are friends once, for the first reason given."""
    kept: dict[frozenset[str], Tie] = {}
    for tie in ties:
        kept.setdefault(frozenset((tie.one, tie.other)), tie)
    return tuple(kept.values())


TIES = _once((*_CLUSTERS, *_BRIDGES))


def _others(me: str, handles: Iterable[str]) -> tuple[str, ...]:
    return tuple(handle for handle in handles if handle != me)


def _group(owner: str, key: str, zh: str, en: str, handles: Iterable[str]) -> Group:
    return Group(owner=owner, key=key, name=Text(zh, en), members=_others(owner, handles))


GROUPS = (
    _group("xiaoman", "family", "家里人", "Family", ZHOUS + CHENS),
    _group("xiaoman", "class", "三班", "Class Three", CLASS_THREE),
    _group("xiaoman", "work", "纸船同事", "Paper Boat", PAPER_BOAT),
    _group("xiaoman", "lane", "柳巷街坊", "Willow Lane", LANE),
    _group("xiaoman", "college", "大学室友们", "College", COLLEGE),
    _group("laozhou", "family", "家人", "Family", ZHOUS + CHENS),
    _group("laozhou", "anglers", "钓友", "Anglers", ANGLERS),
    _group("meilan", "family", "一家人", "Family", ZHOUS + CHENS),
    _group("meilan", "dancers", "舞蹈队", "The dancers", DANCERS),
    _group("xiaochuan", "family", "家里人", "Family", ZHOUS + CHENS),
    _group("xiaochuan", "readers", "买书的朋友", "Book people", ("wenjing", "muqiu", "bailu", "tom.devries", "bowen", "aning", "gunan")),
    _group("linwan", "family", "窑上", "The kiln", LINS),
    _group("linwan", "class", "三班", "Class Three", CLASS_THREE),
    _group("linwan", "table", "茶桌", "The tea table", TEA_TABLE),
    _group("linwan", "customers", "老主顾", "Regulars", ("songlan", "jiangchi", "duruo", "dingdang", "heli", "huaijin", "zhongwei", "meilan")),
    _group("hejia", "family", "家人", "Family", HES),
    _group("hejia", "class", "三班", "Class Three", CLASS_THREE),
    _group("hejia", "bread", "面包名单", "The bread list", ("xiaoman", "kangle", "fengmian", "songlan", "xieting", "dingdang", "suqing", "taotao", "meilan")),
    _group("qiaoan", "class", "老同学", "Old classmates", CLASS_THREE),
    _group("qiaoan", "customers", "托我带过包的", "Carried a bag for", ("zhongwei", "heli", "fengmian", "siqi", "xieting", "yezi", "luoxi")),
    _group("chunsheng", "family", "家人", "Family", MUS),
    _group("chunsheng", "lane", "街坊", "Neighbours", LANE),
    _group("chunsheng", "homes", "做过活的人家", "Houses I've worked for", ("hejia", "jiangchi", "songlan", "wenjing", "jiran", "panyue", "linwan")),
    _group("granny_shen", "family", "一家门", "The whole family", ZHOUS + CHENS),
    _group("gunan", "class", "三班", "Class Three", CLASS_THREE),
    _group("songlan", "work", "编辑部", "The office", PAPER_BOAT),
    _group("xieting", "family", "家人", "Family", ("liangbo",)),
)  # fmt: skip

REQUESTS = (
    Request("xiaobai", "xiaoman", Text("我是夜市卖烤串的小白，上次你落了把伞在我摊上。", "It's Xiaobai from the skewer stall. You left an umbrella with me."), on(1, "22:10")),
    Request("xueer", "xiaoman", Text("林晚介绍的，说你想找十年的熟普。", "Lin Wan says you're after a ten-year-old ripe pu'er."), on(2, "15:30")),
    Request("sunguilan", "xiaoman", Text("我是你妈妈舞蹈队的孙阿姨。", "I'm Auntie Sun from your mother's dance troupe."), on(5, "19:45")),
)  # fmt: skip

DIALS = (
    Dial("xuzhou", "qiaoan", "digest"),
    Dial("gunan", "qiaoan", "off"),
    Dial("haoren", "xiaoman", "digest"),
    Dial("xiaoman", "chunsheng", "digest"),
    Dial("xiaoman", "xiaochuan", "digest"),
)
