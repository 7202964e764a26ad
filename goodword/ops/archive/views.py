from datetime import datetime
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from goodword.kit import clock
from goodword.kit.http import page
from goodword.people.access import MemberRequest, member_required
from goodword.people.models import Member

from . import keeping, writing

AGAIN = 3  # seconds between two looks at how far it is


@member_required
@require_http_methods(["GET", "POST"])
def data(request: MemberRequest) -> HttpResponse:
    """Everything of mine in one file: ask for it, see how far it is, fetch it."""
    now = clock.now()
    if request.method == "POST":
        keeping.ask(owner=request.user, now=now)
        return redirect("ops:data")
    found = keeping.archives(request.user.id, now=now)
    awaited = next((row for row in found if row.is_awaited(now)), None)
    context = {
        "awaited": awaited,
        "ready": [row for row in found if row.is_there(now)],
        "steps": writing.STEPS,
        "again": AGAIN if awaited else 0,
    }
    answer = page(request, "ops/data.html", context)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@member_required
@require_GET
def fetch(request: MemberRequest, archive: UUID) -> FileResponse:
    return sent(request.user, archive, now=clock.now())


def sent(owner: Member, archive: UUID, *, now: datetime) -> FileResponse:
    """The file of the owner's archive as a download. Raises NoSuchArchive."""
    path = keeping.file_of(owner.id, archive, now=now)
    name = f"goodword-{owner.handle}-{now:%Y-%m-%d}.zip"
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type="application/zip"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
