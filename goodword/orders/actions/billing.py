"""Papers about what was sold: told to `money` as plain values."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kit.errors import Conflict
from goodword.money import queries as ledger
from goodword.money.invoices import heading, issuing
from goodword.money.invoices.models import IssuedPaper
from goodword.money.invoices.shapes import Bill, Item, Party
from goodword.people.models import Member
from goodword.people.queries import members
from goodword.shop.sellers import queries as sellers
from goodword.shop.sellers.states import Scheme
from goodword.shop.states import Level

from ..addresses import Address
from ..models import OrderLine
from ..states import SOLD, Role
from .common import Locked, lock


class NothingToPaper(Conflict):
    """No line of the order is the seller's for good, or each has its paper."""

    def __init__(self) -> None:
        super().__init__(
            _("There is a paper as soon as the money is the seller’s, one for each thing.")
        )


def invoice(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> None:
    """A business owes an invoice for what is released; a private seller writes one when asked."""
    if lines and _is_business(lines[0]):
        _write(locked, lines, now)


@transaction.atomic
def ask_for_paper(*, buyer: Member, order: UUID, now: datetime) -> IssuedPaper:
    """The buyer's: an invoice or a receipt for every line that she has paid for good.

    Raises OrderMissing, NothingToPaper.
    """
    locked = lock(order)
    if locked.role_of(buyer.id) != Role.BUYER:
        raise NothingToPaper
    sold = [line for line in locked.lines if line.state in SOLD]
    paper = _write(locked, sold, now) if sold else None
    if paper is None:
        raise NothingToPaper
    return paper


def _write(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> IssuedPaper | None:
    """The paper of those lines that have none; what of them went back is credited at once."""
    order = locked.order.id
    paper = issuing.issue(sold=bill(locked, lines, now), now=now)
    if paper is None:
        return None
    held = ledger.parts_of(order)
    back = {one: held[one].refunded for one in issuing.lines_of(paper)}
    issuing.credit(order=order, parts={one: sum_ for one, sum_ in back.items() if sum_}, now=now)
    return paper


def bill(locked: Locked, lines: Sequence[OrderLine], now: datetime) -> Bill:
    order = locked.order
    known = members([order.seller_id, order.buyer_id])
    seller, buyer = known[order.seller_id], known[order.buyer_id]
    promised, head = lines[0].snapshot, heading.head_of(order.seller_id)
    called, number, is_vat = _register(lines[0]) or ("", "", False)
    address = Address.read(order.address) if order.address else None
    return Bill(
        order=order.id,
        reference=order.reference,
        business=_is_business(lines[0]),
        seller=Party(
            id=seller.id,
            name=f"{promised['shop']['name']} ({called or promised['seller']['name']})",
            handle=promised["seller"]["handle"],
            address=head.address,
            country=head.country if head.address or not is_vat else vat_country(number),
            number=number,
            is_vat=is_vat,
        ),
        buyer=Party(
            id=buyer.id,
            name=(address and address.name) or buyer.display_name,
            handle=buyer.handle,
            country=address.country if address else "CN",
            address=tuple(row for row in address.lines if row) if address else (),
        ),
        currency=order.currency,
        items=tuple(item for line in lines for item in items(line)),
        sold_at=min((line.paid_at for line in lines if line.paid_at), default=now),
    )


def vat_country(number: str) -> str:
    """Where a business is of which nothing is known but its VAT number: Greece alone has two."""
    return {"EL": "GR", "XI": "GB"}.get(number[:2], number[:2])


def items(line: OrderLine) -> list[Item]:
    """What the line is, and its parcel."""
    name = line.snapshot["variant_name"]
    text = f"{line.snapshot['title']} · {name}" if name else str(line.snapshot["title"])
    rows = [Item(line.id, text, line.quantity, line.unit_minor)]
    if line.shipping_minor:
        rows.append(Item(line.id, "", 1, line.shipping_minor))
    return rows


def _register(line: OrderLine) -> tuple[str, str, bool] | None:
    """The business as it was promised; what was ordered before that was kept has today's."""
    if not _is_business(line):
        return None
    if "business" not in line.snapshot:
        return sellers.checked(line.seller_id)
    known = line.snapshot["business"]
    return (known["name"], known["number"], known["scheme"] == Scheme.VAT) if known else None


def _is_business(line: OrderLine) -> bool:
    """As it was when it was ordered."""
    return line.snapshot["shop"]["level"] == Level.REGISTERED
