from enum import StrEnum

STANDING_AT_ONCE = 100  # moments of which a client may ask at once whether they are there still


class Lens(StrEnum):
    """Which part of the circle a reader looks at."""

    ALL = "all"  # life in order, market cards in their turn
    LIFE = "life"  # life alone; equal to the life cards of ALL
    MARKET = "market"  # every market moment, nothing folded
