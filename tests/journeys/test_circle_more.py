"""Speaking, losing the connection, being put to sleep: the circle's quieter ways, in browsers."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from goodword.circle import actions as circle
from goodword.circle.models import Moment, Voice
from goodword.circle.rules import Audience
from goodword.circle.states import AudienceKind
from goodword.kit import clock

from ..conftest import Opens
from ..town import befriend, hum, member, moment, photo
from .steps import answered

pytestmark = pytest.mark.journey


def compose(page: Page, text: str) -> None:
    page.goto("/post")
    page.get_by_label("What is on your mind?").fill(text)


def post(page: Page) -> None:
    page.get_by_role("button", name="Post", exact=True).click()


def test_a_voice_note_is_spoken_on_one_phone_and_heard_on_another(opens: Opens):
    mei, chen, stranger = member("Mei Lin"), member("Chen Bo"), member("Stranger")
    befriend(mei, chen)
    hers = opens(mei)
    compose(hers, "")
    hers.get_by_text("Voice note", exact=True).first.click()
    hers.get_by_role("button", name="Record", exact=True).click()
    expect(hers.get_by_role("timer")).to_have_text(re.compile("^0:(0[2-9]|[1-5][0-9]) / 1:00$"))
    hers.get_by_role("button", name="Finish").click()
    expect(hers.get_by_role("button", name="Delete recording")).to_be_visible()
    expect(hers.locator("[data-picker]")).to_be_hidden()  # pictures or a voice note
    post(hers)
    hers.wait_for_url(re.compile(r"/$"))

    his = opens(chen)
    his.goto("/")
    note = his.get_by_role("group", name="Voice note by Mei Lin")
    note.get_by_role("button", name="Play").click()
    note.locator("rect.is-heard").nth(10).wait_for(state="attached")
    expect(note.get_by_role("button")).to_have_accessible_name("Play")  # it has ended
    row = Voice.objects.get(author=mei)
    assert 1 < row.duration.total_seconds() < 60
    assert max(row.peaks) > 10
    assert opens(stranger).request.get(f"/voices/{row.id}").status == 404


def test_posted_without_a_connection_it_goes_out_once_when_there_is_one(opens: Opens):
    mei = member("Mei Lin")
    phone = opens(mei)
    compose(phone, "Written in the tunnel.")
    phone.locator("input[name=pictures]").set_input_files(
        [{"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo()}]
    )
    phone.context.set_offline(True)
    post(phone)
    expect(phone.get_by_text("There is no connection")).to_be_visible()
    expect(phone.get_by_label("What is on your mind?")).to_have_value("Written in the tunnel.")
    post(phone)  # impatience
    expect(phone.get_by_text("There is no connection")).to_be_visible()
    assert not Moment.objects.filter(author=mei).exists()
    phone.context.set_offline(False)
    phone.wait_for_url(re.compile(r"/$"))
    expect(phone.get_by_text("Written in the tunnel.")).to_be_visible()
    made = Moment.objects.get(author=mei)
    assert made.pictures.count() == 1
    phone.goto("/post")
    expect(phone.get_by_text("stays in this browser")).to_be_visible()
    expect(phone.get_by_text("You have begun a moment")).to_be_hidden()


KEPT_BY_THE_BROWSER = """async () => Promise.all((await caches.keys()).map(async (name) => {
  const kept = await caches.open(name);
  const paths = (await kept.keys()).map((one) => new URL(one.url).pathname);
  const page = await (await kept.match("/away")).text();
  return [paths.filter((path) => !path.startsWith("/static/")), page];
}))"""


def test_a_page_opened_without_a_connection_says_so_and_comes_by_itself(opens: Opens):
    mei = member("Mei Lin")
    phone = opens(mei, service_workers="allow")
    phone.goto("/")
    phone.evaluate("navigator.serviceWorker.ready")
    compose(phone, "Begun before the tunnel.")
    kept(phone, "Begun before the tunnel.")
    phone.context.set_offline(True)
    phone.goto("/post")
    expect(phone.get_by_role("heading", name="Goodword cannot be reached")).to_be_visible()
    assert phone.locator(".empty").evaluate("(box) => getComputedStyle(box).textAlign") == "center"
    [(paths, page)] = phone.evaluate(KEPT_BY_THE_BROWSER)
    assert paths == ["/away"]
    assert mei.handle not in page
    assert "csrf" not in page
    phone.context.set_offline(False)
    expect(phone.get_by_text("You have begun a moment")).to_be_visible()
    phone.get_by_role("button", name="Continue the draft").click()
    post(phone)
    phone.wait_for_url(re.compile(r"/$"))
    assert Moment.objects.filter(author=mei).count() == 1


def test_a_refused_moment_keeps_what_was_chosen(opens: Opens):
    mei = member("Mei Lin")
    phone = opens(mei)
    compose(phone, "")
    post(phone)
    expect(phone.get_by_role("alert").filter(has_text="Write something")).to_be_visible()
    phone.get_by_text("Voice note", exact=True).first.click()
    phone.locator("input[name=voice]").set_input_files(
        {"name": "note.mp3", "mimeType": "audio/mpeg", "buffer": b"ID3 and nothing more"}
    )
    post(phone)
    expect(phone.get_by_role("alert").filter(has_text="Write something")).to_have_count(0)
    refused = phone.locator("[data-refused] [role=alert]")
    expect(refused).to_be_visible()
    phone.get_by_role("button", name="Delete recording").click()
    phone.locator("input[name=voice]").set_input_files(
        {"name": "note.wav", "mimeType": "audio/wav", "buffer": hum(1.0)}
    )
    post(phone)
    phone.wait_for_url(re.compile(r"/$"))
    assert Voice.objects.get(author=mei).seconds == 1


def test_an_answer_that_is_lost_does_not_publish_twice(opens: Opens):
    mei = member("Mei Lin")
    phone = opens(mei)
    compose(phone, "Once only.")

    def swallow(route: Route) -> None:
        route.fetch()  # the house hears it; the phone hears nothing
        route.abort("internetdisconnected")

    phone.route("**/post", swallow, times=1)
    post(phone)
    expect(phone.get_by_text("There is no connection")).to_be_visible()
    assert Moment.objects.filter(author=mei).count() == 1
    post(phone)
    phone.wait_for_url(re.compile(r"/$"))
    assert Moment.objects.filter(author=mei).count() == 1


def test_a_draft_waits_with_its_pictures_and_leaves_with_its_author(opens: Opens):
    mei, chen = member("Mei Lin"), member("Chen Bo")
    befriend(mei, chen)
    phone = opens(mei)
    compose(phone, "Half a thought")
    phone.locator("input[name=pictures]").set_input_files(
        [{"name": f"IMG_{n}.jpg", "mimeType": "image/jpeg", "buffer": photo()} for n in range(2)]
    )
    phone.get_by_label("What can be seen").nth(1).fill("A lake")
    assert phone.get_by_label("What can be seen").nth(1).evaluate(PASTES), "no words can be pasted"
    phone.get_by_text("Who can see it?").first.click()
    phone.get_by_label("Only me").check()
    kept(phone, "only_me", "A lake")
    beside = phone.context.new_page()
    compose(beside, "Another thought")
    kept(beside, "Another thought", "A lake")
    phone.goto("/")
    phone.goto("/post")
    expect(phone.get_by_label("What is on your mind?")).to_have_value("")
    expect(phone.get_by_text("Half a thought")).to_be_visible()
    phone.get_by_role("button", name="Continue the draft").click()
    expect(phone.get_by_label("What is on your mind?")).to_have_value("Half a thought")
    expect(phone.get_by_label("What can be seen")).to_have_count(2)
    expect(phone.get_by_label("What can be seen").nth(1)).to_have_value("A lake")
    phone.get_by_role("button", name="Move forward").nth(1).press("Enter")  # by keyboard
    expect(phone.get_by_label("What can be seen").nth(0)).to_have_value("A lake")
    post(phone)
    phone.wait_for_url(re.compile(r"/$"))
    made = Moment.objects.get(author=mei)
    assert made.audience_kind == AudienceKind.ONLY_ME
    assert [one.alt for one in made.pictures.order_by("position")] == ["A lake", ""]
    assert phone.evaluate("localStorage.length") == 1  # the one beside it
    phone.go_back()
    expect(phone.get_by_label("What is on your mind?")).to_have_value("")
    beside.close()
    phone.reload()
    expect(phone.get_by_text("Another thought")).to_be_visible()
    phone.get_by_role("button", name="Discard it").click()

    compose(phone, "A secret")
    kept(phone, "A secret")
    phone.goto("/me")
    phone.get_by_role("button", name="Sign out").click()
    phone.wait_for_url(lambda url: "/me" not in url)
    assert phone.evaluate("localStorage.length") == 0
    assert phone.evaluate("indexedDB.databases().then((all) => all.length)") == 0


# Pastes nothing into a field; whether the field is written in afterwards.
PASTES = """(field) => {
  const event = new ClipboardEvent("paste", {bubbles: true, clipboardData: new DataTransfer()});
  field.focus();
  field.dispatchEvent(event);
  return document.activeElement === field;
}"""


def kept(page: Page, *words: str) -> None:
    """The browser has these in its draft."""
    page.evaluate(
        """(words) => new Promise((done) => {
             const look = () => {
               const drafts = Object.values(localStorage).join();
               if (words.every((one) => drafts.includes(one))) done();
               else requestAnimationFrame(look);
             };
             look();
           })""",
        list(words),
    )


def test_a_snoozed_friend_is_quiet_and_cannot_tell(opens: Opens):
    mei, chen = member("Mei Lin"), member("Chen Bo")
    befriend(mei, chen)
    moment(chen, "The third photograph of soup today.")
    hers, his = opens(mei), opens(chen)
    hers.goto("/")
    expect(hers.get_by_text("The third photograph of soup today.")).to_be_visible()
    seen = everything_he_sees(his, mei)
    hers.goto(f"/friends/{chen.id}")
    hers.get_by_label("Snooze").check()
    with answered(hers):
        hers.get_by_role("button", name="Save").first.click()
    hers.goto("/")
    expect(hers.get_by_text("The third photograph of soup today.")).to_have_count(0)
    assert everything_he_sees(his, mei) == seen
    hers.goto(f"/@{chen.handle}")  # asleep, not gone
    expect(hers.get_by_text("The third photograph of soup today.")).to_be_visible()


def everything_he_sees(page: Page, friend) -> list[str]:
    """The texts of the pages on which he could notice something, without the clock's."""
    found = []
    for path in ("/", "/friends", f"/friends/{friend.id}", f"/@{friend.handle}", "/notices"):
        page.goto(path)
        said = page.locator("main").inner_text()
        found.append(re.sub(r"\d+ (second|minute)s? ago|just now|now", "", said))
    return found


def test_her_own_page_as_one_friend_sees_it(opens: Opens):
    mei, chen, wen = member("Mei Lin"), member("Chen Bo"), member("Wen Jing")
    befriend(mei, chen)
    befriend(mei, wen)
    moment(mei, "For everybody.")
    moment(mei, "For Chen alone.", audience=Audience(AudienceKind.CHOSEN, (), (chen.id,)))
    circle.hide_mine(owner=mei, friend=wen.id, on=True, now=clock.now())
    page = opens(mei)
    for friend, for_all, for_one in ((chen, 1, 1), (wen, 0, 0)):
        page.goto("/me/as")
        page.get_by_role("link", name=friend.display_name).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(friend.display_name)
        expect(page.get_by_text("For everybody.")).to_have_count(for_all)
        expect(page.get_by_text("For Chen alone.")).to_have_count(for_one)
    assert clock.now() > Moment.objects.filter(author=mei).latest("published_at").published_at
