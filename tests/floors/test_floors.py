"""What import-linter cannot see: foreign keys, templates, sizes that tell us to stop and look."""

import ast
import hashlib
import re

import pytest
from django.apps import apps

from .house import PACKAGE, ROOT, below, floors, sources

OUTSIDE = {"auth", "contenttypes", "sessions", "account", "mfa", "usersessions", "procrastinate"}


def test_every_domain_has_a_floor_and_says_what_it_owns():
    domains = {path.parent.name for path in PACKAGE.glob("*/apps.py")}
    assert domains == set(floors())
    for domain in domains:
        doc = ast.get_docstring(ast.parse((PACKAGE / domain / "__init__.py").read_text()))
        assert doc, domain
        assert "never" in doc, domain


def test_foreign_keys_point_down():
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in floors()
        for field in model._meta.get_fields()
        if field.many_to_one or (field.one_to_one and field.concrete)
        if field.related_model._meta.app_label not in below(model._meta.app_label) | OUTSIDE
    ]
    assert wrong == []


USES = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+[\"']([^\"']+)[\"']")


def templates():
    return [path for path in sources(".html") if "jinja2" in path.parts]


def test_templates_use_what_stands_below():
    wrong = []
    for path in templates():
        domain = path.relative_to(PACKAGE).parts[0]
        for used in USES.findall(path.read_text()):
            owner = PACKAGE.glob(f"*/jinja2/{used}")
            owners = [p.relative_to(PACKAGE).parts[0] for p in owner]
            if not owners or owners[0] not in below(domain):
                wrong.append(f"{path.relative_to(PACKAGE)} uses {used} of {owners}")
    assert wrong == []


COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
INLINE = re.compile(
    r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\b(?:src|application/(?:ld\+)?json))",
    re.IGNORECASE,
)


def test_no_template_holds_inline_script_or_style():
    found = [
        f"{path.relative_to(PACKAGE)}: {match.group()}"
        for path in templates()
        for match in INLINE.finditer(COMMENT.sub("", path.read_text()))
    ]
    assert found == []


TEXT = re.compile(r">([^<>{}]*[A-Za-z]{3}[^<>{}]*)<")
OUR_OWN = {"Goodword", "Goodword · Goodword", "openapi.json", "(OpenAPI 3.1)"}


def test_no_sentence_stands_outside_the_catalogues():
    found = []
    for path in templates():
        if path.name.startswith("gallery"):  # made-up words for those who build pages
            continue
        text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", path.read_text(), flags=re.DOTALL)
        found += [
            f"{path.relative_to(PACKAGE)}: {bare.strip()}"
            for bare in TEXT.findall(text)
            if bare.strip() not in OUR_OWN
        ]
    assert found == []


@pytest.mark.parametrize(
    ("suffix", "most"), [(".py", 400), (".css", 400), (".js", 400), (".html", 120)]
)
def test_no_file_is_too_long(suffix, most):
    long = {
        str(path.relative_to(PACKAGE)): lines
        for path in sources(suffix)
        if (lines := len(path.read_text().splitlines())) > most
    }
    assert long == {}


def test_no_function_is_too_long():
    long = []
    for path in sources(".py"):
        if "tests" in path.parts or "art" in path.parts:  # a drawing is a list of its shapes
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                said = ast.get_docstring(node) is not None and len(node.body) > 1
                lines = node.end_lineno - node.body[1 if said else 0].lineno + 1
                if lines > 40:
                    long.append(f"{path.relative_to(PACKAGE)}:{node.name} {lines}")
    assert long == []


HABITS = re.compile(r"\b(?:post_save|pre_save|post_delete|receiver)\b")


def test_no_signal_carries_behaviour():
    found = [
        str(p) for p in sources(".py") if "tests" not in p.parts and HABITS.search(p.read_text())
    ]
    assert found == []


def test_tables_are_asked_in_queries_actions_and_models_only():
    doors = {"views.py", "api.py", "forms.py", "rules.py", "states.py"}
    found = [
        str(path.relative_to(PACKAGE))
        for path in sources(".py")
        if (path.name in doors or "views" in path.parts)
        and "tests" not in path.parts
        and re.search(r"\.objects\.(?!none\(\))", path.read_text())
    ]
    assert found == []


def test_vendored_files_are_what_they_were():
    folder = PACKAGE / "kit/static/vendor"
    listed = dict(
        reversed(line.split(maxsplit=1))
        for line in (folder / "SHA256SUMS").read_text().splitlines()
    )
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name.strip(" *")).read_bytes()).hexdigest() == digest
    there = {path.name for path in folder.iterdir()} - {"SHA256SUMS"}
    assert there == {name.strip(" *") for name in listed}


def test_each_decision_has_a_number_of_its_own_and_says_it():
    pages = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    numbers = [page.name[:4] for page in pages]
    assert len(numbers) == len(set(numbers))
    assert [page.name for page in pages if page.read_text().split()[1] != page.name[:4]] == []
