from django.urls import path

from . import views

app_name = "money"
urlpatterns = [
    path("money", views.mine, name="mine"),
    path("money/books", views.books, name="books"),
    path("money/refunds/<uuid:refund>/retry", views.retry_refund, name="retry_refund"),
    path("money/refunds/<uuid:refund>/by-hand", views.pay_refund_by_hand, name="refund_by_hand"),
    path("money/sandbox", views.sandbox_cards, name="sandbox_cards"),
    path("money/sandbox/<uuid:payment>", views.sandbox, name="sandbox"),
    path("money/callback/<slug:gateway>", views.callback, name="callback"),
]
