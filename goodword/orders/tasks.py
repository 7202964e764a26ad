from uuid import UUID

from goodword.kit import clock, jobs

from . import actions


@jobs.task(name="orders.payment_answered")
def payment_answered(payment: str) -> None:
    """Let an order follow what a gateway said."""
    actions.payment_answered(payment=UUID(payment), now=clock.now())


@jobs.task(name="orders.ring")
def ring(order: str) -> None:
    """Ring the timers of one order that are due."""
    actions.ring(order=UUID(order), now=clock.now())


@jobs.periodic(name="orders.sweep", cron="* * * * *")
def sweep() -> None:
    """Find timers whose job was lost."""
    actions.sweep(now=clock.now())
