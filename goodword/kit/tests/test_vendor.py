"""What we took from others is byte for byte what its makers published."""

import hashlib
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "static" / "vendor"


def listed() -> dict[str, str]:
    lines = (VENDOR / "SHA256SUMS").read_text().splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def test_every_vendored_file_has_the_listed_checksum() -> None:
    present = {file.name: file for file in VENDOR.iterdir() if file.name != "SHA256SUMS"}
    assert present.keys() == listed().keys()
    for name, file in present.items():
        assert hashlib.sha256(file.read_bytes()).hexdigest() == listed()[name], name
