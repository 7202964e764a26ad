"""The reserve: a share of a seller's newest sales stays here for refunds that may still come."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Sum

from goodword.kit import house
from goodword.kit.ids import new_id
from goodword.kit.models import HouseRule
from goodword.kit.money import Money
from goodword.kit.rows import joined

from .. import rules
from ..actions.posting import Posting, lock_accounts, post
from ..models import Account, Entry
from ..queries.ledger import balance
from ..rules import AccountRef
from ..states import AccountKind, TransferKind
from .rules import Period, reserve

EARNING = [TransferKind.RELEASE, TransferKind.TAKE_BACK]


def payable(seller: UUID, currency: str) -> AccountRef:
    return AccountRef(AccountKind.PAYABLE, currency, holder=seller)


def reserve_account(seller: UUID, currency: str) -> AccountRef:
    return AccountRef(AccountKind.RESERVE, currency, holder=seller)


@joined
def settle_reserve(*, seller: UUID, currency: str, now: datetime) -> Money:
    """Keep back what the house rules say, free what is over; returns what is available then.

    Locks the seller's accounts, so that whoever calls it may decide by that number. Never takes
    more than there is: the reserve waits for later sales instead.
    """
    mine, kept = payable(seller, currency), reserve_account(seller, currency)
    lock_accounts([mine, kept])
    available, stands = balance(mine), balance(kept)
    wanted = reserve(periods(seller, currency, now), currency=currency)
    step = min(wanted - stands, max(available, Money(0, currency)))
    if not step:
        return available
    debit, credit, kind = (
        (mine, kept, TransferKind.KEPT) if step.minor > 0 else (kept, mine, TransferKind.FREED)
    )
    moved = step if step.minor > 0 else -step
    number = new_id()
    posting = Posting(
        owner=seller, kind=kind, key=f"reserve/{number}", body={"reserve": number}, id=number,
        lines=rules.between(debit=debit, credits=[(credit, moved)]),
    )  # fmt: skip
    post(posting, now=now)
    return available - step


def periods(seller: UUID, currency: str, now: datetime) -> list[Period]:
    """What she earned in the reserve's time, by the share that held when she earned it."""
    since = now - house.rules(now).reserve_for
    changes = HouseRule.objects.filter(name="reserve_percent", since__gt=since, since__lte=now)
    begins = [since, *changes.order_by("since").values_list("since", flat=True)]
    ends = [*begins[1:], now + timedelta(microseconds=1)]
    return [
        Period(house.rules(begin).reserve_percent, earned(seller, currency, begin, end))
        for begin, end in zip(begins, ends, strict=True)
    ]


def earned(seller: UUID, currency: str, begin: datetime, end: datetime) -> Money:
    rows = Entry.objects.filter(
        account=payable(seller, currency).id, transfer__kind__in=EARNING,
        transfer__created_at__gte=begin, transfer__created_at__lt=end,
    )  # fmt: skip
    total = rows.aggregate(sum=Sum(F("amount") * F("direction")))["sum"]
    return Money(-int(total or 0), currency)


def sellers(now: datetime) -> list[tuple[UUID, str]]:
    """Whose reserve may have to move: whoever has one, or earned something under such a rule."""
    kinds = [AccountKind.RESERVE]
    if house.rules(now).reserve_percent:
        kinds.append(AccountKind.PAYABLE)
    rows = Account.objects.filter(kind__in=kinds).values_list("holder", "currency").distinct()
    return [(holder, currency) for holder, currency in rows]
