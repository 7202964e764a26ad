from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from goodword.circle import queries as circle
from goodword.circle.forms import AUDIENCES, AudienceForm
from goodword.circle.rules import EVERYONE
from goodword.kit import clock, house, http
from goodword.kit.access import operator_required
from goodword.people.access import MemberRequest, member_required

from . import actions, queries, words


@member_required
@require_safe
def schedule(request: MemberRequest) -> HttpResponse:
    """What of mine waits its turn, in my order, and when my friends will likely meet it."""
    now = clock.now()
    found = queries.schedule(request.user.id, now=now)
    context = {"schedule": found, "words": words, "house": house.rules(now)}
    return http.page(request, "reach/schedule.html", context)


def back_to(moment: UUID) -> HttpResponse:
    return redirect(f"{reverse('reach:schedule')}#w-{moment}")


@member_required
@require_POST
def place(request: MemberRequest, id: UUID) -> HttpResponse:
    """Up or down by one."""
    by = -1 if request.POST.get("by") == "-1" else 1
    actions.move(seller=request.user.id, moment=id, by=by, now=clock.now())
    return back_to(id)


@member_required
@require_POST
def rest(request: MemberRequest, id: UUID) -> HttpResponse:
    """Keep it out of circles, or let it come up again."""
    out = request.POST.get("on") == "1"
    actions.rest(seller=request.user.id, moment=id, on=out, now=clock.now())
    told = (
        _("It does not come up in circles any more. Your page and the market show it as before.")
        if out
        else _("It comes up again when its turn comes.")
    )
    messages.success(request, told)
    return back_to(id)


@member_required
@require_POST
def spread(request: MemberRequest) -> HttpResponse:
    """One after another, or all at once."""
    apart = request.POST.get("apart") == "1"
    actions.spread(seller=request.user.id, apart=apart, now=clock.now())
    return redirect("reach:schedule")


@member_required
@require_safe
def forecast(request: MemberRequest, id: UUID) -> HttpResponse:
    """What to expect of showing a listing of mine now, to the people I choose."""
    seller, now = request.user.id, clock.now()
    form = AudienceForm(request.GET or None, author=request.user)
    audience = form.chosen() if form.is_valid() else EVERYONE
    made = actions.rhythm(seller=seller, now=now)
    card, found = queries.preview(seller, id, audience, made=made, now=now)
    context = {
        "card": card,
        "found": found,
        "advice": queries.advice_for(made, id),
        "words": words,
        "form": form,
        "audiences": AUDIENCES[:-1],
        "groups": circle.groups(seller),
        "friends": circle.friends(seller),
    }
    return http.page(request, "reach/forecast.html", context)


@member_required
@require_safe
def results(request: MemberRequest) -> HttpResponse:
    """What came of what I showed, beside what was expected."""
    seller, now = request.user.id, clock.now()
    made = actions.rhythm(seller=seller, now=now)
    shown = queries.shown(seller, now=now)
    usual = queries.usual(made, shown=shown)
    context = {
        "results": queries.results(seller, now=now),
        "usual": words.usual(usual),
        "advice": [words.advice(one) for one in queries.advice(made)],
        "often": words.often(usual.often, shown),
        "words": words,
    }
    return http.page(request, "reach/results.html", context)


@operator_required
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """What the market did in the last weeks, in sums."""
    context = {"weeks": queries.weeks(), "counted": words.counted}
    return http.page(request, "reach/measures.html", context)
