"""Escrow postings through our code against the same postings as one hand-written SQL function.

One posting is a sale's whole way: the buyer's payment into escrow, and escrow to the seller with
the house's fee, in one durable commit. The function writes an order, two transfers, four entries
and four balances; ours writes what decision 0005 describes. Sellers are many, or one hot one.
"""

import os
import threading
import time
from datetime import UTC, datetime
from uuid import UUID

import psycopg
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from goodword.kit.ids import new_id

from . import raw
from .client import Sample, nothing
from .house import House, opened
from .raw import SPAWN
from .run import in_turns, leave, settle
from .scale import Scale

SELLERS, BUYERS = 500, 500
FEW, MANY = 8, 32
FASTEST = 1500  # postings a second that are prepared for
AMOUNT, FEE = 12800, 5

BY_HAND = """
CREATE TABLE bench_order (id uuid PRIMARY KEY, buyer uuid, seller uuid, amount bigint,
                          at timestamptz);
CREATE TABLE bench_transfer (id uuid PRIMARY KEY, "order" uuid, kind text, at timestamptz);
CREATE TABLE bench_entry (transfer uuid, line int, account uuid, amount bigint,
                          PRIMARY KEY (transfer, line));
CREATE TABLE bench_balance (account uuid PRIMARY KEY, amount bigint);
CREATE FUNCTION bench_add(account uuid, amount bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO bench_balance VALUES (account, amount)
    ON CONFLICT (account) DO UPDATE SET amount = bench_balance.amount + EXCLUDED.amount;
$$;
CREATE FUNCTION bench_escrow(number uuid, buyer uuid, seller uuid, amount bigint,
                             one uuid, two uuid)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO bench_order VALUES (number, buyer, seller, amount, now());
    INSERT INTO bench_transfer VALUES (one, number, 'capture', now()),
                                      (two, number, 'release', now());
    INSERT INTO bench_entry VALUES (one, 1, buyer, -amount), (one, 2, number, amount),
                                   (two, 1, number, -amount), (two, 2, seller, amount);
    PERFORM bench_add(buyer, -amount);
    PERFORM bench_add(number, amount);
    PERFORM bench_add(number, -amount);
    PERFORM bench_add(seller, amount);
END $$;
"""


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
        connection.execute(BY_HAND)
    buyers, sellers = people("buyer", BUYERS), people("seller", SELLERS)
    figures: dict[str, float] = {}
    for many in (FEW, MANY):
        for name, who in (("spread", sellers), ("hot", sellers[:1])):
            sides = {
                "app": lambda s, who=who, many=many: load(house.dsn, buyers, who, s, many),
                "raw": lambda s, who=who, many=many: raw.load(
                    house.dsn, by_hand(buyers, who, s), seconds=s, connections=many
                ),
            }
            done = in_turns(progress, scale, sides)
            for side, sample in done.items():
                figures[f"{side}_{name}_{many}_per_s"] = sample.per_second
    return figures | {
        "ratio_8": figures["app_spread_8_per_s"] / figures["raw_spread_8_per_s"],
        "ratio_32": figures["app_spread_32_per_s"] / figures["raw_spread_32_per_s"],
        "hot_over_spread": figures["app_hot_32_per_s"] / figures["app_spread_32_per_s"],
    }


def people(name: str, count: int) -> list[UUID]:
    from goodword.people.models import Member

    now = datetime.now(UTC)
    rows = [
        Member(id=new_id(), handle=f"{name}_{n}", display_name=name, joined_at=now)
        for n in range(count)
    ]
    Member.objects.bulk_create(rows)
    return [row.id for row in rows]


def prepared(seconds: float) -> int:
    return max(50, int(seconds * FASTEST))


def by_hand(buyers: list[UUID], sellers: list[UUID], seconds: float) -> list[list[raw.Step]]:
    call = "SELECT bench_escrow(%(o)s, %(b)s, %(s)s, %(a)s, %(one)s, %(two)s)"
    return [
        [(call, {
            "o": new_id(), "b": buyers[n % len(buyers)], "s": sellers[n % len(sellers)],
            "a": AMOUNT, "one": new_id(), "two": new_id(),
        })]
        for n in range(prepared(seconds) * 3)
    ]  # fmt: skip


def load(
    dsn: str, buyers: list[UUID], sellers: list[UUID], seconds: float, connections: int
) -> Sample:
    """Hold and release payments that were asked for before, from processes like those of `raw`."""
    payments = asked(buyers, sellers, prepared(seconds))
    processes = min(2, connections)
    work = [
        (dsn, payments[n::processes], seconds, connections // processes) for n in range(processes)
    ]
    with SPAWN.Pool(processes) as pool:
        samples = pool.starmap(drive, work)
    total = nothing()
    for sample in samples:
        total.took += sample.took
        total.failed += sample.failed
    total.seconds = max(sample.seconds for sample in samples)
    return total


def asked(buyers: list[UUID], sellers: list[UUID], count: int) -> list[UUID]:
    """Payments that the gateway was asked for and has not answered."""
    from goodword.money.models import Payment
    from goodword.money.states import PaymentState

    now = datetime.now(UTC)
    rows = [
        Payment(
            id=new_id(), order=new_id(), buyer_id=buyers[n % len(buyers)],
            seller_id=sellers[n % len(sellers)], amount=AMOUNT, currency="CNY", fee_percent=FEE,
            gateway="sandbox", method="card", key=new_id().hex, digest=bytes(32),
            state=PaymentState.SENT, created_at=now, changed_at=now,
        )
        for n in range(count)
    ]  # fmt: skip
    Payment.objects.bulk_create(rows, batch_size=1000)
    return [row.id for row in rows]


def drive(dsn: str, payments: list[UUID], seconds: float, connections: int) -> Sample:
    os.environ["DATABASE_URL"] = dsn
    import django

    django.setup()
    from django.db import connection

    # Each thread has a connection of its own, as many as are asked for; the app's pool has fewer.
    connection.settings_dict["OPTIONS"].pop("pool", None)
    sample, waiting, lock = nothing(), iter(payments), threading.Lock()
    ready = threading.Barrier(connections + 1)

    def walk() -> None:
        connection.ensure_connection()
        ready.wait()
        begun = started = time.perf_counter()
        while begun < started + seconds:
            with lock:
                payment = next(waiting, None)
            if payment is None:
                break
            try:
                sale(payment)
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


def sale(payment: UUID) -> None:
    """The gateway says that it was paid; the goods are there. One commit."""
    from django.db import transaction

    from goodword.kit.money import Money
    from goodword.money import actions
    from goodword.money.gateways.base import Answer
    from goodword.money.states import AnswerKind

    now = datetime.now(UTC)
    answer = Answer(str(payment), AnswerKind.CAPTURED, Money(AMOUNT, "CNY"))
    with transaction.atomic():
        row = actions.record_answer(answer=answer, now=now, then=lambda _payment: None)
        actions.release(order=row.order, key=f"release/{row.order}", now=now)
