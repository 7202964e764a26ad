"""A member's passkeys, named by references: allauth's running numbers are shown to nobody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from goodword.kit.errors import NotFound

from .models import Member


@dataclass(frozen=True, slots=True)
class Passkey:
    """`opens_alone`: signs in without a password; None when the device did not say."""

    ref: str
    name: str
    added: datetime
    last_used: datetime | None
    opens_alone: bool | None


def passkeys(viewer: Member) -> list[Passkey]:
    """The viewer's passkeys, oldest first. One query."""
    return [
        Passkey(
            _ref(row), row.wrap().name, row.created_at, row.last_used_at,
            row.wrap().is_passwordless,
        )
        for row in _rows(viewer)
    ]  # fmt: skip


def number(viewer: Member, ref: str) -> int:
    """allauth's number of the viewer's passkey `ref`. Raises NotFound."""
    for row in _rows(viewer):
        if constant_time_compare(_ref(row), ref):
            return int(row.pk)
    raise NotFound(_("There is no such passkey."))


def _rows(viewer: Member) -> list[Any]:
    kind = Authenticator.Type.WEBAUTHN
    return list(Authenticator.objects.filter(user=viewer, type=kind).order_by("created_at"))


def _ref(row: Any) -> str:
    return salted_hmac("goodword.people.passkeys", str(row.pk)).hexdigest()[:20]
