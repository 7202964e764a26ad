"""What is asked of the simulator: one town, under one policy. Loads nothing of the app."""

from dataclasses import dataclass
from enum import StrEnum

from .assumptions import Assumptions


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


Result = dict[str, list[int]]  # of each measure: its sum, and its sum of squares over members
