"""Recording and hearing in a real browser with a microphone that beeps."""

import re
import threading
from collections.abc import Iterator
from wsgiref.simple_server import make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from goodword.kit import views
from goodword.kit.tests.test_gallery import BARE, Patient, Quiet

from . import pages


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """A page of voice notes without a database, with the house's content security policy."""
    folder = str(tmp_path_factory.mktemp("media"))
    templates = [{**views.settings.TEMPLATES[0]}]
    templates[0]["OPTIONS"] = {**templates[0]["OPTIONS"], "context_processors": []}
    bare = BARE | {"ROOT_URLCONF": "goodword.kit.tests.voice.pages", "MEDIA_ROOT": folder}
    with override_settings(**bare, TEMPLATES=templates):
        handler = StaticFilesHandler(get_wsgi_application())
        with make_server("127.0.0.1", 0, handler, Patient, Quiet) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/voice"
            server.shutdown()
    pages.notes.clear()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator:
    complaints: list[str] = []
    contexts = []

    def go(query: str = "", **options: object) -> Page:
        context = browser.new_context(viewport={"width": 390, "height": 844}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + query)
        return page

    yield go
    for context in contexts:
        context.close()
    assert [one for one in complaints if "404" not in one] == []


def past(seconds: int) -> re.Pattern[str]:
    """What the timer shows from then on: on a busy machine no single second need be seen."""
    return re.compile(f"^0:(0[{seconds}-9]|[1-5][0-9]) / 1:00$")


def test_recorded_heard_and_sent(visit) -> None:
    """From the microphone to a note that plays, with nothing but the form's own field."""
    page = visit()
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("button", name="Finish")).to_be_focused()
    expect(page.get_by_role("timer")).to_have_text(past(2))
    expect(page.get_by_role("meter")).not_to_have_js_property("value", 0)
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("button", name="Delete recording")).to_be_focused()
    preview = page.locator("[data-recorder-preview]")
    expect(preview).to_be_visible()
    expect(preview).not_to_have_js_property("readyState", 0)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#said")).to_have_text("voice.webm audio/webm")
    assert 1 < pages.notes[-1].duration.total_seconds() < 60
    assert max(pages.notes[-1].peaks) > 10
    group = page.get_by_role("group", name="Voice note by Lin").last
    group.get_by_role("button", name="Play").click()
    group.locator("rect.is-heard").nth(20).wait_for(state="attached")
    expect(group.get_by_role("button")).to_have_accessible_name("Play")
    assert any(one.startswith("bytes=") for one in pages.asked)


def test_a_recording_ends_at_the_limit(visit) -> None:
    page = visit("?limit=1")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("button", name="Delete recording")).to_be_visible(timeout=10_000)
    page.get_by_role("button", name="Delete recording").click()
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_focused()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#said")).to_have_text("nothing")


def test_sending_while_recording_sends_what_was_said(visit) -> None:
    page = visit()
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("timer")).to_have_text(past(1))
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#said")).to_have_text("voice.webm audio/webm")


def test_the_player_by_keys(visit) -> None:
    page = visit()
    group = page.get_by_role("group", name="Voice note by Lin").first
    slider = group.get_by_role("slider", name="Position")
    button = group.get_by_role("button")
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_accessible_name("Pause")
    page.keyboard.press("Space")
    expect(button).to_have_accessible_name("Play")
    slider.focus()
    page.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuetext", "0:01 / 0:02")
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "0:00 / 0:02")
    expect(group.locator("rect.is-heard")).to_have_count(0)


def test_a_note_that_is_gone_says_so(visit) -> None:
    page = visit("?missing=1")
    group = page.get_by_role("group", name="Voice note", exact=True)
    group.get_by_role("button", name="Play").click()
    expect(group.get_by_role("alert")).to_have_text("This voice note could not be played.")


def test_axe_finds_nothing(visit) -> None:
    page = visit()
    assert Axe().run(page).response["violations"] == []


def test_without_javascript_the_browser_plays_and_a_file_is_chosen(visit, tmp_path) -> None:
    page = visit(java_script_enabled=False)
    expect(page.locator("audio[controls]").first).to_be_visible()
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_hidden()
    file = tmp_path / "note.ogg"
    file.write_bytes(pages.making.good("firefox"))
    page.get_by_label("Or choose a recording").set_input_files(file)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#said")).to_contain_text("note.ogg")


def test_without_leave_the_recorder_says_what_to_do(visit, browser: Browser) -> None:
    page = visit()
    page.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = async () => {"
        " throw new DOMException('no', 'NotAllowedError') } }"
    )
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="microphone")).to_contain_text("not allowed")
    expect(page.get_by_label("Or choose a recording")).to_be_visible()
