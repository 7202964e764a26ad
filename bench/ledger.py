"""Escrow postings through our code against the same postings as one hand-written SQL function.

One posting is a sale's whole way: the buyer's payment into escrow, and escrow to the seller with
the house's fee, in one durable commit. The function writes an order, two transfers, four entries
and four balances; ours writes what decision 0005 describes. Sellers are many, or one hot one.

Two more sides tell apart where the difference lies: a function that writes the very rows that ours
does (`same`), and our posting of both transfers without the payment and hold they belong to
(`post`), which is what the first function does. See `by_hand.py` for the functions.
"""

import os
import threading
import time
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple
from uuid import UUID

import psycopg
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from goodword.kit.ids import new_id
from goodword.kit.money import Money

from . import raw
from .by_hand import BARE, SAME
from .client import Sample, nothing
from .house import House, opened
from .raw import SPAWN
from .run import in_turns, leave, settle
from .scale import Scale

SELLERS, BUYERS = 500, 500
FEW, MANY = 8, 32
FASTEST = {"app": 1500, "raw": 4500, "same": 3000, "post": 3000}  # a second, prepared for
AMOUNT, FEE = 12800, 5
OTHERS = ("same", "post")


class Sale(NamedTuple):
    payment: UUID
    order: UUID
    buyer: UUID
    seller: UUID


def run(scale: Scale, console: Console) -> dict[str, float]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        progress.add_task("Opening the house", total=None)
        with opened() as house:
            settle(house)
            try:
                return measure(house, scale, progress)
            finally:
                leave()


def measure(house: House, scale: Scale, progress: Progress) -> dict[str, float]:
    with psycopg.connect(house.dsn, autocommit=True) as connection:
        (durable,) = connection.execute("SHOW synchronous_commit").fetchone() or ("",)
        if durable != "on":
            raise SystemExit("Measured with synchronous_commit = on only.")
        connection.execute(BARE)
        connection.execute(SAME)
    buyers, sellers = people("buyer", BUYERS), people("seller", SELLERS)
    figures: dict[str, float] = {}
    for many in (FEW, MANY):
        for name, who in (("spread", sellers), ("hot", sellers[:1])):
            beside = OTHERS if name == "spread" else ()
            sides = {
                side: partial(load, house.dsn, side, buyers, who, many)
                for side in ("app", "raw", *beside)
            }
            done = in_turns(progress, scale, sides)
            for side, sample in done.items():
                figures[f"{side}_{name}_{many}_per_s"] = sample.per_second
    return figures | ratios(figures)


def ratios(figures: dict[str, float]) -> dict[str, float]:
    def divided(one: str, other: str, many: int) -> float:
        return figures[f"{one}_spread_{many}_per_s"] / figures[f"{other}_spread_{many}_per_s"]

    parts = {"ratio": ("app", "raw"), "same_ratio": ("app", "same"), "post_ratio": ("post", "raw"),
             "floor": ("same", "raw")}  # fmt: skip
    found = {
        f"{name}_{many}": divided(*pair, many) for name, pair in parts.items() for many in (8, 32)
    }
    return found | {"hot_over_spread": figures["app_hot_32_per_s"] / figures["app_spread_32_per_s"]}


def people(name: str, count: int) -> list[UUID]:
    from goodword.people.models import Member

    now = datetime.now(UTC)
    rows = [
        Member(id=new_id(), handle=f"{name}_{n}", display_name=name, joined_at=now)
        for n in range(count)
    ]
    Member.objects.bulk_create(rows)
    return [row.id for row in rows]


