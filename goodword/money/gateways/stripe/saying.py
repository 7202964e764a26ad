"""What Stripe's errors mean to us."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from ..base import GatewayDown

log = structlog.get_logger(__name__)


class NotAccepted(Exception):
    """Stripe will not take this sum or currency, whoever asks."""


@contextmanager
def answering() -> Iterator[None]:
    """What Stripe's errors mean to us. Raises GatewayDown, NotAccepted, ValueError."""
    import stripe

    try:
        yield
    except stripe.IdempotencyError as error:
        if error.code == "idempotency_key_in_use":
            raise GatewayDown(str(error)) from error
        raise ValueError(f"Stripe knows this key for something else: {error}") from error
    except stripe.InvalidRequestError as error:
        if error.http_status == 404:
            log.warning("stripe.unknown", error=str(error))
            raise GatewayDown(str(error)) from error
        raise NotAccepted(str(error)) from error
    except stripe.StripeError as error:
        # No network, too many requests, a fault of theirs, or a key that is not (yet) right here.
        log.warning("stripe.down", error=str(error))
        raise GatewayDown(str(error)) from error
