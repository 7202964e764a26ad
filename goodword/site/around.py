"""What waits for a member, and whom they may know: the column beside the circle.

Nothing of the market stands here: beside every page it would be a fifth card in sight at all times.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from goodword.circle import meeting
from goodword.circle import queries as circle
from goodword.kit import http
from goodword.orders import queries as orders
from goodword.people.access import MemberRequest, member_required

PEOPLE = 4


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many things of one kind ask the viewer to act; nothing is counted that only informs."""

    requests: int
    to_pay: int
    to_receive: int
    to_ship: int


@member_required
@require_safe
def around(request: MemberRequest) -> HttpResponse:
    """A part of a page for htmx, asked for only where there is room; a page of its own else."""
    viewer = request.user.id
    alone = request.GET.get("only") == "waiting"  # where the page itself suggests people
    context = {
        "waiting": lines(waiting(viewer)),
        "suggestions": [] if alone else meeting.suggestions(viewer, limit=PEOPLE),
    }
    template = "site/_around.html" if http.is_htmx(request) else "site/around.html"
    return http.page(request, template, context)


def waiting(viewer: UUID) -> Waiting:
    """Three statements, however much there is."""
    bought, sold = orders.counts(viewer, "buyer"), orders.counts(viewer, "seller")
    return Waiting(len(circle.requests_to(viewer)), bought["pay"], bought["receive"], sold["ship"])


def lines(found: Waiting) -> list[dict[str, Any]]:
    """One sentence for each kind of which there is any, the most urgent first."""
    rows = [
        (
            found.to_ship,
            "truck",
            reverse("orders:sales") + "?only=ship",
            ngettext("%(num)s order to ship", "%(num)s orders to ship", found.to_ship),
        ),
        (
            found.to_pay,
            "wallet",
            reverse("orders:list") + "?only=pay",
            ngettext("%(num)s order to pay", "%(num)s orders to pay", found.to_pay),
        ),
        (
            found.to_receive,
            "box",
            reverse("orders:list") + "?only=receive",
            ngettext(
                "%(num)s parcel on its way to you",
                "%(num)s parcels on their way to you",
                found.to_receive,
            ),
        ),
        (
            found.requests,
            "friends",
            reverse("circle:friends"),
            ngettext("%(num)s friend request", "%(num)s friend requests", found.requests),
        ),
    ]
    return [
        {"url": url, "icon": icon, "sentence": sentence % {"num": count}}
        for count, icon, url, sentence in rows
        if count
    ]
