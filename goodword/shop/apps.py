from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "goodword.shop"
    label = "shop"
