from uuid import UUID

from goodword.kit import clock, jobs

from . import actions
from .gateways.sandbox import Sandbox
from .states import AnswerKind


@jobs.task(name="money.settle_payment", queue=jobs.OUTSIDE)
def settle_payment(payment: str, looks: int) -> None:
    actions.settle_payment(payment=UUID(payment), looks=looks, now=clock.now())


@jobs.task(name="money.send_refund", queue=jobs.OUTSIDE)
def send_refund(refund: str, looks: int) -> None:
    actions.send_refund(refund=UUID(refund), looks=looks, now=clock.now())


@jobs.task(name="money.sandbox_calls_back")
def sandbox_calls_back(charge: str, kind: str) -> None:
    now = clock.now()
    body, headers = Sandbox().message(charge, AnswerKind(kind), now=now)
    actions.receive_callback(gateway="sandbox", body=body, headers=headers, now=now)


@jobs.periodic(name="money.roll_snapshots", cron="*/5 * * * *")
def roll_snapshots() -> None:
    actions.roll_snapshots(now=clock.now())


@jobs.periodic(name="money.sweep", cron="23 * * * *")
def sweep() -> None:
    actions.sweep(now=clock.now())
