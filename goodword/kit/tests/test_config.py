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


def test_the_houses_own_currency_is_one_that_exists(tmp_path: Path) -> None:
    given = {"GOODWORD_DATA": str(tmp_path), "GOODWORD_CURRENCY": "EUR"}
    assert config.read(given).currency == "EUR"
    with pytest.raises(config.BadSetting, match="GOODWORD_CURRENCY"):
        config.read({**given, "GOODWORD_CURRENCY": "yuan"})
