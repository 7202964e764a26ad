"""A letter is tried again, refused or given up; no page waits for it; the operator hears of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobRetry
from procrastinate.jobs import Job

from goodword.kit import clock, jobs, mail
from goodword.kit.config import Smtp
from goodword.kit.tests.postbox import HANG, Postbox, postbox
from goodword.notices.models import Notice
from goodword.people import actions, delivery, letters, refusals
from goodword.people.models import Member, Shelved
from goodword.people.operators import appoint

pytestmark = pytest.mark.django_db
LETTER = letters.Letter("Your password was changed", "Your password was changed.\n")


@pytest.fixture
def through(settings) -> Callable[..., object]:
    """The house's letters go to a postbox that answers so."""

    @contextmanager
    def through(**answers: str) -> Iterator[Postbox]:
        with postbox(**answers) as box:
            settings.CONFIG = replace(
                settings.CONFIG, smtp=Smtp("localhost", box.port, security="none")
            )
            yield box

    return through


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return cursor.fetchone()[0]


def test_a_refused_address_is_not_tried_again_and_nobody_keeps_it(through) -> None:
    with through(RCPT="550 5.1.1 lin@circle.example? no such user") as box:
        letters.post("lin@circle.example", LETTER)
        jobs.run_due()
        jobs.run_due(clock.now() + timedelta(days=2))
    assert [line.split()[0] for line in box.heard].count("MAIL") == 1
    assert rows() == 0
    assert delivery.outgoing(clock.now()).refused == 1
    assert "lin@" not in str(list(Shelved.objects.values()))
    assert delivery.outgoing(clock.now() + timedelta(days=8)).refused == 0


def test_whose_address_is_refused_reads_so_in_the_app_and_what_to_do(
    through, lin: Member, lins_browser: Client
) -> None:
    def told() -> tuple[int, bool, bool]:
        listed = lins_browser.get("/notices").content.decode().count("e-mail address are refused")
        pages = (lins_browser.get(page) for page in ("/me/settings", "/account/email/"))
        settings, address = (f"{lin.email} do not arrive" in one.content.decode() for one in pages)
        return listed, settings, address

    def write(**answers: str) -> None:
        with through(**answers):
            letters.post(lin.email, LETTER)
            letters.post("nobody@circle.example", LETTER)
            jobs.run_due()

    write(RCPT="554 5.7.1 your network is on a list")
    assert told() == (0, False, False)
    write(RCPT="550 5.1.1 no such user")
    assert told() == (1, True, True)
    assert Shelved.objects.filter(key__startswith=refusals.MARK).count() == 1
    lins_browser.post("/notices/read")
    write(RCPT="550 5.1.1 no such user")
    assert Notice.objects.filter(owner=lin.id, read_at=None).count() == 0  # said once is enough
    _token, secret = actions.issue_token(owner=lin, name="t", now=clock.now())
    bearer = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/me/addresses", headers=bearer).json() == [
        {"email": "lin@circle.example", "confirmed": False, "refused": True}
    ]
    write()
    assert told() == (0, False, False)


def test_a_new_address_that_is_refused_is_told_before_it_is_confirmed(
    through, lin: Member, lins_browser: Client
) -> None:
    EmailAddress.objects.create(user=lin, email="lni@circle.example")
    with through(RCPT="550 5.1.1 no such user"):
        letters.post("lni@circle.example", LETTER)
        jobs.run_due()
    assert refusals.refused(lin, clock.now()) == ["lni@circle.example"]
    actions.take_email(member=lin, email="lin@new.example", now=clock.now())
    assert not Notice.objects.filter(owner=lin.id).exists()


def test_a_letter_that_was_not_taken_is_tried_again_until_it_is_taken(through) -> None:
    letters.post("lin@circle.example", LETTER)
    with through(RCPT="450 4.2.0 greylisted"), pytest.raises(mail.NotSent):
        jobs.run_due()
    assert rows() == 1
    with through() as box:
        jobs.run_due()
    assert (len(box.letters), rows()) == (1, 0)
    assert delivery.outgoing(clock.now()).sentences == []


def test_after_three_days_it_is_given_up(through) -> None:
    begin = clock.now()
    with time_machine.travel(begin, tick=False) as moving, through() as box:
        letters.post("lin@circle.example", LETTER)
        moving.shift(letters.WORTH_SENDING + timedelta(minutes=1))
        jobs.run_due(clock.now())
        assert (box.heard, rows()) == ([], 0)
        assert delivery.outgoing(clock.now()).late == 1


def test_the_tries_lie_ever_further_apart() -> None:
    task = app.tasks[delivery.JOB]
    waits = []
    for attempt in range(30):
        job = Job(id=1, queue=jobs.OUTSIDE, lock=None, queueing_lock=None, task_name=task.name,
                  attempts=attempt)  # fmt: skip
        retry = task.get_retry_exception(exception=mail.NotSent("busy"), job=job)
        assert isinstance(retry, JobRetry)
        at = retry.retry_decision.retry_at
        assert at is not None
        waits.append(round((at - clock.now()) / timedelta(minutes=1)))
    assert waits[:5] == [1, 2, 4, 8, 16]
    assert waits == sorted(waits)
    assert waits[-1] == 240


def test_a_page_does_not_wait_for_a_mail_server_that_hangs(through, lin: Member) -> None:
    with through(GREET=HANG) as box:
        answer = Client().post("/account/password/reset/", {"email": lin.email})
        assert answer.status_code == 302
        assert (box.heard, rows()) == ([], 1)


def test_the_desk_says_when_letters_stay_in_the_house(through, lin: Member) -> None:
    appoint(member=lin, on=True, now=clock.now())
    client = Client()
    client.force_login(lin)
    assert "no mail server" in client.get("/desk").content.decode()
    with through():
        assert "mail server" not in client.get("/desk").content.decode()
        letters.post("lin@circle.example", LETTER)
        with connection.cursor() as cursor:  # as the worker leaves it after a try that failed
            cursor.execute("UPDATE procrastinate_jobs SET attempts = 1")
        delivery.lose(delivery.LATE, clock.now())
        delivery.lose(delivery.REFUSED, clock.now())
        shown = client.get("/desk").content.decode()
        assert "One letter waits" in shown
        assert "2 letters of the last seven days could not be delivered" in shown
        _token, secret = actions.issue_token(owner=lin, name="t", now=clock.now())
        bearer = {"Authorization": f"Bearer {secret}"}
        told = Client().get("/api/v1/desk/letters", headers=bearer).json()
    assert {key: told[key] for key in ("leaves", "waiting", "refused", "late")} == {
        "leaves": True, "waiting": 1, "refused": 1, "late": 1,
    }  # fmt: skip
    assert all(sentence in shown for sentence in told["sentences"])
