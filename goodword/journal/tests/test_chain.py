import pytest
from django.db import DatabaseError, connection, transaction

from goodword.journal import actions, queries
from goodword.kit import clock
from goodword.kit.ids import new_id

pytestmark = pytest.mark.django_db


def written(owner, deeds=3):
    subject = new_id()
    for n in range(deeds):
        actions.record(
            owner=owner,
            actor=owner,
            verb="test.did",
            subject=subject,
            now=clock.now(),
            n=n,
            说="好",
        )
    return subject


def test_a_story_reads_in_the_order_it_was_written():
    subject = written(new_id())
    assert [deed.facts["n"] for deed in queries.story(subject)] == [0, 1, 2]


def test_each_owner_has_a_whole_chain():
    owner, other = new_id(), new_id()
    written(owner)
    written(other, deeds=2)
    assert queries.broken_link(owner) is None
    assert queries.broken_link(other) is None


@pytest.mark.parametrize(
    "statement", ["UPDATE journal_entry SET verb='x'", "DELETE FROM journal_entry"]
)
def test_raw_sql_cannot_rewrite_history(statement):
    written(new_id())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_edit_of_one_byte_behind_our_back_is_found():
    owner = new_id()
    written(owner)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE journal_entry SET body = replace(body, '1', '7') WHERE owner=%s AND seq=2",
            [owner],
        )
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
    assert queries.broken_link(owner) == 2
