from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodword.circle.states import MarketDial
from goodword.kit import clock, house, http
from goodword.kit.errors import Refused
from goodword.people.access import MemberRequest, member_required

from . import actions, queries, reasons
from .states import SEEN_AT_ONCE, SHARES


@member_required
@require_http_methods(["GET", "POST"])
def share(request: MemberRequest) -> HttpResponse:
    """How much of the market I meet in my circle."""
    error, status = "", 200
    if request.method == "POST":
        try:
            actions.set_share(reader=request.user.id, every=number(request.POST.get("every", "")))
            messages.success(request, _("Saved. Nobody else can see this."))
            return redirect("reach:share")
        except Refused as refusal:
            error, status = str(refusal), refusal.status
    chosen = queries.share(request.user.id)
    context = {
        "shares": [("" if key is None else key, word) for key, word in SHARES.items()],
        "chosen": "" if chosen is None else chosen,
        "house": house.rules(clock.now()),
        "error": error,
    }
    return http.page(request, "reach/share.html", context, status=status)


def number(text: str) -> int | None:
    """A key of SHARES as a form sends it; what is none becomes one that is refused."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1


@member_required
@require_safe
def why(request: MemberRequest, id: UUID) -> HttpResponse:
    """Why I see this market card, and what I can do about it."""
    found = reasons.why(request.user.id, id, now=clock.now())
    return http.page(request, "reach/why.html", {"why": found})


@member_required
@require_POST
def seen(request: MemberRequest) -> HttpResponse:
    """Cards of my circle came before my eyes (`reach/seen.js`)."""
    moments = [id_ for one in request.POST.getlist("moment")[:SEEN_AT_ONCE] if (id_ := uuid(one))]
    actions.see(reader=request.user.id, moments=moments, now=clock.now())
    return HttpResponse(status=204)


def uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@member_required
@require_safe
def look(request: MemberRequest, id: UUID) -> HttpResponse:
    """From a market card to its listing; that the reader looked closer is counted."""
    found = reasons.offered(request.user.id, id, now=clock.now())
    actions.open_card(reader=request.user.id, moment=id, now=clock.now())
    return redirect(found.url)


@member_required
@require_POST
def dismiss(request: MemberRequest, id: UUID) -> HttpResponse:
    """“Not this.” The reader goes on reading where they were."""
    after = actions.dismiss(reader=request.user.id, moment=id, now=clock.now())
    if http.is_htmx(request):
        return http.page(request, "reach/waved.html")
    messages.success(request, _("You will not meet this one again. Nobody is told."))
    return redirect(f"{reverse('reach:timeline')}{f'#m-{after}' if after else ''}")


@member_required
@require_POST
def quieter(request: MemberRequest, id: UUID) -> HttpResponse:
    """Less of this seller's market, or none; the friend stays."""
    dial = request.POST.get("market", "")
    if dial not in (MarketDial.DIGEST, MarketDial.OFF):
        dial = MarketDial.DIGEST
    actions.quieten(reader=request.user, moment=id, market=MarketDial(dial), now=clock.now())
    messages.success(request, _("Saved. Nobody else can see this."))
    return redirect("reach:timeline")
