"""docs/operations/settings.md lists all that a house is told from outside, as it is read."""

import inspect
import re
from pathlib import Path

from goodword.kit import config
from goodword.money import paying

from .house import ROOT, sources

PAGE = ROOT / "docs" / "operations" / "settings.md"
ROW = re.compile(r"^\| `([A-Z0-9_]+)` \| (?:`([^`]+)`)? ?\| .*\w", re.MULTILINE)
NAME = re.compile(r"\b(?:GOODWORD_[A-Z0-9_]*[A-Z0-9]|DATABASE_URL)\b")
OF_THE_TESTS = "GOODWORD_TEST_"


class Asked(dict):
    """An empty environment that remembers what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.names = set()

    def get(self, name, default=None):
        self.names.add(name)
        return default


def test_every_setting_is_on_the_page_and_nothing_else(tmp_path):
    asked = Asked()
    config.read(asked)
    paying.read(tmp_path, asked)
    assert "GOODWORD_SMTP" in asked.names
    for gateway in (paying.wechatpay, paying.alipay):  # these ask further only when they are on
        source = inspect.getsource(gateway)
        [prefix] = re.findall(r'f"(GOODWORD_[A-Z]+_)\{name\}"', source)
        asked.names |= {prefix + name for name in re.findall(r'needed\("([A-Z0-9_]+)"', source)}
    for path in sources(".py"):
        if "tests" not in path.parts:
            asked.names |= set(NAME.findall(path.read_text()))
    told = [name for name, _default in ROW.findall(PAGE.read_text())]
    assert sorted(told) == sorted(n for n in asked.names if not n.startswith(OF_THE_TESTS))


def test_each_default_on_the_page_is_the_one_that_holds(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    defaults = {name: default for name, default in ROW.findall(PAGE.read_text()) if default}
    assert len(defaults) > 8
    for name, default in defaults.items():
        given = {name: default}
        assert config.read(given) == config.read({}), name
        assert paying.read(Path(), given) == paying.read(Path(), {}), name
