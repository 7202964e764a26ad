"""What every gateway takes and gives: plain data, no rows, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from django.utils.translation import gettext as _

from goodword.kit.errors import Forbidden
from goodword.kit.money import Money

from ..states import AnswerKind, Words


class GatewayDown(Exception):
    """No answer came. What was asked may have happened or not: ask again, under the same key."""


class NeverAsked(GatewayDown):
    """The machine has no such charge: nobody asked for it, or the asking is still under way."""


class Forged(Forbidden):
    """A callback that the gateway did not write, or that is too old to be believed."""

    def __init__(self) -> None:
        super().__init__(_("This message does not carry the gateway's signature of now."))


@dataclass(frozen=True, slots=True)
class Custodian:
    """Who has the money while it is held, in one honest sentence."""

    name: Words
    sentence: Words
    protects: bool


@dataclass(frozen=True, slots=True)
class Method:
    """A way to pay that a gateway offers."""

    code: str
    word: Words
    sentence: Words
    odd: bool = False  # for trying out what can go wrong: shown after the others


@dataclass(frozen=True, slots=True)
class ChargeRequest:
    """`key` makes it idempotent: the same key is charged once, however often it is asked."""

    key: str
    amount: Money
    method: str
    return_url: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gateway says about the charge `key`; `amount` is what it moved or would move."""

    key: str
    kind: AnswerKind
    amount: Money
    reference: str = ""
    next_url: str = ""  # where the buyer confirms, with STEP_UP
    reason: str = ""  # a code, with DECLINED


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """Send `amount` of the charge `charge` back to who paid it, once per `key`."""

    key: str
    charge: str
    amount: Money


class RefundKind(StrEnum):
    DONE = "done"  # sent to the buyer
    PENDING = "pending"  # accepted; ask again later
    FAILED = "failed"  # cannot be sent; `reason` says why


@dataclass(frozen=True, slots=True)
class RefundAnswer:
    key: str
    kind: RefundKind
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What a gateway told us without being asked, once its signature was believed.

    `number` is the gateway's own for it, the same when it repeats itself; `says` is None when it
    is about something that does not concern us.
    """

    number: str
    says: Answer | RefundAnswer | None


class Gateway(Protocol):
    """A machine that we do not own. Every call may raise GatewayDown and may be made twice."""

    name: str
    word: Words
    custodian: Custodian
    receipt: str  # what it wants to read when its message has arrived
    is_slow: bool  # its money takes a day, so an order waits longer for it

    def knock(self) -> bool:
        """Ask it, with our keys, for something that changes nothing; False: there is nobody to ask.

        Raises GatewayDown when no answer comes, or one that says that our keys are not right.
        """
        ...

    def takes(self, amount: Money) -> bool:
        """Whether it can be asked for so much in that currency."""
        ...

    def methods(self) -> list[Method]:
        """The ways to pay, best first."""
        ...

    def charge(self, request: ChargeRequest, *, now: datetime) -> Answer:
        """Ask for money. ValueError when the key was used for something else."""
        ...

    def look_up(self, key: str, *, now: datetime) -> Answer | None:
        """What became of a charge; None when the gateway never heard of it."""
        ...

    def cancel(self, key: str, *, now: datetime) -> Answer:
        """Call a charge off if no money has moved yet; the answer says what is true now.

        Raises NeverAsked, for what comes later would be charged all the same.
        """
        ...

    def refund(self, request: RefundRequest, *, now: datetime) -> RefundAnswer:
        """Send money back. ValueError when the key was used for something else."""
        ...

    def read_callback(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Message:
        """A message that the gateway sent us. Raises Forged, for what is too old as well."""
        ...


@dataclass(frozen=True, slots=True)
class Report:
    """What a machine's own account says: what stands there of each charge, by its key, and by the
    machine's own numbers what it cannot tell of any charge of ours.
    """

    stands: Mapping[str, Money]
    strange: Mapping[str, Money]
    # Where it tells of other times than from what was asked for until now.
    since: datetime | None = None
    until: datetime | None = None


class Reporting(Protocol):
    """A gateway that keeps an account which can be read line by line."""

    def report(self, *, since: datetime) -> Report:
        """Of what moved there since. Raises GatewayDown."""
        ...


@dataclass(frozen=True, slots=True)
class ShareRequest:
    """Hand `amount` of the captured charge `charge` on to the seller's own `account` there."""

    key: str
    charge: str
    account: str
    amount: Money


@dataclass(frozen=True, slots=True)
class AccountThere:
    """A seller's own account with a gateway; `page` is where she goes on, while it is not ready."""

    number: str
    ready: bool
    page: str = ""


class Sharing(Protocol):
    """A gateway that can hand a seller her part itself, when an order is released."""

    name: str
    word: Words
    shares: bool  # whether this house has it do so
    account_is_typed: bool  # she has one and types its number; otherwise it is opened there

    def open_account(
        self, key: str, *, number: str, return_url: str, now: datetime
    ) -> AccountThere:
        """Her account, opened once per `key`, or the one of that `number`.

        Raises Invalid for a number that cannot be, GatewayDown.
        """
        ...

    def account(self, number: str, *, return_url: str, now: datetime) -> AccountThere:
        """How far it is. Raises GatewayDown."""
        ...

    def share(self, request: ShareRequest, *, now: datetime) -> RefundAnswer:
        """Hand it on, once per key. The answer is as of a refund."""
        ...

    def take_back_share(self, key: str, request: ShareRequest, *, now: datetime) -> RefundAnswer:
        """Undo `request.amount` of the share under `request.key`, once per `key`."""
        ...
