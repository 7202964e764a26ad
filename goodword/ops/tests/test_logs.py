import json
import logging
import logging.config

import pytest

from goodword.ops import logs


@pytest.mark.parametrize("terminal", [True, False])
def test_a_fault_is_written_down_without_what_it_held(terminal: bool) -> None:
    """The variables of a failing frame are bearer tokens, passwords and members' words."""
    formatter = given(terminal)
    record = logging.LogRecord("goodword", logging.ERROR, __file__, 1, "It broke.", (), fault())
    line = formatter.format(record)
    assert "It broke." in line
    assert "ZeroDivisionError" in line
    assert "kettle" not in line
    if not terminal:
        frames = json.loads(line)["exception"][0]["frames"]
        assert [frame["name"] for frame in frames] == ["fault"]


def given(terminal: bool) -> logging.Formatter:
    made = logs.settings("INFO", terminal=terminal)["formatters"]["house"]
    kind = made.pop("()")
    return kind(**made)


def fault() -> tuple:
    import sys

    secret = "a kettle" + " in the rain"
    try:
        len(secret) / 0
    except ZeroDivisionError:
        return sys.exc_info()
