from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

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
