"""From hand to hand: the buyer's code proves that she was there."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from goodword.kit import rates
from goodword.kit.together import together
from goodword.people.models import Member

from ..models import Handover
from ..refusals import CodeGone, WrongCode
from ..states import TRIES, Delivery, Verb
from .common import lock, note, pick, shift, wind

HOLDS = timedelta(hours=24)
A_DAY = 10  # codes for one order


@transaction.atomic
def make_code(*, buyer: Member, order: UUID, now: datetime) -> Handover:
    """Make the code that the seller has to enter when she hands the goods over, anew each time.

    Raises OrderMissing, NotYours, NotPossible, TooMany.
    """
    locked = lock(order)
    pick(locked, Verb.SHOW_CODE, locked.role_of(buyer.id), now)
    rates.hit(f"handover:{order}", limit=A_DAY, per=timedelta(days=1), now=now)
    made, _new = Handover.objects.update_or_create(
        order_id=order,
        defaults={
            "buyer_id": buyer.id, "code": f"{secrets.randbelow(10**6):06}", "until": now + HOLDS,
            "wrong": 0, "used_at": None,
        },
    )  # fmt: skip
    return made


def hand_over(*, seller: Member, order: UUID, code: str, now: datetime) -> None:
    """The goods are in the buyer's hands, as her `code` proves.

    Raises OrderMissing, NotYours, NotPossible, CodeGone, WrongCode.
    """
    with transaction.atomic(), together():
        left = enter(seller, order, code, now)
    if left is not None:  # raised out here, so that the wrong try stays counted
        raise WrongCode(left)


def enter(seller: Member, order: UUID, code: str, now: datetime) -> int | None:
    """None when it was the code; otherwise how many tries are left."""
    locked = lock(order)
    chosen = pick(locked, Verb.HAND_OVER, locked.role_of(seller.id), now)
    row = Handover.objects.select_for_update().filter(order=order, used_at=None).first()
    if row is None or row.until <= now or row.wrong >= TRIES:
        raise CodeGone
    typed = "".join(sign for sign in code if not sign.isspace())
    if not secrets.compare_digest(row.code.encode(), typed.encode()):
        row.wrong += 1
        row.save(update_fields=["wrong"])
        return TRIES - row.wrong
    row.used_at = now
    row.save(update_fields=["used_at"])
    shift(chosen, Verb.HAND_OVER, now, shipped_at=now, delivery=Delivery.IN_PERSON)
    wind(locked, chosen, now)
    note(
        locked, "handed_over", now, actor=seller.id, lines=chosen, tell=[locked.order.buyer_id]
    )  # fmt: skip
    return None
