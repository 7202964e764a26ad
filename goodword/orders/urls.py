from django.urls import path

from . import views
from .closing import views as closing

app_name = "orders"
urlpatterns = [
    path("cart", views.cart, name="cart"),
    path("cart/add", views.add, name="add"),
    path("cart/change", views.change, name="change"),
    path("addresses", views.addresses, name="addresses"),
    path("addresses/new", views.new_address, name="new_address"),
    path("addresses/<uuid:id>", views.address, name="address"),
    path("addresses/<uuid:id>/default", views.prefer_address, name="prefer_address"),
    path("addresses/<uuid:id>/remove", views.remove_address, name="remove_address"),
    path("checkout", views.checkout, name="checkout"),
    path("shop/closing", closing.closing, name="closing"),
    path("shop/closing/back", closing.reopen, name="reopen"),
    path("orders", views.orders, name="list"),
    path("sales", views.sales, name="sales"),
    path("orders/<uuid:id>", views.order, name="order"),
    path("orders/<uuid:id>/promises", views.promises, name="promises"),
    path("orders/<uuid:id>/timers", views.timers, name="timers"),
    path("desk/parcels", views.strays, name="strays"),
    path("desk/parcels/<uuid:id>/put-away", views.put_away, name="put_away"),
    path("timers", views.timer_health, name="timer_health"),
    path("orders/<uuid:id>/papers", views.ask_paper, name="ask_paper"),
    path("orders/<uuid:id>/pay", views.pay, name="pay"),
    path("orders/<uuid:id>/shipment", views.ship, name="ship"),
    path("orders/<uuid:id>/delivery", views.deliver, name="deliver"),
    path("goods/<uuid:id>", views.goods, name="goods"),
    path("goods/<uuid:id>/correction", views.put_right, name="put_right"),
    path("shipments/<uuid:id>", views.correct, name="correct"),
    path("orders/<uuid:id>/handover-code", views.make_code, name="make_code"),
    path("orders/<uuid:id>/handover", views.hand_over, name="hand_over"),
    path("orders/<uuid:id>/cancellation-refusal", views.keep, name="keep"),
    path("orders/<uuid:id>/receipt", views.confirm, name="confirm"),
    path("orders/<uuid:id>/extension", views.extend, name="extend"),
    path("orders/<uuid:id>/cancellation", views.cancel, name="cancel"),
    path("orders/<uuid:id>/cancellation-request", views.ask_cancel, name="ask_cancel"),
]
