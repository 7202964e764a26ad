"""Who may pass a door, under the name by which all domains above ask for it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from goodword.kit.access import member_required, operator_required

from .api import bearer
from .models import Member

__all__ = ["MemberRequest", "member_required", "operator_required", "token_too"]

View = Callable[..., HttpResponseBase]


class MemberRequest(HttpRequest):
    """What a view behind `member_required` is given."""

    user: Member


def token_too(view: View) -> View:
    """Let a program in by its bearer token, for the addresses of files that the API gives it.

    It stands above `member_required`. Whoever sends a token is that token's member and nobody
    else, whatever cookies came along; one that does not work is answered 401. For reading only:
    behind it no CSRF token is asked for.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.headers.get("Authorization", "").partition(" ")[0].lower() == "bearer":
            member = bearer(request)
            if not member:
                detail = _("Send a token that works, as “Authorization: Bearer gw_…”.")
                known = {"WWW-Authenticate": "Bearer"}
                return JsonResponse({"detail": detail}, status=401, headers=known)
            request.user = member
        return view(request, *args, **kwargs)

    return guarded
