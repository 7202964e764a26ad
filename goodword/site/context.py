"""What the layout shows on every page."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from goodword.notices import queries as notices
from goodword.ops.demo import cast as demo


def layout(request: HttpRequest) -> dict[str, Any]:
    """The viewer, the navigation and the address of the event stream; no query for strangers."""
    viewer = request.user if request.user.is_authenticated else None
    return {
        "viewer": viewer,
        # Once a page, not once a form: each call masks the secret anew.
        "csrf_input": SimpleLazyObject(partial(csrf_input, request)),
        "nav": navigation() if viewer else [],
        "bell": bell(viewer.pk) if viewer else None,
        "hub": hub,
        "events_url": events_url(request) if viewer else "",
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


def hub() -> list[dict[str, Any]]:
    """The ways that lead on from a member's own page; only that page asks for them."""
    groups = [
        (
            _("Friends and news"),
            [
                ("circle:friends", _("Friends"), "friends"),
                ("circle:groups", _("Groups"), "circle"),
                ("notices:index", _("Notices"), "bell"),
            ],
        ),
        (
            _("My trade"),
            [
                ("orders:list", _("Orders"), "box"),
                ("orders:cart", _("Cart"), "tag"),
                ("shop:mine", _("My shop"), "shop"),
                ("orders:sales", _("Sales"), "truck"),
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
    return [
        {"label": label, "rows": [row(*one) for one in rows if address(one[0])]}
        for label, rows in groups
    ]


def row(name: str, label: str, icon: str) -> dict[str, str]:
    return {"url": address(name), "label": label, "icon": icon}


def address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def bell(viewer: Any) -> dict[str, Any]:
    return {"url": reverse("notices:index"), "label": _("Notices"), "count": notices.unread(viewer)}


def events_url(request: HttpRequest) -> str:
    """The stream stands on the next port unless the operator says where."""
    if settings.EVENTS_URL:
        return settings.EVENTS_URL
    host = request.get_host().rsplit(":", 1)[0]
    return f"{request.scheme}://{host}:{settings.CONFIG.port + 1}/events"
