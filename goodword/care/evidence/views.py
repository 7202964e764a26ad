from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from goodword.kit import clock, rates
from goodword.people.access import MemberRequest, member_required

from .writing import write

AN_HOUR = 20  # each takes a second and all of its bytes in memory


@member_required
@require_safe
def evidence(request: MemberRequest, id: UUID) -> HttpResponse:
    """The order's evidence file, for its two sides, and an operator once there is a case."""
    return sent(request.user.id, id)


def sent(viewer: UUID, order: UUID) -> HttpResponse:
    """Raises OrderMissing, TooMany."""
    now = clock.now()
    rates.hit(f"evidence:{viewer}", limit=AN_HOUR, per=timedelta(hours=1), now=now)
    name, data = write(viewer, order, now=now)
    return HttpResponse(
        data,
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
