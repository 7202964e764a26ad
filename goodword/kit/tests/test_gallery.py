"""Every component in a real browser: axe, the strict policy, pictures, keyboard, no JavaScript."""

import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from goodword.kit import views

PHONE, SMALL, DESK = (390, 844), (320, 640), (1280, 900)
BARE = {
    "ROOT_URLCONF": "goodword.kit.tests.gallery_urls",
    "MIDDLEWARE": ["goodword.kit.http.content_policy", "goodword.kit.upload.UploadMiddleware"],
}


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


class Patient(ThreadingMixIn, WSGIServer):
    """A browser opens connections ahead, and may be silent on one while it asks on another."""

    daemon_threads = True


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The gallery served without a database, with the house's content security policy."""
    with override_settings(**BARE):
        templates = [{**views.settings.TEMPLATES[0]}]
        templates[0]["OPTIONS"] = {**templates[0]["OPTIONS"], "context_processors": []}
        with override_settings(TEMPLATES=templates):
            handler = StaticFilesHandler(get_wsgi_application())
            with make_server("127.0.0.1", 0, handler, Patient, Quiet) as server:
                threading.Thread(target=server.serve_forever, daemon=True).start()
                yield f"http://127.0.0.1:{server.server_port}/gallery"
                server.shutdown()


@pytest.fixture
def complaints() -> list[str]:
    """What the pages wrote to the console as errors."""
    return []


@pytest.fixture
def visit(browser: Browser, address: str, complaints: list[str]) -> Iterator:
    """Opens the gallery; fails when the page complains of anything, the policy included."""
    contexts = []

    def go(size: tuple[int, int] = PHONE, path: str = "", **options: object) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        (PHONE, "light"),
        (DESK, "dark"),
        pytest.param(PHONE, "dark", marks=pytest.mark.deep),
        pytest.param(DESK, "light", marks=pytest.mark.deep),
    ],
)
def test_axe_finds_nothing(visit, size: tuple[int, int], scheme: str) -> None:
    page = visit(size, color_scheme=scheme)
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:160] for n in v["nodes"]][:4]) for v in found] == []


@pytest.mark.parametrize("size", [SMALL, PHONE, (640, 450), DESK])
def test_nothing_hangs_over_the_edge(visit, size: tuple[int, int]) -> None:
    page = visit(size)
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]


def test_everything_to_touch_is_large_enough(visit) -> None:
    """WCAG 2.5.8 asks for 24 px; what stands alone here has 44, what stands in a text is exempt."""
    small = visit(PHONE).evaluate("""() =>
      [...document.querySelectorAll('.btn, .act, .pill, nav a, .chip, .check, .menu summary')]
        .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44)
        .map((one) => one.outerHTML.slice(0, 120))""")
    assert small == []


def test_pictures_open_and_turn_by_keys(visit) -> None:
    page = visit()
    second = page.locator(".grid9--3 a").nth(1)
    second.click()
    viewer = page.locator("dialog[data-lightbox]")
    expect(viewer.locator("[data-lightbox-count]")).to_have_text("2 / 3")
    page.keyboard.press("ArrowRight")
    expect(viewer.locator("[data-lightbox-count]")).to_have_text("3 / 3")
    expect(viewer.locator('[data-lightbox-step="1"]')).to_be_hidden()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(second).to_be_focused()


def test_the_picker_keeps_nine_in_the_chosen_order(visit, tmp_path: Path) -> None:
    page = visit()
    files = []
    for n in range(11):
        files.append(tmp_path / f"{n}.svg")
        files[-1].write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    picker = page.locator("[data-picker]")
    picker.locator("input[type=file]").set_input_files(files)
    items = picker.locator(".picker__item")
    expect(items).to_have_count(9)
    expect(picker.locator("[data-picker-error]")).to_be_visible()
    items.nth(1).locator('[data-move="-1"]').click()
    items.nth(8).locator("[data-remove]").click()
    names = picker.locator("input[type=file]").evaluate(
        "(one) => [...one.files].map((f) => f.name)"
    )
    assert names == [f"{n}.svg" for n in (1, 0, 2, 3, 4, 5, 6, 7)]
    expect(picker.locator("[data-picker-count]")).to_have_text("8 / 9")


@pytest.fixture
def two_pictures(tmp_path: Path) -> list[Path]:
    files = [tmp_path / "a.svg", tmp_path / "b.svg"]
    for file in files:
        file.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    return files


def fill(page: Page, title: str) -> Page:
    page.locator("#id_title").fill(title)
    page.locator("#id_ship_1").check()
    page.locator("#id_agree").check()
    page.locator("form:has([data-picker]) button[type=submit]").click()
    return page


def test_an_accepted_form_arrives_with_pictures_and_words(visit, two_pictures: list[Path]) -> None:
    page = visit()
    page.locator("[data-picker] input[type=file]").set_input_files(two_pictures)
    page.locator("[name=pictures_alt]").first.fill("tea")
    fill(page, "yes").wait_for_url("**/gallery?took=a.svg,b.svg&alt=tea,")


def test_a_refused_form_keeps_its_pictures(
    visit, two_pictures: list[Path], complaints: list[str]
) -> None:
    page = visit()
    page.locator("[data-picker] input[type=file]").set_input_files(two_pictures)
    with page.expect_response(lambda answer: answer.status == 422):
        fill(page, "no")
    expect(page.locator("#id_title")).to_have_value("")
    expect(page.locator(".picker__item")).to_have_count(2)
    fill(page, "yes").wait_for_url("**/gallery?took=a.svg,b.svg&alt=,")
    assert all("status of 422" in line for line in complaints)
    complaints.clear()


def test_menus_close_with_escape_and_give_the_focus_back(visit) -> None:
    page = visit()
    summary = page.locator("details[data-menu] > summary").first
    summary.click()
    page.keyboard.press("Escape")
    expect(page.locator("details[data-menu]").first).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_the_first_tab_skips_to_the_content(visit) -> None:
    page = visit()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_without_javascript_everything_is_there(visit) -> None:
    page = visit(java_script_enabled=False)
    expect(page.locator(".grid9--9 a")).to_have_count(9)
    expect(page.locator("[data-picker] input[type=file]")).to_be_visible()
    expect(page.locator("[data-step]").first).to_be_hidden()


def test_the_gallery_is_closed_in_production(rf) -> None:
    with override_settings(DEBUG=False, TESTING=False), pytest.raises(views.Http404):
        views.gallery(rf.get("/gallery"))
