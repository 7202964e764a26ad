"""Pure decisions: what a score is made of, why it is shown, and who else gets a turn."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log1p, sqrt
from uuid import UUID

KEEP = 100  # others that are stored for each listing
COMMON = 64  # common tastes to which each leans, where others are left out
AMONG = 200  # sales of a listing among which its buyers are counted: what a read costs is bounded
NEW_TURN = 4  # one place in this many goes to a seller who is still new here
ENOUGH = 0.5  # a seller's next listing counts for this share of the one before
STEPS = (5, 10, 20, 50, 100, 200, 500)  # in which a number of friends is told


class Why(StrEnum):
    TASTE = "taste"  # something that the reader chose speaks for it
    FOLLOWED = "followed"  # the reader follows the shop
    LIKED = "liked"  # it is for something that the reader says they like
    SHOP = "shop"  # the reader chose something else in the same shop
    FRIENDS = "friends"  # friends who let the house learn chose it
    POPULAR = "popular"  # many here chose it
    NEW = "new"  # its seller is new here and gets a try
    NONE = "none"  # nothing is known yet


@dataclass(frozen=True, slots=True)
class Facts:
    """What one reader's candidate stands on, as one statement reads it.

    `taste` is the sum of what the reader's choices say for it and `because` the listing that says
    most; `shop` how many things the reader chose in the same shop; `friends` how many friends who
    agreed chose it, of `circle` friends (0 where none did); `crowd` how many others bought it.
    `liked` are those of its `purposes` interests that the reader says they like; `followed`: the
    reader follows its shop.
    """

    listing: UUID
    seller: UUID
    taste: float = 0.0
    because: UUID | None = None
    shop: int = 0
    friends: int = 0
    circle: int = 0
    crowd: int = 0
    is_new: bool = False
    liked: Sequence[str] = ()
    purposes: int = 0
    followed: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the last lesson says of the weights; before the first, cautious guesses.

    `person` is the power of how many things the reader chose by which each says less; the others
    weigh a friend's choice, the crowd's, and what the reader said by following or liking or chose
    in the same shop: a listing that is all for what they like counts as much as a shop they follow.
    """

    person: float = 0.4
    friends: float = 0.05
    crowd: float = 0.005
    said: float = 0.05


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate in its place. `because` is a listing for TASTE, `interest` a key for LIKED;
    `count` for FRIENDS is how many they are at least."""

    listing: UUID
    score: float
    why: Why
    because: UUID | None = None
    count: int = 0
    interest: str = ""


def parts(facts: Facts, lesson: Lesson, *, chosen: int) -> dict[Why, float]:
    """What each side gives to the score; `chosen` is how many things the reader chose.

    What is liked counts by its share of what the listing is for, so that a seller who names more
    interests is met by more people, and by each later.
    """
    return {
        Why.TASTE: facts.taste / max(chosen, 1) ** lesson.person,
        Why.FOLLOWED: lesson.said * facts.followed,
        Why.LIKED: lesson.said * len(facts.liked) / max(facts.purposes, 1),
        Why.SHOP: lesson.said * facts.shop / max(chosen, 1),
        Why.FRIENDS: lesson.friends * facts.friends / sqrt(1 + facts.circle),
        Why.POPULAR: lesson.crowd * log1p(facts.crowd),
    }


def ranked(facts: Facts, lesson: Lesson, *, chosen: int, at_least: int) -> Ranked:
    """The candidate's score and the largest part of it that may be said.

    Friends are told from `at_least` on, and in steps: a number that went up by one would name who
    chose it. Nor is the crowd while it is that few people; the reader is none of them.
    """
    given = parts(facts, lesson, chosen=chosen)
    score = sum(given.values())
    for why in sorted(given, key=lambda one: -given[one]):
        if given[why] <= 0:
            break
        if why == Why.TASTE and facts.because:
            return Ranked(facts.listing, score, why, because=facts.because)
        if why == Why.LIKED:
            return Ranked(facts.listing, score, why, interest=facts.liked[0])
        if why in (Why.FOLLOWED, Why.SHOP):
            return Ranked(facts.listing, score, why)
        if why == Why.FRIENDS and facts.friends >= at_least:
            count = told_as(facts.friends, at_least=at_least)
            return Ranked(facts.listing, score, why, count=count)
        if why == Why.POPULAR and facts.crowd >= at_least:
            return Ranked(facts.listing, score, why)
    return Ranked(facts.listing, score, Why.NEW if facts.is_new else Why.NONE)


def told_as(count: int, *, at_least: int) -> int:
    """The highest step that `count` reaches; the first one is `at_least`."""
    return max(step for step in (at_least, *STEPS) if step <= count)


def rank(found: Iterable[Facts], lesson: Lesson, *, chosen: int, at_least: int) -> list[Ranked]:
    """The candidates, best first: by score, with room for every seller and for new ones.

    Deterministic: equal scores keep the candidates' own order.
    """
    facts = list(found)
    scored = {one.listing: ranked(one, lesson, chosen=chosen, at_least=at_least) for one in facts}
    order = with_turns(diverse(facts, {key: value.score for key, value in scored.items()}))
    return [scored[one.listing] for one in order]


def diverse(facts: Sequence[Facts], scores: dict[UUID, float]) -> list[Facts]:
    """Best first, each further listing of one seller counting for less, whatever its score."""
    best = sorted(facts, key=lambda one: -scores[one.listing])
    nth: dict[UUID, int] = {}
    worth = {}
    for one in best:
        before = nth.get(one.seller, 0)
        nth[one.seller] = before + 1
        # Ordinary scores shrink towards nothing; those below it sink further.
        score = scores[one.listing]
        worth[one.listing] = score * ENOUGH**before if score > 0 else score - before
    return sorted(best, key=lambda one: -worth[one.listing])


def with_turns(order: Sequence[Facts]) -> list[Facts]:
    """Every NEW_TURN-th place is a new seller's while any waits; all others keep their order."""
    rest = {one.listing: one for one in order}
    fresh = deque(one.listing for one in order if one.is_new)
    placed: list[Facts] = []
    while rest:
        while fresh and fresh[0] not in rest:
            fresh.popleft()
        turn = (len(placed) + 1) % NEW_TURN == 0
        nobody = not any(one.is_new for one in placed[-(NEW_TURN - 1) :])
        pick = fresh[0] if turn and nobody and fresh else next(iter(rest))
        placed.append(rest.pop(pick))
    return placed
