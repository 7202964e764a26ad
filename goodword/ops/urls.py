from django.urls import path

from . import health, views
from .archive import views as archive
from .house import views as house
from .leaving import views as leaving

app_name = "ops"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("desk", views.desk, name="desk"),
    path("desk/rules", house.rules, name="rules"),
    path("desk/rules/<slug:name>", house.rule, name="rule"),
    path("desk/rules/<slug:name>/default", house.usual, name="usual_rule"),
    path("me/data", archive.data, name="data"),
    path("me/data/<uuid:archive>", archive.fetch, name="archive"),
    path("me/leave", leaving.leave, name="leave"),
    path("me/leave/back", leaving.stay, name="stay"),
    path("demo/sign-in", views.demo_sign_in, name="demo_sign_in"),
    path("demo/faces/<str:handle>", views.demo_face, name="demo_face"),
]
