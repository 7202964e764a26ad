"""Coroutines in tests that may share their process with a browser."""

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import async_to_sync
from django.db import connection


def alone(story: Callable[[], Awaitable[Any]]) -> Any:
    """Run `story` on a thread of its own, with a database connection of its own.

    Playwright keeps an event loop in the thread of the tests, and a thread has one loop.
    """

    def run() -> Any:
        try:
            return async_to_sync(story)()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run).result()
