"""Where a reader stopped last time: a line, the same on every device, that moves nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.circle import actions as circle
from goodword.circle.tests.worlds import NOON, befriend, member, moment
from goodword.kit import clock, jobs
from goodword.kit.ids import new_id
from goodword.people import actions as people
from goodword.reach import queries, visits
from goodword.reach.rules import VISIT_ENDS, Place, Visit, line_before, look
from goodword.reach.states import Lens

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
LATER = NOON + 2 * VISIT_ENDS
LINE = 'id="you-were-here"'


@pytest.fixture
def reader():
    return member("reader")


@pytest.fixture
def lin(reader):
    lin = member("lin")
    befriend(lin, reader)
    return lin


def live(author, minutes, now=NOON):
    made = moment(author, f"{minutes} ago", now=now - minutes * MINUTE)
    jobs.run_due(clock.now() + timedelta(days=1))
    return made


def page(viewer, now, path="/"):
    client = Client()
    client.force_login(viewer)
    with clock.at(now):
        return client.get(path).content.decode()


def test_the_next_visit_finds_the_line_above_what_was_there_before(reader, lin):
    old = live(lin, 9)
    assert LINE not in page(reader, NOON)
    assert LINE not in page(reader, LATER)  # nothing new, so no line
    fresh = live(lin, 1, now=LATER)
    shown = page(reader, LATER + VISIT_ENDS)
    assert shown.index(f"m-{fresh.id}") < shown.index(LINE) < shown.index(f"m-{old.id}")
    again = page(reader, LATER + VISIT_ENDS + MINUTE)  # another device, or a reload
    assert LINE in again
    assert LINE not in page(reader, LATER + 3 * VISIT_ENDS)


def test_the_line_of_each_lens_is_its_own(reader, lin):
    live(lin, 9)
    page(reader, NOON)
    page(reader, NOON, "/?show=life")
    live(lin, 1, now=LATER)
    assert LINE in page(reader, LATER)
    assert LINE in page(reader, LATER, "/?show=life")
    page(reader, LATER + VISIT_ENDS)
    assert LINE in page(reader, LATER + MINUTE, "/?show=life")


def test_the_line_can_stand_on_a_later_page(reader, lin):
    old = live(lin, 9)
    page(reader, NOON)
    for minutes in range(queries.PAGE):
        live(lin, minutes, now=LATER)
    assert LINE not in page(reader, LATER)
    following = queries.timeline(reader.id, now=LATER).next
    shown = page(reader, LATER, f"/?after={following}")
    assert shown.index(LINE) < shown.index(f"m-{old.id}")


def test_a_moment_that_went_takes_the_line_to_the_next(reader, lin):
    older, old = live(lin, 9), live(lin, 8)
    page(reader, NOON)
    circle.delete_moment(moment=old, author=lin, now=NOON)
    live(lin, 1, now=LATER)
    shown = page(reader, LATER)
    assert shown.index(LINE) < shown.index(f"m-{older.id}")


def test_nobody_else_can_tell_and_most_looks_write_nothing(reader, lin):
    live(lin, 9)
    page(reader, NOON)
    assert visits.visit(lin.id, Lens.ALL) is None
    with CaptureQueriesContext(connection) as asked:
        page(reader, NOON + MINUTE)
    assert not [one for one in asked if "INSERT INTO reach_visit" in one["sql"]]


def test_a_program_reads_and_moves_the_same_line(reader, lin):
    old = live(lin, 9)
    _row, secret = people.issue_token(owner=reader, name="phone", now=NOON)
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    body = {"show": "all", "moment": str(old.id)}
    with clock.at(NOON):
        program.put("/api/v1/timeline/line", body, content_type="application/json")
    live(lin, 1, now=LATER)
    assert LINE in page(reader, LATER)
    with clock.at(LATER):
        assert program.get("/api/v1/timeline/line").json()["moment"] == str(old.id)
        hidden = moment(member("stranger"), now=NOON)
        body["moment"] = str(hidden.id)
        refused = program.put("/api/v1/timeline/line", body, content_type="application/json")
    assert refused.status_code == 404


def test_the_line_stays_while_a_visit_lasts():
    old, new = (Place(NOON + n * MINUTE, member_id) for n, member_id in enumerate(sorted(ids())))
    first = look(None, newest=old, now=NOON)
    assert first == Visit(None, old, NOON)
    second = look(first, newest=new, now=NOON + VISIT_ENDS)
    assert (second.line, second.top) == (old, new)
    assert look(second, newest=new, now=NOON + VISIT_ENDS + MINUTE).line == old
    assert look(second, newest=None, now=NOON + 2 * VISIT_ENDS).line == new
    assert line_before([new, old], old) == old
    assert line_before([old], old) is None
    assert line_before([old], old, above=new) == old
    assert line_before([new], old, above=None) is None


def ids():
    from goodword.kit.ids import new_id

    return [new_id(), new_id()]


def test_the_newest_of_a_visit_stays_it_when_it_is_deleted():
    """Else what is older would be new once more."""
    first, older = Place(NOON, new_id()), Place(NOON - MINUTE, new_id())
    seen = look(None, newest=first, now=NOON)
    assert look(seen, newest=older, now=NOON + MINUTE).top == first


def test_the_line_stands_on_one_page_alone():
    """The page before ended below it, so it stood there."""
    line = Place(NOON, new_id())
    below = [Place(NOON - n * MINUTE, new_id()) for n in (2, 3)]
    assert line_before(below, line, above=Place(NOON - MINUTE, new_id())) is None
    assert line_before(below, line, above=Place(NOON + MINUTE, new_id())) == below[0]
