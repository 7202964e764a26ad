"""The floors as `pyproject.toml` declares them for import-linter."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "goodword"


def floors() -> dict[str, int]:
    """Each domain's height; neighbours on one floor have the same."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = contracts["contracts"][0]["layers"]
    return {
        domain.strip(): len(layers) - depth
        for depth, layer in enumerate(layers)
        for domain in layer.split("|")
    }


def below(domain: str) -> set[str]:
    """What `domain` may use: itself and everything on lower floors."""
    height = floors()
    return {domain} | {other for other in height if height[other] < height[domain]}


def sources(*suffixes: str) -> list[Path]:
    """Our own files with these suffixes; nothing vendored or generated."""
    return [
        path
        for path in sorted(PACKAGE.rglob("*"))
        if path.suffix in suffixes and not {"vendor", "migrations", "__pycache__"} & set(path.parts)
    ]
