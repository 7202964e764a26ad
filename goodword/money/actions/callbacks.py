from collections.abc import Mapping
from datetime import datetime

from .. import gateways
from ..models import Payment
from .payments import record_answer


def receive_callback(
    *, gateway: str, body: bytes, headers: Mapping[str, str], now: datetime
) -> Payment:
    """Believe a message that carries the gateway's signature, and record what it says.

    Raises NotFound for an unknown gateway or payment, Forged.
    """
    answer = gateways.named(gateway).read_callback(body, headers, now=now)
    return record_answer(answer=answer, now=now)
