"""What the model believes, as data: each number with where it comes from, or "assumed".

They were fixed before any paced town was looked at; `patience` alone was fitted, on unpaced towns.
docs/algorithms/society.md has the sources in full.
"""

from dataclasses import Field, dataclass, field, fields
from typing import Any

TOPICS = 12  # kinds of things that are sold and liked
LISTINGS = 8  # that a seller has
STORM = 6  # moments of a storm: the brief's "six new products within half an hour"
STORM_LASTS = 0.5 / 24  # days
APART = 2.5 / 24  # days between the moments of a patient seller: the brief's "two or three hours"
WAKING = (7 / 24, 23 / 24)  # of a day, between which people post and look


@dataclass(frozen=True, slots=True)
class Layer:
    """A ring on which everybody is friends with the nearest `friends`; `tie`: how close, 0 to 1."""

    name: str
    friends: int
    tie: float


# Sizes: MacCarron, Kaski, Dunbar 2016, whose layers hold 4.1, 11.0, 29.8 and 128.9 people.
# That each is closer than the next is theirs too; how close, from 0 to 1, is assumed.
LAYERS = (
    Layer("home", 4, 0.9),
    Layer("close", 6, 0.65),
    Layer("work", 20, 0.35),
    Layer("known", 98, 0.1),
)


def held(value: float, source: str) -> Any:
    return field(default=value, metadata={"source": source})


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Every number of the model that `--sensitivity` halves and doubles."""

    circle: float = held(1.0, "friends of LAYERS times this; assumed")
    sellers: float = held(
        0.02, "share of members: over 20 million sellers in 2019, of 1,082 million accounts"
    )  # fmt: skip
    storms: float = held(0.5, "share of sellers who post six at once; assumed")
    offers_a_day: float = held(5.0, "of a seller: the brief's one every two or three hours")
    life_a_day: float = held(0.154, "120 of 780 million who look post (Zhang 2021)")
    sessions: float = held(
        2.0, "assumed; people look more than ten times a day (Zhang 2019), gathered here into two"
    )
    attention: float = held(25.0, "cards that a session looks at, on average; assumed")
    interests: float = held(3.0, "topics that a member likes; assumed")
    likeness: float = held(0.5, "how much acquaintances share their first interest; assumed")
    needs: float = held(1 / 30, "things a member comes to need in a day; assumed")
    need_days: float = held(10.0, "until a need is met elsewhere; assumed")

    relevance: float = held(
        0.8, "share of irritation that full relevance takes away; sign: Edwards, Li, Lee 2002"
    )
    guanxi: float = held(0.5, "share that the closest tie takes away; sign: Zhao, Li 2018")
    crowding: float = held(
        1.0, "what a feed of offers alone adds to each; sign: overload, Pang 2021, Zhang 2024"
    )
    repetition: float = held(
        0.25, "what each earlier card of the same seller in a session adds; sign: Campbell, Keller "
        "2003; Sibona, Walczak 2011"
    )  # fmt: skip
    forgetting: float = held(
        3.0, "days until irritation halves; that it fades: Kronrod, Huber 2019"
    )
    patience: float = held(
        27.0, "median irritation that is borne; fitted on unpaced towns so that seven in ten are "
        "annoyed at least once in 30 days (Dongguan 2014)"
    )  # fmt: skip
    spread: float = held(0.5, "log-normal spread of patience; assumed")
    acting: float = held(0.1, "chance to act in a session at twice one's patience; assumed")
    blocking: float = held(0.5, "share of strangers' acts that block instead of mute; assumed")
    fatigue: float = held(
        0.12, "share of looks that a feed of offers alone costs within a month; assumed, that it "
        "is linear: Goli, Huang, Reiley, Riabov 2025"
    )  # fmt: skip

    open_cold: float = held(0.003, "chance to open what is of no interest; assumed")
    open_warm: float = held(0.03, "of full interest; about 1 in 100 opens (WordStream 2017)")
    open_needed: float = held(0.25, "of what is needed; assumed")
    open_tie: float = held(1.0, "what the closest tie adds; sign: Bakshy, Eckles, Yan, Rosenn 2012")
    liking: float = held(0.2, "chance to like what was opened, at full interest; assumed")
    buy_needed: float = held(0.3, "chance to buy what was opened and is needed; assumed")
    buy_impulse: float = held(0.03, "and what is not needed, at full interest; assumed")
    trust: float = held(0.5, "share of buying that hangs on the tie; sign: Bilal and others 2022")
    visits: float = held(
        0.2, "chance in a day that who needs something looks in the market; assumed"
    )
    agreeing: float = held(
        0.6, "share who let the house learn and tell it what they like, where it asks; assumed"
    )


def table() -> list[Field[Any]]:
    """Every assumption in reading order."""
    return list(fields(Assumptions))
