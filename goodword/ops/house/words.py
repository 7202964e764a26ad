"""A rule's value and its limits in words."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from goodword.kit import formats, house


def value_words(name: str, value: Any) -> str:
    """“48 hours”, “5,000”, “18:00”, “3 %”."""
    if isinstance(value, timedelta):
        return formats.duration(value)
    if name.endswith("_hour"):
        return f"{value}:00"
    return f"{formats.number(value)} %" if name.endswith("_percent") else formats.number(value)


def limits_words(name: str, limits: house.Limits) -> str:
    """What can be chosen, as one sentence."""
    ends = {
        "least": value_words(name, limits.least),
        "most": value_words(name, limits.most),
    }
    if limits.odd:
        return _("Choose an odd number from %(least)s to %(most)s.") % ends
    if limits.step == house.HOUR:
        return _("Choose whole hours, from %(least)s to %(most)s.") % ends
    if limits.step == house.DAY:
        return _("Choose whole days, from %(least)s to %(most)s.") % ends
    return _("Choose from %(least)s to %(most)s.") % ends


def quoted(name: str, value: Any) -> str:
    return _("“%(rule)s” (%(value)s)") % {
        "rule": str(house.FIELDS[name].metadata["sentence"]).rstrip(".。"),
        "value": value_words(name, value),
    }
