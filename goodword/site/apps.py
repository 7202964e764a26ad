from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "goodword.site"
    label = "site"
