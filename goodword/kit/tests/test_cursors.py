import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from goodword.kit import cursors
from goodword.kit.cursors import answered

DOUBLED = "UPDATE kit_ratebucket SET full_until = full_until"


@pytest.mark.django_db
def test_a_statement_tells_its_rows_or_only_how_many():
    assert answered("SELECT n FROM generate_series(1, %s) n", [3]) == (3, [(1,), (2,), (3,)])
    assert answered("SELECT WHERE false", []) == (0, [])
    assert answered(DOUBLED, []) == (0, [])


@pytest.mark.django_db
def test_the_same_cursor_is_used_again_also_after_a_refusal():
    answered("SELECT 1", [])
    before = cursors.kept.cursor
    with pytest.raises(DataError), transaction.atomic():
        answered("SELECT 1 / %s", [0])
    assert answered("SELECT 1", []) == (1, [(1,)])
    assert cursors.kept.cursor is before


@pytest.mark.django_db(transaction=True)
def test_another_connection_gets_another_cursor():
    answered("SELECT 1", [])
    before = cursors.kept.cursor
    connection.close()
    assert answered("SELECT 1", []) == (1, [(1,)])
    # A pool lends the same again: then the cursor is still its own.
    assert cursors.kept.cursor.cursor.connection is connection.connection
    before.cursor.connection.close()
    connection.close()
    assert answered("SELECT 1", []) == (1, [(1,)])
    assert cursors.kept.cursor is not before


@pytest.mark.django_db
def test_what_is_counted_is_seen_and_nothing_is_logged_afterwards():
    with CaptureQueriesContext(connection) as asked:
        answered("SELECT 1", [])
    assert len(asked) == 1
    before = len(connection.queries_log)
    answered("SELECT 1", [])
    assert len(connection.queries_log) == before
