"""What keeps a member here. Nothing of the ledger ever goes: it holds ids and amounts only."""

from uuid import UUID

from django.db.models import Q

from goodword.kit.money import Money

from .banking.states import OPEN_CLAIMS
from .models import Claim, Payment, Refund
from .queries import seller_balance
from .states import RefundState


def owed(member: UUID) -> list[Money]:
    """What stands on the member's balance and deposit or is held for their sales, by currency."""
    sums = (line.posted + line.held + line.deposit for line in seller_balance(member))
    return [one for one in sums if one.minor]


def unsettled(member: UUID) -> int:
    """How many of the member's payments, refunds and claims are not through yet."""
    payments = Payment.objects.filter(buyer=member, final=False).count()
    refunds = Refund.objects.filter(buyer=member).exclude(state=RefundState.DONE).count()
    claims = Claim.objects.filter(
        Q(seller=member) | Q(buyer=member), state__in=sorted(OPEN_CLAIMS)
    ).count()
    return payments + refunds + claims
