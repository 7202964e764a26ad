"""Money, times and numbers as the reader's language writes them."""

from datetime import date as calendar_date
from datetime import datetime, time, timedelta
from functools import lru_cache

from babel.dates import (
    format_date,
    format_skeleton,
    format_time,
    format_timedelta,
    get_timezone_name,
)
from babel.numbers import format_decimal
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import clock
from .money import Money


def locale() -> str:
    """Babel's name of the active language."""
    return "zh_Hans" if (get_language() or "en").startswith("zh") else "en"


def money(value: Money) -> str:
    return value.format(locale())


def number(value: int) -> str:
    return format_decimal(value, locale=locale())


def decimal(value: float) -> str:
    """With at most three digits behind the point: “1.25”, “1,200”."""
    return format_decimal(round(value, 3), locale=locale())


def date(value: datetime | calendar_date) -> str:
    day = localtime(value).date() if isinstance(value, datetime) else value
    return written_date(day, locale())


def month(name: str) -> str:
    """A month called as 2026-05: “May 2026”."""
    year, number = map(int, name.split("-"))
    return format_skeleton("yMMMM", calendar_date(year, number, 1), locale=locale())


def date_time(value: datetime) -> str:
    """With minutes, in the house's time zone; the browser shows its own."""
    here, language = localtime(value), locale()
    clock_face = here.time().replace(second=0, microsecond=0)
    return f"{written_date(here.date(), language)} {written_time(clock_face, language)}"


def house_time(value: datetime) -> str:
    """With the zone's name, for whoever may be elsewhere: “5:00 PM, China Standard Time”."""
    here, language = localtime(value), locale()
    clock_face = here.time().replace(second=0, microsecond=0)
    zone = get_timezone_name(here, locale=language)
    return _("%(time)s, %(zone)s") % {"time": written_time(clock_face, language), "zone": zone}


# Babel takes 50 µs for each, a page has forty, and there are few days and 1,440 minutes.
@lru_cache(maxsize=512)
def written_date(day: calendar_date, language: str) -> str:
    return format_date(day, "medium", locale=language)


@lru_cache(maxsize=3000)
def written_time(clock_face: time, language: str) -> str:
    return format_time(clock_face, "short", locale=language)


def ago(value: datetime) -> str:
    """“5 minutes ago”, “in 3 days”, “just now”; a plain date after a week."""
    distance = value - clock.now()
    if timedelta(minutes=-1) < distance <= timedelta(0):
        return _("just now")
    if distance < timedelta(days=-7):
        return date(value)
    return written_distance(whole(distance), locale())


def whole(distance: timedelta) -> timedelta:
    """Cut to what shows: below an hour its seconds, else its minutes."""
    step = timedelta(seconds=1) if abs(distance) < timedelta(hours=1) else timedelta(minutes=1)
    return distance // step * step


@lru_cache(maxsize=16_384)  # a week's minutes
def written_distance(distance: timedelta, language: str) -> str:
    return format_timedelta(distance, add_direction=True, locale=language)


def duration(value: timedelta) -> str:
    """“15 minutes”, “48 hours”, “10 days”."""
    if value >= timedelta(days=3):
        # Whole days stay days: seventy are no “10 weeks” for whoever counts them.
        threshold = 10 if value % timedelta(days=1) else 10**6
        return format_timedelta(value, granularity="day", threshold=threshold, locale=locale())
    if value % timedelta(hours=1):
        return format_timedelta(value, granularity="minute", threshold=10, locale=locale())
    return format_timedelta(value, granularity="hour", threshold=100, locale=locale())
