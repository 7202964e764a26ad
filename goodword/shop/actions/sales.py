from datetime import datetime
from uuid import UUID

from goodword.kit.rows import UNLESS_KNOWN, insert_new, inserting, joined
from goodword.kit.together import soon

from ..models import Sale


def record_sale(
    *, line: UUID, listing: UUID, variant: UUID, seller: UUID, quantity: int, now: datetime
) -> None:
    """Count an order line among the units sold, once; the same line again changes nothing."""
    sale = Sale(
        line=line, listing_id=listing, variant_id=variant, seller_id=seller, quantity=quantity,
        at=now,
    )  # fmt: skip
    soon(inserting([sale], UNLESS_KNOWN))


@joined
def reverse_sale(*, line: UUID, now: datetime) -> bool:
    """Take a refunded line out of the count, by a second row; answers whether it was counted."""
    sale = Sale.objects.filter(line=line, reversal=False).first()
    if sale is None:
        return False
    reversal = Sale(
        line=line, listing_id=sale.listing_id, variant_id=sale.variant_id,
        seller_id=sale.seller_id, quantity=-sale.quantity, reversal=True, at=now,
    )  # fmt: skip
    insert_new(reversal)
    return True
