from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodword.kit import clock, house, http
from goodword.kit.errors import Refused
from goodword.kit.ids import parse_id
from goodword.people.access import MemberRequest, member_required

from .. import actions, meeting, queries, rules
from ..forms import DIALS, WINDOWS, FriendForm
from ..states import MarketDial


@member_required
@require_safe
def names(request: MemberRequest) -> HttpResponse:
    """Friends to mention, as somebody types; empty for everybody else's names."""
    edges = queries.mentionable(request.user.id, request.GET.get("begin", ""))
    found = [
        {"handle": edge.friend.handle, "name": edge.nickname or edge.friend.display_name}
        for edge in edges
    ]
    return JsonResponse({"names": found})


@member_required
@require_safe
def friends(request: MemberRequest) -> HttpResponse:
    """My friends, who asks, whom I asked, and how far back friends may look."""
    return friends_page(request)


def friends_page(request: MemberRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    viewer = request.user.id
    window = queries.window(viewer)
    context = {
        "friends": queries.friends(viewer),
        "requests": queries.requests_to(viewer),
        "asked": queries.requests_by(viewer),
        "groups": queries.groups(viewer),
        "windows": WINDOWS,
        "suggestions": meeting.suggestions(viewer),
        "introduces": meeting.introduces(viewer),
        "window": next(name for name, span in rules.WINDOWS.items() if span == window),
        "error": error,
        "handle": request.POST.get("handle", request.GET.get("handle", "")),
    }
    return http.page(request, "circle/friends.html", context, status=status)


@member_required
@require_POST
def ask(request: MemberRequest) -> HttpResponse:
    """Ask for friendship by handle; the answer is the same whether the other blocks or not."""
    handle = request.POST.get("handle", "").strip().lstrip("@")
    try:
        asked = queries.person(request.user.id, handle)
        actions.ask(
            asker=request.user,
            asked=asked,
            message=request.POST.get("message", ""),
            now=clock.now(),
        )
    except Refused as refusal:
        return friends_page(request, error=str(refusal), status=refusal.status)
    if queries.are_friends(request.user.id, asked.id):
        messages.success(request, _("You and %(name)s are friends now.") % {"name": asked})
    else:
        messages.success(request, _("%(name)s has been asked.") % {"name": asked})
    return redirect("circle:friends")


@member_required
@require_POST
def answer(request: MemberRequest, id: UUID) -> HttpResponse:
    """Accept (with groups), decline, or take back a request; `do` says which."""
    now = clock.now()
    row = queries.request_for(request.user.id, id)
    match request.POST.get("do"):
        case "accept":
            chosen = [parse_id(text) for text in request.POST.getlist("groups")]
            actions.accept(
                request=row, member=request.user, groups=[g for g in chosen if g], now=now
            )
            messages.success(request, _("You are friends now."))
        case "withdraw":
            actions.withdraw(request=row, member=request.user, now=now)
        case _other:
            actions.decline(request=row, member=request.user, now=now)
    return redirect("circle:friends")


@member_required
@require_http_methods(["GET", "POST"])
def friend(request: MemberRequest, id: UUID) -> HttpResponse:
    """The dials for one friend; nothing on this page can be seen by them."""
    edge = queries.friendship(request.user.id, id)
    sent = request.POST if request.method == "POST" else None
    form = FriendForm(sent, owner=request.user, initial=as_chosen(edge))
    if form.is_valid():
        turn(request, edge, form.cleaned_data)
        messages.success(request, _("Saved. Nobody else can see this."))
        return redirect("circle:friend", id)
    now = clock.now()
    context = {
        "edge": edge,
        "form": form,
        "snooze": house.rules(now).snooze,
        "snoozed_until": edge.snoozed_until if is_snoozed(edge, now) else None,
        "dials": DIALS,
        "groups": queries.groups(request.user.id),
        "blocked": queries.has_blocked(request.user.id, id),
    }
    status = 422 if form.is_bound else 200
    return http.page(request, "circle/friend.html", context, status=status)


def as_chosen(edge: queries.Friendship) -> dict[str, Any]:
    """What the owner decided about the friend, as the form shows it."""
    return {
        "nickname": edge.nickname,
        "note": edge.note,
        "life": edge.life,
        "market": edge.market,
        "snoozed": is_snoozed(edge, clock.now()),
        "hides_mine": edge.hides_mine,
        "groups": edge.groups,
    }


def is_snoozed(edge: queries.Friendship, now: datetime) -> bool:
    return edge.snoozed_until is not None and edge.snoozed_until > now


def turn(request: MemberRequest, edge: queries.Friendship, chosen: dict) -> None:
    owner, friend, now = request.user, edge.friend_id, clock.now()
    actions.set_nickname(owner=owner, friend=friend, nickname=chosen["nickname"])
    actions.set_note(owner=owner, friend=friend, note=chosen["note"])
    actions.set_dials(
        owner=owner, friend=friend, life=chosen["life"], market=MarketDial(chosen["market"])
    )
    if chosen["snoozed"] != is_snoozed(edge, now):
        actions.snooze(owner=owner, friend=friend, on=chosen["snoozed"], now=now)
    actions.hide_mine(owner=owner, friend=friend, on=chosen["hides_mine"], now=now)
    groups = [group.id for group in chosen["groups"]]
    actions.set_groups(owner=owner, friend=friend, groups=groups, now=now)


@member_required
@require_POST
def unfriend(request: MemberRequest, id: UUID) -> HttpResponse:
    edge = queries.friendship(request.user.id, id)
    actions.unfriend(member=request.user, friend=edge.friend, now=clock.now())
    messages.success(request, _("You are no longer friends. They are not told."))
    return redirect("circle:friends")


@member_required
@require_POST
def block(request: MemberRequest, id: UUID) -> HttpResponse:
    """`on=1` blocks a member, friend or not; `on=0` ends it."""
    other = queries.known(request.user.id, id)
    do = actions.block if request.POST.get("on", "1") == "1" else actions.unblock
    do(owner=request.user, other=other, now=clock.now())
    if queries.are_friends(request.user.id, id):
        return redirect("circle:friend", id)
    return redirect(f"/@{other.handle}")


@member_required
@require_POST
def window(request: MemberRequest) -> HttpResponse:
    name = request.POST.get("window", "")
    if name not in rules.WINDOWS:
        return friends_page(
            request, error=_("Choose how far back your friends may look."), status=422
        )
    actions.set_window(owner=request.user, window=rules.WINDOWS[name], now=clock.now())
    messages.success(request, _("Saved. Nobody else can see this."))
    return redirect("circle:friends")


@member_required
@require_POST
def introductions(request: MemberRequest) -> HttpResponse:
    """`on=1` lets friends of mine meet through me, and me friends of theirs; else not."""
    actions.introduce(owner=request.user, on=request.POST.get("on") == "1")
    messages.success(request, _("Saved. Nobody else can see this."))
    return redirect("circle:friends")
