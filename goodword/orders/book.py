"""Reads of the address book: the owner first; nobody else reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit.errors import NotFound

from .addresses import Address
from .models import OrderLine, SavedAddress
from .states import Delivery


class AddressMissing(NotFound):
    """No such address of this member's."""

    def __init__(self) -> None:
        super().__init__(_("This address is not in your book any more."))


@dataclass(frozen=True, slots=True)
class Saved:
    """An address of the book."""

    id: UUID
    address: Address
    is_default: bool

    @property
    def is_usable(self) -> bool:
        """Whether a parcel can be addressed with it; an old one may lack its province."""
        return self.address.region != "CN"


def addresses(owner: UUID) -> list[Saved]:
    """The owner's book, the default first, then as used last."""
    rows = SavedAddress.objects.filter(owner=owner).order_by("-is_default", "-used_at", "id")
    return list(_saved(rows))


def address(owner: UUID, id_: UUID) -> Saved:
    """Raises AddressMissing."""
    found = list(_saved(SavedAddress.objects.filter(owner=owner, id=id_)))
    if not found:
        raise AddressMissing
    return found[0]


def last(owner: UUID) -> dict[str, str]:
    """Where the owner's newest order went, for who has no book; empty before the first one."""
    rows = OrderLine.objects.filter(buyer=owner).order_by("-order")
    sent = rows.exclude(delivery=Delivery.DIGITAL)
    return sent.values_list("order__address", flat=True).first() or {}


def home_region(owner: UUID) -> str:
    """Where the owner's parcels usually go, "" when that is not known."""
    for one in addresses(owner)[:1]:
        return one.address.region
    return str(last(owner).get("region", ""))


def _saved(rows: Iterable[SavedAddress]) -> Iterable[Saved]:
    return (Saved(row.id, Address.read(row.address), row.is_default) for row in rows)
