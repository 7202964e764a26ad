"""The house's signature (Ed25519, RFC 8032): what it has said, anybody can check later.

A signature is a compact JWS (RFC 7515, `alg` EdDSA as in RFC 8037), so that common libraries read
it; the public keys stand at `/.well-known/jwks.json`. The key is drawn from the secret
`signing` in the data folder. A rotation keeps the public part of each older key.
"""

import hashlib
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from . import config
from .errors import Invalid

NAME = "signing"  # of the secret
RETIRED = "signing.retired"  # one public key a line, beside it


class BadSignature(Invalid):
    """Not signed by this house, for another purpose, or changed since."""

    def __init__(self) -> None:
        super().__init__(_("This was not signed by this house, or it was changed since."))


class LostKey(BadSignature):
    """Its key is none of this house's, or one that it has lost: nobody can tell here."""


@dataclass(frozen=True, slots=True)
class Key:
    """A public key: `id` is the beginning of its own SHA-256, `raw` its 32 bytes."""

    id: str
    raw: bytes

    @property
    def jwk(self) -> dict[str, str]:
        """As RFC 8037 writes it."""
        return {
            "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": self.id,
            "x": _encode(self.raw),
        }  # fmt: skip


def sign(payload: bytes, *, kind: str) -> str:
    """`payload`, signed as a statement of `kind` ("promise"): a compact JWS of ASCII letters.

    The kind is signed too, so that no statement passes for one of another kind.
    """
    secret, key = _signer(config.secret(settings.CONFIG.data, NAME))
    header = {"alg": "EdDSA", "kid": key.id, "typ": f"goodword-{kind}"}
    said = f"{_encode(_plain(header))}.{_encode(payload)}"
    return f"{said}.{_encode(secret.sign(said.encode()))}"


def read(signed: str, *, kind: str) -> bytes:
    """The payload of what this house signed as a statement of `kind`.

    Raises BadSignature, LostKey.
    """
    try:
        head, body, signature = signed.split(".")
        header = json.loads(_decode(head))
        key = next((one for one in public_keys() if one.id == header["kid"]), None)
        if key is None:
            raise LostKey
        if (header["alg"], header["typ"]) != ("EdDSA", f"goodword-{kind}"):
            raise BadSignature
        public = Ed25519PublicKey.from_public_bytes(key.raw)
        public.verify(_decode(signature), f"{head}.{body}".encode())
        return _decode(body)
    except (ValueError, KeyError, TypeError, InvalidSignature) as error:
        raise BadSignature from error


def public_keys() -> list[Key]:
    """The public keys, the present one first, then those of before, newest first."""
    _secret, present = _signer(config.secret(settings.CONFIG.data, NAME))
    file = _folder() / RETIRED
    lines = file.read_text().split() if file.exists() else []
    before = [_named(_decode(line)) for line in reversed(lines)]
    return [present, *(key for key in before if key != present)]


def rotate() -> Key:
    """Sign with a new key from now on, in every process; answers it.

    The old one's public part is kept first, so that what it signed can always be checked.
    """
    data, folder = settings.CONFIG.data, _folder()
    _secret, old = _signer(config.secret(data, NAME))
    with os.fdopen(
        os.open(folder / RETIRED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w"
    ) as out:
        out.write(_encode(old.raw) + "\n")
    fresh = f"{NAME}.new"
    (folder / fresh).unlink(missing_ok=True)
    config.secret(data, fresh)
    os.replace(folder / fresh, folder / NAME)
    return public_keys()[0]


def _folder() -> Path:
    folder: Path = settings.CONFIG.data / "secrets"
    return folder


@lru_cache(maxsize=8)
def _signer(secret: str) -> tuple[Ed25519PrivateKey, Key]:
    drawn = HKDF(SHA256(), 32, salt=None, info=b"goodword:signing").derive(secret.encode())
    private = Ed25519PrivateKey.from_private_bytes(drawn)
    return private, _named(private.public_key().public_bytes_raw())


def _named(raw: bytes) -> Key:
    return Key(hashlib.sha256(raw).hexdigest()[:16], raw)


def _plain(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _encode(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
