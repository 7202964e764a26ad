"""Seal the secrets of apps and recovery codes that were kept as they are."""

from collections.abc import Callable
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from goodword.kit import sealing

PURPOSE = "second step"


def seal(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    change(apps, lambda text: sealing.seal(text, purpose=PURPOSE))


def unseal(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    change(apps, lambda text: sealing.unseal(text, purpose=PURPOSE))


def change(apps: StateApps, how: Callable[[str], str]) -> None:
    found: Any = apps.get_model("mfa", "Authenticator").objects
    for row in found.filter(type__in=["totp", "recovery_codes"]).select_for_update().iterator():
        for name in ("secret", "seed"):
            if name in row.data:
                row.data[name] = how(row.data[name])
        if "migrated_codes" in row.data:
            row.data["migrated_codes"] = [how(code) for code in row.data["migrated_codes"]]
        row.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [migrations.RunPython(seal, unseal)]
