"""An unpaced town in plain Python: no database and none of the app's queries, for comparison."""

from collections import Counter
from dataclasses import dataclass, field

from goodword.ops.society import plans
from goodword.ops.society.agents import RECENT, Agent, Thing
from goodword.ops.society.assumptions import Assumptions
from goodword.ops.society.people import born
from goodword.ops.society.plans import Act, Beat
from goodword.reach.queries import PAGE

Post = tuple[float, int, Thing | None]  # when, whose, and what it sells if it does


@dataclass
class PlainTown:
    """Its counts should be those of the app's town of the same seed."""

    members: int
    seed: int
    held: Assumptions
    posts: list[Post] = field(default_factory=list)
    blocked: set[frozenset[int]] = field(default_factory=set)
    muted: set[tuple[int, int]] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def live(self, days: int) -> Counter[str]:
        self.people = born(members=self.members, seed=self.seed, held=self.held)
        self.seen: list[set[Post]] = [set() for _one in self.people.agents]
        for day in range(days):
            for beat in plans.day(self.people, day, seed=self.seed, held=self.held):
                self.do(self.people.agents[beat.who], beat)
        self.counts["annoyed"] = sum(one.is_annoyed for one in self.people.agents)
        return self.counts

    def do(self, agent: Agent, beat: Beat) -> None:
        match beat.act:
            case Act.NEED:
                agent.needs[beat.what] = beat.at + self.held.need_days
            case Act.TELL:
                self.posts.append((beat.at, beat.who, None))
            case Act.SHOW:
                thing = self.people.sellers[beat.who].things[beat.what]
                self.posts.append((beat.at, beat.who, thing))
            case Act.VISIT if agent.needing(at=beat.at):
                market = [one for one in self.visible(agent, own=True) if one[2]]
                for _at, seller, thing in market[:PAGE]:
                    if seller != agent.number and agent.needs_now(thing.topic, at=beat.at):
                        self.consider(agent, thing, beat.at)
            case Act.LOOK if not agent.turns_away(beat.chance, held=self.held):
                self.look(agent, beat)

    def visible(self, agent: Agent, *, own: bool = False) -> list[Post]:
        """What the agent might see and did not turn off, newest first."""
        return [
            post for post in reversed(self.posts)
            if (own and post[1] == agent.number) or (
                post[1] in agent.ties
                and frozenset((agent.number, post[1])) not in self.blocked
                and not (post[2] and (agent.number, post[1]) in self.muted)
            )
        ]  # fmt: skip

    def look(self, agent: Agent, beat: Beat) -> None:
        self.counts["looks"] += 1
        kinds: list[bool] = []
        met: Counter[int] = Counter()
        for post in self.visible(agent):
            is_old, thing = post in self.seen[agent.number], post[2]
            if len(kinds) >= beat.what or (is_old and not thing):
                break
            if is_old:
                continue
            self.seen[agent.number].add(post)
            kinds.append(thing is not None)
            self.counts["market_seen" if thing else "life_read"] += 1
            if thing:
                around = kinds[-RECENT:]
                agent.meet(
                    thing, crowd=sum(around) / len(around), earlier=met[thing.seller], at=beat.at,
                    held=self.held,
                )  # fmt: skip
                met[thing.seller] += 1
                self.consider(agent, thing, beat.at)
        if kinds:
            agent.tire(sum(kinds) / len(kinds))
        self.object_to(agent, met, beat.at)

    def consider(self, agent: Agent, thing: Thing, at: float) -> None:
        if not agent.opens(thing, at=at, held=self.held):
            return
        self.counts["opens"] += 1
        agent.likes(thing, held=self.held)
        if agent.buys(thing, at=at, held=self.held):
            self.counts["sales"] += 1
            agent.bought(thing.topic)

    def object_to(self, agent: Agent, met: Counter[int], at: float) -> None:
        for seller in sorted(met):
            if agent.has_enough(seller, at=at, held=self.held):
                if agent.blocks(seller, held=self.held):
                    self.blocked.add(frozenset((agent.number, seller)))
                    self.counts["blocks"] += 1
                else:
                    self.muted.add((agent.number, seller))
                    self.counts["mutes"] += 1
