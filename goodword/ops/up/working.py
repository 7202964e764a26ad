"""The worker process: jobs, timers and what happens by the clock."""

import asyncio

from procrastinate import App
from procrastinate.contrib.django import app, db_cleanup

CONCURRENCY = 4  # jobs at once; each is a thread with a connection of its own
GRACE = 8.0  # seconds that running jobs get when the house closes


def work() -> None:
    """Do jobs until SIGTERM."""
    asyncio.run(_work(worker_app()))


def worker_app() -> App:
    """procrastinate with an asynchronous connection of its own, for fetching jobs only.

    Its own command exchanges the connection of the one app instead; a job that defers another would
    then do so outside its transaction.
    """
    own = db_cleanup.DjangoApp(connector=app.connector.get_worker_connector())  # type: ignore[attr-defined]
    own.tasks = app.tasks
    own.periodic_registry = app.periodic_registry
    return own


async def _work(own: App) -> None:
    async with own.open_async():
        await own.run_worker_async(
            name="worker",
            concurrency=CONCURRENCY,
            listen_notify=True,
            delete_jobs="successful",
            shutdown_graceful_timeout=GRACE,
            fetch_job_polling_interval=5.0,
        )
