"""Every page as people meet it: phone and desktop, light and dark, English and Chinese.

With GOODWORD_SCREENSHOTS=FOLDER each look is also written there.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page

from goodword.kit import clock
from goodword.ops.models import Town
from goodword.people import actions as people
from goodword.site.permissions import PAGES

from ..conftest import DEEP, DESK, PHONE, watch
from ..house import House, living_in, session_of
from .scene import ELSEWHERE, STRANGERS, Scene, make_scene, plain_pages, shot

pytestmark = pytest.mark.journey
SHOTS = os.environ.get("GOODWORD_SCREENSHOTS", "")
SIZES = {"phone": PHONE, "desk": DESK}
OF_ONE_THING = [
    "reach:search", "reach:search of people", "reach:search of listings",
    "reach:search for nothing", "reach:search with nothing typed",
    "reach:moment", "reach:fold", "reach:why", "reach:profile", "reach:forecast",
    "circle:friend", "circle:group",
    "circle:invitation", "circle:invited", "circle:edit", "circle:history",
    "circle:audience", "shop:listing", "shop:shop", "shop:edit", "shop:show", "shop:tell",
    "shop:ask", "shop:quote", "shop:template", "shop:plan", "orders:address",
    "care:case", "care:case as its seller", "care:draw", "care:open", "orders:timers",
    "orders:checkout", "orders:order", "orders:order as its seller", "orders:order on its way",
    "orders:order of something digital", "orders:checkout of something digital",
    "orders:pay",
    "reach:timeline of the market",
    "ops:data with an archive", "ops:leave while leaving", "people:settings while leaving",
    "nothing", "money:sandbox", "money:account_there", "shop:import_run", "reach:view_as",
    "reach:digest",
]  # fmt: skip
NAMES = [*plain_pages(), *OF_ONE_THING, *STRANGERS]
LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
SETTLED = """() => {
  const now = [...document.images].filter((image) => image.loading !== "lazy");
  const moving = document.getAnimations().filter((one) => one.effect.getTiming().iterations < 9);
  return Promise.allSettled([
    document.fonts.ready,
    ...now.map((image) => image.decode()),
    ...moving.map((one) => one.finished),
  ]);
}"""


# axe takes half a minute for the thousands of nodes of the API's documents, which are all made by
# three macros: one operation of each section stays, and eight shapes.
THINNED = """() => {
  for (const more of ["details.fold ~ details.fold", "h3:nth-of-type(9) ~ *"])
    document.querySelectorAll(`main section > ${more}`).forEach((one) => one.remove());
}"""


@pytest.fixture(scope="module")
def scene(house: House, django_db_blocker) -> Scene:
    with django_db_blocker.unblock(), living_in(NAME=house.database):
        return make_scene()


@dataclass(slots=True)
class Window:
    """One person's window in one language, kept from page to page; what it complained of."""

    page: Page
    complaints: list[str]


@pytest.fixture(scope="module")
def windows(
    scene: Scene, house: House, browser: Browser, django_db_blocker
) -> Iterator[Callable[[str, str], Window]]:
    """The window of whoever looks at a page: a new one for each page would start with a cold cache
    and a process of its own."""
    with django_db_blocker.unblock(), living_in(NAME=house.database):
        people = (scene.viewer, *scene.others.values())
        cookies = {one.id: [session_of(one)] for one in people}
    opened: dict[tuple[UUID | None, str], Window] = {}

    def window(name: str, language: str) -> Window:
        who = None if name in STRANGERS else scene.whose(name).id
        if (who, language) not in opened:
            context = browser.new_context(
                base_url=house.url, locale=LANGUAGES[language], reduced_motion="reduce",
                service_workers="block",
            )  # fmt: skip
            context.add_cookies(cookies[who] if who else [])
            opened[who, language] = kept = Window(context.new_page(), [])
            watch(kept.page, kept.complaints)
        return opened[who, language]

    yield window
    for one in opened.values():
        one.page.context.close()


def looks(name: str, language: str) -> list[tuple[str, str]]:
    """Device and light: all of them in the long run and for pictures, else one a language."""
    if DEEP or SHOTS:
        return [(size, light) for size in SIZES for light in ("light", "dark")]
    small_and_light = (language == "en") == (NAMES.index(name) % 2 == 0)
    return [("phone", "light") if small_and_light else ("desk", "dark")]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_page_is_whole(
    name: str, language: str, scene: Scene, windows: Callable[[str, str], Window]
):
    """axe finds nothing, nothing is wider than the screen, the console stays silent."""
    window = windows(name, language)
    window.complaints.clear()
    asked = looks(name, language)
    dress(window.page, *asked[0])  # a change of light is a transition: axe may see half of it
    path = STRANGERS.get(name, name)
    answer = window.page.goto(scene.pages.get(path, path))
    assert answer
    assert answer.status == (404 if name == "nothing" else 200)
    if name == "api_docs" and not DEEP:
        window.page.evaluate(THINNED)
    faults = [fault for look in asked for fault in seen(window.page, name, language, *look)]
    assert faults + window.complaints == []


def dress(page: Page, size: str, light: Any) -> None:
    page.set_viewport_size(SIZES[size])
    page.emulate_media(color_scheme=light)


def seen(page: Page, name: str, language: str, size: str, light: Any) -> list[str]:
    dress(page, size, light)
    page.evaluate(SETTLED)
    look = f"{size}-{light}-{language}"
    if SHOTS:
        page.screenshot(path=shot(SHOTS, name, look), full_page=size == "phone")
    found = Axe().run(page)
    faults = [
        f"{look}: {one['id']}: {one['nodes'][0]['html']}" for one in found.response["violations"]
    ]
    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        faults.append(f"{look}: wider than the screen")
    return faults


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/account/login/"])
def test_the_doors_of_the_demo_are_whole(path: str, house: House, browser: Browser, settings):
    """The house of the tests is no demo: its browser is handed the pages that one would show."""
    lin = people.register(handle="lin", display_name="Lin Wan", bio="Potter.", now=clock.now())
    others = [
        people.register(handle=f"person{n}", display_name=f"Person {n}", now=clock.now()).id
        for n in range(8)
    ]
    Town.objects.create(
        language="en", begun_at=clock.now(), built_at=clock.now(), cast=[lin.id, *others]
    )
    settings.CONFIG = replace(settings.CONFIG, demo=True)
    html = Client(SERVER_NAME="localhost").get(path).content.decode()
    assert "This is a demo town" in html
    page = browser.new_page(base_url=house.url)
    page.route(house.url + path, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(path)
    faults = [
        *seen(page, "demo", "en", "phone", "light"),
        *seen(page, "demo", "en", "desk", "dark"),
    ]
    page.close()
    assert faults == []


def test_no_page_is_forgotten():
    named = {name.split(" ")[0] for name in NAMES} - {"nothing"}
    assert set(PAGES) - ELSEWHERE == named
