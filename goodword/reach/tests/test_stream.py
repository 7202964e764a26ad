"""The stream's own line to the database, lost and back; and pages that are left."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.sessions.models import Session

from goodword.circle.tests.worlds import member
from goodword.kit.ids import new_id
from goodword.kit.tests.loops import alone
from goodword.reach import stream

from .ears import Ear, open_pages


@pytest.mark.django_db
def test_a_lost_database_is_tried_less_and_less_often_and_said_once(monkeypatch, caplog):
    here = settings.DATABASES["default"]["HOST"]
    monkeypatch.setitem(settings.DATABASES["default"], "HOST", "/nowhere")
    page, pauses = stream.OpenPage("a session"), []
    monkeypatch.setitem(stream.open_pages, new_id(), {page})

    async def rest(seconds):
        pauses.append(seconds)
        if len(pauses) == 7:
            settings.DATABASES["default"]["HOST"] = here

    async def until_back():
        listening = asyncio.create_task(stream.listen(rest))
        told = await asyncio.wait_for(page.queue.get(), 20)
        listening.cancel()
        return told

    with caplog.at_level("INFO", logger=stream.__name__):
        told = alone(until_back)
    assert told.startswith(b"event: again\n")
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    said = [line.msg["event"] for line in caplog.records if line.name == stream.__name__]
    assert said == ["stream.database_lost", "stream.database_back"]


@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_left_does_not_count_until_its_next_beat(monkeypatch):
    """Whoever turns pages quickly would else soon have too many of them open."""
    monkeypatch.setattr(stream, "BEAT", 600.0)
    lin = member("lin")
    left, stays = Ear(lin), Ear(lin)

    async def story():
        async with open_pages(left, stays):
            left.left.set()
            assert await left.next() == "the end"
            assert len(stream.open_pages[lin.id]) == 1

    alone(story)


@pytest.mark.django_db(transaction=True)
def test_a_page_of_another_site_does_not_listen_with_the_members_cookie():
    lin = member("lin")
    ours = f"http://circle.example:{settings.CONFIG.port}"
    theirs = (ours + ".else.example", "http://circle.example:1", "https://else.example", "null")
    refused = [Ear(lin, origin=origin, host="circle.example:8000") for origin in theirs]
    listens = Ear(lin, origin=ours, host="circle.example:8000")

    async def story():
        for page in refused:
            page.left.set()  # or it would stay, were it let in
            await page.serve()
        assert [page.status for page in refused] == [403] * 4
        async with open_pages(listens):
            assert listens.status == 200

    alone(story)


@pytest.mark.django_db(transaction=True)
def test_who_is_not_signed_in_does_not_listen():
    page = Ear(member("lin"))
    Session.objects.all().delete()

    async def story():
        page.left.set()  # or it would stay, were it let in
        await page.serve()
        assert page.status == 401

    alone(story)


@pytest.mark.django_db(transaction=True)
def test_who_has_too_many_pages_open_closes_one_to_open_another(monkeypatch):
    monkeypatch.setattr(stream, "AT_ONCE", 2)
    lin, chen = member("lin"), member("chen")
    left, stays, third, later = (Ear(lin) for _ in range(4))
    chens = Ear(chen)

    async def story():
        async with open_pages(left, stays, chens):
            third.left.set()
            await third.serve()
            assert third.status == 429
            left.left.set()
            assert await left.next() == "the end"
            later.left.set()
            await later.serve()
            assert later.status == 200

    alone(story)


@pytest.mark.django_db(transaction=True)
def test_where_nothing_is_told_an_ended_session_ends_its_page_with_a_beat(monkeypatch):
    monkeypatch.setattr(stream, "BEAT", 0.02)
    page = Ear(member("lin"))

    async def story():
        async with open_pages(page):
            await sync_to_async(page.client.logout)()
            assert await page.next() == "the end"

    alone(story)


def test_a_page_that_does_not_read_is_ended_and_holds_up_nobody():
    page = stream.OpenPage("a session")
    for _event in range(stream.FULL + 1):
        stream.put(page, stream.event_of("look", {}))
    assert page.queue.get_nowait() == stream.END
    assert page.queue.empty()
