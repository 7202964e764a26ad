"""docs/algorithms/visibility.md, carried out: its examples must be what the rules answer."""

import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from goodword.circle.rules import Audience, Edge, Relation, may_see, wishes
from goodword.circle.states import AudienceKind, Surface
from goodword.circle.visibility import VISIBLE
from goodword.kit.ids import new_id

from .worlds import NOON, befriend, member, moment

ROOT = Path(__file__).parents[3]
DOC = (ROOT / "docs/algorithms/visibility.md").read_text()
FAMILY, WEN = new_id(), new_id()
HOUR = timedelta(hours=1)

FRIEND = Relation(authors_edge=Edge(), viewers_edge=Edge())
IN_FAMILY = Relation(authors_edge=Edge(groups=frozenset({FAMILY})), viewers_edge=Edge())
WAS_IN_FAMILY = Relation(authors_edge=Edge(former_groups=frozenset({FAMILY})), viewers_edge=Edge())
RELATIONS = {
    "a stranger": Relation(),
    "a friend": FRIEND,
    "a friend in Family": IN_FAMILY,
    "a friend in Family until Mei forgot it": WAS_IN_FAMILY,
    "a friend who blocks Mei": Relation(authors_edge=Edge(), viewers_edge=Edge(), blocked=True),
    "a friend whom Mei hides hers from": Relation(
        authors_edge=Edge(hides_mine=True), viewers_edge=Edge()
    ),
    "a friend who snoozes Mei": Relation(
        authors_edge=Edge(), viewers_edge=Edge(snoozed_until=NOON + timedelta(days=30))
    ),
    "a friend without Mei's life": Relation(authors_edge=Edge(), viewers_edge=Edge(life=False)),
    "Mei": Relation(same=True),
}
AUDIENCES = {
    "everyone": Audience(),
    "only me": Audience(AudienceKind.ONLY_ME),
    "chosen: Family": Audience(AudienceKind.CHOSEN, groups=(FAMILY,)),
    "all but Family": Audience(AudienceKind.EXCEPT, groups=(FAMILY,)),
    "chosen: Wen": Audience(AudienceKind.CHOSEN, people=(WEN,)),
    "all but Wen": Audience(AudienceKind.EXCEPT, people=(WEN,)),
    "of a kind nobody knows": SimpleNamespace(kind="planet", names=lambda *_: True),
}


def rows(heading):
    """The cells of the table under a heading, without its head."""
    section = DOC.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize("row", rows("Examples"), ids=lambda row: " / ".join(row[:2]))
def test_the_examples_are_what_the_rules_answer(row):
    who, audience, may, comes = row
    relation = RELATIONS[who]
    seen = may_see(
        viewer=WEN, relation=relation, audience=AUDIENCES[audience], state="published",
        published_at=NOON, now=NOON + HOUR,
    )  # fmt: skip
    wish = wishes(relation=relation, face="life", surface=Surface.TIMELINE, now=NOON + HOUR)
    assert (seen, seen and wish) == (may == "yes", comes == "yes")


def test_every_invariant_names_a_test_that_is_there():
    named = [re.fullmatch(r"`(.+)::(.+)`", row[2]) for row in rows("What holds")]
    assert len(named) > 15
    for test in named:
        source = (ROOT / "goodword" / test[1]).read_text()
        assert f"def {test[2]}(" in source, test[0]


@pytest.mark.django_db
def test_an_audience_of_an_unknown_kind_admits_nobody():
    """The table refuses such a row, so the predicate is asked of one that it never held."""
    mei, wen = member("mei"), member("wen")
    befriend(mei, wen)
    made = moment(mei)
    strange = """(SELECT id, author_id, state, published_at, audience_groups, audience_people,
                         %(kind)s AS audience_kind FROM circle_moment WHERE id = %(id)s)"""
    seen = VISIBLE.format(m="m", viewer="%(viewer)s", now="%(now)s")
    with connection.cursor() as cursor:
        for kind, expected in (("everyone", 1), ("planet", 0)):
            values = {"kind": kind, "id": made.id, "viewer": wen.id, "now": NOON}
            cursor.execute(f"SELECT count(*) FROM {strange} m WHERE {seen}", values)
            assert cursor.fetchone()[0] == expected, kind
