"""Drawing lots: the one place where a generator of chance is made, always from a name."""

from random import Random


def lots(name: str) -> Random:
    """A generator which gives the same lots for the same name, on every machine."""
    return Random(name)  # noqa: S311 - pictures, not secrets
