"""What is asked of the simulator: one town, under one policy. Loads nothing of the app."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from .assumptions import Assumptions

BEGAN = datetime(2026, 3, 2, tzinfo=UTC)  # any day: a seed's town is the same on each


class Policy(StrEnum):
    UNPACED = "unpaced"  # life and every offer in the order of time, as a classic feed
    PACED = "paced"  # as the app paces it; nobody lets it know anything, which is how it comes
    TARGETED = "paced+targeted"  # and who agrees says what they like, and is learnt from each night


@dataclass(frozen=True, slots=True)
class Job:
    policy: Policy
    seed: int
    members: int
    days: int
    held: Assumptions = Assumptions()
    is_plain: bool = False  # in plain Python instead of through the app


Result = dict[str, list[int]]  # of each measure: its sum, and its sum of squares over members
