from pathlib import Path

import pytest

from goodword.kit import config


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({}, "http://localhost:8000"),
        ({"GOODWORD_PORT": "9000"}, "http://localhost:9000"),
        (
            {"GOODWORD_HOSTS": "circle.example, other.example", "GOODWORD_HTTPS": "1"},
            "https://circle.example",
        ),
        ({"GOODWORD_HOSTS": ".circle.example"}, "http://circle.example"),
    ],
)
def test_letters_lead_to_the_first_host(given: dict[str, str], url: str, tmp_path: Path) -> None:
    assert config.read({"GOODWORD_DATA": str(tmp_path), **given}).public_url == url
