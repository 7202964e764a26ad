from uuid import UUID

from goodword.kit import clock, jobs

from . import actions, queries


@jobs.periodic(name="shop.sweep_reservations", cron="* * * * *")
def sweep_reservations() -> None:
    """Find orders whose pieces waited too long, and hand out one job each."""
    for order in queries.overdue_orders(clock.now()):
        jobs.defer("shop.expire_reservation", lock=f"reservation:{order}", order=str(order))


@jobs.task(name="shop.expire_reservation")
def expire_reservation(order: str) -> None:
    """Release one order's pieces if their time is really over."""
    actions.expire_reservation(order=UUID(order), now=clock.now())
