"""What every door needs: answers as pages or JSON, and refusals with their status."""

from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import Any

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from .errors import Refused, TooMany

# Django's own pages about these, for whoever debugs, have inline styles.
DEBUGGED = {HTTPStatus.NOT_FOUND, HTTPStatus.INTERNAL_SERVER_ERROR}


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render a Jinja2 template with the site's context."""
    return render(request, template, context or {}, status=status)


def is_htmx(request: HttpRequest) -> bool:
    """True when htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def back(request: HttpRequest, *, default: str) -> str:
    """Where to return after a form: its `next` field when that is on this site, else `default`."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return default


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


class RefusalMiddleware:
    """Turns a Refused that an action raised into a page or a JSON body with its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """PostgreSQL cannot keep U+0000: refuse it as it comes in. The API looks itself."""
        # Reading a form uses up the body that a callback still needs to prove its signature.
        forms = [] if getattr(view, "csrf_exempt", False) else [request.GET, request.POST]
        texts = [text for form in forms for _name, values in form.lists() for text in values]
        if any("\x00" in text for text in [request.path, *texts]):
            return refusal(request, Refused(_("Text cannot hold the character U+0000.")))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal(request, error) if isinstance(error, Refused) else None


def refusal(request: HttpRequest, error: Refused) -> HttpResponse:
    """The answer to a refused request."""
    if wants_json(request):
        body: dict[str, Any] = {"detail": str(error)}
        if error.fields:
            body["fields"] = error.fields
        answer: HttpResponse = JsonResponse(body, status=error.status)
    else:
        floats = is_htmx(request)  # the page stays as it is; the sentence floats over it
        answer = page(
            request,
            "kit/toast.html" if floats else "kit/error.html",
            {"status": error.status, "sentence": str(error)},
            status=error.status,
        )
        if floats:
            answer["HX-Retarget"], answer["HX-Reswap"] = "#toasts", "innerHTML"
    if isinstance(error, TooMany):
        answer["Retry-After"] = str(error.retry_after)
    return answer


def secure_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Headers that Django's own middleware does not set."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(), camera=(self), microphone=(self), payment=()"
        )
        if getattr(request, "user", None) is not None and not request.path.startswith(
            settings.STATIC_URL
        ):
            # A page made for one person must not be kept where another can find it.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return middleware


def content_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Give each answer the house's content policy, where it has not a stricter one of its own.

    django-csp's middleware would build it for every answer anew, for nonces that no page has.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not (settings.DEBUG and response.status_code in DEBUGGED):
            response.headers.setdefault(HEADER, policy())
        return response

    return middleware


@cache
def policy() -> str:
    return str(build_policy())
