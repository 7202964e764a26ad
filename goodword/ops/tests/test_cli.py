"""The command line itself: what it says, and that it says it without loading the house."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from goodword.ops.cli import main

from .houses import environment, goodword

COMMANDS = (
    "backup", "demo", "doctor", "export", "import", "keys", "ledger", "mail", "manage", "operator",
    "rebuild-search", "rebuild-timelines", "restore", "simulate", "timers", "up",
)  # fmt: skip


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(main, [str(one) for one in arguments])


def test_help_names_every_command(run):
    answer = run("--help")
    assert answer.exit_code == 0
    assert sorted(main.commands) == sorted(COMMANDS)
    assert all(f"  {name} " in answer.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "manage"])
def test_each_command_explains_itself(run, name):
    command = main.commands[name]
    for part in getattr(command, "commands", {"": command}):
        answer = run(name, part, "-h") if part else run(name, "-h")
        assert answer.exit_code == 0
        assert "--data" in answer.stdout or name == "simulate"  # it touches no instance
    assert command.help.split("\n")[0].split(":")[0][:30] in run(name, "-h").stdout


def test_version(run):
    assert run("--version").stdout.startswith("goodword 0.")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["up", "--port", "0"], "0 is not in the range"),
        (["up", "--language", "fr"], "'fr' is not one of 'en', 'zh-hans'"),
        (["import", "no-such.csv", "--shop", "Tea"], "File 'no-such.csv' does not exist"),
        (["restore", "no-such.zip"], "File 'no-such.zip' does not exist"),
        (["fly"], "No such command 'fly'"),
    ],
)
def test_what_cannot_be_meant_is_exit_code_2(run, arguments, sentence):
    answer = run(*arguments)
    assert answer.exit_code == 2
    assert sentence in answer.stderr
    assert answer.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["doctor"],
        ["backup", "house.zip"],
        ["rebuild-timelines"],
        ["rebuild-search"],
        ["keys", "--new"],
        ["import", sys.executable, "--shop", "T"],
    ],
)
def test_no_instance_is_one_sentence_and_none_is_made(tmp_path, arguments):
    answer = goodword(*arguments, "--data", tmp_path / "none")
    assert answer.returncode == 1
    assert answer.stderr.startswith("Error: There is no Goodword in")
    assert answer.stderr.count("\n") == 1
    assert not (tmp_path / "none").exists()


def test_a_bad_setting_names_its_variable(tmp_path):
    answer = goodword("manage", "--data", tmp_path, "check", GOODWORD_DEBUG="perhaps")
    assert answer.returncode == 1
    assert "GOODWORD_DEBUG is 'perhaps'" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_command_itself_loads_nothing_heavy():
    code = "import sys, goodword.ops.cli; print(sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    ).stdout
    assert not [name for name in ("django", "psycopg", "rich", "PIL") if f"'{name}'" in loaded]


def test_what_is_compiled_is_kept_even_in_a_container(tmp_path):
    kept = tmp_path / "bytecode"
    said = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": str(kept)}
    # The shortest of those that load something: all of Django would take ten seconds to compile.
    goodword("doctor", "--data", tmp_path / "nowhere", **said)
    assert list(kept.rglob("instance.*.pyc"))
