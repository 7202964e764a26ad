"""Asking gateways for their own accounts, once a day or when an operator wants to know."""

from datetime import datetime, timedelta

from goodword.kit import jobs
from goodword.kit.money import Money

from .. import gateways
from ..gateways.base import GatewayDown, Reporting
from ..gateways.bills import kept
from ..models import OutsideReport

WINDOW = timedelta(days=92)  # what moved before has been compared often enough


def reporting() -> list[str]:
    """The gateways that can be asked, by name."""
    return [name for name, one in gateways.GATEWAYS.items() if hasattr(one, "report")]


def latest() -> list[tuple[str, datetime | None]]:
    """Each gateway that can be asked, and when it answered last. For operators."""
    known = dict(OutsideReport.objects.values_list("gateway", "taken_at"))
    return [(name, known.get(name)) for name in reporting()]


def ask_all() -> int:
    """Have each of them asked by a job; answers how many."""
    names = reporting()
    for name in names:
        jobs.defer("money.take_report", gateway=name)
    return len(names)


def take_report(*, gateway: str, now: datetime) -> bool:
    """Ask one gateway and keep what it says. Not inside a transaction. False when it is away."""
    machine: Reporting = gateways.named(gateway)  # type: ignore[assignment]
    since = now - WINDOW
    try:
        said = machine.report(since=since)
    except GatewayDown:
        return False
    OutsideReport.objects.update_or_create(
        gateway=gateway,
        defaults={
            "since": said.since or since, "taken_at": said.until or now,
            "stands": kept(said.stands),
            "strange": kept(said.strange),
        },
    )  # fmt: skip
    return True


def read(kept: dict[str, list[object]]) -> dict[str, Money]:
    return {key: Money(int(str(minor)), str(currency)) for key, (minor, currency) in kept.items()}
