from django.apps import AppConfig


class CircleConfig(AppConfig):
    name = "goodword.circle"
    label = "circle"
