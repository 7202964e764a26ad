"""Seeded lives of orders and money: docs/algorithms/simulation.md says what is checked when."""

import os

import pytest

from goodword.money.paying import Paying

from ..conftest import DEEP
from .play import Simulation

SEEDS = [int(one) for one in os.environ.get("GOODWORD_SEEDS", "").split()] or range(
    100 if DEEP else 3
)
CARTS = int(os.environ.get("GOODWORD_CARTS") or (1600 if DEEP else 60))


@pytest.mark.timeout(7200 if DEEP else 900)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_goes_wrong_the_books_are_right(seed, settings, capsys):
    settings.PAYING = Paying(offered=("sandbox", "bank"))
    town = Simulation(seed, CARTS)
    town.play()
    with capsys.disabled():
        if "GOODWORD_SEEDS" in os.environ:
            print(town.how_it_went())  # noqa: T201  # somebody looks at this one seed
