"""The reserve: a share of a seller's newest sales stays here for refunds that may still come."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from goodword.kit import house
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.kit.rows import find, joined

from .. import rules
from ..actions.posting import Posting, lock_accounts, post
from ..models import Account, Claim
from ..queries.ledger import balance
from ..rules import AccountRef
from ..states import AccountKind, TransferKind
from .rules import Period, frozen, reserve
from .states import OPEN_CLAIMS

EARNING = [TransferKind.RELEASE, TransferKind.TAKE_BACK]


def payable(seller: UUID, currency: str) -> AccountRef:
    return AccountRef(AccountKind.PAYABLE, currency, holder=seller)


def reserve_account(seller: UUID, currency: str) -> AccountRef:
    return AccountRef(AccountKind.RESERVE, currency, holder=seller)


@joined
def settle_reserve(*, seller: UUID, currency: str, now: datetime) -> Money:
    """Keep back what the house rules say, free what is over; returns what is available then.

    That is less what she owes by a decision and neither deposit nor reserve provides for. Locks the
    seller's accounts, so that whoever calls it may decide by that number. Never takes more than
    there is: the reserve waits for later sales instead.
    """
    mine, kept = payable(seller, currency), reserve_account(seller, currency)
    lock_accounts([mine, kept])
    available, stands = balance(mine), balance(kept)
    step = keep_back(seller, currency, available, stands, now)
    return available - step - owed_of_balance(seller, currency, stands + step)


def keep_back(seller: UUID, currency: str, available: Money, stands: Money, now: datetime) -> Money:
    """Let the reserve grow, or shrink (below zero), to what the rules say; answers by how much."""
    mine, kept = payable(seller, currency), reserve_account(seller, currency)
    wanted = reserve(periods(seller, currency, now), currency=currency)
    step = min(wanted - stands, max(available, Money(0, currency)))
    if not step:
        return step
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
    return step


def open_claims(seller: UUID, currency: str) -> QuerySet[Claim]:
    return Claim.objects.filter(seller=seller, currency=currency, state__in=sorted(OPEN_CLAIMS))


def owed_of_balance(seller: UUID, currency: str, reserve: Money) -> Money:
    """How much of the balance stays for claims, after the deposit and what is in reserve."""
    open_ = find(Claim, seller_id=seller, currency=currency, state=sorted(OPEN_CLAIMS))
    owed = sum((one.rest for one in open_), Money(0, currency))
    if not owed:
        return owed
    deposit = balance(AccountRef(AccountKind.DEPOSIT, currency, holder=seller))
    return frozen(owed, [deposit, reserve])


def periods(seller: UUID, currency: str, now: datetime) -> list[Period]:
    """What she earned that is kept back still, by share; both as they were when she earned it."""
    return [
        Period(share, earned(seller, currency, one.begin, one.end))
        for one in house.waiting("reserve_for", "reserve_percent", now=now)
        if (share := one.held["reserve_percent"])
    ]


EARNED = """
SELECT -coalesce(sum(e.amount * e.direction), 0)::bigint
  FROM money_entry e JOIN money_transfer t ON t.id = e.transfer_id
 WHERE e.account_id IN (%s, %s, %s) AND t.kind = ANY (%s)
   AND t.created_at >= %s AND t.created_at < %s"""


def earned(seller: UUID, currency: str, begin: datetime, end: datetime) -> Money:
    """Less what was taken back, from whichever of her accounts: the balance gives first, then the
    reserve, then the deposit."""
    deposit = AccountRef(AccountKind.DEPOSIT, currency, holder=seller)
    hers = (payable(seller, currency), reserve_account(seller, currency), deposit)
    with connection.cursor() as cursor:
        cursor.execute(EARNED, [*[one.id for one in hers], EARNING, begin, end])
        ((minor,),) = cursor.fetchall()
    return Money(minor, currency)


def sellers(now: datetime) -> list[tuple[UUID, str]]:
    """Whose reserve may have to move: whoever has one, or earned something under such a rule."""
    kinds = [AccountKind.RESERVE]
    newest = house.waiting("reserve_for", "reserve_percent", now=now)
    if any(one.held["reserve_percent"] for one in newest):
        kinds.append(AccountKind.PAYABLE)
    rows = Account.objects.filter(kind__in=kinds).values_list("holder", "currency").distinct()
    return [(holder, currency) for holder, currency in rows]
