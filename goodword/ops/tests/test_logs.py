"""One format for every line: the house's own, Django's, and whoever else logs."""

import io
import json
import logging
import logging.config

import pytest
import structlog

from goodword.ops import logs


@pytest.fixture
def written():
    """What is logged, with the house's own configuration, as lines."""
    stream = io.StringIO()
    before = structlog.get_config()

    def begin(*, terminal):
        shape = logs.settings("INFO", terminal=terminal)
        shape["handlers"]["stderr"]["stream"] = stream
        logging.config.dictConfig(shape)
        logs.configure()
        return lambda: stream.getvalue().splitlines()

    yield begin
    logging.config.dictConfig({"version": 1, "disable_existing_loggers": False})
    structlog.configure(**before)


def test_json_for_machines(written):
    lines = written(terminal=False)
    structlog.get_logger("goodword.test").warning("stream.database_lost", error="gone", 人="林")
    logging.getLogger("elsewhere").error("It broke: %s", "why")
    ours, theirs = (json.loads(line) for line in lines())
    assert ours["message"] == "stream.database_lost"
    assert (ours["level"], ours["error"], ours["人"]) == ("warning", "gone", "林")
    assert ours["timestamp"].endswith("Z")
    assert (theirs["message"], theirs["logger"]) == ("It broke: why", "elsewhere")


def test_an_exception_is_one_line_for_machines(written):
    lines = written(terminal=False)
    try:
        raise ValueError("no")
    except ValueError:
        logging.getLogger("goodword").exception("failed")
    (line,) = lines()
    assert json.loads(line)["exception"][0]["exc_type"] == "ValueError"


def test_words_for_people(written):
    lines = written(terminal=True)
    structlog.get_logger("goodword.test").info("opened", port=8000)
    (line,) = lines()
    assert "opened" in line
    assert not line.startswith("{")


def test_jobs_that_went_well_are_not_worth_a_line(written):
    lines = written(terminal=False)
    logging.getLogger("procrastinate.worker").info("Job done")
    logging.getLogger("django.request").warning("Not Found: /nothing")
    assert lines() == []


def test_a_foreign_host_is_refused_in_one_line(written, client):
    lines = written(terminal=False)
    assert client.get("/rules", headers={"Host": "scanner.example"}).status_code == 400
    (line,) = map(json.loads, lines())
    assert line["level"] == "info"
    assert "scanner.example" in line["message"]
    assert "exception" not in line


def test_a_foreign_host_is_no_line_where_only_warnings_are(written, client):
    lines = written(terminal=False)
    logging.getLogger().setLevel("WARNING")
    assert client.get("/rules", headers={"Host": "scanner.example"}).status_code == 400
    assert lines() == []


@pytest.mark.parametrize("terminal", [True, False])
def test_a_fault_is_written_down_without_what_it_held(written, terminal):
    """The variables of a failing frame are bearer tokens, passwords and members' words."""
    lines = written(terminal=terminal)
    secret = "a kettle" + " in the rain"
    try:
        len(secret) / 0
    except ZeroDivisionError:
        logging.getLogger("goodword").exception("It broke.")
    said = "\n".join(lines())
    assert "It broke." in said
    assert "ZeroDivisionError" in said
    assert "kettle" not in said
    if not terminal:
        frames = json.loads(said)["exception"][0]["frames"]
        assert [frame["name"] for frame in frames] == [
            "test_a_fault_is_written_down_without_what_it_held"
        ]
