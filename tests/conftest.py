"""One house for each worker's whole session, and browsers that complain about every fault."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page

from .house import House, living_in, session_of

DEEP = bool(os.environ.get("GOODWORD_DEEP"))
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def house(template_database: str, django_db_blocker, worker_id: str) -> Iterator[House]:
    """`goodword up` with pages, live stream and worker, on a copy of the template."""
    name = f"house_{os.environ['GOODWORD_TEST_RUN']}_{worker_id}"
    with django_db_blocker.unblock():
        with connection._nodb_cursor() as admin:
            admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template_database}"')
        house = House(Path(settings.CONFIG.data), database=name)
        try:
            house.open()
            yield house
        finally:
            house.close()
            with connection._nodb_cursor() as admin:
                admin.execute(f'DROP DATABASE IF EXISTS "{name}"')


@pytest.fixture
def inside(house: House, django_db_blocker) -> Iterator[House]:
    """The house, with this process's actions working on its database, so tests can set a scene."""
    with django_db_blocker.unblock(), living_in(NAME=house.database):
        yield house


Opens = Callable[..., Page]
looked_at = pytest.StashKey[list[Page]]()
# A page's ears, for steps.wait_for_the_stream.
EARS = """
window.ears = [];
window.EventSource = class extends EventSource {
  constructor(...given) { super(...given); ears.push(this); }
};"""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """What stood on the pages when a journey failed says more than where in the test it did."""
    report = yield
    if report.when == "call" and report.failed:
        for page in item.stash.get(looked_at, []):
            said = page.locator("body").inner_text(timeout=2000)
            report.sections.append((page.url, said[:3000]))
    return report


@pytest.fixture
def opens(browser: Browser, inside: House, request: pytest.FixtureRequest) -> Iterator[Opens]:
    """`opens(member)` is that member's own phone at the house's door, signed in.

    `opens(None)` is a stranger's. Other options go to the browser's context. Whatever any of them
    says on its console, a refused script or style too, fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    pages = request.node.stash[looked_at] = []

    def open_one(member: Any = None, **options: Any) -> Page:
        options = {
            "viewport": PHONE, "locale": "en-GB", "reduced_motion": "reduce",
            "service_workers": "block",  # it would hide requests from the test
            **options,
        }  # fmt: skip
        context = browser.new_context(base_url=inside.url, **options)
        context.set_default_timeout(60_000)
        context.add_init_script(EARS)
        contexts.append(context)
        if member is not None:
            context.add_cookies([session_of(member)])
        page = context.new_page()
        pages.append(page)
        watch(page, complaints)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def watch(page: Page, complaints: list[str]) -> None:
    """Collect errors of scripts, refusals of the policy, and our own things that are missing."""

    def heard(said: Any) -> None:
        # That a page was answered 404 or 422, or met no network, is what some tests are about.
        expected = (
            "the server responded with a status of", "net::ERR_INTERNET_DISCONNECTED",
            "registration blocked by Playwright",
        )  # fmt: skip
        if said.type in ("error", "warning") and not any(one in said.text for one in expected):
            complaints.append(f"{page.url}: {said.text}")

    def answered(response: Any) -> None:
        if response.status >= 500 or (response.status >= 400 and "/static/" in response.url):
            complaints.append(f"{page.url}: {response.url} answered {response.status}")

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("response", answered)
