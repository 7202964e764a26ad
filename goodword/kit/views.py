"""Doors of the kit itself: the public keys, and the style gallery for those who build pages."""

from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from . import clock, signing
from . import gallery as sample
from .http import page


class Tab(NamedTuple):
    url: str
    label: str
    icon: str
    key: str
    badge: int = 0


TABS = [
    Tab("#circle", "Circle", "circle", "circle"),
    Tab("#market", "Market", "shop", "market", 3),
    Tab("#post", "Post", "plus", "compose"),
    Tab("#orders", "Orders", "box", "orders", 120),
    Tab("#me", "Me", "person", "me"),
]


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; does not exist outside of debugging and tests."""
    if not (settings.DEBUG or getattr(settings, "TESTING", False)):
        raise Http404
    context = sample.samples(clock.now())
    context |= {"sample_viewer": sample.LIN, "sample_nav": TABS}
    return page(request, "kit/gallery.html", context)


@require_GET
def public_keys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The keys that the house's signatures are checked with, as a JWK set (RFC 7517)."""
    return JsonResponse({"keys": [key.jwk for key in signing.public_keys()]})
