import re
from collections.abc import Callable
from datetime import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from goodword.kit import clock
from goodword.kit.errors import NotFound
from goodword.kit.tests.strictness import faults
from goodword.people import sessions
from goodword.people.models import Member

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"


def signed_in(handle: str = "lin", agent: str = "") -> Client:
    client = Client(headers={"User-Agent": agent} if agent else None)
    client.post("/account/login/", {"login": handle, "password": PASSWORD})
    return client


def test_ending_a_session_works_at_once(lin: Member) -> None:
    here, phone = signed_in(), signed_in(agent=PHONE)
    words = here.get("/me/sessions").content.decode()
    assert faults(words) == []
    assert "Safari, iPhone" in words
    assert words.count("this one") == 1
    assert phone.session.session_key not in words  # a session's key opens it
    [end] = re.findall(r'action="(/me/sessions/\w+/end)"', words)
    assert phone.get("/me").status_code == 200
    here.post(end)
    assert phone.get("/me").status_code == 302
    assert here.get("/me").status_code == 200
    assert here.post(end).status_code == 404
    assert not Session.objects.filter(session_key=phone.session.session_key).exists()


def test_ending_all_others(lin: Member) -> None:
    here, phone, office = signed_in(), signed_in(agent=PHONE), signed_in()
    answer = here.post("/me/sessions", follow=True)
    assert "You are signed out everywhere but here." in answer.content.decode()
    assert [client.get("/me").status_code for client in (here, phone, office)] == [200, 302, 302]


def test_nobody_ends_another_s_session(lin: Member, join: Callable[..., Member]) -> None:
    join("chen")
    lins, chens = signed_in(), signed_in("chen")
    [device] = sessions.devices(lin, current=None, now=clock.now())
    assert chens.post(f"/me/sessions/{device.ref}/end").status_code == 404
    chens.post("/me/sessions")
    assert lins.get("/me").status_code == 200


def test_dead_sessions_are_not_shown(lin: Member) -> None:
    signed_in()
    lin.set_password("another password of hers")
    lin.save()
    assert sessions.devices(lin, current=None, now=clock.now()) == []


def test_a_sweep_forgets_what_has_run_out(lin: Member) -> None:
    old, phone = signed_in(), signed_in(agent=PHONE)
    Session.objects.filter(session_key=old.session.session_key).update(expire_date=clock.now())
    assert sessions.sweep(clock.now()) == 1
    assert UserSession.objects.get().session_key == phone.session.session_key
    assert phone.get("/me").status_code == 200


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_takes_two_queries(
    lin: Member, count: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    for _each in range(count):
        client = Client()
        client.force_login(lin)
        key = client.session.session_key
        UserSession.objects.create(user=lin, session_key=key, ip="127.0.0.1", user_agent=PHONE)
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert len(sessions.devices(lin, current=None, now=clock.now())) == count


def test_a_made_up_reference_is_missing(lin: Member, now: datetime) -> None:
    with pytest.raises(NotFound):
        sessions.end(member=lin, ref="0" * 20, now=now)
