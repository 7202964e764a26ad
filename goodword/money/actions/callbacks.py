"""What gateways tell without being asked: believed by its signature, and each message once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.kit.errors import NotFound
from goodword.kit.ids import parse_id
from goodword.kit.rows import first, insert_new

from .. import gateways
from ..gateways.base import Answer, Message, RefundAnswer
from ..models import Heard, Payment, Refund
from .payments import record_answer
from .sending import record_refund

R = TypeVar("R", Payment, Refund)
REMEMBERED = timedelta(days=60)  # how long a message is known again; gateways repeat for days


def receive_callback(
    *, gateway: str, body: bytes, headers: Mapping[str, str], now: datetime
) -> bool:
    """Believe a message that carries the gateway's signature, and record what it says.

    False when the very same message was heard before: then it changes nothing. Raises NotFound for
    an unknown gateway or payment, Forged.
    """
    # Outside the transaction: reading may have to fetch the gateway's newest certificate.
    message = gateways.named(gateway).read_callback(body, headers, now=now)
    return hear(gateway, message, now=now)


@transaction.atomic
def hear(gateway: str, message: Message, *, now: datetime) -> bool:
    # A message of yesterday said again today could undo what was done since, so each counts once.
    if not insert_new(Heard(key=f"{gateway}/{message.number}"[:160], at=now)):
        return False
    match message.says:
        case Answer() as answer:
            check_gateway(find(Payment, answer.key), gateway)
            record_answer(answer=answer, now=now)
        case RefundAnswer() as answer:
            refund = find(Refund, answer.key)
            payment = check_gateway(refund.payment, gateway)
            record_refund(answer=answer, refund=refund.id, payment=payment, now=now)
    return True


def find(model: type[R], key: str) -> R:
    id = parse_id(key)
    row = first(model, id=id) if id else None
    if row is None:
        raise NotFound(_("There is no such payment."))
    return row


def check_gateway(payment: Payment, gateway: str) -> Payment:
    """A gateway speaks of its own payments only."""
    if payment.gateway != gateway:
        raise NotFound(_("There is no such payment."))
    return payment


def forget_heard(*, now: datetime) -> None:
    Heard.objects.filter(at__lt=now - REMEMBERED).delete()
