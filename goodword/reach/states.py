from enum import StrEnum


class Lens(StrEnum):
    """Which part of the circle a reader looks at."""

    ALL = "all"  # life in order, market cards in their turn
    LIFE = "life"  # life alone; equal to the life cards of ALL
    MARKET = "market"  # every market moment, nothing folded
