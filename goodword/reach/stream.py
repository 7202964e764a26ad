"""The live stream, `/events`: one LISTEN for the process, one short queue for each open page.

It says only that something is there: a "moment", new "answers" under one, one that is "gone", a
"badge", or that it is time to "look" again at all that is shown; the page asks for it with its own
rights. Before anything is said, the database is asked for whom of those that are connected it is,
and whether their sessions still stand: a stream loses access the moment its viewer does.
"""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
import structlog
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections

from goodword.kit import clock
from goodword.kit.ids import parse_id
from goodword.notices import queries as notices
from goodword.notices.stream import CHANNEL

from . import news, signedin

log = structlog.get_logger(__name__)
Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

BEAT = 20.0  # seconds between signs of life, and between looks at the session
AT_ONCE = 20  # open pages of one member
PAUSE = 30.0  # seconds between two tries to reach a lost database, at most
FULL = 50  # events that may wait for a slow reader before it is cut off

END = b""


@dataclass(slots=True, eq=False)
class OpenPage:
    """One connected page: whose session it came with, and what it is still to be told."""

    session: str
    queue: "asyncio.Queue[bytes]" = field(default_factory=lambda: asyncio.Queue(maxsize=FULL))


open_pages: dict[UUID, set[OpenPage]] = defaultdict(set)
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
            for page in [page for pages in open_pages.values() for page in pages]:
                put(page, END)
            await send({"type": "lifespan.shutdown.complete"})
            return


async def serve(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
    origin = headers.get("origin", "")
    if origin and not allowed(origin, headers.get("host", "")):
        await answer(send, 403, "This page may not listen here.")
        return
    page = OpenPage(signedin.key_of(headers.get("cookie", "")))
    viewer = (await signed_in([page.session])).get(page.session)
    if viewer is None:
        await answer(send, 401, "Sign in first.", origin)
        return
    if len(open_pages.get(viewer, ())) >= AT_ONCE:
        await answer(send, 429, "Too many pages are open. Close some and try again.", origin)
        return
    await start(send, origin)
    open_pages[viewer].add(page)
    gone = asyncio.create_task(until_gone(receive, page))
    look = time.monotonic() + BEAT
    try:
        await send_body(send, b"retry: 3000\n\n")
        while not gone.done():
            event = await next_event(page.queue)
            if event == END:
                break
            if time.monotonic() >= look:  # where nothing is told, a session ends with a beat
                if (await signed_in([page.session])).get(page.session) != viewer:
                    break
                look = time.monotonic() + BEAT
            await send_body(send, event or b": here\n\n")
    finally:
        gone.cancel()
        open_pages[viewer].discard(page)
        if not open_pages[viewer]:
            del open_pages[viewer]
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def next_event(queue: "asyncio.Queue[bytes]") -> bytes | None:
    """The next event, END to end, None when a beat has passed without one."""
    try:
        return await asyncio.wait_for(queue.get(), BEAT)
    except TimeoutError:
        return None


async def until_gone(receive: Receive, page: OpenPage) -> None:
    """End the page at once: until its next beat it would count among those that are open."""
    while (await receive())["type"] != "http.disconnect":
        pass
    put(page, END)


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
                    for page in [page for pages in open_pages.values() for page in pages]:
                        put(page, event_of("again", {}))
                async for notify in connection.notifies():
                    await spread(json.loads(notify.payload))
        except (psycopg.Error, DatabaseError, OSError) as error:
            tries += 1
            if tries == 1:
                log.warning("stream.database_lost", error=str(error))
            await rest(min(2.0 ** (tries - 1), PAUSE))


async def spread(message: dict[str, Any]) -> None:
    """Hand one announcement to the open pages that may know of it."""
    viewers = list(open_pages)
    if not viewers:
        return
    match message:
        case {"kind": "moment", "moment": str(id_), "face": str(face)}:
            readers = await who(news.readers_of, UUID(id_), viewers)
            await tell(readers, "moment", {"id": id_, "face": face})
        case {"kind": "answers", "moment": str(id_), "speaker": str(speaker)}:
            hearers = await who(news.hearers_of, [UUID(id_)], UUID(speaker), viewers)
            await tell(hearers, "answers", {"id": id_})
        case {"kind": "gone", "moment": str(id_)}:
            await tell(await who(news.losers_of, UUID(id_), viewers), "gone", {"id": id_})
        case {"kind": "narrowed", "moment": str(id_), "members": list(members)}:
            lost = [one for one in viewers if str(one) in members]
            await tell(await who(news.shut_out_of, UUID(id_), lost), "gone", {"id": id_})
        case {"kind": "look", "members": list(members)}:
            await tell([one for one in viewers if str(one) in members], "look", {})
        case {"kind": "unsaid", "speaker": str(speaker), "moments": list(ids)}:
            moments = [UUID(id_) for id_ in ids]
            await tell(await who(news.hearers_of, moments, UUID(speaker), viewers), "look", {})
        case {"kind": "notice", "member": str(id_)} if (member := parse_id(id_)) in open_pages:
            assert member is not None
            await tell([member], "badge", {"key": "notices", "count": await unread(member)})


async def tell(viewers: Collection[UUID], kind: str, data: dict[str, Any]) -> None:
    """Put an event into the viewers' pages; one whose session has ended is ended instead."""
    pages = [(viewer, page) for viewer in viewers for page in open_pages.get(viewer, ())]
    if not pages:
        return
    alive = await signed_in([page.session for _viewer, page in pages])
    event = event_of(kind, data)
    for viewer, page in pages:
        put(page, event if alive.get(page.session) == viewer else END)


def event_of(kind: str, data: dict[str, Any]) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(data)}\n\n".encode()


def put(page: OpenPage, event: bytes) -> None:
    if page.queue.full() or event == END:  # a reader that does not read asks again when it wakes
        while not page.queue.empty():
            page.queue.get_nowait()
        event = END
    page.queue.put_nowait(event)


@sync_to_async
def who(ask: Callable[..., list[UUID]], *values: Any) -> list[UUID]:
    close_old_connections()
    return ask(*values, now=clock.now())


@sync_to_async
def unread(member: UUID) -> int:
    close_old_connections()
    return notices.unread(member)


@sync_to_async
def signed_in(sessions: Collection[str]) -> dict[str, UUID]:
    close_old_connections()
    return signedin.members_of(sessions)


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
