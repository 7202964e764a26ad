"""A seller's deposit: her own money, put up to answer for fakes. It pays a buyer first."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit import house
from goodword.kit.errors import Conflict
from goodword.kit.formats import date_time, duration, money
from goodword.kit.house import INSTANT, MINUTE
from goodword.kit.money import Money
from goodword.kit.rows import joined
from goodword.notices import actions as notices

from .. import rules
from ..actions.escrow import NotEnough
from ..actions.posting import KeyReused, Posting, lock_accounts, post, posted_before
from ..models import Entry, Hold
from ..queries.ledger import balance, deposits
from ..rules import AccountRef
from ..states import AccountKind, HoldState, TransferKind
from .payouts import check_payable
from .reserve import open_claims, payable, reserve_account, settle_reserve
from .rules import cover

# Asked whether it is still open what a seller owes of what she sold in a currency; whoever looks
# after disputes adds itself.
OPEN: list[Callable[[UUID, str], bool]] = []


class StillNeeded(Conflict):
    """Buyers may still have to be paid from it."""


@joined
def top_up(*, seller: UUID, amount: Money, key: str, now: datetime) -> UUID:
    """Freeze `amount` of the balance as deposit. Returns the transfer; the same key, the same one.

    Raises NotEnough beyond what is available, Invalid for nothing, KeyReused.
    """
    mine, kept = payable(seller, amount.currency), deposit_account(seller, amount.currency)
    available = settle_reserve(seller=seller, currency=amount.currency, now=now)
    return move(
        seller, mine, kept, amount, available=available, kind=TransferKind.DEPOSIT, key=key, now=now
    )


@joined
def take_out(*, seller: UUID, amount: Money, key: str, now: datetime) -> UUID:
    """Unfreeze `amount` of the deposit: it is on the balance again. Returns the transfer.

    Raises StillNeeded while something she sold is held or disputed, or was released a short time
    ago; NotEnough, Invalid, KeyReused.
    """
    mine, kept = payable(seller, amount.currency), deposit_account(seller, amount.currency)
    lock_accounts([mine, kept])
    if posted_before(owner=seller, key=f"undeposit/{key}", body=body(seller, amount)) is None:
        check_over(seller, amount.currency, now)
    return move(
        seller, kept, mine, amount, available=balance(kept), kind=TransferKind.UNDEPOSIT, key=key,
        now=now,
    )  # fmt: skip


def move(
    seller: UUID, debit: AccountRef, credit: AccountRef, amount: Money, *, available: Money,
    kind: TransferKind, key: str, now: datetime,
) -> UUID:  # fmt: skip
    asked = {"key": f"{kind}/{key}", "body": body(seller, amount)}
    if earlier := posted_before(owner=seller, **asked):  # type: ignore[arg-type]
        return earlier
    check_payable(amount, available)
    posting = Posting(
        owner=seller, kind=kind, lines=rules.between(debit=debit, credits=[(credit, amount)]),
        **asked,  # type: ignore[arg-type]
    )  # fmt: skip
    if not post(posting, now=now):
        raise KeyReused
    note(seller, f"money.{kind}", seller, amount, actor=seller, now=now)
    return posting.id


def free_deposit(seller: UUID) -> list[Money]:
    """What anyone may know: how much answers for the next buyer, in each currency in which it is
    something. What a decision has claimed already is not in it.
    """
    free = (
        stands - sum((one.rest for one in open_claims(seller, stands.currency)), stands * 0)
        for stands in deposits(seller)
    )
    return [one for one in free if one.minor > 0]


def check_over(seller: UUID, currency: str, now: datetime) -> None:
    if open_claims(seller, currency).exists():
        raise StillNeeded(_("A decision says that you owe a buyer. The deposit stays for it."))
    if Hold.objects.filter(seller=seller, currency=currency, state=HoldState.HELD).exists():
        raise StillNeeded(
            _("Something you sold is not settled yet. The deposit stays until it is.")
        )
    if any(is_open(seller, currency) for is_open in OPEN):
        raise StillNeeded(
            _("A buyer wants money back for something you sold. The deposit stays until that ends.")
        )
    if rests := rested(seller, currency, now):
        free_at, rest = max(rests)  # told in whole minutes, so the next one
        raise StillNeeded(
            _("You can take it out from %(day)s on, %(time)s after a sale of yours was settled.")
            % {"day": date_time(free_at + MINUTE - INSTANT), "time": duration(rest)}
        )


def rested(seller: UUID, currency: str, now: datetime) -> list[tuple[datetime, timedelta]]:
    """Until when the deposit stays for what was settled, and how long, by the rule of its day."""
    released = Entry.objects.filter(
        account=payable(seller, currency).id, transfer__kind=TransferKind.RELEASE
    ).order_by("-transfer__created_at")
    found = []
    for one in house.waiting("deposit_rests", now=now):
        mine = released.filter(
            transfer__created_at__gte=one.begin, transfer__created_at__lt=one.end
        )
        settled = mine.values_list("transfer__created_at", flat=True).first()
        if settled is not None:
            rest = one.held["deposit_rests"]
            found.append((settled + rest, rest))
    return found


@joined
def compensate(
    *, seller: UUID, buyer: UUID, order: UUID, amount: Money, reason: str, key: str,
    actor: UUID | None, rest: Money | None = None, now: datetime, below_zero: bool = True,
) -> UUID:  # fmt: skip
    """Give `amount` of the seller's to the buyer's balance, besides any refund of the order.

    It comes from her deposit, then her reserve, then her balance. What is missing leaves her
    balance below zero, to be filled by her next sales; or is refused, without `below_zero`.
    `reason` is what it is for, `rest` what she still owes after it; both are told. Returns the
    transfer; the same key, the same one. Raises NotEnough then, Invalid, KeyReused.
    """
    sources = [
        deposit_account(seller, amount.currency),
        reserve_account(seller, amount.currency),
        payable(seller, amount.currency),
    ]
    lock_accounts(sources)
    asked = {"key": f"compensate/{key}", "body": {**body(seller, amount), "order": order}}
    if earlier := posted_before(owner=buyer, **asked):  # type: ignore[arg-type]
        return earlier
    check_payable(amount, amount)
    parts = cover(amount, [balance(source) for source in sources], below_zero=below_zero)
    if parts is None:
        raise NotEnough(
            _("The seller’s deposit and balance do not cover %(amount)s.")
            % {"amount": money(amount)}
        )
    posting = Posting(
        owner=buyer, kind=TransferKind.COMPENSATE, order=order, reason=reason[:300],
        lines=rules.mirrored(
            rules.between(
                debit=payable(buyer, amount.currency),
                credits=list(zip(sources, parts, strict=True)),
            )
        ),
        **asked,  # type: ignore[arg-type]
    )  # fmt: skip
    if not post(posting, now=now):
        raise KeyReused
    note(buyer, "money.compensated", order, amount, actor=actor, now=now)
    for member, kind in ((buyer, "money.compensated"), (seller, "money.compensation_paid")):
        notices.tell(
            member=member, kind=kind, subject=order, now=now, reason=reason[:300],
            amount={"minor": amount.minor, "currency": amount.currency},
            rest={"minor": rest.minor, "currency": rest.currency} if rest else None,
        )  # fmt: skip
    return posting.id


def deposit_account(seller: UUID, currency: str) -> AccountRef:
    return AccountRef(AccountKind.DEPOSIT, currency, holder=seller)


def body(seller: UUID, amount: Money) -> dict[str, object]:
    return {"seller": seller, "amount": amount}


def note(
    owner: UUID, verb: str, subject: UUID, amount: Money, *, actor: UUID | None, now: datetime
) -> None:
    journal.record(
        owner=owner, actor=actor, verb=verb, subject=subject, now=now,
        amount={"minor": amount.minor, "currency": amount.currency},
    )  # fmt: skip
