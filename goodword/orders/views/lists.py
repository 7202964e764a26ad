from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from goodword.kit import http
from goodword.kit.ids import parse_id
from goodword.people.access import MemberRequest, member_required

from .. import pages, queries, rules, words
from ..states import LineState, TimerKind


@member_required
@require_GET
def orders(request: MemberRequest) -> HttpResponse:
    """What I ordered, newest first."""
    only, before = asked(request, "all")
    shelf = queries.my_orders(request.user.id, only=only, before=before)
    tabs = [
        ("all", _("All")),
        ("pay", _("To pay")),
        ("ship", _("To be shipped")),
        ("receive", _("On the way")),
        ("done", _("Done")),
    ]
    context = {
        **listed(shelf, tabs, only, queries.counts(request.user.id, "buyer"), "orders:list"),
        "in_cart": queries.cart_count(request.user.id),
    }
    return http.page(request, "orders/orders.html", context)


@member_required
@require_GET
def sales(request: MemberRequest) -> HttpResponse:
    """What was ordered of me; what is to be shipped comes first."""
    found = queries.counts(request.user.id, "seller")
    only, before = asked(request, "ship" if found["ship"] else "all")
    shelf = queries.my_sales(request.user.id, only=only, before=before)
    tabs = [
        ("all", _("All")),
        ("ship", _("To ship")),
        ("receive", _("On the way")),
        ("pay", _("Not paid yet")),
        ("done", _("Done")),
    ]
    return http.page(request, "orders/sales.html", listed(shelf, tabs, only, found, "orders:sales"))


def asked(request: MemberRequest, default: str) -> tuple[str, Any]:
    only = request.GET.get("only", default)
    return only if only in queries.MINE else default, parse_id(request.GET.get("before", ""))


DUE = {
    LineState.AWAITING_PAYMENT: (TimerKind.PAY, _("To be paid until")),
    LineState.HELD: (TimerKind.SHIP, _("To be shipped until")),
    LineState.SHIPPED: (TimerKind.RECEIVE, _("Counts as received on")),
}


def due(one: queries.Summary, state: LineState) -> tuple[Any, datetime] | None:
    """What the order waits for, and until when."""
    if state not in DUE:
        return None
    kind, word = DUE[state]
    line = next(line for line in one.lines if line.state == state)
    at = rules.due(line, kind, one.order.holds)
    return (word, at) if at else None


def rows(orders: Sequence[queries.Summary]) -> list[dict[str, Any]]:
    """Each order as `orders/_list.html` shows it."""
    return [
        {
            "order": one.order,
            "other": one.other,
            "lines": [pages.LineView(line) for line in one.lines],
            "state": (state := rules.overall(line.state for line in one.lines)),
            "word": words.state(state, digital=all(line.is_digital for line in one.lines)),
            "tone": words.TONES[state],
            "due": due(one, state),
        }
        for one in orders
    ]


def listed(
    shelf: queries.Shelf, tabs: list[tuple[str, Any]], only: str, found: dict[str, int], name: str
) -> dict[str, Any]:
    here = reverse(name)
    return {
        "rows": rows(shelf.orders),
        "tabs": [
            (f"{here}?only={key}", label, key == only, found.get(key, 0)) for key, label in tabs
        ],
        "more": f"{here}?only={only}&before={shelf.next}" if shelf.next else "",
    }
