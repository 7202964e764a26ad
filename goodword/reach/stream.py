"""The live stream, `/events`: one LISTEN for the process, one short queue for each open page.

It says only that something is there ("moment", "badge"); the page asks for it with its own rights.
Before anything is said, `can_view` is asked for exactly the viewers that are connected; a session
that ended loses its stream at the next beat.
"""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

import psycopg
import structlog
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils.crypto import constant_time_compare

from goodword.kit import clock
from goodword.kit.ids import parse_id
from goodword.notices import queries as notices
from goodword.notices.stream import CHANNEL
from goodword.people import queries as people

from . import queries

log = structlog.get_logger(__name__)
Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

BEAT = 20.0  # seconds between signs of life, and between looks at the session
AT_ONCE = 20  # open pages of one member
PAUSE = 30.0  # seconds between two tries to reach a lost database, at most
FULL = 50  # events that may wait for a slow reader before it is cut off

open_pages: dict[UUID, set["asyncio.Queue[bytes]"]] = defaultdict(set)
listener: "asyncio.Task[None] | None" = None


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI door."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"] == "/events":
        await serve(scope, receive, send)
    elif scope["type"] == "http":
        await answer(send, 404, "There is nothing here but /events.")


async def lifespan(receive: Receive, send: Send) -> None:
    global listener  # noqa: PLW0603  # one for the process, started and ended with it
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            listener = asyncio.create_task(listen())
            await send({"type": "lifespan.startup.complete"})
        else:
            if listener:
                listener.cancel()
            for queue in [queue for queues in open_pages.values() for queue in queues]:
                queue.put_nowait(b"")
            await send({"type": "lifespan.shutdown.complete"})
            return


async def serve(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
    origin = headers.get("origin", "")
    if origin and not allowed(origin, headers.get("host", "")):
        await answer(send, 403, "This page may not listen here.")
        return
    viewer = await viewer_of(headers.get("cookie", ""))
    if viewer is None:
        await answer(send, 401, "Sign in first.", origin)
        return
    if len(open_pages.get(viewer, ())) >= AT_ONCE:
        await answer(send, 429, "Too many pages are open. Close some and try again.", origin)
        return
    await start(send, origin)
    queue: asyncio.Queue[bytes] = asyncio.Queue(maxsize=FULL)
    open_pages[viewer].add(queue)
    gone = asyncio.create_task(until_gone(receive))
    look = time.monotonic() + BEAT
    try:
        await send_body(send, b"retry: 3000\n\n")
        while not gone.done():
            event = await next_event(queue)
            if event == b"":
                break
            if time.monotonic() >= look:  # also where events come too often for a silent beat
                if await viewer_of(headers["cookie"]) != viewer:
                    break
                look = time.monotonic() + BEAT
            await send_body(send, event or b": here\n\n")
    finally:
        gone.cancel()
        open_pages[viewer].discard(queue)
        if not open_pages[viewer]:
            del open_pages[viewer]
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def next_event(queue: "asyncio.Queue[bytes]") -> bytes | None:
    """The next event, b"" to end, None when a beat has passed without one."""
    try:
        return await asyncio.wait_for(queue.get(), BEAT)
    except TimeoutError:
        return None


async def until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def listen(rest: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """Hear the database for ever; once a lost one is back, pages are told to look again.

    `rest` waits for so many seconds.
    """
    tries = 0  # in vain, in a row
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                **connection_arguments(), autocommit=True
            ) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                if tries:
                    log.info("stream.database_back", tries=tries)
                    tries = 0
                    for viewer in list(open_pages):
                        push(viewer, "moment", {})
                async for notify in connection.notifies():
                    await spread(json.loads(notify.payload))
        except (psycopg.Error, DatabaseError, OSError) as error:
            tries += 1
            if tries == 1:
                log.warning("stream.database_lost", error=str(error))
            await rest(min(2.0 ** (tries - 1), PAUSE))


async def spread(message: dict[str, Any]) -> None:
    """Hand one announcement to the open pages that may know of it."""
    if not open_pages:
        return
    if message["kind"] == "moment":
        for reader in await readers(UUID(message["moment"]), list(open_pages)):
            push(reader, "moment", {})
    elif message["kind"] == "notice" and (member := parse_id(message["member"])) in open_pages:
        assert member is not None
        push(member, "badge", {"key": "notices", "count": await unread(member)})


def push(viewer: UUID, kind: str, data: dict[str, Any]) -> None:
    event = f"event: {kind}\ndata: {json.dumps(data)}\n\n".encode()
    for queue in list(open_pages.get(viewer, ())):
        if queue.full():  # a reader that does not read; it will ask again when it wakes up
            while not queue.empty():
                queue.get_nowait()
            event = b""
        queue.put_nowait(event)


@sync_to_async
def readers(moment: UUID, viewers: list[UUID]) -> list[UUID]:
    close_old_connections()
    return queries.readers_of(moment, viewers, now=clock.now())


@sync_to_async
def unread(member: UUID) -> int:
    close_old_connections()
    return notices.unread(member)


@sync_to_async
def viewer_of(cookie: str) -> UUID | None:
    """The member whose session the cookie names, as Django's own middleware would find it."""
    close_old_connections()
    morsel = SimpleCookie(cookie).get(settings.SESSION_COOKIE_NAME)
    if morsel is None:
        return None
    session = SessionStore(morsel.value)
    id_ = parse_id(session.get(SESSION_KEY, ""))
    member = people.members([id_]).get(id_) if id_ else None
    if member is None or not member.is_active:
        return None
    held = session.get(HASH_SESSION_KEY, "")
    if not constant_time_compare(held, member.get_session_auth_hash()):
        return None
    return member.id


def allowed(origin: str, host: str) -> bool:
    """Whether the page at `origin` is ours: the same host on the web port, or a configured host."""
    name = host.rsplit(":", 1)[0]
    port = settings.CONFIG.port
    ours = {f"{scheme}://{name}:{port}" for scheme in ("http", "https")}
    ours |= {f"{scheme}://{h}" for h in settings.CONFIG.hosts for scheme in ("http", "https")}
    ours |= {f"{scheme}://{host}" for scheme in ("http", "https")}
    return origin in ours


def connection_arguments() -> dict[str, Any]:
    database = settings.DATABASES["default"]
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    given = {ours: database[theirs] for theirs, ours in names.items() if database.get(theirs)}
    return {"dbname": database["NAME"], **given}


async def start(send: Send, origin: str) -> None:
    headers = [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        *cors(origin),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})


async def answer(send: Send, status: int, sentence: str, origin: str = "") -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *cors(origin)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode()})


def cors(origin: str) -> list[tuple[bytes, bytes]]:
    if not origin:
        return []
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    ]


async def send_body(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})
