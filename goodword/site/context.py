"""What the layout shows on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from goodword.notices import queries as notices


def layout(request: HttpRequest) -> dict[str, Any]:
    """The viewer, the navigation and the address of the event stream; no query for strangers."""
    viewer = request.user if request.user.is_authenticated else None
    return {
        "viewer": viewer,
        "nav": navigation() if viewer else [],
        "bell": bell(viewer.pk) if viewer else None,
        "events_url": events_url(request) if viewer else "",
        "theme": getattr(viewer, "theme", ""),
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
        {"key": key, "url": address(name), "label": label, "icon": icon}
        for key, name, label, icon in items
        if address(name)
    ]


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
