"""The stream's own line to the database, lost and back; and pages that are left."""

import asyncio

import pytest
from django.conf import settings

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
