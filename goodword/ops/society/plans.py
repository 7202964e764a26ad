"""What an agent means to do in a day, whatever the policy, so that nothing else differs. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from .assumptions import APART, LISTINGS, STORM, STORM_LASTS, TOPICS, WAKING, Assumptions
from .people import People, Seller


class Act(StrEnum):
    NEED = "need"  # comes to need something of topic `what`
    TELL = "tell"  # posts a life moment
    SHOW = "show"  # a seller posts her listing number `what`
    LOOK = "look"  # opens the circle for `what` cards
    VISIT = "visit"  # looks in the market if something is needed


@dataclass(frozen=True, slots=True, order=True)
class Beat:
    """At `at` (days since the town began), `who` does `act`. `chance` is drawn once for all."""

    at: float
    who: int
    act: Act
    what: int = 0
    chance: float = 0.0


def day(people: People, number: int, *, seed: int, held: Assumptions) -> list[Beat]:
    """Everything that is meant to happen on day `number`, in its order."""
    beats: list[Beat] = []
    for agent in people.agents:
        chance = Random(f"{seed}:{agent.number}:{number}")  # noqa: S311
        beats += [
            Beat(number + at, agent.number, act, what, whim)
            for at, act, what, whim in lived(chance, agent.interests, held)
        ]
        if seller := people.sellers.get(agent.number):
            beats += [
                Beat(number + at, agent.number, Act.SHOW, listing)
                for at, listing in offered(chance, seller, held)
            ]
    return sorted(beats)


def lived(
    chance: Random, interests: list[float], held: Assumptions
) -> Iterator[tuple[float, Act, int, float]]:
    for _one in range(times(chance, held.needs)):
        topic = chance.choices(range(TOPICS), interests)[0]
        yield chance.uniform(*WAKING), Act.NEED, topic, 0.0
    for _one in range(times(chance, held.life_a_day)):
        yield chance.uniform(*WAKING), Act.TELL, 0, 0.0
    for _one in range(times(chance, held.sessions)):
        cards = 1 + int(chance.expovariate(1 / max(1.0, held.attention)))
        yield chance.uniform(*WAKING), Act.LOOK, cards, chance.random()
    if chance.random() < held.visits:
        yield chance.uniform(*WAKING), Act.VISIT, 0, 0.0


def offered(chance: Random, seller: Seller, held: Assumptions) -> Iterator[tuple[float, int]]:
    """When a seller posts which of her listings: in a storm, or one every few hours."""
    if seller.storms:
        for _storm in range(times(chance, held.offers_a_day / STORM)):
            begins = chance.uniform(WAKING[0], WAKING[1] - STORM_LASTS)
            for listing in chance.sample(range(LISTINGS), STORM):
                yield begins + chance.uniform(0, STORM_LASTS), listing
        return
    at = WAKING[0] + chance.uniform(0, APART)
    for _one in range(times(chance, held.offers_a_day)):
        if at < WAKING[1]:
            yield at, chance.randrange(LISTINGS)
        at += APART * chance.uniform(0.8, 1.2)


def times(chance: Random, mean: float) -> int:
    """How often something happens in a day that happens `mean` times on average (Poisson)."""
    count, at = 0, chance.expovariate(1.0)
    while at < mean:
        count += 1
        at += chance.expovariate(1.0)
    return count
