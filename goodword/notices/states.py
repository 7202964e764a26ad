"""How loudly a member wants to be told of a group of kinds."""

from enum import StrEnum


class Told(StrEnum):
    ON = "on"  # in the list, and the bell counts it
    QUIET = "quiet"  # in the list only
    OFF = "off"  # not at all
