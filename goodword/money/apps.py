from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "goodword.money"
    label = "money"
