"""Seeded lives of orders and money: docs/algorithms/simulation.md says what is checked when."""

import os
from pathlib import Path

import pytest

from goodword.money.paying import Paying

from ..conftest import DEEP
from . import tally
from .play import Simulation

CARTS = int(os.environ.get("GOODWORD_CARTS") or 240)  # about 360 orders
FEW = "0-5" if os.environ.get("GOODWORD_CHECK") else "0-1"  # all of `script/check`: 2,143 orders
SEEDS = tally.seeds(os.environ.get("GOODWORD_SEEDS") or ("0-559" if DEEP else FEW))
TALLY = os.environ.get("GOODWORD_TALLY")  # a file that lets a long run go on where it ended


@pytest.mark.timeout(7200)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_goes_wrong_the_books_are_right(seed, settings, capsys):
    if TALLY and (seed, CARTS) in tally.played(Path(TALLY)):
        pytest.skip("played before")
    settings.PAYING = Paying(offered=("sandbox", "bank"))
    town = Simulation(seed, CARTS)
    town.play()
    if TALLY:
        tally.keep(Path(TALLY), town)
    with capsys.disabled():
        if "GOODWORD_SEEDS" in os.environ and not TALLY:
            print(town.how_it_went())  # noqa: T201  # somebody looks at this one seed
