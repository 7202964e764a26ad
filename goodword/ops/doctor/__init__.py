"""`goodword doctor`: is the house in order? Each look gives one line; none changes anything."""

from .looks import Finding, examine

__all__ = ["Finding", "examine"]
