from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OpsConfig(AppConfig):
    name = "goodword.ops"
    label = "ops"

    def ready(self) -> None:
        post_migrate.connect(after_migrating, sender=self)


def after_migrating(*, using: str, **_what: Any) -> None:
    from .tables.privileges import forbid_emptying

    forbid_emptying(using)
