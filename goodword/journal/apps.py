from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "goodword.journal"
    label = "journal"
