"""Every address of the house. Who may open which stands in `permissions`."""

from django.urls import include, path

from goodword.kit import views as kit
from goodword.kit.addresses import by_first_word

from . import away, views
from .api import api
from .around import around

of_api, app, namespace = api.urls

urlpatterns = [
    # First, so that programs do not wait until all pages have been compared.
    path("api/v1/docs", views.api_docs, name="api_docs"),
    path("api/v1/", (by_first_word(of_api), app, namespace)),
    path("", include("goodword.ops.urls")),
    path("", include("goodword.reach.urls")),
    path("", include("goodword.care.urls")),
    path("", include("goodword.orders.urls")),
    path("", include("goodword.shop.urls")),
    path("", include("goodword.money.urls")),
    path("", include("goodword.circle.urls")),
    path("", include("goodword.people.urls")),
    path("", include("goodword.notices.urls")),
    path("account/", include("goodword.people.account_urls")),
    path("away", away.page, name="away"),
    path("worker.js", away.worker, name="worker"),
    path("around", around, name="around"),
    path("rules", views.rules, name="rules"),
    path(".well-known/jwks.json", kit.public_keys, name="public_keys"),
    path("language", views.language, name="language"),
    path("gallery", kit.gallery, name="gallery"),
]

handler400 = "goodword.site.views.bad_request"
handler403 = "goodword.site.views.forbidden"
handler404 = "goodword.site.views.not_found"
handler429 = "goodword.site.views.too_many"
handler500 = "goodword.site.views.our_fault"
