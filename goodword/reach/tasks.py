from uuid import UUID

from goodword.kit import clock, jobs

from . import actions
from .digests import actions as digests
from .selling import actions as selling
from .selling import measuring
from .targeting import actions as targeting


@jobs.task(name="reach.fan_out")
def fan_out(moment: str, after: str = str(actions.ZERO)) -> None:
    actions.fan_out(moment=UUID(moment), after=UUID(after))


@jobs.task(name="reach.foresee")
def foresee(moment: str) -> None:
    selling.foresee(moment=UUID(moment), now=clock.now())


@jobs.task(name="reach.settle")
def settle(seller: str) -> None:
    selling.settle(seller=UUID(seller), now=clock.now())


@jobs.periodic(name="reach.settle_nightly", cron="37 3 * * *")
def settle_nightly() -> None:
    selling.start_settling(now=clock.now())
    measuring.count_weeks(now=clock.now())


@jobs.task(name="reach.back_fill")
def back_fill(reader: str, author: str) -> None:
    actions.back_fill(reader=UUID(reader), author=UUID(author))


@jobs.task(name="reach.part")
def part(one: str, other: str) -> None:
    actions.part(one=UUID(one), other=UUID(other))


@jobs.periodic(name="reach.start_digests", cron="7 * * * *")
def start_digests() -> None:
    digests.start_due(now=clock.now())


@jobs.task(name="reach.make_digest")
def make_digest(reader: str) -> None:
    digests.make(reader=UUID(reader), now=clock.now())


# No transaction may be open while the lesson is worked out elsewhere.
@jobs.task(name="reach.learn", queue=jobs.OUTSIDE)
def learn() -> None:
    targeting.learn(now=clock.now())


@jobs.periodic(name="reach.learn_nightly", cron="17 4 * * *")
def learn_nightly() -> None:
    jobs.defer("reach.learn", lock="reach.learn")
