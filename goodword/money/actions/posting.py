"""The only way money is posted: transfers, their accounts and entries, in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.utils.translation import gettext as _

from goodword.kit.errors import Conflict
from goodword.kit.ids import new_id
from goodword.kit.rows import first, insert_new, locked
from goodword.kit.together import Write, do

from .. import rules
from ..models import Account, Transfer
from ..rules import AccountRef, Line
from ..states import TransferKind

POST = "SELECT money_post(%s::jsonb, %s::jsonb, %s::jsonb)"


class KeyReused(Conflict):
    """An idempotency key came again with something else."""

    def __init__(self) -> None:
        super().__init__(_("This key was used for something else. Use a new one."))


@dataclass(frozen=True, slots=True)
class Posting:
    """A transfer to be. `body` is what was asked for under `owner`'s `key`."""

    owner: UUID | None
    kind: TransferKind
    key: str
    body: Mapping[str, Any]
    lines: Sequence[Line]
    order: UUID | None = None
    reason: str = ""
    corrects: UUID | None = None
    id: UUID = field(default_factory=new_id)

    def header(self, now: datetime) -> dict[str, Any]:
        return {
            "id": self.id, "owner": self.owner, "key": self.key, "kind": self.kind,
            "digest": rules.digest(self.body).hex(), "order": self.order,
            "lines": len(self.lines), "reason": self.reason, "corrects": self.corrects,
            "created_at": now,
        }  # fmt: skip

    def entries(self) -> list[dict[str, Any]]:
        return [
            {
                "transfer": self.id, "line": number, "owner": self.owner,
                "account": line.account.id, "kind": line.account.kind,
                "holder": line.account.holder, "order": line.account.order,
                "gateway": line.account.gateway, "direction": int(line.side),
                "amount": line.amount.minor, "currency": line.amount.currency,
            }
            for number, line in enumerate(self.lines, start=1)
        ]  # fmt: skip


def post(*postings: Posting, holds: Sequence[Mapping[str, Any]] = (), now: datetime) -> bool:
    """Append transfers, opening their accounts, and apply `holds` to the holds of their order.

    False, and nothing posted, when their keys were used before. Waits for no other transfer. That
    each one's entries sum to zero is checked by the database when it commits. What waits in
    `together` goes along, and is written after them.

    With "captured" they are new holds; otherwise what is added to those of their "id": "released"
    and "refunded" in minor units, and the "state".
    """
    headers = [posting.header(now) for posting in postings]
    entries = [entry for posting in postings for entry in posting.entries()]
    values = [dumps(headers), dumps(entries), dumps(holds) if holds else None]
    _count, [(posted,)] = do(Write("money_transfer", POST, values))
    return posted > 0


def dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


def posted_before(*, owner: UUID, key: str, body: Mapping[str, Any]) -> UUID | None:
    """The transfer that `owner`'s `key` made, or None. Raises KeyReused for another body."""
    made = first(Transfer, owner=owner, key=key)
    if made is None:
        return None
    if bytes(made.digest) != rules.digest(body):
        raise KeyReused
    return made.id


def lock_accounts(accounts: Sequence[AccountRef]) -> None:
    """Lock accounts that are about to be debited, one by one in the order of their ids; open those
    that are not there.

    Two debits of one account queue here; credits do not.
    """
    for account in sorted(accounts, key=lambda account: account.id):
        if locked(Account, account.id):
            continue
        fresh = Account(
            id=account.id, holder_id=account.holder, kind=account.kind,
            currency=account.currency, order=account.order, gateway=account.gateway,
        )  # fmt: skip
        if not insert_new(fresh):  # somebody else has just opened it
            locked(Account, account.id)
