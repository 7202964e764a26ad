"""What money may do, without database or clock. Worked numbers: docs/algorithms/escrow.md."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import orjson

from goodword.kit.money import Money, allocate

from .states import (
    ANSWER_STATES,
    ARRIVED_PAYMENTS,
    CHART,
    ENDED_PAYMENTS,
    PAYMENT_MOVES,
    AccountKind,
    AnswerKind,
    PaymentState,
    Side,
    Step,
    Whose,
)

ACCOUNTS = uuid5(NAMESPACE_OID, "goodword.money.account")
FIRST_LOOK = timedelta(seconds=30)
LOOKS = 8  # after these, the hourly sweep asks


@dataclass(frozen=True, slots=True)
class AccountRef:
    """An account by what it is for. Which of the last three are set is the chart's to say."""

    kind: AccountKind
    currency: str
    holder: UUID | None = None
    order: UUID | None = None
    gateway: str = ""

    def __post_init__(self) -> None:
        given = (self.holder is not None, self.order is not None, self.gateway != "")
        if given != NAMED_BY[CHART[self.kind].whose]:
            raise ValueError(f"an account of kind {self.kind} is not named like {self}")

    @property
    def id(self) -> UUID:
        """The same for the same account everywhere, so nobody has to look it up.

        An order's escrow takes the order's own id: rows of one time then lie together.
        """
        if self.order is not None:
            return self.order
        return uuid5(ACCOUNTS, f"{self.kind}:{self.currency}:{self.holder or self.gateway}")


NAMED_BY = {  # (holder, order, gateway)
    Whose.HOUSE: (False, False, False),
    Whose.GATEWAY: (False, False, True),
    Whose.MEMBER: (True, False, False),
    Whose.ORDER: (True, True, False),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a transfer to be: `amount` (positive) on one side of an account."""

    account: AccountRef
    side: Side
    amount: Money


def between(*, debit: AccountRef, credits: Sequence[tuple[AccountRef, Money]]) -> list[Line]:
    """Lines that move the sum of `credits` out of `debit`; parts of nothing are left out."""
    parts = [(account, amount) for account, amount in credits if amount]
    total = sum((amount for _account, amount in parts[1:]), parts[0][1])
    return [
        Line(debit, Side.DEBIT, total),
        *(Line(account, Side.CREDIT, amount) for account, amount in parts),
    ]


def mirrored(lines: Sequence[Line]) -> list[Line]:
    """The same lines the other way round."""
    return [Line(line.account, Side(-line.side), line.amount) for line in lines]


def whole_fee(captured: Money, percent: int) -> Money:
    """The house's fee of a whole capture: `percent` of it, by largest remainder."""
    return allocate(captured, [100 - percent, percent])[1]


@dataclass(frozen=True, slots=True)
class Band:
    """A line of the fee table: from `above` minor units of `currency` (empty: any other) on.

    `basis_points` are hundredths of a percent of the whole amount, `fixed` minor units besides.
    """

    currency: str
    above: int
    basis_points: int
    fixed: int


def banded_fee(amount: Money, bands: Sequence[Band]) -> Money | None:
    """The house's fee of `amount` by its table; None when no line fits. Never more than `amount`.

    The line with the highest beginning that the amount reaches decides about all of it; lines of
    the amount's own currency come before those of any.
    """
    for currency in (amount.currency, ""):
        fitting = [one for one in bands if one.currency == currency and one.above <= amount.minor]
        if fitting:
            band = max(fitting, key=lambda one: one.above)
            share = allocate(amount, [10_000 - band.basis_points, band.basis_points])[1]
            return min(amount, share + Money(band.fixed, amount.currency))
    return None


def shared_fee(fee: Money, parts: Sequence[int]) -> list[Money]:
    """The fee of a capture shared out over its parts (minor units); the shares sum to it."""
    return allocate(fee, parts)


def kept_fee(*, fee: Money, captured: Money, refunded: Money) -> Money:
    """What the house keeps of a hold's `fee` after `refunded` of what was `captured` went back.

    A refund takes its share of the fee with it. The cut goes by largest remainder, so the fee
    depends on how much was refunded, not on when or in how many steps.
    """
    return allocate(fee, [captured.minor - refunded.minor, refunded.minor])[0]


@dataclass(frozen=True, slots=True)
class Split:
    """An amount cut in two: what concerns the seller and what concerns the house's fee."""

    seller: Money
    fee: Money


def release_split(*, fee: Money, captured: Money, refunded: Money) -> Split:
    """How what is still held is shared out when it is released."""
    kept = kept_fee(fee=fee, captured=captured, refunded=refunded)
    return Split(captured - refunded - kept, kept)


def take_back_split(*, fee: Money, captured: Money, refunded: Money, amount: Money) -> Split:
    """Who gives back what when `amount` of a released hold is refunded after all."""
    before = kept_fee(fee=fee, captured=captured, refunded=refunded)
    after = kept_fee(fee=fee, captured=captured, refunded=refunded + amount)
    return Split(amount - (before - after), before - after)


def together(splits: Sequence[Split]) -> Split:
    """At least one, summed."""
    return Split(
        sum((one.seller for one in splits[1:]), splits[0].seller),
        sum((one.fee for one in splits[1:]), splits[0].fee),
    )


def step(state: PaymentState, answer: AnswerKind, *, asked: Money, answered: Money) -> Step:
    """What a gateway's `answer` makes of a payment; late, doubled and reordered ones are harmless.

    Money that arrives for a payment which has ended, or in another amount than was asked for,
    is posted and goes back by itself; it is never kept and never ignored.
    """
    if answer == AnswerKind.REINSTATED:
        # Refunded, too: what was not shipped was called off when the bank took it back.
        ended = (PaymentState.REVERSED, PaymentState.REFUNDED)
        return Step.REINSTATE if state in ended else Step.IGNORE
    if state == PaymentState.REVERSED:
        return Step.IGNORE
    if answer == AnswerKind.REVERSED and state in ARRIVED_PAYMENTS:
        return Step.REVERSE
    if answer == AnswerKind.CAPTURED:
        if state in ARRIVED_PAYMENTS:
            return Step.IGNORE
        return Step.RETURN if state in ENDED_PAYMENTS or asked != answered else Step.CAPTURE
    return Step.MOVE if ANSWER_STATES[answer] in PAYMENT_MOVES[state] else Step.IGNORE


def reversal_key(payment: UUID) -> str:
    """Under which it is posted that a bank took the payment back."""
    return f"reversed/{payment}"


def reinstated_key(payment: UUID) -> str:
    """Under which it is posted that the bank gave it back."""
    return f"reinstated/{payment}"


def next_look(looks: int) -> timedelta | None:
    """How long to wait before asking a gateway again, after `looks` tries; None: leave it."""
    return FIRST_LOOK * 2**looks if looks < LOOKS else None


def first_id(moment: datetime) -> UUID:
    """The lowest UUIDv7 of `moment`: rows written since have higher ids."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def digest(body: Mapping[str, Any]) -> bytes:
    """SHA-256 of what was asked under an idempotency key, whatever the order of its parts."""
    return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).digest()
