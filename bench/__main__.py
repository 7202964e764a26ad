"""`script/bench timeline|publish|checkout|search …|growth|ledger|targeting`: figures, or `--json`.

Several share one house and one town, in the order given; `search` gives the town its words anew, so
name it last. `growth` and `ledger` open houses of their own, `targeting` needs none and stands
alone.
"""

import importlib
import json
import signal
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from . import growth, ledger, targeting
from .run import drain, measured
from .scale import Scale

BENCHES = ("timeline", "publish", "checkout", "growth", "search", "pace", "ledger", "targeting")
WORDS = {
    "app_per_s": "through the app, per second",
    "raw_per_s": "raw SQL, per second",
    "ratio": "ratio",
    "p50_ms": "p50, ms",
    "p99_ms": "p99, ms",
    "html_per_s": "as a page, per second",
    "html_ratio": "page ÷ raw SQL",
    "html_p50_ms": "page p50, ms",
    "visible_p50_ms": "visible to all friends, p50 ms",
    "visible_p99_ms": "visible to all friends, p99 ms",
    "fan_out_rows_per_s": "fan-out, rows per second",
    "raw_rows_per_s": "raw fan-out, rows per second",
    "fan_out_ratio": "fan-out ÷ raw",
    "growth_members": "p50 with 100 times the members ÷ p50",
    "growth_friends": "p50 with 100 times the friends ÷ p50",
    "search_ratio": "an ordinary search ÷ a timeline, p50",
    "paced_p50_ms": "a paced page, p50 ms",
    "unpaced_p50_ms": "the same unpaced, p50 ms",
    "first_p50_ms": "a page that shows something new, p50 ms",
    "rebuilt_per_s": "made findable, per second",
    "ratio_8": "ours ÷ by hand, 8 connections",
    "ratio_32": "ours ÷ by hand, 32 connections",
    "same_ratio_8": "ours ÷ by hand with the same rows, 8 connections",
    "same_ratio_32": "ours ÷ by hand with the same rows, 32 connections",
    "post_ratio_8": "our transfers alone ÷ by hand, 8 connections",
    "post_ratio_32": "our transfers alone ÷ by hand, 32 connections",
    "floor_8": "by hand with the same rows ÷ by hand, 8 connections",
    "floor_32": "by hand with the same rows ÷ by hand, 32 connections",
    "hot_over_spread": "one hot seller ÷ many, 32 connections",
    "idle_mb": "web + events + worker idle, MiB (PSS)",
    "rss_mb": "web + events + worker, MiB (PSS)",
}


@click.command(help=__doc__)
@click.argument("benches", nargs=-1, required=True, type=click.Choice(BENCHES))
@click.option("--members", default=1000, show_default=True, type=click.IntRange(10))
@click.option("--friends", default=100, show_default=True, type=click.IntRange(2))
@click.option("--moments", default=20_000, show_default=True, type=click.IntRange(10))
@click.option("--listings", default=1000, show_default=True, type=click.IntRange(10))
@click.option("--seconds", default=10.0, show_default=True, type=click.FloatRange(0.2))
@click.option("--connections", default=8, show_default=True, type=click.IntRange(1, 64))
@click.option("--data", type=click.Path(exists=True, path_type=Path), help="Targeting's data sets.")
@click.option("--baselines/--no-baselines", default=True, help="Targeting: measure others beside.")
@click.option("--served/--no-served", default=True, help="Targeting: measure what the app stores.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def main(
    benches: tuple[str, ...], as_json: bool, data: Path | None, baselines: bool, served: bool,
    **asked: float,
) -> None:  # fmt: skip
    console = Console(stderr=True, quiet=as_json)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that its house is left and removed
    if benches == ("targeting",):
        found = targeting.run(console, data=data, baselines=baselines, served=served)
        show(found, as_json=as_json)
        return
    if "targeting" in benches:
        raise click.UsageError("targeting is measured alone.")
    scale = Scale(**asked)  # type: ignore[arg-type]
    if scale.friends >= scale.members:
        raise click.UsageError("--friends must be smaller than --members.")
    figures = measure(benches, scale, console)
    if as_json:
        only = figures[benches[0]] if len(benches) == 1 else figures
        sys.stdout.write(json.dumps(only) + "\n")
        return
    for bench, found in figures.items():
        table = Table(title=f"{bench}: {scale}")
        table.add_column("")
        table.add_column("", justify="right")
        for key, value in found.items():
            table.add_row(WORDS.get(key, key), f"{value:,.3f}" if value < 10 else f"{value:,.1f}")
        Console().print(table)


def measure(
    benches: tuple[str, ...], scale: Scale, console: Console
) -> dict[str, dict[str, float]]:
    figures = {}
    alone = {"growth": growth.run, "ledger": ledger.run}
    if in_one_house := [bench for bench in benches if bench not in alone]:
        with measured(scale, console) as place:
            for bench in in_one_house:
                drain(place.house)
                figures[bench] = importlib.import_module(f"bench.{bench}").run(place)
    for bench in alone.keys() & set(benches):
        figures[bench] = alone[bench](scale, console)
    return figures


def show(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for table in targeting.tables(found):
        Console().print(table)


if __name__ == "__main__":
    main()
