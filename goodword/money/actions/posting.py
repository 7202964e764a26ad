"""The only way money is posted: one transfer, its accounts and its entries in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.utils.translation import gettext as _

from goodword.kit.errors import Conflict
from goodword.kit.ids import new_id

from .. import rules
from ..models import Account, Transfer
from ..rules import AccountRef, Line
from ..states import TransferKind

POST = "SELECT money_post(%s::jsonb, %s::jsonb)"


class KeyReused(Conflict):
    """An idempotency key came again with something else."""

    def __init__(self) -> None:
        super().__init__(_("This key was used for something else. Use a new one."))


@dataclass(frozen=True, slots=True)
class Posted:
    """`fresh` is False when the same was posted before under the same key."""

    transfer: UUID
    fresh: bool


def post(
    *,
    owner: UUID | None,
    kind: TransferKind,
    key: str,
    body: Mapping[str, Any],
    lines: Sequence[Line],
    now: datetime,
    order: UUID | None = None,
    reason: str = "",
    corrects: UUID | None = None,
) -> Posted:
    """Append a transfer with its entries, opening its accounts. Waits for no other transfer.

    `body` is what was asked for under `owner`'s `key`. Raises KeyReused when the key was used for
    another body. That the entries sum to zero is checked by the database when it commits.
    """
    transfer = new_id()
    digest = rules.digest(body)
    header = {
        "id": transfer,
        "owner": owner,
        "key": key,
        "digest": digest.hex(),
        "kind": kind,
        "order": order,
        "reason": reason,
        "corrects": corrects,
        "created_at": now,
    }
    rows = [
        {
            "id": new_id(),
            "account": line.account.id,
            "kind": line.account.kind,
            "holder": line.account.holder,
            "order": line.account.order,
            "gateway": line.account.gateway,
            "direction": int(line.side),
            "amount": line.amount.minor,
            "currency": line.amount.currency,
        }
        for line in lines
    ]
    with connection.cursor() as cursor:
        cursor.execute(POST, [orjson.dumps(header).decode(), orjson.dumps(rows).decode()])
        if cursor.fetchone() == (True,):
            return Posted(transfer, fresh=True)
    earlier = posted_before(owner=owner, key=key, body=body)
    assert earlier is not None, "the key was taken by a transfer that is not there"
    return Posted(earlier, fresh=False)


def posted_before(*, owner: UUID | None, key: str, body: Mapping[str, Any]) -> UUID | None:
    """The transfer that `owner`'s `key` made, or None. Raises KeyReused for another body."""
    row = Transfer.objects.filter(owner=owner, key=key).values_list("id", "digest").first()
    if row is None:
        return None
    if bytes(row[1]) != rules.digest(body):
        raise KeyReused
    return row[0]


def lock_accounts(accounts: Sequence[AccountRef]) -> None:
    """Open and lock accounts that are about to be debited, one by one in the order of their ids.

    Two debits of one account queue here; credits do not.
    """
    for account in sorted(accounts, key=lambda account: account.id):
        Account.objects.bulk_create(
            [
                Account(
                    id=account.id,
                    holder_id=account.holder,
                    kind=account.kind,
                    currency=account.currency,
                    order=account.order,
                    gateway=account.gateway,
                )
            ],
            ignore_conflicts=True,
        )
        Account.objects.select_for_update().get(id=account.id)
