"""Towns in plain Python, many times faster: no database and none of the app's statements.

`Paced` asks the app's pure rules (`pacing.rules`, `targeting.rules`) what stands where, and does by
itself what the app's statements do: who may see what, what waits, what was shown before. A test
holds each to the app's town of the same seed, count by count.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from goodword.kit.house import HouseRules
from goodword.reach.cursor import LAST_ID
from goodword.reach.pacing.queries import HORIZON, OF_ONE, WAITING
from goodword.reach.pacing.rules import DAY, Layout, Pace, Turn, Waiting, folds, in_turn, lay_out
from goodword.reach.queries import PAGE
from goodword.reach.rules import Place
from goodword.reach.targeting import rules as targeting

from . import plans
from .agents import RECENT, Agent, Thing
from .job import BEGAN, Job, Policy, Result
from .measures import Tally
from .people import born
from .plans import Act, Beat

RULES = HouseRules()


@dataclass(frozen=True, slots=True, eq=False)
class Post:
    place: Place
    author: int
    thing: Thing | None = None  # what it sells, if it does
    listing: int = 0  # which of the seller's

    @property
    def id(self) -> UUID:
        return self.place.moment


def play(job: Job, *, tell: Callable[[int], None] = lambda _days: None) -> Result:
    """What came of the job's town; of no targeted one, since that learns in the database."""
    kinds: dict[Policy, type[Unpaced]] = {Policy.UNPACED: Unpaced, Policy.PACED: Paced}
    return kinds[job.policy](job).live(tell)


class Unpaced:
    """A classic feed: everything that may be seen and is wished, newest first."""

    def __init__(self, job: Job) -> None:
        self.job, self.held = job, job.held
        self.people = born(members=job.members, seed=job.seed, held=job.held)
        self.posts: list[Post] = []
        self.inbox, self.life, self.market = (
            [list[Post]() for _one in self.people.agents] for _lens in range(3)
        )
        self.seen: list[set[UUID]] = [set() for _one in self.people.agents]
        self.blocked: set[frozenset[int]] = set()
        self.muted: set[tuple[int, int]] = set()
        # Who bought a seller's listing.
        self.buyers: dict[tuple[int, int], set[int]] = defaultdict(set)
        self.tally = Tally(job.members)

    def live(self, tell: Callable[[int], None]) -> Result:
        for number in range(self.job.days):
            for beat in plans.day(self.people, number, seed=self.job.seed, held=self.held):
                self.do(self.people.agents[beat.who], beat)
            tell(number + 1)
        for agent in self.people.agents:
            if agent.is_annoyed:
                self.tally.add("annoyed", agent.number)
        return self.tally.result()

    def do(self, agent: Agent, beat: Beat) -> None:
        match beat.act:
            case Act.NEED:
                agent.needs[beat.what] = beat.at + self.held.need_days
            case Act.TELL:
                self.publish(agent, beat.at)
            case Act.SHOW:
                thing = self.people.sellers[beat.who].things[beat.what]
                self.publish(agent, beat.at, thing, beat.what)
            case Act.VISIT if agent.needing(at=beat.at):
                self.visit(agent, beat.at)
            case Act.LOOK if not agent.turns_away(beat.chance, held=self.held):
                self.look(agent, beat)

    def publish(
        self, agent: Agent, at: float, thing: Thing | None = None, listing: int = 0
    ) -> None:
        place = Place(BEGAN + timedelta(days=at), UUID(int=len(self.posts) + 1))
        post = Post(place, agent.number, thing, listing)
        self.posts.append(post)
        for reader in (agent.number, *agent.ties):
            self.inbox[reader].append(post)
            (self.life if thing is None else self.market)[reader].append(post)

    def visit(self, agent: Agent, at: float) -> None:
        """The newest page of the market."""
        offers = (one for one in reversed(self.market[agent.number]) if self.may_see(agent, one))
        for post in islice(offers, PAGE):
            thing = post.thing if post.author != agent.number else None
            if thing and agent.needs_now(thing.topic, at=at):
                self.consider(agent, post, at, in_circle=False)

    def may_see(self, agent: Agent, post: Post) -> bool:
        """What the agent might see and did not turn off."""
        pair = (agent.number, post.author)
        return post.author == agent.number or (
            not self.are_apart(agent, post) and not (post.thing and pair in self.muted)
        )

    def are_apart(self, agent: Agent, post: Post) -> bool:
        """Whether one of the two blocks the other."""
        return frozenset((agent.number, post.author)) in self.blocked

    def feed(self, agent: Agent, at: float) -> Iterator[tuple[Post, list[Post]]]:  # noqa: ARG002
        """The circle from the top, each card with what is folded behind it."""
        for post in reversed(self.inbox[agent.number]):
            if self.may_see(agent, post):
                yield post, []

    def look(self, agent: Agent, beat: Beat) -> None:
        self.tally.add("looks", agent.number)
        kinds: list[bool] = []
        met: Counter[int] = Counter()
        for post, folded in self.feed(agent, beat.at):
            if post.author == agent.number:
                continue
            is_old, thing = post.id in self.seen[agent.number], post.thing
            if len(kinds) >= beat.what or (is_old and not thing):
                break
            if is_old:
                continue
            self.see(agent, post)
            kinds.append(thing is not None)
            if thing:
                around = kinds[-RECENT:]
                crowd = sum(around) / len(around)
                agent.meet(
                    thing, crowd=crowd, earlier=met[thing.seller], at=beat.at, held=self.held
                )
                met[thing.seller] += 1
                if self.consider(agent, post, beat.at, in_circle=True):
                    self.unfold(agent, folded, beat.at)
        if kinds:
            agent.tire(sum(kinds) / len(kinds))
        self.object_to(agent, met, beat.at)

    def unfold(self, agent: Agent, folded: list[Post], at: float) -> None:
        for one in folded:
            if one.id not in self.seen[agent.number]:
                self.see(agent, one)
                self.consider(agent, one, at, in_circle=True)

    def see(self, agent: Agent, post: Post) -> None:
        self.seen[agent.number].add(post.id)
        self.tally.add("market_seen" if post.thing else "life_read", agent.number)

    def consider(self, agent: Agent, post: Post, at: float, *, in_circle: bool) -> bool:
        thing = post.thing
        if thing is None or not agent.opens(thing, at=at, held=self.held):
            return False
        self.tally.add("opens", agent.number)
        agent.likes(thing, held=self.held)
        if agent.buys(thing, at=at, held=self.held):
            agent.bought(thing.topic)
            self.buyers[post.author, post.listing].add(agent.number)
            self.tally.add("sales", agent.number)
            if in_circle:
                self.tally.add("sales_in_circle", agent.number)
            if not self.tally.counts["sellers_selling"][post.author]:
                self.tally.add("sellers_selling", post.author)
        return True

    def object_to(self, agent: Agent, met: Counter[int], at: float) -> None:
        for seller in sorted(met):
            if agent.has_enough(seller, at=at, held=self.held):
                if agent.blocks(seller, held=self.held):
                    self.blocked.add(frozenset((agent.number, seller)))
                    self.tally.add("blocks", agent.number)
                else:
                    self.muted.add((agent.number, seller))
                    self.tally.add("mutes", agent.number)


