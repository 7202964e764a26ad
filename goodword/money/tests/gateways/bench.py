"""What a gateway brings to the shared contract: its machine, and ways to make that misbehave."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.money.gateways.base import Answer, ChargeRequest, Gateway

Posted = tuple[bytes, dict[str, str]]  # a callback's body and headers


@dataclass(frozen=True)
class Fault:
    """`call` meets nobody (`deaf`), or is carried out and its answer never arrives (`lost`)."""

    call: str
    how: str


FAULTS = [
    Fault(call, how)
    for call in ("charge", "look_up", "cancel", "refund")
    for how in ("deaf", "lost")
    if (call, how) != ("look_up", "lost")  # asking changes nothing
]


class Bench(ABC):
    """A gateway on the bench. What its machine cannot do at all, it says by the class's flags."""

    gateway: Gateway
    price = Money(12800, "CNY")
    others = (Money(500, "JPY"), Money(12800, "EUR"))  # in other minor units
    foreign: Money | None = None  # what it does not take
    calls_back = True
    signs_the_body = False  # its signature stands in the body, not in a header
    declines = True
    reverses = True  # its bank may take a payment back
    fails: frozenset[Fault] = frozenset(FAULTS)
    refund_failures: tuple[str, ...] = ()  # codes that it can be made to give

    def request(self, amount: Money | None = None, **more: object) -> ChargeRequest:
        """A charge that will ask the payer to do her part."""
        return ChargeRequest(
            key=str(new_id()), amount=amount or self.price, method=self.method(), **more
        )  # type: ignore[arg-type]

    def begun(self, now: datetime, amount: Money | None = None) -> Answer:
        return self.gateway.charge(self.request(amount), now=now)

    def paid(self, now: datetime, amount: Money | None = None) -> str:
        """A charge that is captured; its key."""
        key = self.begun(now, amount).key
        self.pay(key, now)
        return key

    @abstractmethod
    def method(self) -> str:
        """The way to pay at which the payer still has something to do."""

    @abstractmethod
    def pay(self, key: str, now: datetime) -> None:
        """The payer does it: the machine has the money."""

    @abstractmethod
    def refuse(self, key: str, now: datetime) -> None:
        """The payer, or her bank, says no for good."""

    def reverse(self, key: str, now: datetime) -> None:
        """Her bank takes it back."""
        raise NotImplementedError

    @abstractmethod
    def told(self, key: str, now: datetime) -> Posted:
        """What the machine tells about the charge as it is now."""

    def told_refund(self, key: str, now: datetime) -> Posted | None:
        """What it tells about a refund; None when it does not."""
        return None

    @abstractmethod
    def stands(self, key: str) -> Money:
        """What the machine has of that charge for us."""

    @abstractmethod
    def charges(self, key: str) -> int:
        """How many charges the machine knows under that key."""

    @contextmanager
    def failing(self, fault: Fault) -> Iterator[Answer]:
        """A begun (for refunds: paid) charge whose next `fault.call` fails once."""
        raise NotImplementedError
        yield

    def refund_fails(self, code: str) -> None:
        """From now on refunds are refused with `code`."""
        raise NotImplementedError

    def finish_refunds(self, now: datetime) -> None:  # noqa: B027
        """Whatever has to happen outside before refunds are done."""
