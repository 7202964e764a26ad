from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodword.kit import clock, house, http
from goodword.kit.errors import Refused
from goodword.kit.pictures import serve
from goodword.kit.voice import serve_voice
from goodword.people.access import MemberRequest, member_required, token_too

from .. import actions, composing, queries
from ..forms import AUDIENCES, AudienceForm, MomentForm


@member_required
@require_http_methods(["GET", "POST"])
def compose(request: MemberRequest) -> HttpResponse:
    """The composer. A refused post comes back with its text, its status and one sentence."""
    form = MomentForm(request.POST or None, author=request.user)
    status = 200
    if request.method == "POST":
        try:
            if form.is_valid():
                sheet = composing.sheet_of(request, form)
                composing.post(sheet, author=request.user, now=clock.now())
                return redirect("reach:timeline")
            status = 422
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
    context = composing.blank(request.user, form, now=clock.now())
    return http.page(request, "circle/compose.html", context, status=status)


@token_too
@member_required
@require_safe
def picture(request: MemberRequest, id: UUID, variant: str) -> HttpResponseBase:
    """A picture file, if its moment exists for the viewer; otherwise the 404 of no file."""
    found = queries.picture(request.user.id, id, now=clock.now())
    return serve(request, found, variant)


@token_too
@member_required
@require_safe
def voice(request: MemberRequest, id: UUID) -> HttpResponseBase:
    """A voice note, if its moment exists for the viewer; otherwise the 404 of no file."""
    return serve_voice(request, queries.voice(request.user.id, id, now=clock.now()))


@member_required
@require_http_methods(["GET", "POST"])
def audience(request: MemberRequest, id: UUID) -> HttpResponse:
    """Who can see my moment now, and making that fewer."""
    now = clock.now()
    moment = queries.own_moment(request.user.id, id, now=now)
    form = AudienceForm(request.POST or None, author=request.user)
    status = 200
    if request.method == "POST":
        try:
            if form.is_valid():
                actions.narrow(moment=moment, author=request.user, audience=form.chosen(), now=now)
                messages.success(request, _("Fewer people can see it now."))
                return redirect("reach:moment", id)
            status = 422
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
    context = {
        "form": form,
        "moment": moment,
        "audiences": AUDIENCES,
        "groups": queries.groups(request.user.id),
        "friends": queries.friends(request.user.id),
        "viewers": queries.viewers(request.user.id, moment.id, now=now),
    }
    return http.page(request, "circle/audience.html", context, status=status)


@member_required
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, id: UUID) -> HttpResponse:
    """Change what my moment says, while that is still fair to who answered it."""
    now = clock.now()
    moment = queries.own_moment(request.user.id, id, now=now)
    text, error, status = moment.text, "", 200
    if request.method == "POST":
        text = request.POST.get("text", "")
        try:
            actions.edit_moment(moment=moment, author=request.user, text=text, now=now)
            return redirect("reach:moment", id)
        except Refused as refusal:
            error, status = str(refusal), refusal.status
    rules = house.rules(moment.published_at)
    context = {
        "moment": moment,
        "text": text,
        "error": error,
        "until": moment.published_at + rules.edit_within,
        "most": rules.moment_text_at_most,
    }
    return http.page(request, "circle/edit.html", context, status=status)


@member_required
@require_safe
def history(request: MemberRequest, id: UUID) -> HttpResponse:
    """What a moment has said, for whoever may see it."""
    wordings = queries.history(request.user.id, id, now=clock.now())
    return http.page(request, "circle/history.html", {"id": id, "wordings": wordings})


@member_required
@require_http_methods(["POST"])
def delete_moment(request: MemberRequest, id: UUID) -> HttpResponse:
    now = clock.now()
    moment = queries.own_moment(request.user.id, id, now=now)
    actions.delete_moment(moment=moment, author=request.user, now=now)
    messages.success(request, _("The moment is deleted."))
    return redirect(http.back(request, default=reverse("reach:timeline")))


@member_required
@require_http_methods(["POST"])
def take_link_off(request: MemberRequest, id: UUID) -> HttpResponse:
    """Leave my moment the plain link."""
    now = clock.now()
    moment = queries.own_moment(request.user.id, id, now=now)
    actions.take_link_off(moment=moment, author=request.user, now=now)
    return redirect("reach:moment", id)