@dataclass(slots=True)
class Laid:
    """A turn in somebody's circle; `seen` is None until they read down to it."""

    turn: Turn
    seen: datetime | None = None


class Paced(Unpaced):
    """As the app paces it while nobody lets it know anything; what was laid and seen is kept."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.laid: list[dict[UUID, Laid]] = [{} for _one in self.people.agents]
        # What was seen: as a card, in an opened fold, or looked at in the market.
        self.had: list[set[UUID]] = [set() for _one in self.people.agents]

    def feed(self, agent: Agent, at: float) -> Iterator[tuple[Post, list[Post]]]:
        """Who asks for a page has seen the one before; of the last, what was met (`meets`)."""
        now = BEGAN + timedelta(days=at)
        above, since, more = Place(now, LAST_ID), 3, True
        while more:
            page = self.page(agent, now, above=above, since=since)
            last = [card for card in page.cards if isinstance(card, Place)]
            above, since, more = last[-1] if last else above, page.since, page.more
            for card in page.cards:
                if isinstance(card, Place):
                    yield self.post(card.moment), []
                else:
                    folded = [self.post(one) for one in card.rest]
                    yield self.post(card.lead), [one for one in folded if self.may_see(agent, one)]
            for turn in page.unseen:
                self.saw(agent, turn.lead, now)

    def look(self, agent: Agent, beat: Beat) -> None:
        self.meeting: list[UUID] = []
        super().look(agent, beat)
        for one in self.meeting:
            self.saw(agent, one, BEGAN + timedelta(days=beat.at))

    def see(self, agent: Agent, post: Post) -> None:
        super().see(agent, post)
        if post.thing:
            self.meeting.append(post.id)

    def saw(self, agent: Agent, id_: UUID, now: datetime) -> None:
        self.had[agent.number].add(id_)
        laid = self.laid[agent.number].get(id_)
        if laid and laid.seen is None:
            laid.seen = now

    def consider(self, agent: Agent, post: Post, at: float, *, in_circle: bool) -> bool:
        opened = super().consider(agent, post, at, in_circle=in_circle)
        if opened:
            self.saw(agent, post.id, BEGAN + timedelta(days=at))
        return opened

    def post(self, id_: UUID) -> Post:
        return self.posts[id_.int - 1]

    def page(self, agent: Agent, now: datetime, *, above: Place, since: int) -> Layout:
        pace = Pace(RULES.market_every, RULES.seller_gap, RULES.seller_cards_a_day)
        life: list[Place] = []
        for one in reversed(self.life[agent.number]):
            if one.place < above and self.may_see(agent, one):
                life.append(one.place)
                if len(life) > PAGE:
                    break
        kept = self.laid[agent.number]
        turns = sorted(
            (
                self.left(agent, laid.turn) for laid in kept.values()
                if laid.seen and laid.turn.after <= above
                and not self.are_apart(agent, self.post(laid.turn.lead))
            ),
            key=lambda turn: turn.after, reverse=True,
        )[: PAGE // RULES.market_every + 2]  # fmt: skip
        waiting = self.waiting(agent, now, pace)
        if above.moment == LAST_ID and not life:
            since = pace.every - 1

        def laid_out(waiting: list[Waiting]) -> Layout:
            return lay_out(
                life, turns, folds(waiting, pace=pace, now=now), pace=pace, above=above,
                since=since, ends=len(life) <= PAGE, limit=PAGE,
            )  # fmt: skip

        found = laid_out(waiting)
        if found.fresh:  # as in the app, only then it is asked what fits
            found = laid_out(self.fitted(agent, waiting))
        for turn in found.fresh:
            kept[turn.lead] = Laid(turn)
        return found

    def left(self, agent: Agent, turn: Turn) -> Turn:
        """The turn, or its empty place where the agent has turned the seller down since."""
        is_muted = (agent.number, self.post(turn.lead).author) in self.muted
        return replace(turn, empty=True) if is_muted else turn

    def waiting(self, agent: Agent, now: datetime, pace: Pace) -> list[Waiting]:
        """What was offered within the horizon, not seen yet and may come up now, newest first."""
        found: list[Waiting] = []
        kept, had = self.laid[agent.number], self.had[agent.number]
        before: dict[int, list[datetime]] = {}
        for laid in kept.values():
            if laid.seen and laid.seen > now - HORIZON:
                before.setdefault(self.post(laid.turn.lead).author, []).append(laid.seen)
        for one in reversed(self.market[agent.number]):
            if one.place.published_at <= now - HORIZON:
                break
            times = before.get(one.author, [])
            today = sum(seen > now - DAY for seen in times)
            if one.author == agent.number or one.id in had or not self.may_see(agent, one):
                continue
            if times and (now - max(times) < pace.gap or today >= pace.per_day):
                continue
            own, seller = kept.get(one.id), UUID(int=one.author)
            listing = UUID(int=one.author * 100 + one.listing)
            found.append(
                Waiting(
                    one.place.published_at, one.id, seller, 0.0, max(times, default=None),
                    today, listing, laid=own.turn if own else None,
                )
            )  # fmt: skip
        return self.fairly(found)

    def fairly(self, found: list[Waiting]) -> list[Waiting]:
        """So many of each seller: what was laid first, then the first of each, then the rest."""
        nth: Counter[UUID] = Counter()
        places: dict[UUID, int] = {}
        for one in sorted(found, key=lambda one: one.laid is None):  # newest first within each
            nth[one.seller] += 1
            places[one.moment] = nth[one.seller]
        kept = [one for one in found if places[one.moment] <= OF_ONE]
        kept.sort(key=lambda one: (one.laid is None, places[one.moment] > 1))
        return kept[:WAITING]

    def fitted(self, agent: Agent, waiting: list[Waiting]) -> list[Waiting]:
        """Ranked by how many others bought a thing and by new sellers' turns: all that is known."""
        facts = [
            targeting.Facts(
                listing, UUID(int=listing.int // 100), is_new=True,
                crowd=len(self.buyers[listing.int // 100, listing.int % 100] - {agent.number}),
            )
            for listing in dict.fromkeys(one.listing for one in in_turn(waiting) if one.listing)
        ]  # fmt: skip
        best = targeting.rank(facts, targeting.Lesson(), chosen=0, at_least=1)
        places = {one.listing: place for place, one in enumerate(best)}
        return [replace(one, fit=-float(places[one.listing])) for one in waiting if one.listing]
