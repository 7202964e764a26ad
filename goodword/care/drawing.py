"""How the jurors of a case are drawn, so that anybody can draw them again. No database."""

import hashlib
from collections.abc import Iterable, Sequence

from .rules import Terms
from .states import LeftOut


def left_out(
    *, is_side: bool, is_operator: bool, is_passing: bool, knows_one: bool
) -> LeftOut | None:
    """Why a member cannot be drawn; of several reasons the first. None: can be.

    Friends and trading partners are one reason: told apart, they would say more of the other side.
    """
    found = {
        LeftOut.SIDE: is_side, LeftOut.OPERATOR: is_operator, LeftOut.PASSING: is_passing,
        LeftOut.KNOWS: knows_one,
    }  # fmt: skip
    return next((why for why in LeftOut if found[why]), None)


def commitment(secret: str) -> str:
    """What the house shows when a case is opened, so that it cannot choose its chance later."""
    return hashlib.sha256(secret.encode()).hexdigest()


def seed(secret: str, evidence: Iterable[str]) -> str:
    """The panel's seed: the house's secret, fixed before, with what both sides said after."""
    return hashlib.sha256("\n".join([secret, *evidence]).encode()).hexdigest()


def drawn(seed: str, tokens: Sequence[str], seats: int) -> list[str]:
    """The tokens with the smallest digests: anybody can draw them again."""
    return sorted(tokens, key=lambda one: digest(seed, one))[:seats]


def digest(seed: str, token: str) -> str:
    """SHA-256 of “seed:token”."""
    return hashlib.sha256(f"{seed}:{token}".encode()).hexdigest()


def seats(terms: Terms, *, members: int) -> int:
    """How many jurors, in a house of so many members."""
    return terms.jury_large if members >= terms.large else terms.jury
