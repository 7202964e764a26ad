"""For all tests: one template database for each schema, and the long runs on demand."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

Lasting = Callable[[], AbstractContextManager[None]]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",  # a microphone that beeps
    "--use-fake-ui-for-media-stream",
]
DEEP = bool(os.environ.get("GOODWORD_DEEP"))
# How long an example takes says only how busy the machine is. Every run tries the same examples, so
# that one which fails is the change's own; the long runs look for new ones.
settings.register_profile(
    "calm", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=not DEEP
)
settings.load_profile("calm")
expect.set_options(timeout=60_000)  # likewise what a page takes; it is over as soon as it is true


def pytest_collection() -> None:
    """Half a million objects come, and none goes: looking for such takes a seventh of the time."""
    gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Who takes what where several workers share the tests."""
    from tests.turns import Turns

    return Turns(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the long runs out unless `script/test --deep` asks for them."""
    if not DEEP:
        for item in items:
            if item.get_closest_marker("deep"):
                item.add_marker(pytest.mark.skip(reason="a long run: script/test --deep"))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of all browsers of this process; a second would stumble over the first one's loop.

    That loop stays in this thread, which Django takes for an async caller.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        yield driver
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The one browser of this process; each test opens windows of its own in it."""
    ours = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    chromium = playwright.chromium.launch(executable_path=ours, args=FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def template_database(django_db_blocker) -> str:
    """The name of a database with every table, as a new house has them; copied, never changed."""
    from goodword.ops import tables
    from goodword.ops.tables.snapshot import FILE
    from goodword.site.settings_test import schema_version

    with django_db_blocker.unblock():
        return kept(f"template_{schema_version(FILE)}", tables.bring_up)


@pytest.fixture(scope="session")
def migrated_database(django_db_blocker) -> str:
    """The same by every migration, one after the other; it takes ten seconds."""
    from goodword.site.settings_test import schema_version

    with django_db_blocker.unblock():
        return kept(f"migrated_{schema_version()}", lambda: call_command("migrate", verbosity=0))


def kept(name: str, make: Callable[[], None]) -> str:
    """The database of this name, made once for all runs."""
    with connection._nodb_cursor() as admin:
        # Workers of one run, and of several runs, come here together.
        admin.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not admin.fetchone():
            half = f"{name}_half"
            admin.execute(f'DROP DATABASE IF EXISTS "{half}"')
            admin.execute(f'CREATE DATABASE "{half}"')
            within(half, make)
            admin.execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')
        admin.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])
    return name


def within(database: str, make: Callable[[], None]) -> None:
    connection.close()
    before, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], database
    try:
        make()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,  # noqa: ARG001  # names the worker's
    template_database: str,
) -> None:
    connection.settings_dict["TEST"]["TEMPLATE"] = template_database


@pytest.fixture(scope="module")
def lasting(
    django_db_setup: None,  # noqa: ARG001  # there must be a database
    django_db_blocker,
) -> Iterator[Lasting]:
    """`with lasting(): …` in a module's fixture writes rows that each of its tests finds anew.

    For worlds that take longer to make than to look at. A test's own changes are rolled back to
    them, and they are after the module; hand tests copies of the objects, which no rollback mends.
    """
    outer = transaction.atomic()
    outer._from_testcase = True  # as Django marks its own: what wants no outer block may still run

    @contextmanager
    def writing() -> Iterator[None]:
        with django_db_blocker.unblock():
            yield
            connection.check_constraints()  # once, instead of after each test

    with django_db_blocker.unblock():
        outer.__enter__()
    yield writing
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture(autouse=True, scope="session")
def _emptied_where_it_is_full() -> Iterator[None]:
    """After a transaction test, delete from the tables that have rows.

    Django truncates all hundred of them, which takes ten times as long, and then writes content
    types and permissions anew, for which nothing here asks.
    """
    from tests.emptying import flush

    before = TransactionTestCase._fixture_teardown

    def empty(_case: TransactionTestCase) -> None:
        tables = connection.introspection.django_table_names(
            only_existing=True, include_views=False
        )
        asked = " UNION ALL ".join(f"(SELECT '{one}' FROM \"{one}\" LIMIT 1)" for one in tables)
        with connection.cursor() as cursor:
            cursor.execute(asked)
            full = [name for (name,) in cursor.fetchall()]
        if not full:
            return
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                # No trigger runs then, neither a foreign key's nor one that keeps what was written.
                cursor.execute("SET LOCAL session_replication_role = replica")
                for name in full:
                    cursor.execute(f'DELETE FROM "{name}"')
        except ProgrammingError:  # a server of somebody's own, where we may not
            flush(inhibit_post_migrate=True)
            return
        with connection.cursor() as cursor:  # no plan of the next test shall find empty pages
            cursor.execute("VACUUM " + ", ".join(f'"{name}"' for name in full))

    TransactionTestCase._fixture_teardown = empty
    yield
    TransactionTestCase._fixture_teardown = before


@pytest.fixture(autouse=True)
def _jobs_end_with_their_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Django empties the tables of its own models after a transaction test; jobs' are none."""
    marker = request.node.get_closest_marker("django_db")
    asked = marker is not None and marker.kwargs.get("transaction", False)
    if not (asked or {"transactional_db", "live_server"} & set(request.fixturenames)):
        yield
        return
    request.getfixturevalue("transactional_db")  # so that this ends before that does
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
