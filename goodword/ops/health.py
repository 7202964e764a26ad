"""What machines ask the house: is it alive, can it serve, how much does it do."""

import ipaddress
from typing import Any

import orjson
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView
from psycopg_pool import PoolTimeout

from goodword.kit.errors import NotFound

migrated = False  # tables never go back under a running process, so one look that was right is kept


@require_safe
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The process answers; it asks nobody else."""
    return plain({"status": "alive"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The database answers and has every table of this release."""
    try:
        state = readiness()
    except (DatabaseError, PoolTimeout):
        state = "The database does not answer."
    if state:
        return plain({"status": "not ready", "detail": state}, status=503)
    return plain({"status": "ready"})


def readiness() -> str:
    """What is still missing, as a sentence; empty when the house can serve."""
    global migrated  # noqa: PLW0603
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if not migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "The database waits for its migrations."
        migrated = True
    return ""


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus: for this machine and for operators; to others there is no page."""
    if not (is_loopback(request) or getattr(request.user, "is_operator", False)):
        raise NotFound("There is no such page.")
    return ExportToDjangoView(request)


def is_loopback(request: HttpRequest) -> bool:
    """Whether the caller sits on this machine and nobody handed the request on for another."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def plain(body: dict[str, Any], *, status: int = 200) -> HttpResponse:
    answer = HttpResponse(orjson.dumps(body), content_type="application/json", status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
