"""Which accounts a seller has elsewhere, and what was handed on to them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goodword.kit.money import Money

from .. import gateways
from ..models import SellerAccount, Share
from ..states import Words
from .states import SHARE_WORDS, ShareState


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A gateway that can hand the seller her part on; without an account `number` is empty."""

    gateway: str
    word: Words
    typed: bool
    number: str
    ready: bool
    since: datetime | None


@dataclass(frozen=True, slots=True)
class ShareView:
    id: UUID
    order: UUID
    gateway: str
    amount: Money
    back: Money
    state: ShareState
    word: Words
    at: datetime


def elsewhere(viewer: UUID) -> list[Elsewhere]:
    """Every gateway of this house that shares, and how far the viewer's account there is."""
    known = {row.gateway: row for row in SellerAccount.objects.filter(member=viewer)}
    found = []
    for name, gateway in gateways.GATEWAYS.items():
        if getattr(gateway, "shares", False):
            row = known.get(name)
            found.append(
                Elsewhere(
                    name, gateway.word, getattr(gateway, "account_is_typed", False),
                    row.number if row else "", bool(row and row.ready),
                    row.changed_at if row else None,
                )
            )  # fmt: skip
    return found


def is_mine(viewer: UUID, gateway: str, number: str) -> bool:
    rows = SellerAccount.objects.filter(member=viewer, gateway=gateway, number=number)
    return number != "" and rows.exists()


def shares(viewer: UUID, *, limit: int = 50) -> list[ShareView]:
    """What was handed on to the viewer, the newest first."""
    return [
        ShareView(
            row.id, row.order, row.gateway, row.money, Money(row.back, row.currency),
            ShareState(row.state), SHARE_WORDS[ShareState(row.state)], row.created_at,
        )
        for row in Share.objects.filter(seller=viewer).order_by("-id")[:limit]
    ]  # fmt: skip