def load(
    dsn: str, side: str, buyers: list[UUID], sellers: list[UUID], connections: int, seconds: float
) -> Sample:
    """One side's postings; each from processes and connections as many as the others have."""
    sales = thought_up(buyers, sellers, max(50, int(seconds * FASTEST[side])))
    if side in ("app", "same"):
        ask(sales)
    if side in ("raw", "same"):
        journeys = {"raw": bare, "same": same}[side](sales)
        return raw.load(dsn, journeys, seconds=seconds, connections=connections)
    processes = min(2, connections)
    work = [
        (dsn, side, sales[n::processes], seconds, connections // processes)
        for n in range(processes)
    ]
    with SPAWN.Pool(processes) as pool:
        samples = pool.starmap(drive, work)
    total = nothing()
    for sample in samples:
        total.took += sample.took
        total.failed += sample.failed
    total.seconds = max(sample.seconds for sample in samples)
    return total


def thought_up(buyers: list[UUID], sellers: list[UUID], count: int) -> list[Sale]:
    return [
        Sale(new_id(), new_id(), buyers[n % len(buyers)], sellers[n % len(sellers)])
        for n in range(count)
    ]


def ask(sales: list[Sale]) -> None:
    """Their payments, which the gateway was asked for and has not answered."""
    from goodword.money.models import Payment
    from goodword.money.states import PaymentState

    now = datetime.now(UTC)
    rows = [
        Payment(
            id=sale.payment, order=sale.order, buyer_id=sale.buyer, seller_id=sale.seller,
            amount=AMOUNT, currency="CNY", fee_percent=FEE, gateway="sandbox", method="card",
            key=new_id().hex, digest=bytes(32), state=PaymentState.SENT, created_at=now,
            changed_at=now,
        )
        for sale in sales
    ]  # fmt: skip
    Payment.objects.bulk_create(rows, batch_size=1000)


def bare(sales: list[Sale]) -> list[list[raw.Step]]:
    call = "SELECT bench_escrow(%(o)s, %(b)s, %(s)s, %(a)s, %(one)s, %(two)s)"
    return [
        [(call, {
            "o": sale.order, "b": sale.buyer, "s": sale.seller, "a": AMOUNT, "one": new_id(),
            "two": new_id(),
        })]
        for sale in sales
    ]  # fmt: skip


def same(sales: list[Sale]) -> list[list[raw.Step]]:
    from goodword.money.rules import AccountRef
    from goodword.money.states import AccountKind

    call = "SELECT bench_sale(%(p)s, %(one)s, %(two)s, %(gateway)s, %(payable)s, %(fees)s)"
    gateway = AccountRef(AccountKind.GATEWAY, "CNY", gateway="sandbox").id
    fees = AccountRef(AccountKind.FEES, "CNY").id
    return [
        [(call, {
            "p": sale.payment, "one": new_id(), "two": new_id(), "gateway": gateway, "fees": fees,
            "payable": AccountRef(AccountKind.PAYABLE, "CNY", holder=sale.seller).id,
        })]
        for sale in sales
    ]  # fmt: skip


def drive(dsn: str, side: str, sales: list[Sale], seconds: float, connections: int) -> Sample:
    os.environ["DATABASE_URL"] = dsn
    import django

    django.setup()
    from django.db import connection

    # Each thread has a connection of its own, as many as are asked for; the app's pool has fewer.
    connection.settings_dict["OPTIONS"].pop("pool", None)
    act = {"app": whole, "post": transfers}[side]
    sample, waiting, lock = nothing(), iter(sales), threading.Lock()
    ready = threading.Barrier(connections + 1)

    def walk() -> None:
        connection.ensure_connection()
        ready.wait()
        begun = started = time.perf_counter()
        while begun < started + seconds:
            with lock:
                sale = next(waiting, None)
            if sale is None:
                break
            try:
                act(sale)
            except Exception as error:
                sample.failed.append(repr(error))
                break
            now = time.perf_counter()
            sample.took.append(now - begun)
            begun = now
        connection.close()

    threads = [threading.Thread(target=walk) for _n in range(connections)]
    for thread in threads:
        thread.start()
    ready.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    sample.seconds = time.perf_counter() - begun
    return sample


def whole(sale: Sale) -> None:
    """The gateway says that it was paid; the goods are there. One commit."""
    from django.db import transaction

    from goodword.money import actions
    from goodword.money.gateways.base import Answer
    from goodword.money.states import AnswerKind

    now = datetime.now(UTC)
    answer = Answer(str(sale.payment), AnswerKind.CAPTURED, Money(AMOUNT, "CNY"))
    with transaction.atomic():
        actions.record_answer(answer=answer, now=now, then=lambda _payment: None)
        actions.release(order=sale.order, key=f"release/{sale.order}", now=now)


def transfers(sale: Sale) -> None:
    """The two transfers of a sale and nothing else, by the way that all of ours go. One commit."""
    from django.db import transaction

    from goodword.money.actions.posting import Posting, post
    from goodword.money.rules import AccountRef, between, release_split, whole_fee
    from goodword.money.states import AccountKind, TransferKind

    amount, nothing = Money(AMOUNT, "CNY"), Money(0, "CNY")
    gateway = AccountRef(AccountKind.GATEWAY, "CNY", gateway="sandbox")
    escrow = AccountRef(AccountKind.ESCROW, "CNY", holder=sale.buyer, order=sale.order)
    payable = AccountRef(AccountKind.PAYABLE, "CNY", holder=sale.seller)
    split = release_split(fee=whole_fee(amount, FEE), captured=amount, refunded=nothing)
    shared = [(payable, split.seller), (AccountRef(AccountKind.FEES, "CNY"), split.fee)]
    capture = Posting(
        owner=sale.buyer, kind=TransferKind.CAPTURE, order=sale.order,
        key=f"capture/{sale.payment}", body={"payment": sale.payment},
        lines=between(debit=gateway, credits=[(escrow, amount)]),
    )  # fmt: skip
    release = Posting(
        owner=sale.buyer, kind=TransferKind.RELEASE, order=sale.order,
        key=f"release/{sale.order}", body={"verb": "release", "order": sale.order},
        lines=between(debit=escrow, credits=shared),
    )  # fmt: skip
    with transaction.atomic():
        post(capture, release, now=datetime.now(UTC))
