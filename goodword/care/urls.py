from django.urls import path

from . import views
from .evidence import views as evidence

app_name = "care"
urlpatterns = [
    path("cases", views.mine, name="mine"),
    path("cases/desk", views.desk, name="desk"),
    path("cases/pictures/<uuid:id>/<slug:variant>", views.picture, name="picture"),
    path("cases/<uuid:id>", views.case, name="case"),
    path("cases/<uuid:id>/draw", views.draw, name="draw"),
    path("cases/<uuid:id>/acceptance", views.accept, name="accept"),
    path("cases/<uuid:id>/return-address", views.say_where, name="say_where"),
    path("cases/<uuid:id>/refusal", views.refuse, name="refuse"),
    path("cases/<uuid:id>/withdrawal", views.withdraw, name="withdraw"),
    path("cases/<uuid:id>/return-shipment", views.send_back, name="send_back"),
    path("cases/<uuid:id>/return-receipt", views.confirm_back, name="confirm_back"),
    path("cases/<uuid:id>/objection", views.contest, name="contest"),
    path("cases/<uuid:id>/escalation", views.escalate, name="escalate"),
    path("cases/<uuid:id>/offer", views.offer, name="offer"),
    path("cases/<uuid:id>/agreement", views.agree, name="agree"),
    path("cases/<uuid:id>/statement", views.file, name="file"),
    path("cases/<uuid:id>/vote", views.vote, name="vote"),
    path("cases/<uuid:id>/decision", views.decide, name="decide"),
    path("cases/<uuid:id>/advance", views.advance, name="advance"),
    path("cases/<uuid:id>/appeal", views.appeal, name="appeal"),
    path("orders/<uuid:id>/evidence", evidence.evidence, name="evidence"),
    path("lines/<uuid:id>/case", views.open_case, name="open"),
]
