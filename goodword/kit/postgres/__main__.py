"""`python -m goodword.kit.postgres DATA start|stop|status|dsn|admin-dsn|destroy`, for scripts."""

import argparse
import sys
from pathlib import Path

from goodword.kit.postgres import Cluster, PostgresError

# ruff: noqa: T201 - a program for the terminal


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m goodword.kit.postgres")
    parser.add_argument("data", type=Path, help="the instance's data folder")
    parser.add_argument("verb", choices=["start", "stop", "status", "dsn", "admin-dsn", "destroy"])
    chosen = parser.parse_args(arguments)
    try:
        return _act(Cluster(chosen.data), chosen.verb)
    except PostgresError as error:
        print(error, file=sys.stderr)
        return 1


def _act(cluster: Cluster, verb: str) -> int:
    match verb:
        case "start":
            cluster.start()
            print("running")
        case "stop":
            print("stopped" if cluster.stop() else "was not running")
        case "dsn":
            print(cluster.attach())
        case "admin-dsn":
            cluster.attach()
            print(cluster.admin_dsn())
        case "destroy":
            cluster.destroy()
        case "status":
            status = cluster.status()
            for name in ("state", "pid", "data", "log", "socket", "account"):
                print(f"{name}: {getattr(status, name) or '-'}")
            for note in status.notes:
                print(f"note: {note}")
            return 0 if status.state == "running" else 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
