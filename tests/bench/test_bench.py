"""Every bench runs to its end on one tiny town and answers with all its figures."""

import gzip
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

# Seconds a run may take on a machine that does much else; the four share it.
PATIENCE = 850
pytestmark = pytest.mark.timeout(900)
ROOT = Path(__file__).parents[2]
TINY = ["--members", "30", "--friends", "6", "--moments", "60", "--listings", "10",
        "--seconds", "0.8", "--connections", "2"]  # fmt: skip
EVERY = {"app_per_s", "raw_per_s", "ratio", "p50_ms", "p99_ms", "rss_mb", "idle_mb"}
OWN = {
    "timeline": {"html_per_s", "html_ratio", "html_p50_ms"},
    "publish": {
        "visible_p50_ms",
        "visible_p99_ms",
        "fan_out_rows_per_s",
        "raw_rows_per_s",
        "fan_out_ratio",
    },
    "checkout": set(),
}
GROWN = {
    "growth_members", "growth_friends", "first_growth_members", "first_growth_friends",
} | {
    f"{number}_{things}_{look}_ms"
    for number, things in (("few", "members"), ("many", "members"), ("few", "friends"),
                           ("some", "friends"), ("many", "friends"))
    for look in ("p50", "first")
}  # fmt: skip
SEARCHED = {
    "search_ratio", "rebuilt_per_s", "timeline_p50_ms", "search_p50_ms", "rare_p50_ms",
    "words_p50_ms", "mixed_p50_ms", "beginning_p50_ms", "one_sign_p50_ms", "everywhere_p50_ms",
    "nothing_p50_ms",
}  # fmt: skip
PACED = {"ratio", "paced_p50_ms", "unpaced_p50_ms", "first_p50_ms"}

POSTED = {"hot_over_spread"} | {
    f"{figure}_{many}"
    for figure in ("ratio", "same_ratio", "post_ratio", "floor")
    for many in (8, 32)
} | {
    f"{side}_{name}_{many}_per_s"
    for name, sides in (("spread", ("app", "raw", "same", "post")), ("hot", ("app", "raw")))
    for side in sides
    for many in (8, 32)
}  # fmt: skip


def test_every_bench_answers_all_its_figures():
    measured = run(*OWN, "pace", "search")
    assert measured.pop("pace").keys() == PACED
    assert measured.pop("search").keys() == SEARCHED
    assert {bench: found.keys() for bench, found in measured.items()} == {
        bench: EVERY | own for bench, own in OWN.items()
    }


@pytest.mark.deep
def test_growth_answers_all_its_figures():
    assert run("growth").keys() == GROWN


@pytest.mark.deep
def test_the_ledger_answers_all_its_figures():
    assert run("ledger").keys() == POSTED


def run(*benches: str) -> dict[str, Any]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GOODWORD", "DJANGO"))}
    environment.pop("DATABASE_URL", None)
    run = subprocess.run(
        [sys.executable, "-m", "bench", *benches, "--json", *TINY],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    measured: dict[str, Any] = json.loads(run.stdout)
    for bench, value in measured.items():
        found = value.values() if isinstance(value, dict) else [value]
        assert all(figure > 0 for figure in found), (bench, value)
    return measured


def test_targeting_takes_any_folder_of_its_form(tmp_path):
    draw = random.Random(7)
    rows = [(u, draw.randrange(12) * 2 + u % 2) for u in range(50) for _ in range(8)]
    links = [(u, v) for u in range(50) for v in range(u) if (u + v) % 10 == 0]
    files = {"train": rows[::2], "test": sorted(set(rows[1::2]) - set(rows[::2])), "social": links}
    for name, pairs in files.items():
        with gzip.open(tmp_path / f"{name}.tsv.gz", "wt") as out:
            out.writelines(f"{one}\t{other}\n" for one, other in pairs)
    run = subprocess.run(
        [sys.executable, "-m", "bench", "targeting", "--json", "--data", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    measured = json.loads(run.stdout)[tmp_path.name]
    quality = ("recall@10", "ndcg@10", "recall@20", "ndcg@20")
    assert all(0 < measured[name] <= 1 for name in quality), measured
    # So few items are stored whole: what the app serves lacks next to nothing.
    assert measured["served_ndcg@20"] > 0.9 * measured["ndcg@20"]
    assert {"train_s", "serve_ms", "memory_mb", "settings"} <= measured.keys()
    others = measured["baselines"]
    assert others.keys() == {"popularity", "item_knn", "user_knn", "rp3beta", "ease", "ials"}
    # Each half of the town chooses from its own half of the items; counts alone cannot know that.
    assert measured["recall@10"] > others["popularity"]["recall@10"]
