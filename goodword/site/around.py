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

from goodword.care import queries as care
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
    in_care: int


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
    """Four statements, however much there is."""
    bought, sold = orders.counts(viewer, "buyer"), orders.counts(viewer, "seller")
    return Waiting(
        requests=len(circle.requests_to(viewer)), to_pay=bought["pay"],
        to_receive=bought["receive"], to_ship=sold["ship"], in_care=care.to_act(viewer),
    )  # fmt: skip


def lines(found: Waiting) -> list[dict[str, Any]]:
    """One sentence for each kind of which there is any, the most urgent first."""
    bought, sales = reverse("orders:list"), reverse("orders:sales")
    rows = [
        (found.to_ship, "truck", f"{sales}?only=ship",
         ngettext("%(num)s order to ship", "%(num)s orders to ship", found.to_ship)),
        (found.to_pay, "wallet", f"{bought}?only=pay",
         ngettext("%(num)s order to pay", "%(num)s orders to pay", found.to_pay)),
        (found.to_receive, "box", f"{bought}?only=receive",
         ngettext("%(num)s parcel on its way to you", "%(num)s parcels on their way to you",
                  found.to_receive)),
        (found.in_care, "scale", reverse("care:mine"),
         ngettext("%(num)s return or dispute waits for you",
                  "%(num)s returns or disputes wait for you", found.in_care)),
        (found.requests, "friends", reverse("circle:friends"),
         ngettext("%(num)s friend request", "%(num)s friend requests", found.requests)),
    ]  # fmt: skip
    return [
        {"url": url, "icon": icon, "sentence": sentence % {"num": count}}
        for count, icon, url, sentence in rows
        if count
    ]
