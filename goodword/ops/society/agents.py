"""One agent: what it likes, bears and needs, and how it takes what it meets. Pure; time in days."""

from dataclasses import dataclass, field
from math import exp, log
from random import Random

from .assumptions import Assumptions

RECENT = 10  # cards by which a reader feels how crowded the circle is
TIRING = 0.2  # weight of the newest session in how tired of offers somebody is


@dataclass(frozen=True, slots=True)
class Thing:
    """An offer as an agent sees it."""

    seller: int
    topic: int


@dataclass(slots=True)
class Agent:
    """`ties` are how close friends are, from 0 to 1; `mind` is this agent's own chance."""

    number: int
    interests: list[float]  # of each topic, 0 to 1
    patience: float
    mind: Random
    ties: dict[int, float] = field(default_factory=dict)
    needs: dict[int, float] = field(default_factory=dict)  # topic: until when
    irritation: dict[int, tuple[float, float]] = field(default_factory=dict)  # seller: how much, at
    tired: float = 0.0  # share of offers in what was read lately
    is_annoyed: bool = False  # was ever beyond patience

    def needs_now(self, topic: int, *, at: float) -> bool:
        return self.needs.get(topic, 0.0) > at

    def wants(self, thing: Thing, *, at: float) -> float:
        """How relevant the thing is, 0 to 1."""
        return 1.0 if self.needs_now(thing.topic, at=at) else self.interests[thing.topic]

    def annoyance(self, seller: int, *, at: float, held: Assumptions) -> float:
        much, since = self.irritation.get(seller, (0.0, at))
        return much * 0.5 ** ((at - since) / held.forgetting)

    def meet(
        self, thing: Thing, *, crowd: float, earlier: int, at: float, held: Assumptions
    ) -> None:
        """An offer that was not looked for: `crowd` is the share of offers around it, `earlier`
        how many of the same seller's came before it in this session."""
        dull = 1 - min(1.0, held.relevance * self.wants(thing, at=at))
        far = 1 - min(1.0, held.guanxi * self.ties.get(thing.seller, 0.0))
        much = dull * far * (1 + held.crowding * crowd) * (1 + held.repetition * earlier)
        before = self.annoyance(thing.seller, at=at, held=held)
        self.irritation[thing.seller] = (before + much, at)
        self.is_annoyed = self.is_annoyed or before + much > self.patience

    def has_enough(self, seller: int, *, at: float, held: Assumptions) -> bool:
        """Whether the agent now does something against the seller's offers."""
        beyond = self.annoyance(seller, at=at, held=held) / self.patience - 1
        if beyond <= 0:
            return False
        return self.mind.random() < 1 - exp(-hazard(held.acting) * beyond)

    def blocks(self, seller: int, *, held: Assumptions) -> bool:
        """Whether that is to block the friend, rather than mute the shop: the closer, the less."""
        return self.mind.random() < held.blocking * (1 - self.ties.get(seller, 0.0))

    def opens(self, thing: Thing, *, at: float, held: Assumptions) -> bool:
        if self.needs_now(thing.topic, at=at):
            chance = held.open_needed
        else:
            chance = held.open_cold + held.open_warm * self.interests[thing.topic]
        return self.mind.random() < chance * (1 + held.open_tie * self.ties.get(thing.seller, 0.0))

    def likes(self, thing: Thing, *, held: Assumptions) -> bool:
        return self.mind.random() < held.liking * self.interests[thing.topic]

    def buys(self, thing: Thing, *, at: float, held: Assumptions) -> bool:
        trusted = 1 - min(1.0, held.trust * (1 - self.ties.get(thing.seller, 0.0)))
        if self.needs_now(thing.topic, at=at):
            return self.mind.random() < held.buy_needed * trusted
        return self.mind.random() < held.buy_impulse * self.interests[thing.topic] * trusted

    def bought(self, topic: int) -> None:
        self.needs.pop(topic, None)

    def needing(self, *, at: float) -> bool:
        return any(until > at for until in self.needs.values())

    def turns_away(self, chance: float, *, held: Assumptions) -> bool:
        """Whether a look that was planned does not happen, since the last ones were tiresome."""
        return chance < held.fatigue * self.tired

    def tire(self, share: float) -> None:
        """A session is over; `share` of its cards were offers that were not looked for."""
        self.tired += TIRING * (share - self.tired)


def hazard(chance: float) -> float:
    """The rate that gives `chance` at twice one's patience."""
    return -log(1 - min(chance, 0.99))
