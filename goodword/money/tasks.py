from contextlib import suppress
from uuid import UUID

from goodword.kit import clock, jobs

from . import actions
from .banking import claims, payouts, reconciling, reports, reserve
from .gateways.base import Forged
from .gateways.sandbox import Sandbox
from .gateways.sandbox.cards import Forgery
from .invoices import printing
from .sharing import actions as sharing
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


@jobs.task(name="money.sandbox_tells_refund")
def sandbox_tells_refund(refund: str) -> None:
    now = clock.now()
    body, headers = Sandbox().refund_message(refund, now=now)
    actions.receive_callback(gateway="sandbox", body=body, headers=headers, now=now)


@jobs.task(name="money.sandbox_is_forged")
def sandbox_is_forged(charge: str, how: str) -> None:
    now = clock.now()
    body, headers = Sandbox().forgery(charge, Forgery(how), now=now)
    with suppress(Forged):
        actions.receive_callback(gateway="sandbox", body=body, headers=headers, now=now)


@jobs.task(name="money.hand_on", queue=jobs.OUTSIDE)
def hand_on(transfer: str, looks: int) -> None:
    sharing.hand_on(transfer=UUID(transfer), looks=looks, now=clock.now())


@jobs.task(name="money.fetch_back", queue=jobs.OUTSIDE)
def fetch_back(claim: str) -> None:
    sharing.fetch_back(claim=claim, now=clock.now())


@jobs.task(name="money.print_paper")
def print_paper(paper: str) -> None:
    printing.make(paper=UUID(paper), now=clock.now())


@jobs.periodic(name="money.roll_snapshots", cron="*/5 * * * *")
def roll_snapshots() -> None:
    actions.roll_snapshots(now=clock.now())


@jobs.periodic(name="money.sweep", cron="23 * * * *")
def sweep() -> None:
    actions.sweep(now=clock.now())
    sharing.sweep(now=clock.now())
    actions.forget_heard(now=clock.now())


@jobs.periodic(name="money.keep_reserves", cron="37 * * * *")
def keep_reserves() -> None:
    for seller, currency in reserve.sellers(clock.now()):
        jobs.defer("money.settle_reserve", seller=str(seller), currency=currency)


@jobs.task(name="money.settle_reserve")
def settle_reserve(seller: str, currency: str) -> None:
    reserve.settle_reserve(seller=UUID(seller), currency=currency, now=clock.now())


@jobs.periodic(name="money.pay_claims", cron="7 * * * *")
def pay_claims() -> None:
    for seller, currency in claims.debtors():
        jobs.defer("money.pay_due", seller=str(seller), currency=currency)


@jobs.task(name="money.pay_due")
def pay_due(seller: str, currency: str) -> None:
    claims.pay_due(seller=UUID(seller), currency=currency, now=clock.now())


@jobs.periodic(name="money.ask_reports", cron="41 4 * * *")
def ask_reports() -> None:
    reports.ask_all()


@jobs.task(name="money.take_report", queue=jobs.OUTSIDE)
def take_report(gateway: str) -> None:
    reports.take_report(gateway=gateway, now=clock.now())


@jobs.periodic(name="money.look", cron="17 5 * * *")
def look() -> None:
    reconciling.look(clock.now())


@jobs.periodic(name="money.begin_payouts", cron="11 5 * * *")
def begin_payouts() -> None:
    for seller, currency in payouts.due(clock.now()):
        jobs.defer("money.begin_payout", seller=str(seller), currency=currency)


@jobs.task(name="money.begin_payout")
def begin_payout(seller: str, currency: str) -> None:
    payouts.begin_payout(seller=UUID(seller), currency=currency, now=clock.now())
