"""Deciding what becomes of held money, line by line. The holds' rows are the lock: one wins."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit.errors import Conflict, Invalid, NotFound
from goodword.kit.formats import money
from goodword.kit.money import Money, allocate, total
from goodword.kit.rows import change, find, joined

from .. import queries, rules
from ..banking.rules import cover
from ..invoices import issuing as papers
from ..models import Hold
from ..rules import AccountRef, Line
from ..states import AccountKind, HoldState, PaymentState, TransferKind
from .payments import escrow_account, lock_payment
from .posting import KeyReused, Posting, lock_accounts, post, posted_before
from .returning import send_back


class AlreadyDecided(Conflict):
    """The hold was resolved before."""

    def __init__(self, state: str) -> None:
        super().__init__(
            _("The money of this order was already released to the seller.")
            if state == HoldState.RELEASED
            else _("The money of this order already went back to the buyer.")
        )


class NotEnough(Conflict):
    """More was asked for than there is."""


@joined
def release(*, order: UUID, lines: Collection[UUID] | None = None, key: str, now: datetime) -> UUID:
    """Give the seller what is held for `lines` of `order`, less the house's fee; all (None).

    Returns the transfer. The same `key` again answers the same. Raises NotFound without a hold,
    AlreadyDecided when one was resolved before, KeyReused.
    """
    holds = pick(lock_holds(order), lines)
    body = body_of("release", order, lines)
    if not may_decide(holds, lines):
        return answered_before(holds, key, body)
    live = [hold for hold in holds if hold.state == HoldState.HELD]
    split = rules.together([rules.release_split(**terms(hold)) for hold in live])
    first = live[0]
    posting = Posting(
        owner=first.buyer_id, kind=TransferKind.RELEASE, order=order, key=key, body=body,
        lines=rules.between(
            debit=escrow_account(first),
            credits=[(payable_account(first), split.seller), (fee_account(first), split.fee)],
        ),
    )  # fmt: skip
    done = [
        settled(hold, HoldState.RELEASED, released=hold.held.minor, now=now)
        | {"release_transfer": posting.id}
        for hold in live
    ]
    if not post(posting, holds=done, now=now):
        raise KeyReused
    return posting.id


@joined
def refund(
    *,
    order: UUID,
    parts: Mapping[UUID, Money] | None = None,
    amount: Money | None = None,
    reason: str,
    key: str,
    now: datetime,
) -> UUID:
    """Give the buyer back of what is held for `order`: `parts` by line, or `amount`, or all of it.

    An amount without lines is shared out by what is held for each. The house's fee shrinks with
    it: it is taken of what the seller gets. The gateway is asked to send the money once this has
    committed. Returns the transfer. Raises NotFound, AlreadyDecided once a hold is resolved
    (`take_back` reverses a release), NotEnough beyond what is held, Invalid for nothing or another
    currency, KeyReused.
    """
    every = lock_holds(order)
    holds = pick(every, parts)
    body = body_of("refund", order, parts, amount=amount, reason=reason)
    if earlier := posted_before(owner=every[0].buyer_id, key=key, body=body):
        return earlier
    if not may_decide(holds, parts):
        raise AlreadyDecided(decided(holds).state)
    live = [(hold, hold.held) for hold in holds if hold.state == HoldState.HELD]
    if parts is None and amount is None:
        parts = {hold.id: held for hold, held in live}
    given = shares(live, parts, amount)
    amount = total([part for _hold, part in given])
    posting = refunding(given[0][0], amount, reason=reason, key=key, body=body)
    done = [
        settled(
            hold,
            HoldState.REFUNDED if part == hold.held else HoldState.HELD,
            refunded=part.minor,
            now=now,
        )
        for hold, part in given
    ]
    if not post(posting, holds=done, now=now):
        raise KeyReused
    give_back(every, amount, posting.id, now=now)
    return posting.id


@joined
def take_back(
    *,
    order: UUID,
    parts: Mapping[UUID, Money] | None = None,
    amount: Money | None = None,
    reason: str,
    key: str,
    below_zero: bool = False,
    now: datetime,
) -> UUID:
    """Refund of what was released for `order`, `parts` by line or `amount` (one of them).

    The seller gives it back, of her balance, her reserve and her deposit in this order, and the
    house its fee's share. Two transfers: one undoes that part of the release, one refunds it. What
    she does not have leaves her balance below zero, to be filled by her next sales, if the house
    pays meanwhile (`below_zero`). Returns the refund's. Raises NotFound, Conflict while nothing is
    released, NotEnough beyond what the seller got or, without `below_zero`, has; Invalid for
    nothing or another currency; KeyReused.
    """
    every = lock_holds(order)
    body = body_of("take_back", order, parts, amount=amount, reason=reason)
    if earlier := posted_before(owner=every[0].buyer_id, key=key, body=body):
        return earlier
    out = [
        (hold, Money(hold.released, hold.currency))
        for hold in pick(every, parts)
        if hold.state == HoldState.RELEASED
    ]
    if not out:
        raise Conflict(_("Nothing was released for this order that could be taken back."))
    given = shares(out, parts, amount)
    amount = total([part for _hold, part in given])
    first = given[0][0]
    undo = Posting(
        owner=first.buyer_id, kind=TransferKind.TAKE_BACK, order=order, key=f"{key}/undo",
        body=body, reason=reason, corrects=first.release_transfer,
        lines=take_back_lines(given, below_zero=below_zero),
    )  # fmt: skip
    posting = refunding(first, amount, reason=reason, key=key, body=body)
    done = [
        settled(hold, HoldState.RELEASED, released=-part.minor, refunded=part.minor, now=now)
        for hold, part in given
    ]
    if not post(undo, posting, holds=done, now=now):
        raise KeyReused
    give_back(every, amount, posting.id, now=now)
    papers.credit(order=order, parts={hold.id: part for hold, part in given}, now=now)
    return posting.id


def take_back_lines(given: Sequence[tuple[Hold, Money]], *, below_zero: bool) -> list[Line]:
    """What seller and house give back, once the seller is known to have it."""
    split = rules.together(
        [rules.take_back_split(**terms(hold), amount=part) for hold, part in given]
    )
    first = given[0][0]
    sources, stands = seller_has(first)
    parts = cover(split.seller, stands, below_zero=False)
    if parts is None and below_zero:
        nothing = split.seller - split.seller
        parts = [max(one, nothing) for one in stands]
        parts[0] += split.seller - total(parts)
    if parts is None:
        raise NotEnough(
            _("The seller's balance of %(available)s does not cover %(amount)s.")
            % {"available": money(stands[0]), "amount": money(split.seller)}
        )
    return rules.mirrored(
        rules.between(
            debit=escrow_account(first),
            credits=[*zip(sources, parts, strict=True), (fee_account(first), split.fee)],
        )
    )


def seller_has(hold: Hold) -> tuple[list[AccountRef], list[Money]]:
    """The accounts that answer for a refund after the release, locked, and what stands on each."""
    kinds = (AccountKind.PAYABLE, AccountKind.RESERVE, AccountKind.DEPOSIT)
    sources = [AccountRef(kind, hold.currency, holder=hold.seller_id) for kind in kinds]
    lock_accounts(sources)
    return sources, [queries.balance(source) for source in sources]


@joined
def within_reach(*, order: UUID, line: UUID, amount: Money) -> Money:
    """How much of `amount`, released for a line, its seller can give back now."""
    hold = pick(lock_holds(order), [line])[0]
    _sources, stands = seller_has(hold)
    has = total([max(one, amount - amount) for one in stands])
    share = rules.take_back_split(**terms(hold), amount=amount).seller
    # The house's fee goes back besides, so what she has always reaches for as much.
    return amount if share <= has else min(amount, has)


def sellers_share(*, order: UUID, line: UUID, amount: Money) -> Money:
    """What of `amount`, released for a line, is the seller's to give back; the rest is the fee."""
    hold = pick(lock_holds(order), [line])[0]
    return rules.take_back_split(**terms(hold), amount=amount).seller


