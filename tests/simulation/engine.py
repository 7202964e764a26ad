"""The clock, the jobs and the steps of one simulated life, all out of one seed."""

import hashlib
import heapq
import json
import secrets
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app
from psycopg._preparing import PrepareManager

from goodword.kit import clock, ids
from goodword.kit.errors import Refused
from goodword.kit.rows import first
from goodword.money.gateways.sandbox import Sandbox
from goodword.money.models import Payment, Refund, SandboxRefund
from goodword.money.states import AnswerKind

from .books import Books
from .faults import EXPECTED, Faults

NEXT = """
WITH done AS (DELETE FROM procrastinate_jobs WHERE id = %s)
SELECT id, task_name, args, scheduled_at FROM procrastinate_jobs
 WHERE status = 'todo' AND id <> %s ORDER BY scheduled_at NULLS FIRST, id LIMIT 3"""
LATER = "UPDATE procrastinate_jobs SET scheduled_at = %s WHERE id = %s"
WHOLE_EVERY = 400  # steps
PLANS = 1000  # statements of a town that are kept planned, from their first use on
MINUTE = timedelta(minutes=1)
Job = tuple[int, str, Any, datetime | None]
MESSAGES = ("money.sandbox_calls_back", "money.sandbox_tells_refund")


class Engine:
    """Whoever does something here does it in a step, and after each step the books are read."""

    def __init__(self, seed: int, *, now: datetime) -> None:
        self.seed, self.now = seed, now
        self.dice = Random(seed)
        self.faults = Faults(self.dice)
        self.books = Books()
        self.agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self.steps = 0
        self.lately: deque[str] = deque(maxlen=60)
        self.outcomes: Counter[str] = Counter()
        self.story = hashlib.sha256()
        self.order_of: dict[str, UUID] = {}  # of payments and refunds
        self.queue: deque[Job] = deque()  # what is next, as last read
        self.finished = 0  # a job that the worker has yet to note as done

    # Time

    def later(self, wait: timedelta, act: Callable[[], None]) -> None:
        heapq.heappush(self.agenda, (self.now + wait, len(self.agenda) + self.steps, act))

    def between(self, least: float, most: float) -> timedelta:
        """A time of so many minutes."""
        return timedelta(seconds=round(self.dice.uniform(least, most) * 60))

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def live(self) -> None:
        """Until nobody plans anything any more."""
        while self.agenda:
            at, _number, act = heapq.heappop(self.agenda)
            self.work(at)
            self.now = max(self.now, at)
            act()

    # Jobs

    def work(self, until: datetime) -> None:
        """Do every job that is due by `until`, each at its own time."""
        while row := self.due(until):
            number, name, args, at = row
            self.now = max(self.now, at or self.now)
            self.job(number, name, json.loads(args) if isinstance(args, str) else args)
        self.now = max(self.now, until)

    def due(self, until: datetime) -> Job | None:
        """The next one; the queue is read again only after a statement that named it."""
        if self.faults.queued or self.finished or not self.queue:
            with connection.cursor() as cursor:
                cursor.execute(NEXT, [self.finished, self.finished])
                self.queue = deque(cursor.fetchall())
            self.finished, self.faults.queued = 0, False
        if not self.queue or (self.queue[0][3] or until) > until:
            return None
        return self.queue.popleft()

    def job(self, number: int, name: str, args: dict[str, Any]) -> None:
        """As the worker does it: the work, then the note that it is done. It may die in between."""
        if name in MESSAGES:
            match self.faults.fate():
                case "late":
                    self.put_off(number, self.between(2, 90))
                    return
                case "lost":
                    self.step(name, lambda _now: self.unheard(name, args), self.concerned(args))
                    self.finished = number
                    return
                case "doubled":
                    self.later(self.between(0, 30), lambda: self.again(name, args))
        done = self.again(name, args)
        if not done:
            self.put_off(number, self.between(1, 15))
            return
        if self.faults.twice():
            self.later(self.between(1, 600), lambda: self.again(name, args))
        self.finished = number

    def again(self, name: str, args: dict[str, Any]) -> bool:
        """Whether the work was done."""
        return self.step(name, lambda _now: app.tasks[name].func(**args), self.concerned(args))[1]

    def unheard(self, name: str, args: dict[str, Any]) -> None:
        """The machine outside tells, and its message never arrives."""
        if name == MESSAGES[0]:
            Sandbox().message(args["charge"], AnswerKind(args["kind"]), now=self.now)
        else:
            Sandbox().refund_message(args["refund"], now=self.now)

    def put_off(self, number: int, wait: timedelta) -> None:
        with connection.cursor() as cursor:
            cursor.execute(LATER, [self.now + wait, number])

    def concerned(self, args: dict[str, Any]) -> list[UUID]:
        """The order that a job is about."""
        if "order" in args:
            return [UUID(args["order"])]
        for key in (args[name] for name in ("payment", "charge", "refund") if name in args):
            if key not in self.order_of:
                refund = None if "refund" not in args else first(Refund, id=key)
                payment = first(Payment, id=refund.payment_id if refund else key)
                if payment is None:
                    payment = Payment.objects.get(id=SandboxRefund.objects.get(key=key).charge_id)
                self.order_of[key] = payment.order
            return [self.order_of[key]]
        return []

    # Steps

    def step(
        self, what: str, act: Callable[[datetime], Any], orders: Collection[UUID] = ()
    ) -> tuple[Any, bool]:
        """Do it now; what came of it, and whether it was done (or refused: that is an answer)."""
        self.steps += 1
        answer, outcome = None, "done"
        with clock.at(self.now):
            try:
                with self.faults.around(what):
                    answer = act(self.now)
            except Refused as refusal:
                answer, outcome = refusal, type(refusal).__name__
            except EXPECTED:
                if not self.faults.fired:
                    raise
                outcome = "broken off"
        self.tell(what, outcome, orders)
        if self.faults.wrote:
            self.look(orders)
        return answer, outcome != "broken off"

    # What people do

    def do(self, what: str, verb: Callable[..., Any], order: UUID, /, **values: Any) -> Any:
        """One verb; whoever gets no answer mostly tries again."""
        if "order" not in values and "case" not in values:
            values["order"] = order
        answer, done = self.step(what, lambda now: verb(**values, now=now), [order])
        if not done and self.chance(0.7):
            self.later(self.between(0, 30), lambda: self.do(what, verb, order, **values) and None)
        return None if isinstance(answer, Refused) else answer

    def lot(self, *ways: tuple[float, Callable[[], Any]]) -> None:
        shares = [share for share, _act in ways]
        self.dice.choices([act for _share, act in ways], shares)[0]()

    def nobody(self) -> None:
        """Nothing is done; the clocks will."""

    # Looking

    def tell(self, what: str, outcome: str, orders: Collection[UUID]) -> None:
        self.outcomes[f"{what}: {outcome}"] += 1
        named = " ".join(str(order)[-8:] for order in orders)
        line = f"{self.steps} {self.now:%m-%d %H:%M:%S} {what} {named} {outcome}"
        self.lately.append(f"{line} ({self.faults.statements} statements)")
        self.story.update(line.encode())

    def look(self, orders: Collection[UUID]) -> None:
        """After every step what it touched; after many, and at the end, everything."""
        self.books.check(orders)
        if self.steps % WHOLE_EVERY == 0:
            self.books.check_whole()

    # The world

    @contextmanager
    def world(self) -> Iterator[None]:
        """All chance comes out of the seed, ids and codes too; every statement can be the last."""
        numbers = iter(range(2**26))
        chance = Random(f"ids/{self.seed}")

        def numbered() -> UUID:
            number = next(numbers)
            at = int(self.now.timestamp() * 1000)
            value = (at << 80) | (7 << 76) | (number >> 14 << 64) | (2 << 62)
            return UUID(int=value | ((number & 0x3FFF) << 48) | chance.getrandbits(48))

        with connection.cursor() as cursor:
            # The planner takes any list for ten rows, so it would plan each reading of one anew.
            cursor.execute("SET plan_cache_mode = force_generic_plan")
        connection.connection.prepared_max, connection.connection.prepare_threshold = PLANS, 0
        before = ids.uuid7, secrets.token_hex, secrets.randbelow
        forget = PrepareManager.clear
        # At each rollback psycopg forgets all plans, in case a table came or went. Here none does.
        PrepareManager.clear = lambda _self: False
        ids.uuid7 = numbered
        secrets.token_hex = lambda size=32: f"{chance.getrandbits(8 * size):0{2 * size}x}"
        secrets.randbelow = chance.randrange
        try:
            with self.faults.outside(), connection.execute_wrapper(self.faults):
                yield
        finally:
            ids.uuid7, secrets.token_hex, secrets.randbelow = before
            PrepareManager.clear = forget
            with connection.cursor() as cursor:
                cursor.execute("RESET plan_cache_mode")
