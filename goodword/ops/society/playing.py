"""One town from its first day to its last, on the database that Django is set up on."""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection

from goodword.reach.interests import actions as choosing
from goodword.reach.targeting import actions as targeting

from ..demo.build.building import HURRY, live_through, rarely_collecting
from . import plans
from .days import Days, Watch
from .job import BEGAN, Job, Policy, Result
from .measures import Tally
from .people import KEEN, born
from .settling import KINDS, Town, settle

LESSON = timedelta(hours=4.5)  # after midnight, when the house learns
LOOKED_AT = {0, 2, 8}  # days after which the tables have grown so much that plans may change


def play(
    job: Job,
    *,
    tell: Callable[[int], None] = lambda _days: None,
    watch: Watch = lambda _what, _at, _who, _which: None,
) -> Result:
    """Let the town live on an empty, migrated database; `tell` hears how many days are over.

    The same job gives the same result. Not inside a transaction.
    """
    with connection.cursor() as db:
        db.execute(HURRY)
    town = settle(born(members=job.members, seed=job.seed, held=job.held), began=BEGAN)
    days = Days(town, job.policy, job.held, Tally(job.members), watch)
    if job.policy == Policy.TARGETED:
        open_up(town)
    with rarely_collecting():
        for number in range(job.days):
            days.live(plans.day(town.people, number, seed=job.seed, held=job.held))
            days.carry(number + 1)
            night(days, number, job.policy)
            tell(number + 1)
    for agent in town.people.agents:
        if agent.is_annoyed:
            days.tally.add("annoyed", agent.number)
    return days.tally.result()


def open_up(town: Town) -> None:
    """Those who agree let the house learn, and say what they like."""
    for number in sorted(town.people.agreeing):
        member, interests = town.members[number].id, town.people.agents[number].interests
        targeting.agree(member=member, now=BEGAN)
        liked = [KINDS[topic] for topic, much in enumerate(interests) if much >= KEEN[0]]
        choosing.choose(member=member, interests=liked, now=BEGAN)


def night(days: Days, number: int, policy: Policy) -> None:
    """What the house does by itself between two days."""
    over = days.town.time(number + 1)
    live_through(over, since=days.town.time(number))
    if policy == Policy.TARGETED:
        targeting.learn(now=over + LESSON)
    if number in LOOKED_AT:
        with connection.cursor() as db:
            db.execute("ANALYZE")