def refunding(hold: Hold, amount: Money, **asked: Any) -> Posting:
    account = AccountRef(AccountKind.REFUND, hold.currency, holder=hold.buyer_id)
    return Posting(
        owner=hold.buyer_id, kind=TransferKind.REFUND, order=hold.order,
        lines=rules.between(debit=escrow_account(hold), credits=[(account, amount)]), **asked,
    )  # fmt: skip


def body_of(
    verb: str,
    order: UUID,
    lines: Collection[UUID] | Mapping[UUID, Money] | None,
    **facts: Any,
) -> dict[str, Any]:
    """What stands under an idempotency key: the same, whatever the order of the lines."""
    if isinstance(lines, Mapping):
        facts["parts"] = {str(line): part for line, part in lines.items()}
    elif lines is not None:
        facts["lines"] = sorted(lines)
    return {"verb": verb, "order": order, **facts}


def terms(hold: Hold) -> dict[str, Money]:
    """The sums of a hold by which `rules` cut."""
    return {
        name: Money(getattr(hold, name), hold.currency) for name in ("fee", "captured", "refunded")
    }


def shares(
    most: Sequence[tuple[Hold, Money]], parts: Mapping[UUID, Money] | None, amount: Money | None
) -> list[tuple[Hold, Money]]:
    """What falls to each hold, of which `most` can: its part, or its share of `amount`.

    Holds to which nothing falls are left out. Raises Invalid, NotEnough.
    """
    if parts is None:
        assert amount is not None, "say what goes back: parts or an amount"
        check_refundable(amount, within=total([limit for _hold, limit in most]))
        cut = allocate(amount, [limit.minor for _hold, limit in most])
        parts = {hold.id: part for (hold, _most), part in zip(most, cut, strict=True) if part}
    for hold, limit in most:
        if hold.id in parts:
            check_refundable(parts[hold.id], within=limit)
    return [(hold, parts[hold.id]) for hold, _most in most if hold.id in parts]


