"""What the layout shows on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


def layout(request: HttpRequest) -> dict[str, Any]:
    """The viewer, the navigation and the address of the event stream."""
    viewer = request.user if request.user.is_authenticated else None
    return {
        "viewer": viewer,
        "nav": navigation() if viewer else [],
        "events_url": events_url(request) if viewer else "",
        "demo": settings.CONFIG.demo,
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
        {"key": key, "url": reverse(name), "label": label, "icon": icon}
        for key, name, label, icon in items
    ]


def events_url(request: HttpRequest) -> str:
    """The stream stands on the next port unless the operator says where."""
    if settings.EVENTS_URL:
        return settings.EVENTS_URL
    host = request.get_host().rsplit(":", 1)[0]
    return f"{request.scheme}://{host}:{settings.CONFIG.port + 1}/events"
