"""Every bench runs to its end on a tiny town and answers with all its figures."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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
    "growth_members", "growth_friends", "few_members_p50_ms", "many_members_p50_ms",
    "few_friends_p50_ms", "some_friends_p50_ms", "many_friends_p50_ms",
}  # fmt: skip
SEARCHED = {
    "search_ratio", "rebuilt_per_s", "timeline_p50_ms", "search_p50_ms", "rare_p50_ms",
    "words_p50_ms", "mixed_p50_ms", "beginning_p50_ms", "one_sign_p50_ms", "everywhere_p50_ms",
    "nothing_p50_ms",
}  # fmt: skip


@pytest.mark.parametrize(
    ("bench", "figures"),
    [(bench, EVERY | own) for bench, own in OWN.items()]
    + [("search", SEARCHED)]
    + [pytest.param("growth", GROWN, marks=pytest.mark.deep)],
)
def test_a_bench_answers_all_its_figures(bench, figures):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GOODWORD", "DJANGO"))}
    environment.pop("DATABASE_URL", None)
    run = subprocess.run(
        [sys.executable, "-m", "bench", bench, "--json", *TINY],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    measured = json.loads(run.stdout)
    assert measured.keys() == figures
    assert all(value > 0 for value in measured.values()), measured
