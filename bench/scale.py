from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the town is and how long each side is measured."""

    members: int
    friends: int
    moments: int
    listings: int
    seconds: float
    connections: int

    def __str__(self) -> str:
        return (
            f"{self.members:,} members × {self.friends:,} friends × {self.moments:,} moments, "
            f"{self.listings:,} listings, {self.connections} connections"
        )
