"""`goodword operator`."""

from rich.console import Console

from goodword.kit import clock
from goodword.kit.errors import Refused
from goodword.people import operators
from goodword.people import queries as people

from .errors import Stop


def appoint(*, handle: str, on: bool) -> None:
    """Make a member an operator, or end it. Raises Stop for an unknown handle or the only one."""
    member = people.by_handle(handle.lstrip("@"))
    if member is None:
        raise Stop(f"There is nobody here called “{handle}”.")
    try:
        operators.appoint(member=member, on=on, now=clock.now())
    except Refused as refusal:
        raise Stop(str(refusal)) from refusal
    Console().print(f"@{member.handle} {'runs this house now' if on else 'is a plain member now'}.")
