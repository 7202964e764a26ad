from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goodword.kit import clock
from goodword.kit import desk as desks
from goodword.kit.access import operator_required
from goodword.kit.errors import NotFound
from goodword.kit.http import page
from goodword.kit.pictures.serving import serve
from goodword.people import delivery, sessions
from goodword.people import queries as people
from goodword.people.models import Member

from .backup.standing import standing
from .demo import cast


@operator_required
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for an operator."""
    piles, now = desks.piles(), clock.now()
    context = {
        "piles": piles,
        "waits": any(pile.count for pile in piles),
        "troubles": [*standing(now).sentences, *delivery.outgoing(now).sentences],
    }
    return page(request, "ops/desk.html", context)


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Be one of the demo town's people, without a password; where there is no demo, no page."""
    member = asked_for(request, request.POST.get("person", ""))
    login(request, member, backend=settings.AUTHENTICATION_BACKENDS[0])
    sessions.keep(request)
    return redirect("/")


@require_GET
def demo_face(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The face of one of them, for the page on which a stranger chooses."""
    found = people.face(asked_for(request, handle).id)
    if found is None or found[1] is None:
        raise nothing()
    return serve(request, found[1], "small")


def asked_for(request: HttpRequest, handle: str) -> Member:
    member = cast.role(handle) if cast.is_open(request) else None
    if member is None:
        raise nothing()
    return member


def nothing() -> NotFound:
    return NotFound(_("There is no such page."))
