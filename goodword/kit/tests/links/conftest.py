"""One server outside and one inside."""

from collections.abc import Iterator

import pytest

from .serving import PNG, Site, answer, page, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.pages["/"] = answer(page())
        yield site


@pytest.fixture
def trap() -> Iterator[Site]:
    """A server inside, which must never be spoken to."""
    with serving("127.0.0.2") as trap:
        trap.pages["/"] = answer(page("Secret"))
        trap.pages["/teapot.png"] = answer(PNG, kind="image/png")
        yield trap
        assert trap.met == 0
