"""A member's bank details: sealed at rest, shown by their last digits."""

import json
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.journal import actions as journal
from goodword.kit.errors import NotFound
from goodword.kit.ids import new_id
from goodword.kit.rows import joined
from goodword.kit.sealing import seal, unseal
from goodword.notices import actions as notices

from .models import BankDetails
from .rules import Details
from .states import DetailKind

PURPOSE = "money.bank_details"


def sealed(details: Details) -> str:
    said = {"holder": details.holder, "number": details.number, "bic": details.bic,
            "bank": details.bank}  # fmt: skip
    return seal(json.dumps(said, ensure_ascii=False), purpose=PURPOSE)


def opened(kind: str, token: str) -> Details:
    """The details in `token`. Raises Sealed when the house has lost its secret."""
    return Details(DetailKind(kind), **json.loads(unseal(token, purpose=PURPOSE)))


@joined
def keep_details(*, member: UUID, currency: str, details: Details, now: datetime) -> BankDetails:
    """Remember where the member's payouts of `currency` go, and let her know; payouts under way
    keep theirs.
    """
    values = {
        "kind": details.kind, "sealed": sealed(details), "hint": details.hint, "changed_at": now,
    }  # fmt: skip
    row, _made = BankDetails.objects.update_or_create(
        member_id=member, currency=currency, defaults=values,
        create_defaults={"id": new_id(), **values},
    )  # fmt: skip
    journal.record(
        owner=member, actor=member, verb="money.bank_details", subject=member, now=now,
        currency=currency, hint=details.hint,
    )  # fmt: skip
    # Whoever has stolen a session would have the money sent to an account of their own.
    notices.tell(
        member=member, kind="money.bank_details", subject=row.id, now=now, currency=currency,
        hint=details.hint,
    )  # fmt: skip
    return row


@joined
def drop_details(*, member: UUID, currency: str, now: datetime) -> None:
    """Forget them. Raises NotFound."""
    gone, _tables = BankDetails.objects.filter(member=member, currency=currency).delete()
    if not gone:
        raise NotFound(_("No bank details are kept for this currency."))
    journal.record(
        owner=member, actor=member, verb="money.bank_details_dropped", subject=member, now=now,
        currency=currency,
    )  # fmt: skip