def settled(
    hold: Hold, state: HoldState, *, released: int = 0, refunded: int = 0, now: datetime
) -> dict[str, Any]:
    """What a posting adds to a hold, for `post`."""
    resolved_at = None if state == HoldState.HELD else now
    return {
        "id": hold.id, "released": released, "refunded": refunded, "state": state,
        "resolved_at": resolved_at,
    }  # fmt: skip


def give_back(every: Sequence[Hold], amount: Money, transfer: UUID, *, now: datetime) -> None:
    """Plan the sending; once nothing of the payment is left, it counts as refunded."""
    payment = lock_payment(every[0].payment_id)
    if sum(hold.refunded for hold in every) + amount.minor == payment.amount:
        change(payment, state=PaymentState.REFUNDED, changed_at=now)
    send_back(payment=payment, amount=amount, transfer=transfer, now=now)


def check_refundable(amount: Money, *, within: Money) -> None:
    if amount.currency != within.currency or amount.minor <= 0:
        raise Invalid(
            _("Give an amount above zero in %(currency)s.") % {"currency": within.currency}
        )
    if amount > within:
        raise NotEnough(
            _("Only %(held)s can be refunded. Ask for that or less.") % {"held": money(within)}
        )


def lock_holds(order: UUID) -> list[Hold]:
    """Every hold of an order, locked in the order of their ids."""
    holds = find(Hold, how="FOR UPDATE", order=order)
    if not holds:
        raise NotFound(_("No money is held for this order."))
    return holds


def pick(
    holds: Sequence[Hold], lines: Collection[UUID] | Mapping[UUID, Money] | None
) -> list[Hold]:
    chosen = [hold for hold in holds if lines is None or hold.id in lines]
    if not chosen or (lines is not None and len(chosen) != len(set(lines))):
        raise NotFound(_("No money is held for this order."))
    return chosen


def may_decide(holds: Sequence[Hold], lines: object) -> bool:
    """Lines that are named must all be held; of a whole order, what is left of it."""
    held = sum(hold.state == HoldState.HELD for hold in holds)
    return held > 0 if lines is None else held == len(holds)


def decided(holds: Sequence[Hold]) -> Hold:
    return next(hold for hold in holds if hold.state != HoldState.HELD)


def answered_before(holds: Sequence[Hold], key: str, body: dict[str, Any]) -> UUID:
    """The transfer that `key` made when they were resolved by it. Raises AlreadyDecided."""
    earlier = posted_before(owner=holds[0].buyer_id, key=key, body=body)
    if earlier is None:
        raise AlreadyDecided(decided(holds).state)
    return earlier


def payable_account(hold: Hold) -> AccountRef:
    return AccountRef(AccountKind.PAYABLE, hold.currency, holder=hold.seller_id)


def fee_account(hold: Hold) -> AccountRef:
    return AccountRef(AccountKind.FEES, hold.currency)
