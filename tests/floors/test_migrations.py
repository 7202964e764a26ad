"""What the models say is what the migrations make, one after the other, in every app."""

from django.apps import apps
from django.core.management.commands.makemigrations import Command
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def test_no_model_waits_for_its_migration():
    """As `makemigrations --check` asks, but without looking for a database first."""
    written = MigrationLoader(None, ignore_no_migrations=True)
    changes = Command.autodetector(written.project_state(), ProjectState.from_apps(apps)).changes(
        graph=written.graph
    )
    missing = {
        app: [step.describe() for migration in found for step in migration.operations]
        for app, found in changes.items()
    }
    assert missing == {}


def test_every_app_has_one_last_migration():
    assert MigrationLoader(None).detect_conflicts() == {}
