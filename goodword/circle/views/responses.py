from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from goodword.kit import clock, http
from goodword.kit.ids import parse_id
from goodword.people.access import MemberRequest, member_required

from .. import actions, queries


def answer(request: MemberRequest, id: UUID) -> HttpResponse:
    """The moment's notes afresh for htmx; otherwise back to where the person was."""
    if http.is_htmx(request):
        card = queries.moment_card(request.user.id, id, now=clock.now())
        alone = request.POST.get("next") == card.url
        return http.page(request, "circle/_notes.html", {"card": card, "alone": alone})
    default = reverse("reach:moment", args=[id])
    return redirect(http.back(request, default=default) + f"#m-{id}")


@member_required
@require_POST
def like(request: MemberRequest, id: UUID) -> HttpResponse:
    """`on=1` likes, `on=0` takes it back."""
    now = clock.now()
    moment = queries.moment(request.user.id, id, now=now)
    if request.POST.get("on", "1") == "1":
        actions.like(moment=moment, member=request.user, now=now)
    else:
        actions.unlike(moment=moment, member=request.user)
    return answer(request, id)


@member_required
@require_POST
def comment(request: MemberRequest, id: UUID) -> HttpResponse:
    now = clock.now()
    actions.comment(
        moment=queries.moment(request.user.id, id, now=now),
        member=request.user,
        text=request.POST.get("text", ""),
        reply_to=parse_id(request.POST.get("reply_to", "")),
        now=now,
    )
    return answer(request, id)


@member_required
@require_POST
def delete_comment(request: MemberRequest, id: UUID) -> HttpResponse:
    found = queries.comment(request.user.id, id, now=clock.now())
    actions.delete_comment(comment=found, member=request.user)
    return answer(request, found.moment_id)
