"""What the town does between the stories: who follows whose shop, what is planned, what carriers
say, who runs the house, and when people look into their circle.
"""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from goodword.ops.demo.art.lots import lots
from goodword.ops.demo.town.shapes import Follow, Person, Plan, Town
from goodword.ops.demo.town.telling import on

OPERATOR = "wangayi"

FOLLOWS = (
    Follow("aning", "lin", on(52, "23:40")),
    Follow("bowen", "lin", on(44, "03:10")),
    Follow("bailu", "lin", on(30, "19:20")),
    Follow("fengmian", "lin", on(21, "22:05")),
    Follow("tom.devries", "lin", on(17, "16:30")),
    Follow("muqiu", "lin", on(9, "23:15")),
    Follow("kangle", "lin", on(4, "06:50")),
    Follow("duruo", "slow_loaf", on(26, "18:40")),
    Follow("jiran", "slow_loaf", on(12, "09:10")),
    Follow("lichanghe", "slow_loaf", on(3, "08:05")),
    Follow("fengmian", "chunsheng", on(14, "21:30")),
    Follow("xiaoman", "marta", on(33, "22:15")),
    Follow("luoxi", "marta", on(19, "13:00")),
)

# When something goes off sale, and on again, by itself.
PLANS = (
    Plan("mooncakes", off=timedelta(days=2, hours=9)),
    Plan("hill_tea", off=timedelta(days=5), on=timedelta(days=120)),
)

# Who lets the house learn from what they choose.
LEARNING = (
    "xiaoman", "songlan", "huaijin", "zhongwei", "wenjing", "siqi", "luoxi", "heli", "panyue",
    "taotao", "kangle", "jiangchi", "meilan", "fengmian",
)  # fmt: skip

DAYS = 38  # of reading before today: five weeks make a rhythm, and the first forecasts a start
HABITS = ((7, 22), (8, 21), (12, 21), (12, 23), (9, 19), (20, 23))  # o'clock in town
LOOKERS = 0.55  # of a seller's friends who come by while a thing of hers is new


def hours(person: Person) -> Iterator[tuple[int, int]]:
    """(days ago, o'clock) of each of the person's looks into their circle, in no order."""
    chance = lots(f"reads:{person.handle}")
    first, second = chance.choice(HABITS)
    for days in range(1, DAYS + 1):
        for clock, likely in ((first, 0.6), (second, 0.75)):
            if chance.random() < likely:
                yield days, clock


def passers_by(town: Town, author: str, chance: Random) -> list[str]:
    """Those of the author's friends who look into their circle in the days after."""
    friends = sorted(
        tie.other if tie.one == author else tie.one
        for tie in town.ties
        if author in (tie.one, tie.other)
    )
    return [one for one in friends if chance.random() < LOOKERS]
