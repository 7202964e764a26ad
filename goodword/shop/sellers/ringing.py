"""What a clock of a seller's does when it rings."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from goodword.kit.rows import joined

from ..actions.closing import end_closing
from ..models import Shop, ShopClock
from . import clocks, limits, rules
from .states import ClockKind


@joined
def ring(*, owner: UUID, open_orders: Callable[[], int], now: datetime) -> int:
    """Ring what is due under the lock of the seller's shop; answers how many clocks rang.

    `open_orders` counts her orders that are not over. A shop that closes and still has some is
    asked again an hour later.
    """
    shop = Shop.objects.select_for_update(no_key=True).filter(owner=owner, closed_at=None).first()
    rung = clocks.due(owner, now)
    for clock in rung:
        ShopClock.objects.filter(id=clock.id).update(done_at=now, rang=True)
        kind = ClockKind(clock.kind)
        if kind != ClockKind.CLOSE:
            limits.ring(kind, seller=owner, now=now)
        elif shop and shop.id == clock.shop_id and shop.closing_at:
            ended = end_closing(shop=shop, open_orders=open_orders(), now=now)
            if not ended:
                clocks.wind(owner=owner, kind=kind, due_at=now + rules.ASK_AGAIN, shop=shop.id)
    return len(rung)
