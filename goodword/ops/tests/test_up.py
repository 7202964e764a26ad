"""`goodword up` as an operator meets it: real processes, a real database, real signals."""

import os
import signal
import socket
from contextlib import suppress

import pytest

from tests.house import two_free_ports

from .houses import PATIENCE, House, goodword, until

pytestmark = pytest.mark.kill


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A house that was open before, so that its database and files are there."""
    house = House(tmp_path_factory.mktemp("house") / "data")
    try:
        first = house.open()
        code, took = house.close()
        print(f"\nfirst start {first:.1f} s, stop {took:.1f} s")  # noqa: T201
        assert code == 0, house.said
        assert house.left() == []
        yield house
    finally:
        house.clear()


@pytest.fixture
def house(built):
    took = built.open()
    print(f"\nstart {took:.1f} s")  # noqa: T201
    yield built
    built.clear()


def comes_back(house, name, before):
    until(lambda: house.pids().get(name) not in (None, before), house)


def test_it_serves_refuses_a_second_one_and_leaves_nothing(house):
    assert house.get("/healthz") == (200, '{"status":"alive"}')
    assert house.said.count("nobody’s money moves") == 1
    status, page = house.get("/")
    assert (status, "<h1>" in page) == (200, True)
    assert house.get("/events", port=house.port + 1)[0] == 401
    assert 'view="reach:timeline"' in house.get("/metrics")[1]  # whichever process answered
    assert {"web", "events", "worker", "keeper"} <= set(house.pids())

    again = goodword("up", "--data", house.data, "--port", house.port + 10)
    assert again.returncode == 1
    assert again.stderr.strip() == (
        f"Error: Goodword is already running on {house.data} (process {house.process.pid}). "
        "Stop that first."
    )
    elsewhere = goodword("up", "--data", house.data.parent / "other", "--port", house.port)
    assert elsewhere.returncode == 1
    assert elsewhere.stderr.count("\n") == 1
    assert f"Port {house.port} on 127.0.0.1 is in use" in elsewhere.stderr
    doctor = goodword("doctor", "--data", house.data)
    assert doctor.returncode == 0, doctor.stdout
    assert house.get("/readyz")[0] == 200

    code, took = house.close()
    print(f"stop {took:.1f} s")  # noqa: T201
    assert (code, house.left()) == (0, [])
    assert not (house.data / "postgres" / "data" / "postmaster.pid").exists()


def test_what_dies_is_started_again(house):
    for name in ("web", "events", "worker", "keeper"):
        before = house.pids()[name]
        os.kill(before, signal.SIGKILL)
        comes_back(house, name, before)
    until(lambda: house.get("/readyz")[0] == 200, house)
    assert "The web process ended (SIGKILL)" in house.said

    before = house.postmaster()
    os.kill(before, signal.SIGKILL)
    until(lambda: (house.look(), house.get("/readyz")[0] == 200)[1], house)
    until(lambda: house.postmaster() != before, house)
    until(lambda: "The database server had ended; it was started again." in house.said, house)
    comes_back(house, "worker", None)
    assert house.close()[0] == 0
    assert house.left() == []


def test_nothing_outlives_a_supervisor_that_was_killed(house):
    house.look()
    house.process.kill()
    house.process.wait()
    until(lambda: house.left() == [])
    assert house.get("/healthz")[0] == 0
    house.open()  # and the next one finds everything free
    # Told all at once, as by name: the database's own processes know nothing of it.
    for name, pid in house.pids().items():
        if name != "postgres":
            with suppress(ProcessLookupError):  # whom the supervisor has ended meanwhile
                os.kill(pid, signal.SIGTERM)
    assert house.process.wait(PATIENCE) == 0
    until(lambda: house.left() == [])


def test_ctrl_c_twice_and_an_open_stream_do_not_hold_it(house):
    with socket.create_connection(("127.0.0.1", house.port)) as idle:
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert idle.recv(100).startswith(b"HTTP/1.1 200")
        house.look()
        house.process.send_signal(signal.SIGINT)
        house.process.send_signal(signal.SIGINT)
        assert house.process.wait(PATIENCE) == 0
    assert house.left() == []


def test_an_address_of_another_machine_is_one_sentence(tmp_path):
    refused = goodword("up", "--data", tmp_path, "--host", "203.0.113.7")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: Goodword cannot listen on 203.0.113.7")
    assert refused.stderr.count("\n") == 1


def test_a_database_that_nobody_runs_is_one_sentence(tmp_path):
    nobody = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    refused = goodword("up", "--data", tmp_path, "--port", two_free_ports(), **nobody)
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: The database in DATABASE_URL does not answer: ")
    assert refused.stderr.count("\n") == 1
    doctor = goodword("doctor", "--data", tmp_path, **nobody)
    assert doctor.returncode == 1
    assert "✗ database   The database in DATABASE_URL does not answer: " in doctor.stdout


@pytest.mark.parametrize("command", ["up", "demo"])
def test_a_server_that_takes_the_call_and_is_silent_is_not_waited_for(tmp_path, command):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://goodword@127.0.0.1:{silent.getsockname()[1]}/goodword"
        refused = goodword(command, "--data", tmp_path, DATABASE_URL=url)
    assert refused.returncode == 1
    assert "The database in DATABASE_URL does not answer: " in refused.stderr


def test_an_address_that_is_none_is_a_sentence_without_its_password(tmp_path):
    refused = goodword("demo", "--data", tmp_path, DATABASE_URL="postgresql//goodword:secret@here")
    assert refused.returncode == 1
    assert "It looks like postgresql://user:password@host/database." in refused.stderr
    assert "secret" not in refused.stderr
