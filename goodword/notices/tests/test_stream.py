import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from itertools import takewhile
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from goodword.kit.ids import new_id
from goodword.notices import actions, stream


@pytest.fixture
def ear(transactional_db: None) -> Iterator["psycopg.Connection[Any]"]:
    """Somebody who listens, on a connection of their own."""
    given = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    with psycopg.connect(
        **{name: given[name] for name in names if given.get(name)}, autocommit=True
    ) as listener:
        listener.execute(f"LISTEN {stream.CHANNEL}")
        yield listener


def heard(ear: "psycopg.Connection[Any]") -> list[dict[str, Any]]:
    """What was announced since it was asked last, up to a last word that is said here."""
    ear.execute(f"NOTIFY {stream.CHANNEL}, 'enough'")
    with closing(ear.notifies()) as notes:
        return [
            json.loads(one.payload) for one in takewhile(lambda n: n.payload != "enough", notes)
        ]


def test_what_is_told_is_announced_with_the_commit(
    ear: "psycopg.Connection[Any]", lin: UUID, now: datetime
) -> None:
    with transaction.atomic():
        actions.tell(member=lin, kind="tests.waved", subject=new_id(), now=now, what="secret hat")
        assert heard(ear) == []
    assert heard(ear) == [{"kind": "notice", "member": str(lin)}]


def test_what_was_rolled_back_was_never_said(
    ear: "psycopg.Connection[Any]", lin: UUID, now: datetime
) -> None:
    with transaction.atomic():
        actions.tell(member=lin, kind="tests.waved", subject=new_id(), now=now, what="hat")
        transaction.set_rollback(True)
    assert heard(ear) == []


def test_what_is_told_together_is_announced_in_one_statement(
    ear: "psycopg.Connection[Any]", lin: UUID, now: datetime
) -> None:
    chen = new_id()
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        for number, member in enumerate((lin, lin, chen)):
            actions.tell(member=member, kind="tests.waved", subject=new_id(), now=now, what=number)
    assert sum("pg_notify" in one["sql"] for one in asked) == 1
    assert [note["member"] for note in heard(ear)] == [str(lin), str(chen)]


def test_what_was_taken_back_in_part_is_said_in_part(
    ear: "psycopg.Connection[Any]", lin: UUID
) -> None:
    with transaction.atomic():
        stream.announce("notice", member=lin)
        for number in range(3):
            with transaction.atomic():
                stream.announce("moment", moment=number)
                transaction.set_rollback(number == 1)
        stream.announce("gone", moment=9)
    assert [note.get("moment") for note in heard(ear)] == [None, 9, 0, 2]


def test_reading_tells_the_other_windows(
    ear: "psycopg.Connection[Any]", lin: UUID, now: datetime
) -> None:
    actions.tell(member=lin, kind="tests.waved", subject=new_id(), now=now, what="hat")
    heard(ear)
    assert actions.read_all(owner=lin, now=now) == 1
    assert heard(ear) == [{"kind": "notice", "member": str(lin)}]
    assert actions.read_all(owner=lin, now=now) == 0
    assert heard(ear) == []


@pytest.mark.django_db
def test_an_announcement_stays_small() -> None:
    stream.announce("moment", moment=new_id())
    with pytest.raises(ValueError, match="send ids instead"):
        stream.announce("moment", text="说" * 2400)
