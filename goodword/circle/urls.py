from django.urls import path

from . import views

app_name = "circle"
urlpatterns = [
    path("post", views.compose, name="compose"),
    path("moments/<uuid:id>/like", views.like, name="like"),
    path("moments/<uuid:id>/comments", views.comment, name="comment"),
    path("comments/<uuid:id>/delete", views.delete_comment, name="delete_comment"),
    path("moments/<uuid:id>/audience", views.audience, name="audience"),
    path("moments/<uuid:id>/edit", views.edit, name="edit"),
    path("moments/<uuid:id>/history", views.history, name="history"),
    path("moments/<uuid:id>/delete", views.delete_moment, name="delete_moment"),
    path("moments/<uuid:id>/link/remove", views.take_link_off, name="take_link_off"),
    path("pictures/<uuid:id>/<slug:variant>", views.picture, name="picture"),
    path("voices/<uuid:id>", views.voice, name="voice"),
    path("friends", views.friends, name="friends"),
    path("friends/ask", views.ask, name="ask"),
    path("friends/requests/<uuid:id>", views.answer, name="answer"),
    path("friends/names", views.names, name="names"),
    path("friends/introductions", views.introductions, name="introductions"),
    path("friends/invitations", views.invitations, name="invitations"),
    path("friends/invitations/<uuid:id>", views.invitation, name="invitation"),
    path("friends/invitations/<uuid:id>/revoke", views.revoke_invitation, name="revoke_invitation"),
    path("i/<slug:token>", views.invited, name="invited"),
    path("friends/<uuid:id>", views.friend, name="friend"),
    path("friends/<uuid:id>/remove", views.unfriend, name="unfriend"),
    path("friends/<uuid:id>/block", views.block, name="block"),
    path("groups", views.groups, name="groups"),
    path("groups/<uuid:id>", views.group, name="group"),
    path("groups/<uuid:id>/delete", views.delete_group, name="delete_group"),
    path("friends/window", views.window, name="window"),
]
