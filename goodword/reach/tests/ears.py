"""Open pages for tests: the stream's own door and its line to the database, in this process."""

import asyncio
from contextlib import asynccontextmanager

from asgiref.sync import sync_to_async
from django.conf import settings
from django.test import Client

from goodword.reach import stream

PATIENCE = 20.0  # seconds


class Ear:
    """One page that listens with a session of `member`'s, and these headers."""

    def __init__(self, member, **headers):
        self.client = Client()
        self.client.force_login(member)
        self.headers = [(name.encode(), value.encode()) for name, value in headers.items()]
        self.status = 0
        self.heard: asyncio.Queue = asyncio.Queue()
        self.ended = False
        self.left = asyncio.Event()

    async def serve(self):
        cookie = f"{settings.SESSION_COOKIE_NAME}={self.client.session.session_key}"
        headers = [(b"cookie", cookie.encode()), *self.headers]
        scope = {"type": "http", "path": "/events", "headers": headers}
        await stream.application(scope, self.receive, self.send)

    async def receive(self):
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.status = message.get("status", self.status)
        body = message.get("body", b"").decode()
        if body.startswith("event: "):
            await self.heard.put(body.split("\n", 1)[0].removeprefix("event: "))
        if message["type"] == "http.response.body" and not message.get("more_body"):
            self.ended = True
            await self.heard.put("the end")

    async def next(self):
        return await asyncio.wait_for(self.heard.get(), PATIENCE)


@asynccontextmanager
async def open_pages(*ears):
    """The ears listen, and the process hears the database."""
    tasks = [asyncio.create_task(ear.serve()) for ear in ears]
    tasks.append(asyncio.create_task(stream.listen()))
    try:
        while sum(map(len, stream.open_pages.values())) < len(ears) or not await listening():
            await asyncio.sleep(0)
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@sync_to_async
def listening():
    from django.db import connection

    with connection.cursor() as db:
        db.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND query = %s AND state = 'idle'",
            [f"LISTEN {stream.CHANNEL}"],
        )
        return db.fetchone()[0] > 0
