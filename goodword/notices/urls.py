from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("notices", views.index, name="index"),
    path("notices/read", views.read_all, name="read_all"),
    path("notices/settings", views.settings, name="settings"),
    path("notices/<uuid:notice>", views.follow, name="follow"),
]
