from uuid import UUID

from goodword.kit import clock, jobs
from goodword.kit.money import Money

from . import actions, gateways
from .closing import actions as closing


@jobs.task(name="orders.payment_answered")
def payment_answered(payment: str) -> None:
    """Let an order follow what a gateway said."""
    actions.payment_answered(payment=UUID(payment), now=clock.now())


@jobs.task(name="orders.handed_back")
def handed_back(payment: str, transfer: str, minor: int, currency: str) -> None:
    """Tell a buyer of money that came besides what her order asked for."""
    actions.handed_back(
        payment=UUID(payment), transfer=transfer, amount=Money(minor, currency), now=clock.now()
    )


@jobs.task(name="orders.ring")
def ring(order: str) -> None:
    """Ring the timers of one order that are due."""
    actions.ring(order=UUID(order), now=clock.now())


@jobs.task(name="orders.ring_shop")
def ring_shop(owner: str) -> None:
    """Ring the clocks of one seller that are due."""
    closing.ring_shop(owner=UUID(owner), now=clock.now())


@jobs.periodic(name="orders.sweep", cron="* * * * *")
def sweep() -> None:
    """Find timers whose job was lost."""
    now = clock.now()
    actions.sweep(now=now)
    closing.sweep(now=now)


@jobs.periodic(name="orders.read_tracking", cron="*/2 * * * *")
def read_tracking() -> None:
    """Read what carriers have said since the last time."""
    actions.read_tracking(gateways=gateways.tracking(), now=clock.now())
