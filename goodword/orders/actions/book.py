"""The address book: for its owner's next orders; orders keep their own copy."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kit.errors import Conflict
from goodword.people.models import Member

from ..addresses import Address
from ..book import AddressMissing
from ..models import SavedAddress

MOST = 30


@transaction.atomic
def keep_address(
    *,
    owner: Member,
    address: Address,
    id_: UUID | None = None,
    default: bool = False,
    now: datetime,
) -> SavedAddress:
    """Put an address into the book, or change the one with `id_`; the first one is the default.

    The very same address is kept once. Raises BadAddress, AddressMissing, Conflict (full).
    """
    address.check()
    mine = SavedAddress.objects.select_for_update().filter(owner=owner)
    rows = list(mine)
    row = next((one for one in rows if one.id == id_), None)
    if id_ is not None and row is None:
        raise AddressMissing
    alike = [one for one in rows if one.address == address.stored() and one.id != id_]
    if row is None:
        row = alike[0] if alike else SavedAddress(owner=owner)
    if not alike and row.id not in {one.id for one in rows} and len(rows) >= MOST:
        raise Conflict(_("Your book is full. Take an address out that you do not need."))
    row.address, row.used_at = address.stored(), now
    row.is_default = row.is_default or default or not rows
    if row.is_default:
        mine.exclude(id=row.id).update(is_default=False)
    row.save()
    return row


@transaction.atomic
def prefer_address(*, owner: Member, id_: UUID) -> None:
    """Make it the one that is filled in first. Raises AddressMissing."""
    mine = SavedAddress.objects.select_for_update().filter(owner=owner)
    if not any(row.id == id_ for row in mine):
        raise AddressMissing
    mine.exclude(id=id_).update(is_default=False)
    mine.filter(id=id_).update(is_default=True)


@transaction.atomic
def remove_address(*, owner: Member, id_: UUID) -> None:
    """Take it out; another becomes the default. Orders are not changed. Raises AddressMissing."""
    rows = list(
        SavedAddress.objects.select_for_update().filter(owner=owner).order_by("-used_at", "id")
    )
    row = next((one for one in rows if one.id == id_), None)
    if row is None:
        raise AddressMissing
    row.delete()
    rest = [one for one in rows if one.id != id_]
    if row.is_default and rest:
        SavedAddress.objects.filter(id=rest[0].id).update(is_default=True)
