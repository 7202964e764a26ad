"""What lies in the database while a letter waits, and what becomes of one that waits too long."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone, translation

from goodword.kit import clock, jobs
from goodword.people import actions, letters
from goodword.people.models import Member

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
LETTER = letters.Letter("Your password was changed", "Your password was changed.\n")


def waiting() -> list[str]:
    """The arguments of all jobs, in whatever state."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def sent_link() -> str:
    [letter] = mail.outbox
    [link] = [line for line in letter.body.splitlines() if line.startswith("http")]
    return link


def test_the_database_alone_gives_nobody_a_new_password(lin: Member) -> None:
    actions.offer_reset(email=lin.email, base="https://circle.example/", language="en")
    [row] = waiting()
    jobs.run_due()
    assert sent_link().startswith("https://circle.example/account/password/reset/key/")
    assert lin.email in row
    for word in (sent_link().split("/")[-2], "circle.example/account", "new password"):
        assert word not in row
    assert waiting() == []


def test_the_database_alone_confirms_nobody_s_address(client: Client) -> None:
    new = {"display_name": "Chen", "username": "chen", "password1": PASSWORD}
    client.post("/account/signup/", new | {"email": "chen@circle.example"})
    [row] = waiting()
    jobs.run_due()
    assert "/account/confirm-email/" in sent_link()
    assert "confirm" not in row
    assert waiting() == []


def test_a_letter_waits_for_the_mail_server_but_not_for_ever() -> None:
    begin = clock.now()
    for days, sent in ((2, 1), (4, 1)):
        with time_machine.travel(begin, tick=False) as moving:
            letters.post("lin@circle.example", LETTER)
            moving.shift(timedelta(days=days))
            jobs.run_due(clock.now())
        assert (len(mail.outbox), waiting()) == (sent, [])


def test_a_note_gives_the_time_in_utc_wherever_the_house_is() -> None:
    context = {
        "timestamp": datetime(2026, 5, 4, 12, 0, tzinfo=UTC), "ip": "203.0.113.9", "user_agent": "",
    }  # fmt: skip
    with timezone.override(ZoneInfo("Asia/Shanghai")), translation.override("en"):
        letter = letters.note("account/email/password_changed", context)
    assert "May 4, 2026 12:00" in letter.body
