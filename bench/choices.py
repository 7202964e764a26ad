"""Reads a folder of people's choices as papers publish them: gzipped pairs, split beforehand."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from goodword.reach.targeting.learning.choices import Choices, choices, marks

NEEDED = ("train", "test", "social")


@dataclass(frozen=True, slots=True)
class Data:
    """`town` is all of train; `test` is to be found; `val`, where there is one, is for tuning."""

    name: str
    town: Choices
    test: sparse.csr_array
    val: sparse.csr_array | None


def folders(given: Path) -> list[Path]:
    """The data sets at `given`: itself, or every folder in it that is one."""
    found = [given] if is_data(given) else sorted(p for p in given.glob("*") if is_data(p))
    if not found:
        names = ", ".join(f"{name}.tsv.gz" for name in NEEDED)
        raise SystemExit(f"{given} holds no data set: a folder with {names}.")
    return found


def is_data(folder: Path) -> bool:
    return all((folder / f"{name}.tsv.gz").is_file() for name in NEEDED)


def read(folder: Path) -> Data:
    parts = {name: pairs(folder / f"{name}.tsv.gz") for name in (*NEEDED, "val")}
    meta: dict[str, Any] = {}
    if (folder / "meta.json").is_file():
        meta = json.loads((folder / "meta.json").read_text())
    chosen = [parts["train"], parts["test"], parts["val"]]
    people = max([int(p[:, 0].max()) + 1 for p in chosen if len(p)] + [meta.get("n_users", 0)])
    people = max(people, int(parts["social"].max()) + 1 if len(parts["social"]) else 0)
    items = max([int(p[:, 1].max()) + 1 for p in chosen if len(p)] + [meta.get("n_items", 0)])
    town = choices(chosen=parts["train"], friends=parts["social"], people=people, items=items)
    val = marks(parts["val"], (people, items)) if len(parts["val"]) else None
    return Data(folder.name, town, marks(parts["test"], (people, items)), val)


def pairs(file: Path) -> np.ndarray:
    """The file's rows as integers; none when there is no such file."""
    if not file.is_file():
        return np.empty((0, 2), dtype=np.int64)
    with gzip.open(file, "rt") as lines:
        rows = [line.split("\t")[:2] for line in lines if line.strip()]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)
