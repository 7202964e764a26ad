"""The server is killed in the middle of checkouts: nothing that was said is lost or done twice."""

import os
import shutil
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import psutil
import pytest
from django.test import override_settings

from goodword.kit import clock
from goodword.kit.postgres import Cluster
from goodword.money import queries as money
from goodword.money.gateways.sandbox.store import SandboxCharge
from goodword.money.models import Hold, Payment
from goodword.orders.models import Order, OrderLine
from goodword.people import actions as people
from goodword.shop.models import Variant
from goodword.site.settings import database

from ..conftest import DEEP
from ..house import PATIENCE, House, living_in
from ..town import first_variant, member, tea_shop
from .shoppers import Shopper

pytestmark = [pytest.mark.kill, pytest.mark.timeout(7200 if DEEP else 900)]
KILLS = 20 if DEEP else 2  # of the database, and as many of the pages' processes and the worker
SHOPPERS = 8
BUYERS = 2 * KILLS  # that each of them is, one after the other
STOCK = 100_000
BETWEEN = 1.5  # seconds of trade before each kill


@pytest.fixture
def durable(django_db_blocker) -> Iterator[House]:
    """A house with its own cluster, which writes to the disk before it says yes."""
    folder = Path(tempfile.mkdtemp(prefix="gw-", dir="/tmp"))
    folder.chmod(0o755)
    house = House(folder)
    try:
        house.open()
        with django_db_blocker.unblock():
            yield house
    finally:
        house.close()
        Cluster(folder).destroy()
        shutil.rmtree(folder)


def test_no_order_is_lost_and_nobody_pays_twice(durable: House):
    with living_in(**connection_of(durable)), override_settings(MEDIA_ROOT=durable.data / "media"):
        shoppers, variant = set_the_scene(durable)
    stop = shoppers[0].stop
    for shopper in shoppers:
        shopper.start()
    for _kill in range(KILLS):
        let_them_buy(shoppers, durable)
        kill_the_database(durable)
        let_them_buy(shoppers, durable)
        kill_all(durable, "web")
        let_them_buy(shoppers, durable)
        kill_all(durable, "worker")
    let_them_buy(shoppers, durable)
    stop.set()
    for shopper in shoppers:
        shopper.join(PATIENCE)
    durable.wait()
    with living_in(**connection_of(durable)):
        settle()
        check_what_was_said(shoppers)
        check_the_books(variant)
    found = durable.run("doctor")
    assert found.returncode == 0, found.stdout


def connection_of(house: House) -> dict[str, str]:
    found = database(Cluster(house.data).dsn())
    return {key: str(found[key]) for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}


def set_the_scene(house: House) -> tuple[list[Shopper], str]:
    seller = member("Lin Xiaoman")
    variant = first_variant(tea_shop(seller))
    Variant.objects.filter(id=variant.id).update(stock=STOCK)
    stop = threading.Event()
    shoppers = [
        Shopper(house.port, [buyer(f"Buyer{n}x{m}") for m in range(BUYERS)], str(variant.id), stop)
        for n in range(SHOPPERS)
    ]
    return shoppers, str(variant.id)


def buyer(name: str) -> str:
    """A new member's token."""
    _row, secret = people.issue_token(owner=member(name), name="shopping", now=clock.now())
    return secret


def let_them_buy(shoppers: list[Shopper], house: House) -> None:
    """Until the house has said yes some more times, and they are in the middle of asking."""
    before, deadline = said(shoppers), time.monotonic() + PATIENCE
    time.sleep(BETWEEN)
    while said(shoppers) < before + SHOPPERS:
        check_nothing_strange(shoppers)
        assert time.monotonic() < deadline, f"Nobody is served any more:\n{house.said()}"
        time.sleep(0.05)


def said(shoppers: list[Shopper]) -> int:
    return sum(len(shopper.told) for shopper in shoppers)


def kill_the_database(house: House) -> None:
    """The postmaster and every backend at once, as when the machine fails."""
    pid = Cluster(house.data).status().pid
    assert pid
    server = psutil.Process(pid)
    for process in [server, *server.children(recursive=True)]:
        try:
            os.kill(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def kill_all(house: House, role: str) -> None:
    """Its processes of that role at once; the supervisor starts others, on the same socket.

    Those that fell with the database may still be about to be started.
    """
    deadline = time.monotonic() + PATIENCE
    while not (ours := processes(house, role)):
        assert time.monotonic() < deadline, f"There is no {role} any more:\n{house.said()}"
        time.sleep(0.05)
    for one in ours:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)


def processes(house: House, role: str) -> list[int]:
    found = []
    for child in psutil.Process(house.process.pid).children():
        with suppress(psutil.NoSuchProcess):  # gone since we looked
            if child.name().startswith(f"goodword {role}"):
                found.append(child.pid)
    return found


def settle() -> None:
    """Let the worker finish what was cut off: every payment that began comes to an end."""
    deadline = time.monotonic() + PATIENCE
    open_ones = Payment.objects.filter(state__in=["created", "sent", "pending"])
    waiting = OrderLine.objects.filter(state="awaiting_payment")
    while open_ones.exists() or paid(waiting):
        assert time.monotonic() < deadline, (
            f"{open_ones.count()} payments and {paid(waiting)} paid orders were left lying: "
            f"{list(open_ones.values_list('state', flat=True))}"
        )
        time.sleep(0.2)


def paid(waiting) -> int:
    return waiting.filter(order__in=Hold.objects.values("order")).count()


def check_nothing_strange(shoppers: list[Shopper]) -> None:
    assert [one for shopper in shoppers for one in shopper.strange[:3]] == []


def check_what_was_said(shoppers: list[Shopper]) -> None:
    check_nothing_strange(shoppers)
    assert sum(shopper.lost for shopper in shoppers) > 0, "no kill hit anybody"
    told = {key: order for shopper in shoppers for key, order in shopper.told.items()}
    kept = {row.key: row for row in Order.objects.all()}
    assert told.keys() <= kept.keys()
    for key, order in told.items():
        assert str(kept[key].id) == order["id"]
        if order["state"] == "held":
            held = money.held(kept[key].id)
            assert held == kept[key].total, key
    assert kept.keys() <= {key for shopper in shoppers for key in shopper.asked}


def check_the_books(variant: str) -> None:
    """Charged at most once, held what was charged, sold what is held, nothing out of balance."""
    orders_of = dict(Payment.objects.values_list("id", "order"))
    charges = SandboxCharge.objects.filter(state="captured", refunded=0)
    charged = Counter(orders_of[UUID(charge.key)] for charge in charges)
    assert set(charged.values()) == {1}
    holds = {hold.order: hold for hold in Hold.objects.all()}
    assert set(holds) == set(charged)
    for order in Order.objects.filter(id__in=list(holds)):
        assert (holds[order.id].captured, holds[order.id].refunded) == (order.total.minor, 0)
    states = Counter(OrderLine.objects.values_list("state", flat=True))
    assert states == {"held": len(holds)}  # whoever ordered with a good card has it in the end
    assert Variant.objects.get(id=variant).stock == STOCK - sum(states.values())
    assert money.drift() == []
    assert all(line.difference == 0 for line in money.trial_balance())
