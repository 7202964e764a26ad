"""The levels in which a seller reads what to expect, one sentence each."""

from enum import StrEnum


class Interest(StrEnum):
    LOW = "low"  # fewer than one in thirty who meet it look closer
    USUAL = "usual"
    HIGH = "high"  # more than one in eight


class Risk(StrEnum):
    """How many turn down a seller who shows so much."""

    LOW = "low"  # fewer than one in fifty
    SOME = "some"
    HIGH = "high"  # one in fifteen or more


class Often(StrEnum):
    """How much a seller shows in four weeks."""

    FEW = "few"  # up to two a week
    SOME = "some"  # up to one a day
    MANY = "many"


class Group(StrEnum):
    """Whose reading time is told, from five people on."""

    ALL = "all"  # her friends
    KEEN = "keen"  # those who looked closer at something of hers
    INTEREST = "interest"  # those who looked closer at something of hers that is for this interest


class Outcome(StrEnum):
    """What came, beside what was expected."""

    OPEN = "open"  # too early to say
    AS_EXPECTED = "as_expected"
    MORE = "more"
    FEWER = "fewer"
