from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OpsConfig(AppConfig):
    name = "goodword.ops"
    label = "ops"

    def ready(self) -> None:
        from goodword.notices import kinds

        from . import told

        kinds.register(told.BACKUP_FAILED, sentence=told.backup_failed, url=told.desk)
        post_migrate.connect(after_migrating, sender=self)


def after_migrating(*, using: str, **_what: Any) -> None:
    from .tables.privileges import forbid_emptying

    forbid_emptying(using)
