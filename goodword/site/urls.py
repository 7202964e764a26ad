"""Every address of the house. Who may open which stands in `permissions`."""

import importlib

from django.urls import include, path

from goodword.kit import views as kit

from . import views
from .api import api


def landed(domain: str) -> bool:
    try:
        importlib.import_module(f"goodword.{domain}.urls")
    except (ImportError, RuntimeError):
        return False
    return True


DOMAINS = [
    domain
    for domain in ("ops", "reach", "orders", "shop", "money", "circle", "people", "notices")
    if landed(domain)
]

urlpatterns = [
    *(path("", include(f"goodword.{domain}.urls")) for domain in DOMAINS),
    path("account/", include("goodword.people.account_urls")),
    path("rules", views.rules, name="rules"),
    path("language", views.language, name="language"),
    path("gallery", kit.gallery, name="gallery"),
    path("api/v1/docs", views.api_docs, name="api_docs"),
    path("api/v1/", api.urls),
]

handler400 = "goodword.site.views.bad_request"
handler403 = "goodword.site.views.forbidden"
handler404 = "goodword.site.views.not_found"
handler429 = "goodword.site.views.too_many"
handler500 = "goodword.site.views.our_fault"
