"""How well targeting ranks on public data of people, choices and friends, and what that costs.

Each data set runs in a process of its own, on one core, so that its peak of memory is its own.
Seconds are those of the processor: the same on a busy machine.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "targeting"
SERVED = 50  # people that serving is timed for
COLUMNS = ("recall@10", "ndcg@10", "recall@20", "ndcg@20")
COSTS = ("train_s", "serve_ms", "memory_mb")
PUBLISHED = {  # recall@10, NDCG@10, recall@20, NDCG@20 as the papers print them
    "douban_book": {"GBSR": (0.1189, 0.1451, 0.1694, 0.1523)},
    "yelp": {"GBSR": (0.0805, 0.0592, 0.1243, 0.0724)},
    "lastfm": {"SocialLGN": (0.2026, 0.2566, 0.2794, 0.2883)},
    "ciao": {"RecDiff": (0.0457, 0.0361, 0.0712, 0.0419)},
}


def run(console: Console, *, data: Path | None, baselines: bool, served: bool) -> dict[str, Any]:
    """The figures of every data set at `data`, by name; `served` adds those of what is stored."""
    from .choices import folders

    found = {}
    for folder in folders(data or DATA):
        with console.status(f"{folder.name}: tuning, learning, ranking"):
            found[folder.name] = apart(folder, baselines, served)
    return found


def apart(folder: Path, baselines: bool, served: bool) -> dict[str, Any]:
    """Measure one data set in a fresh process on one core."""
    asked = json.dumps({"baselines": baselines, "served": served})
    command = [sys.executable, "-m", "bench.targeting", str(folder), asked]
    one_core = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | one_core, stdout=subprocess.PIPE, check=True
    )
    return dict(json.loads(done.stdout))


def measured(folder: Path, *, baselines: bool, served: bool) -> dict[str, Any]:
    """Tune on a part of train, learn all of train, rank for everybody in test."""
    from goodword.reach.targeting.learning import ridge, tuning
    from goodword.reach.targeting.learning.baselines import BASELINES
    from goodword.reach.targeting.learning.measures import measure

    from .choices import read

    data = read(folder)
    began = time.process_time()
    settings, trials = tuning.tune(data.town, held=data.val)
    tuned = time.process_time()
    model = ridge.fit(data.town, settings)
    learnt = time.process_time()
    figures = named(measure(model.scores, data.town, data.test))
    figures |= {
        "train_s": learnt - began,
        "tune_s": tuned - began,
        "serve_ms": serving(model.scores, data),
        "memory_mb": peak(),
        "trials": len(trials),
        "settings": asdict(settings),
    }
    if served:
        from .served import served as stored

        found = beside(lambda town: stored(town, settings, data.val), data, measure)
        figures |= {f"served_{name}": value for name, value in found.items()}
    if baselines:
        figures["baselines"] = {
            name: beside(make, data, measure) for name, make in BASELINES.items()
        }
    return figures


def beside(make: Callable[[Any], Any], data: Any, measure: Callable[..., Any]) -> dict[str, float]:
    began = time.process_time()
    scorer = make(data.town)
    seconds = time.process_time() - began
    return named(measure(scorer, data.town, data.test)) | {"train_s": seconds}


def named(figures: Any) -> dict[str, Any]:
    kinds = {"recall": figures.recall, "ndcg": figures.ndcg}
    return {f"{kind}@{k}": found[k] for k in (10, 20) for kind, found in kinds.items()}


def serving(scorer: Callable[[Any], Any], data: Any) -> float:
    """Milliseconds of the processor to rank everything for one person, the median."""
    import numpy as np

    from goodword.reach.targeting.learning.measures import top

    popularity, took = data.town.popularity, []
    for person in np.linspace(0, data.town.people - 1, SERVED).astype(np.int64):
        one = np.array([person])
        began = time.process_time()
        top(scorer(one), data.town.of(one), popularity, most=20)
        took.append((time.process_time() - began) * 1000)
    return median(took)


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tables(found: dict[str, Any]) -> Iterable[Table]:
    for name, figures in found.items():
        table = Table(title=name)
        table.add_column("")
        for column in (*COLUMNS, *COSTS):
            table.add_column(column, justify="right")
        others = figures.get("baselines", {})
        if "served_ndcg@20" in figures:
            served = {one: figures[f"served_{one}"] for one in (*COLUMNS, "train_s")}
            others = {**others, "as the app serves it": served}
        for label, row in {**others, "Goodword": figures}.items():
            costs = [f"{row[cost]:,.1f}" if cost in row else "" for cost in COSTS]
            table.add_row(label, *(f"{row[column]:.4f}" for column in COLUMNS), *costs)
        for label, printed in PUBLISHED.get(name, {}).items():
            table.add_row(f"{label} (published)", *(f"{value:.4f}" for value in printed))
        yield table


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(Path(sys.argv[1]), **json.loads(sys.argv[2]))))
