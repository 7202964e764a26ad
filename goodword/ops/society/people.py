"""Who lives in a town: agents, who is whose friend, who sells what. Pure; the seed says it all."""

from dataclasses import dataclass, field
from random import Random

from .agents import Agent, Thing
from .assumptions import LAYERS, LISTINGS, TOPICS, Assumptions, Layer

FAINT = 0.05  # interest in what one does not care for
KEEN = (0.6, 1.0)
SIDELINE = 0.2  # share of a seller's things outside her own first interest
TIE_SPREAD = 0.08


@dataclass(frozen=True, slots=True)
class Seller:
    number: int
    storms: bool  # posts six at once, rather than one every few hours
    things: list[Thing]


@dataclass(slots=True)
class People:
    agents: list[Agent]
    sellers: dict[int, Seller] = field(default_factory=dict)
    agreeing: frozenset[int] = frozenset()  # who lets the house learn, where it may


def born(*, members: int, seed: int, held: Assumptions) -> People:
    """The same members, friendships and sellers for the same seed, whatever the policy."""
    chance = Random(f"{seed}:town")  # noqa: S311
    agents = [
        Agent(
            number=number,
            interests=liked(chance, held),
            patience=max(0.1, held.patience * chance.lognormvariate(0, held.spread)),
            mind=Random(f"{seed}:{number}:mind"),  # noqa: S311
        )
        for number in range(members)
    ]
    for layer in LAYERS:
        befriend(agents, layer, chance, held)
    selling = chance.sample(range(members), max(2, round(members * min(held.sellers, 0.5))))
    sellers = {number: seller(agents[number], chance, held) for number in sorted(selling)}
    agreeing = frozenset(one.number for one in agents if chance.random() < held.agreeing)
    return People(agents, sellers, agreeing)


def liked(chance: Random, held: Assumptions) -> list[float]:
    keen = chance.sample(range(TOPICS), min(TOPICS, max(1, round(held.interests))))
    return [chance.uniform(*KEEN) if topic in keen else FAINT for topic in range(TOPICS)]


def befriend(agents: list[Agent], layer: Layer, chance: Random, held: Assumptions) -> None:
    """Everybody with their neighbours on the layer's ring, on which the like stand near each other.

    A ring makes friends of friends friends; a closer layer's tie stays.
    """
    most = max(1, len(agents) // 4)
    reach = max(1, min(most, round(layer.friends * held.circle)) // 2)
    ring = sorted(agents, key=lambda one: place(one, chance, held))
    for position, one in enumerate(ring):
        for step in range(1, reach + 1):
            other = ring[(position + step) % len(ring)]
            if other is one or other.number in one.ties:
                continue
            tie = min(1.0, max(0.01, chance.gauss(layer.tie, TIE_SPREAD)))
            one.ties[other.number] = other.ties[one.number] = tie


def place(agent: Agent, chance: Random, held: Assumptions) -> float:
    """Where on a ring: by the first interest for some, anywhere for the others."""
    first = agent.interests.index(max(agent.interests))
    by_interest = chance.random() < held.likeness
    return (first + chance.random()) / TOPICS if by_interest else chance.random()


def seller(agent: Agent, chance: Random, held: Assumptions) -> Seller:
    own = agent.interests.index(max(agent.interests))
    things = [
        Thing(agent.number, chance.randrange(TOPICS) if chance.random() < SIDELINE else own)
        for _one in range(LISTINGS)
    ]
    return Seller(agent.number, chance.random() < held.storms, things)
