from django.urls import path

from . import views

app_name = "money"
urlpatterns = [
    path("money", views.mine, name="mine"),
    path("money/books", views.books, name="books"),
    path("money/sandbox/<uuid:payment>", views.sandbox, name="sandbox"),
    path("money/callback/<slug:gateway>", views.callback, name="callback"),
]
