from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "goodword.orders"
    label = "orders"
