from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest
from typing_extensions import override

from . import queries
from .models import Member


class MemberBackend(AuthenticationBackend):
    """Signs members in by handle or e-mail address and password.

    allauth's own would look an address up twice and check the password each time, so that a known
    address takes longer to refuse than an unknown one. Here it is one look-up and, whoever was
    named, exactly one password computation (for nobody, the one of `_mitigate_timing_attack`).
    """

    @override
    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Member | None:
        name = credentials.get("email") or credentials.get("username") or ""
        member = queries.by_login(name)
        return self._check_password(member, credentials["password"]) if member else None
