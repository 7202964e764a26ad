"""No sentence stands outside the catalogues: not in a page's attributes, not in a refusal."""

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache

from goodword.kit.errors import Refused

from .house import PACKAGE, sources

# What people read or are read of an element, besides its text.
READ = re.compile(
    r"""\b(?:aria-label|aria-description|title|alt|placeholder)\s*=\s*["']([^"']*[A-Za-z]{3}[^"']*)"""
)
SUBMIT = re.compile(r"""<input\b[^>]*\btype="submit"[^>]*\bvalue="([^"]*[A-Za-z]{3}[^"]*)""")
SPOKEN_BY_THE_TEMPLATE = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)


def test_no_attribute_holds_a_sentence_of_its_own():
    found = []
    for path in sources(".html"):
        if "jinja2" not in path.parts or path.name.startswith("gallery"):
            continue
        text = SPOKEN_BY_THE_TEMPLATE.sub("", path.read_text())
        found += [
            f"{path.relative_to(PACKAGE)}: {bare}"
            for bare in (*READ.findall(text), *SUBMIT.findall(text))
        ]
    assert found == []


def test_no_refusal_holds_a_sentence_of_its_own():
    assert {"OutOfStock", "NoSuchArchive", "TooMany"} <= refusals()
    found = []
    for path in sources(".py"):
        if "tests" not in path.parts:
            found += [f"{path.relative_to(PACKAGE)}:{line}" for line in bare_refusals(path)]
    assert found == []


def bare_refusals(path) -> Iterator[int]:
    """Lines on which a refusal is made of words as they stand: a literal, or an f-string."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and name_of(node.func) in refusals():
            words = [*node.args, *(keyword.value for keyword in node.keywords)]
            if any(isinstance(word, ast.JoinedStr) or is_sentence(word) for word in words):
                yield node.lineno
        if isinstance(node, ast.ClassDef) and node.name in refusals():
            yield from (
                call.lineno
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and name_of(call.func) == "__init__"
                if any(is_sentence(word) for word in call.args)
            )


def is_sentence(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value


def name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


@cache
def refusals(kind: type = Refused) -> frozenset[str]:
    """The names of all kinds of refusal, of all floors."""
    importlib.import_module("goodword.site.urls")
    importlib.import_module("goodword.ops.cli")
    return frozenset({kind.__name__}).union(*(refusals(below) for below in kind.__subclasses__()))
