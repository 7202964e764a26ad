"""The column beside the circle: what waits for the viewer, and only that."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.circle import actions as circle
from goodword.people import actions as people
from goodword.people.models import Member

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
PART = {"HX-Request": "true"}


def person(handle: str) -> Member:
    return people.register(handle=handle, display_name=handle.title(), now=NOW)


@pytest.fixture
def lin() -> Member:
    return person("lin")


@pytest.fixture
def browser(lin: Member) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(lin)
    return client


def test_where_nothing_waits_it_says_so(browser: Client) -> None:
    assert "All is answered" in browser.get("/around").content.decode()


def test_htmx_gets_the_part_and_a_browser_without_it_a_page(browser: Client) -> None:
    assert "<html" not in browser.get("/around", headers=PART).content.decode()
    assert "<html" in browser.get("/around").content.decode()


def test_who_asks_is_counted_beside_the_circle_and_on_my_page(browser: Client, lin: Member) -> None:
    for handle in ("wang", "chen"):
        circle.ask(asker=person(handle), asked=lin, now=NOW)
    circle.ask(asker=lin, asked=person("wen"), now=NOW)
    assert "2 friend requests" in browser.get("/around", headers=PART).content.decode()
    assert '<span class="count num">2</span>' in browser.get("/me").content.decode()


def test_it_costs_the_same_however_much_waits(browser: Client, lin: Member) -> None:
    costs = []
    for handles in (["a01"], [f"b{n:02}" for n in range(20)]):
        for handle in handles:
            circle.ask(asker=person(handle), asked=lin, now=NOW)
        with CaptureQueriesContext(connection) as made:
            browser.get("/around", headers=PART)
        costs.append(len(made))
    assert costs[0] == costs[1]


def test_whom_one_may_know_stands_there_but_not_beside_the_page_that_says_so(
    browser: Client, lin: Member
) -> None:
    wang, chen, wen = person("wang"), person("chen"), person("wen")
    for one, other in ((lin, wang), (lin, chen), (wen, wang), (wen, chen)):
        request = circle.ask(asker=one, asked=other, now=NOW)
        circle.accept(request=request, member=other, now=NOW)
    assert 'value="wen"' in browser.get("/around", headers=PART).content.decode()
    assert 'value="wen"' not in browser.get("/around?only=waiting", headers=PART).content.decode()


def test_what_htmx_is_refused_floats_over_the_page(browser: Client) -> None:
    nowhere = "/moments/01890000-0000-7000-8000-000000000000/like"
    answer = browser.post(nowhere, headers=PART)
    assert (answer.status_code, answer["HX-Retarget"]) == (404, "#toasts")
    assert "<html" not in answer.content.decode()
    assert "HX-Retarget" not in browser.post(nowhere)
