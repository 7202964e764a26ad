"""Who may pass a door. It knows only that somebody is signed in, not who members are."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from .errors import NotFound
from .http import is_htmx

View = Callable[..., HttpResponseBase]


def member_required(view: View) -> View:
    """Send strangers to sign in, and back here afterwards.

    A part of a page that htmx asks for gets 401 with HX-Redirect: the whole page must move on.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        answer: HttpResponse = redirect_to_login(_return(request), resolve_url(settings.LOGIN_URL))
        if is_htmx(request):
            return HttpResponse(status=401, headers={"HX-Redirect": answer["Location"]})
        return answer

    return guarded


def _return(request: HttpRequest) -> str:
    """The page to come back to: never a part of one, nor where a form went, but where it stood."""
    if request.method in ("GET", "HEAD") and not is_htmx(request):
        return request.get_full_path()
    shown = request.headers.get("HX-Current-URL" if is_htmx(request) else "Referer", "")
    if url_has_allowed_host_and_scheme(shown, {request.get_host()}):
        parts = urlsplit(shown)
        return urlunsplit(("", "", parts.path, parts.query, ""))
    return "/"


def operator_required(view: View) -> View:
    """For the house's operators; to everybody else the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not getattr(request.user, "is_operator", False):
            raise NotFound(_("There is no such page."))
        return view(request, *args, **kwargs)

    return member_required(guarded)
