"""What machines ask the house: is it alive, can it serve, how much does it do."""

import ipaddress
from typing import Any

import orjson
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView
from psycopg_pool import PoolTimeout

from goodword.kit import clock
from goodword.kit.errors import NotFound

from . import figures

# What proxies write into a request for another, beside X-Forwarded-….
FORWARDERS = {
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_REAL_IP",
    "HTTP_X_CLIENT_IP",
    "HTTP_X_CLUSTER_CLIENT_IP",
    "HTTP_X_ORIGINAL_HOST",
    "HTTP_TRUE_CLIENT_IP",
    "HTTP_CF_CONNECTING_IP",
}

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
        raise NotFound(_("There is no such page."))
    answer = ExportToDjangoView(request)
    answer.write(figures.text(clock.now()))
    return answer


def is_loopback(request: HttpRequest) -> bool:
    """Whether the caller sits on this machine and nobody handed the request on for another.

    A proxy on the same machine calls from here too. It is known by what it adds, by the name that
    it was called by, or by HTTP/1.0, which only proxies still speak (docs/decisions/0024-here.md).
    """
    if request.META.get("SERVER_PROTOCOL") == "HTTP/1.0" or any(map(is_handed_on, request.META)):
        return False
    name = split_domain_port(request.get_host())[0].strip("[]")
    return is_here(request.META.get("REMOTE_ADDR", "")) and (name == "localhost" or is_here(name))


def is_handed_on(header: str) -> bool:
    return header in FORWARDERS or header.startswith("HTTP_X_FORWARDED_")


def is_here(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    # As a socket for both families writes it: ::ffff:127.0.0.1.
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def plain(body: dict[str, Any], *, status: int = 200) -> HttpResponse:
    answer = HttpResponse(orjson.dumps(body), content_type="application/json", status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
