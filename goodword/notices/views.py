from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goodword.kit import clock
from goodword.kit.access import member_required
from goodword.kit.http import page
from goodword.kit.ids import parse_id

from . import actions, queries


def viewer(request: HttpRequest) -> UUID:
    """Who is signed in; behind `member_required` somebody is."""
    return UUID(str(request.user.pk))


@member_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    before = parse_id(request.GET.get("before", ""))
    lines = queries.notices(viewer(request), before=before, limit=queries.PAGE + 1)
    shown = lines[: queries.PAGE]
    following = shown[-1].id if len(lines) > len(shown) else None
    return page(request, "notices/index.html", {"lines": shown, "following": following})


@member_required
@require_GET
def follow(request: HttpRequest, notice: UUID) -> HttpResponse:
    """To what the notice is about; having gone there, one has read it."""
    url = queries.url(viewer(request), notice)
    actions.read(owner=viewer(request), notice=notice, now=clock.now())
    return redirect(url)


@member_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    actions.read_all(owner=viewer(request), now=clock.now())
    return redirect("notices:index")


@member_required
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """How loudly one wants to be told of what."""
    if request.method == "POST":
        wishes = {
            choice.group: (
                request.POST.get(f"told-{choice.group}", choice.told),
                f"mail-{choice.group}" in request.POST,
            )
            for choice in queries.choices(viewer(request))
        }
        actions.choose(owner=viewer(request), wishes=wishes)
        messages.success(request, _("Saved."))
        return redirect("notices:settings")
    return page(request, "notices/settings.html", {"choices": queries.choices(viewer(request))})
