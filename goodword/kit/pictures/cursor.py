"""Reading forward through bytes, never past their end."""

from typing import Literal

from .refusals import Incomplete


class Cursor:
    """A place in `raw` between 0 and `end`; a read past the end raises Incomplete."""

    __slots__ = ("at", "end", "raw")

    def __init__(self, raw: bytes, at: int = 0, end: int | None = None) -> None:
        self.raw = raw
        self.at = at
        self.end = len(raw) if end is None else end

    @property
    def left(self) -> int:
        return self.end - self.at

    def take(self, count: int) -> bytes:
        start = self.at
        self.skip(count)
        return self.raw[start : self.at]

    def skip(self, count: int) -> None:
        if count < 0 or self.at + count > self.end:
            raise Incomplete
        self.at += count

    def number(self, width: int, order: Literal["big", "little"] = "big") -> int:
        """The next `width` bytes as an unsigned integer (0 for no bytes)."""
        return int.from_bytes(self.take(width), order)


class Bits:
    """The same for single bits, highest first."""

    __slots__ = ("at", "end", "value")

    def __init__(self, data: bytes) -> None:
        self.value = int.from_bytes(data, "big")
        self.end = len(data) * 8
        self.at = 0

    def take(self, count: int) -> int:
        if self.at + count > self.end:
            raise Incomplete
        self.at += count
        return (self.value >> (self.end - self.at)) & ((1 << count) - 1)

    def exp_golomb(self) -> int:
        """An unsigned Exp-Golomb number, as HEVC (and AV1's uvlc) write them."""
        zeros = 0
        while not self.take(1):
            zeros += 1
            if zeros > 32:
                raise Incomplete
        return (1 << zeros) - 1 + self.take(zeros)
