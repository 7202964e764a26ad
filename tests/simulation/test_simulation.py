"""Seeded lives of orders and money: docs/algorithms/simulation.md says what is checked when."""

import os
from pathlib import Path

import pytest

from goodword.money.paying import Paying

from ..conftest import DEEP
from . import tally
from .play import Simulation

CARTS = int(os.environ.get("GOODWORD_CARTS") or 240)  # about 360 orders
ALL, PROMISED = ("0-559", 200_000) if DEEP else ("0-5", 2_000)  # seeds, and orders in all of them
SEEDS = tally.seeds(os.environ.get("GOODWORD_SEEDS") or ALL)
TALLY = os.environ.get("GOODWORD_TALLY")  # a file that lets a long run go on where it ended


@pytest.fixture(scope="session")
def of_this_run(tmp_path_factory, worker_id) -> Path:
    """A file that this run's workers share: what each of them has played."""
    folder = tmp_path_factory.getbasetemp()
    return (folder if worker_id == "master" else folder.parent) / "towns.jsonl"


@pytest.mark.timeout(7200)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_goes_wrong_the_books_are_right(seed, settings, capsys, of_this_run):
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
    tally.keep(of_this_run, town)
    if "GOODWORD_SEEDS" not in os.environ:
        check_promise(tally.played(of_this_run).values())


def check_promise(towns):
    """Whoever plays the last town of a run counts the orders of all."""
    if len(towns) == len(SEEDS):
        assert sum(town["orders"] for town in towns) >= PROMISED, tally.told(towns)
