"""What the layout shows on every page."""

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from goodword.notices import queries as notices
from goodword.ops.demo import cast as demo

from .around import Waiting, waiting


def layout(request: HttpRequest) -> dict[str, Any]:
    """The viewer, the navigation and the address of the event stream; no query for strangers."""
    viewer = request.user if request.user.is_authenticated else None
    return {
        "viewer": viewer,
        # Once a page, not once a form: each call masks the secret anew.
        "csrf_input": SimpleLazyObject(partial(csrf_input, request)),
        "nav": navigation() if viewer else [],
        "finder": finder() if viewer else None,
        "bell": bell(viewer.pk) if viewer else None,
        "hub": partial(hub, viewer.pk) if viewer else None,
        "around": beside() if viewer else None,
        "events_url": events_url(request) if viewer else "",
        "worker_url": address("worker") if viewer else "",
        "theme": getattr(viewer, "theme", ""),
        "demo": None if viewer or not settings.CONFIG.demo else partial(demo.door, request),
    }


def navigation() -> list[dict[str, str]]:
    items = [
        ("circle", "reach:timeline", _("Circle"), "circle"),
        ("market", "shop:market", _("Market"), "shop"),
        ("compose", "circle:compose", _("Post"), "plus"),
        ("orders", "orders:list", _("Orders"), "box"),
        ("me", "people:me", _("Me"), "person"),
    ]
    return [
        {"key": key, "url": address(name), "label": label, "icon": icon}
        for key, name, label, icon in items
        if address(name)
    ]


def hub(viewer: UUID) -> dict[str, Any]:
    """The ways that lead on from a member's own page, with how much waits behind each; only that
    page asks for them."""
    found = waiting(viewer)
    return {
        "orders": address("orders:list"),
        "quick": quick(found),
        "groups": [
            {"label": label, "rows": [row(*one) for one in rows]} for label, rows in groups(found)
        ],
    }


def quick(found: Waiting) -> list[dict[str, Any]]:
    mine = address("orders:list")
    ways = [
        (f"{mine}?only=pay", _("To pay"), "wallet", found.to_pay),
        (f"{mine}?only=ship", _("To be shipped"), "clock", 0),
        (f"{mine}?only=receive", _("On the way"), "truck", found.to_receive),
        (address("orders:cart"), _("Cart"), "cart", 0),
    ]
    return [
        {"url": url, "label": label, "icon": icon, "count": count}
        for url, label, icon, count in ways
    ]


def groups(found: Waiting) -> list[tuple[str, list[Any]]]:
    return [
        (
            _("Friends and news"),
            [
                ("circle:friends", _("Friends"), "friends", found.requests),
                ("circle:groups", _("Groups"), "circle"),
                ("notices:index", _("Notices"), "bell"),
            ],
        ),
        (
            _("My trade"),
            [
                ("shop:mine", _("My shop"), "shop"),
                ("orders:sales", _("Sales"), "truck", found.to_ship),
                ("care:mine", _("Returns and disputes"), "scale", found.in_care),
                ("money:mine", _("Money"), "wallet"),
            ],
        ),
        (
            _("Me and the house"),
            [
                ("people:settings", _("Settings"), "settings"),
                ("rules", _("House rules"), "scale"),
            ],
        ),
    ]


def row(name: str, label: str, icon: str, count: int = 0) -> dict[str, Any]:
    return {"url": address(name), "label": label, "icon": icon, "count": count}


def address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def beside() -> dict[str, str]:
    """The column beside a page, which wide screens fetch by themselves."""
    return {"url": reverse("around"), "label": _("What waits for you, and the market")}


def finder() -> dict[str, str]:
    return {"url": reverse("reach:search"), "label": _("Search")}


def bell(viewer: Any) -> dict[str, Any]:
    return {"url": reverse("notices:index"), "label": _("Notices"), "count": notices.unread(viewer)}


def events_url(request: HttpRequest) -> str:
    """The stream stands on the next port unless the operator says where."""
    if settings.EVENTS_URL:
        return settings.EVENTS_URL
    host = request.get_host().rsplit(":", 1)[0]
    return f"{request.scheme}://{host}:{settings.CONFIG.port + 1}/events"
