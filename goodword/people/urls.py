from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("me", views.me, name="me"),
    path("me/settings", views.settings, name="settings"),
    path("me/theme", views.choose_theme, name="theme"),
    path("me/findable", views.choose_findable, name="findable"),
    path("me/face", views.set_face, name="set_face"),
    path("me/face/remove", views.remove_face, name="remove_face"),
    path("me/tokens", views.tokens, name="tokens"),
    path("me/tokens/<uuid:token>/revoke", views.revoke_token, name="revoke_token"),
    path("me/sessions", views.devices, name="sessions"),
    path("me/sessions/<slug:ref>/end", views.end_session, name="end_session"),
    path("letters/<str:token>", views.stop_letters, name="stop_letters"),
    path("avatars/<uuid:member>/<slug:size>/<slug:version>", views.avatar, name="avatar"),
]
