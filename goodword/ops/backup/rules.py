"""When a night's backup is due, what it is called, and which older ones may go."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

AGAIN = timedelta(hours=4)  # after a try that failed
STAMP = "%Y-%m-%dT%H-%M-%SZ"


def planned(now: datetime, *, hour: int, zone: tzinfo) -> datetime:
    """The latest moment (UTC) until `now` at which it was `hour` o'clock in `zone`."""
    there = now.astimezone(zone)
    today = there.replace(hour=hour, minute=0, second=0, microsecond=0)
    # By the calendar: the night in which clocks change has 23 hours or 25.
    latest = today if today <= there else today - timedelta(days=1)
    return latest.astimezone(UTC)


def is_due(
    *, now: datetime, since: datetime, made: datetime | None, tried: datetime | None
) -> bool:
    """Whether the backup that was planned for `since` is still to be made; all in UTC.

    `made` is when the newest was made, `tried` when one failed. A house that was closed at that
    hour makes it when it opens; one that failed is tried again after AGAIN.
    """
    if made is not None and since <= made <= now:
        return False
    return tried is None or tried > now or now - tried >= AGAIN


def name(house: str, now: datetime) -> str:
    """Names sort by time; `house` keeps two houses that share a folder apart."""
    return f"house-{house}-{now.astimezone(UTC).strftime(STAMP)}.zip"


def superfluous(names: Iterable[str], *, house: str, keep: int, made: str) -> list[str]:
    """Which of the files in the folder go now that `made` is there: this house's oldest.

    What is called otherwise was put there by somebody, and stays; so does `made`, also where a
    clock that went back has given it the oldest name.
    """
    ours = re.compile(rf"house-{house}-\d{{4}}(-\d\d){{2}}T\d\d(-\d\d){{2}}Z\.zip")
    older = sorted(one for one in names if ours.fullmatch(one) and one != made)
    return older[: max(len(older) - (keep - 1), 0)]
