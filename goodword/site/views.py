from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goodword.kit import clock, http
from goodword.ops.house import queries as house
from goodword.people import actions as people

from . import reference


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The house rules in force, in plain words, for anybody."""
    return http.page(request, "site/rules.html", {"chapters": house.chapters(clock.now())})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of all pages: a stranger's by a cookie, a member's for good."""
    chosen = request.POST.get("language", "")
    known = chosen in dict(settings.LANGUAGES)
    if request.user.is_authenticated:
        people.edit(member=request.user, language=chosen, now=clock.now())
    answer = HttpResponseRedirect(http.back(request, default="/"))
    if known:
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=int(timedelta(days=365).total_seconds()),
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    elif not chosen:
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return answer


@require_GET
def api_docs(request: HttpRequest) -> HttpResponse:
    """What the API can do, from its own schema: a page without scripts."""
    from .api import api

    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    context = {
        "about": schema["info"]["description"],
        "groups": reference.groups(schema),
        "shapes": reference.shapes(schema),
    }
    return http.page(request, "site/api_docs.html", context)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that came from elsewhere, or from a page that was open too long."""
    sentence = _("This page was open for too long. Go back, reload it and try again.")
    return _refusal(request, 403, sentence)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    sentence = _("This request cannot be understood. Go back and try again.")
    return _bare(request, 400, sentence)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _refusal(request, 403, _("This is not open to you."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _refusal(request, 404, _("There is nothing here, or it is not meant for you."))


def too_many(request: HttpRequest) -> HttpResponse:
    """allauth's limits; ours are refusals of their own."""
    sentence = _("Too many tries in a short time. Wait a minute and try again.")
    answer = _refusal(request, 429, sentence)
    answer.headers["Retry-After"] = "60"
    return answer


def our_fault(request: HttpRequest) -> HttpResponse:
    sentence = _("That was our fault, and it was written down. Please try again in a moment.")
    return _bare(request, 500, sentence)


def _bare(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Without the viewer: to find them may be what failed, or has not happened yet."""
    if http.wants_json(request):
        return JsonResponse({"detail": sentence}, status=status)
    context = {"status": status, "sentence": sentence}
    return HttpResponse(render_to_string("kit/error.html", context), status=status)


def _refusal(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    if http.wants_json(request):
        return JsonResponse({"detail": sentence}, status=status)
    context = {"status": status, "sentence": sentence}
    return http.page(request, "kit/error.html", context, status=status)
