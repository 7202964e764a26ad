"""Every page as people meet it: phone and desktop, light and dark, English and Chinese.

With GOODWORD_SCREENSHOTS=FOLDER each look is also written there.
"""

import os
from dataclasses import replace
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
    "reach:moment", "reach:fold", "reach:why", "reach:profile", "circle:friend", "circle:group",
    "circle:invitation", "circle:invited", "circle:edit", "circle:history",
    "circle:audience", "shop:listing", "shop:shop", "shop:edit", "shop:show", "shop:tell",
    "orders:checkout", "orders:order", "orders:order as its seller", "orders:pay",
    "reach:timeline of the market",
    "ops:data with an archive", "ops:leave while leaving", "people:settings while leaving",
    "nothing", "money:sandbox", "shop:import_run", "reach:view_as",
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


@pytest.fixture(scope="module")
def scene(house: House, django_db_blocker) -> Scene:
    with django_db_blocker.unblock(), living_in(NAME=house.database):
        return make_scene()


@pytest.fixture(scope="module")
def cookies(scene: Scene, house: House, django_db_blocker) -> dict[UUID, dict[str, str]]:
    with django_db_blocker.unblock(), living_in(NAME=house.database):
        return {one.id: session_of(one) for one in (scene.viewer, *scene.others.values())}


def looks(name: str, language: str) -> list[tuple[str, str]]:
    """Device and light: all of them in the long run and for pictures, else one a language."""
    if DEEP or SHOTS:
        return [(size, light) for size in SIZES for light in ("light", "dark")]
    if name == "api_docs":  # axe takes half a minute for its thousands of nodes
        return [("phone", "light")] if language == "en" else []
    small_and_light = (language == "en") == (NAMES.index(name) % 2 == 0)
    return [("phone", "light") if small_and_light else ("desk", "dark")]


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_whole(
    name: str,
    language: str,
    scene: Scene,
    cookies: dict[UUID, dict[str, str]],
    house: House,
    browser: Browser,
):
    """axe finds nothing, nothing is wider than the screen, the console stays silent."""
    complaints: list[str] = []
    asked = looks(name, language)
    # From the start: a change of light is a transition, and axe may see half of it.
    size, light = asked[0] if asked else ("phone", "light")
    context = browser.new_context(
        base_url=house.url, locale=LANGUAGES[language], reduced_motion="reduce",
        viewport=SIZES[size], color_scheme=light, service_workers="block",
    )  # fmt: skip
    if name not in STRANGERS:
        context.add_cookies([cookies[scene.whose(name).id]])
    page = context.new_page()
    watch(page, complaints)
    path = STRANGERS.get(name, name)
    answer = page.goto(scene.pages.get(path, path))
    assert answer
    assert answer.status == (404 if name == "nothing" else 200)
    faults = [fault for look in asked for fault in seen(page, name, language, *look)]
    context.close()
    assert faults + complaints == []


def seen(page: Page, name: str, language: str, size: str, light: Any) -> list[str]:
    page.set_viewport_size(SIZES[size])
    page.emulate_media(color_scheme=light)
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
