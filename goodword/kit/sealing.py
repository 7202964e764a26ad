"""Texts that must lie in the database but open nothing to whoever reads it alone.

Sealed with a key drawn from the instance's own secret, which stands in a file beside the database
(docs/decisions/0023-sealed.md). `SECRET_KEY_FALLBACKS` still opens what an older secret has sealed.
"""

from base64 import urlsafe_b64encode
from datetime import timedelta
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from .errors import Gone


class Sealed(Gone):
    """Nobody here can open it: another secret sealed it, it was changed, or its time is over."""

    def __init__(self) -> None:
        super().__init__(
            _("The house has lost the key to this. Ask the operator to bring its secrets back.")
        )


def seal(text: str, *, purpose: str) -> str:
    """`text` in a form that only this instance reads, and only for the same `purpose`."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(token: str, *, purpose: str, within: timedelta | None = None) -> str:
    """The text in `token`, sealed no longer ago than `within`. Raises Sealed."""
    seconds = None if within is None else int(within.total_seconds())
    try:
        return _box(purpose).decrypt(token.encode(), ttl=seconds).decode()
    except InvalidToken as error:
        raise Sealed from error


def _box(purpose: str) -> MultiFernet:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([_key(secret, purpose) for secret in secrets])


@lru_cache(maxsize=32)
def _key(secret: str, purpose: str) -> Fernet:
    drawn = HKDF(SHA256(), 32, salt=None, info=f"goodword:{purpose}".encode())
    return Fernet(urlsafe_b64encode(drawn.derive(secret.encode())))
