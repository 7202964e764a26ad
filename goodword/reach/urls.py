from django.urls import path, re_path

from . import views
from .digests.views import digest, digests
from .interests.views import forget as forget_interests
from .interests.views import interests
from .pacing import views as pacing
from .search.views import search
from .selling import views as selling
from .targeting.views import learning

app_name = "reach"
urlpatterns = [
    path("", views.timeline, name="timeline"),
    path("search", search, name="search"),
    path("digests", digests, name="digests"),
    path("digests/<uuid:id>", digest, name="digest"),
    path("moments/<uuid:id>", views.moment, name="moment"),
    path("moments/<uuid:id>/answers", views.answers, name="answers"),
    path("moments/<uuid:id>/fold", views.fold, name="fold"),
    path("moments/<uuid:id>/why", pacing.why, name="why"),
    path("moments/<uuid:id>/listing", pacing.look, name="look"),
    path("circle/standing", views.standing, name="standing"),
    path("circle/seen", pacing.seen, name="seen"),
    path("moments/<uuid:id>/dismissal", pacing.dismiss, name="dismiss"),
    path("moments/<uuid:id>/quieter", pacing.quieter, name="quieter"),
    path("me/market", pacing.share, name="share"),
    path("me/interests", interests, name="interests"),
    path("me/interests/forget", forget_interests, name="forget_interests"),
    path("me/market/schedule", selling.schedule, name="schedule"),
    path("me/market/schedule/spread", selling.spread, name="spread"),
    path("me/market/schedule/<uuid:id>/place", selling.place, name="place"),
    path("me/market/schedule/<uuid:id>/rest", selling.rest, name="rest"),
    path("me/market/forecast/<uuid:id>", selling.forecast, name="forecast"),
    path("me/market/results", selling.results, name="results"),
    path("desk/market", selling.measures, name="measures"),
    path("me/learning", learning, name="learning"),
    path("me/as", views.view_as_whom, name="view_as_whom"),
    path("me/as/<uuid:id>", views.view_as, name="view_as"),
    re_path(r"^@(?P<handle>[a-z0-9_.]{1,30})$", views.profile, name="profile"),
]
