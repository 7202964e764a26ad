"""Two people, two browsers: what one says, the other reads, without a reload; and coming back."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from goodword.circle import actions as circle
from goodword.kit import clock

from ..conftest import Opens
from ..town import befriend, member, moment, show, tea_shop
from .steps import answered, wait_for_the_stream, wait_until

pytestmark = pytest.mark.journey


def say(page: Page, words: str) -> None:
    page.get_by_label("Say something", exact=True).fill(words)
    page.get_by_role("button", name="Send").click()


def test_two_friends_read_each_other_live_and_who_knows_one_hears_one(
    opens: Opens,
):
    mei, chen, wen = member("Mei Lin"), member("Chen Bo"), member("Wen Jing")
    befriend(mei, chen)
    befriend(mei, wen)
    made = moment(mei, "The plum trees are in flower.")
    meis, chens, wens = opens(mei), opens(chen), opens(wen)
    meis.goto(f"/moments/{made.id}")
    for friends in (chens, wens):
        friends.goto("/")
    for page in (meis, chens, wens):
        wait_for_the_stream(page)

    card = chens.get_by_role("article", name="Mei Lin’s moment")
    card.get_by_label("Comment").click()
    line = chens.get_by_label("Say something", exact=True)
    line.fill("Which ones?")
    line.evaluate("(field) => { field.form.requestSubmit(); field.form.requestSubmit(); }")
    expect(meis.locator(".thread").get_by_text("Which ones?")).to_be_visible()
    say(meis, "Those by the lake.")
    expect(card.get_by_text("Those by the lake.")).to_be_visible()
    expect(meis.locator(".thread").get_by_text("Which ones?")).to_have_count(1)  # not twice
    hers = wens.get_by_role("article", name="Mei Lin’s moment")
    expect(hers.get_by_text("Those by the lake.")).to_be_visible()
    expect(hers.get_by_text("Which ones?")).to_have_count(0)

    card.get_by_label("Comment").click()
    line.fill("half a sen")
    card.get_by_role("button", name="Like").click()
    expect(meis.locator(".moment__likes")).to_contain_text("Chen Bo")
    answer = meis.locator(".thread > li").filter(has_text="Those by the lake.")
    answer.get_by_role("button", name="Delete").click()
    expect(card.get_by_text("Those by the lake.")).to_have_count(0)
    expect(line).to_have_value("half a sen")

    for n in range(12):  # until what was said stands far below
        moment(mei, f"Rain, {n}.")
    taken_back = circle.comment(moment=made, member=mei, text="Come and see.", now=clock.now())
    wens.goto(f"/@{mei.handle}")
    wait_for_the_stream(wens)
    far = wens.get_by_text("Come and see.")
    expect(far).to_be_visible()
    circle.delete_comment(comment=taken_back, member=mei)
    expect(wens.locator("[data-stale]")).to_have_count(1)
    expect(far).to_be_hidden()
    wens.get_by_text("The plum trees are in flower.").scroll_into_view_if_needed()
    expect(far).to_have_count(0)
    circle.hide_mine(owner=mei, friend=chen.id, on=True, now=clock.now())
    expect(card).to_have_count(0)
    expect(wens.get_by_text("The plum trees are in flower.")).to_be_visible()
    circle.unfriend(member=mei, friend=wen, now=clock.now())
    expect(wens.get_by_role("button", name="Ask to be friends")).to_be_visible()
    expect(wens.get_by_text("The plum trees are in flower.")).to_have_count(0)


def test_new_moments_are_counted_and_come_when_asked_for(opens: Opens):
    mei, chen = member("Mei Lin"), member("Chen Bo")
    befriend(mei, chen)
    rain = moment(chen, "Rain since the morning.")
    page = opens(mei)
    page.goto("/")
    wait_for_the_stream(page)
    made = [moment(chen, f"And more of it, {n}.") for n in range(3)]
    pill = page.get_by_role("link", name="3 new moments")
    expect(pill).to_be_visible()
    expect(page.get_by_text("And more of it, 1.")).to_have_count(0)
    circle.delete_moment(moment=made[0], author=chen, now=clock.now())
    expect(page.get_by_role("link", name="2 new moments")).to_be_visible()
    page.get_by_role("link", name="2 new moments").click()
    expect(page.get_by_text("And more of it, 1.")).to_be_visible()
    circle.delete_moment(moment=made[1], author=chen, now=clock.now())
    wait_for_the_stream(page)
    circle.delete_moment(moment=made[2], author=chen, now=clock.now())
    expect(page.get_by_text("And more of it, 2.")).to_have_count(0)

    # Her own page of what she deletes hears of it before the answer comes, and waits for that.
    hers = moment(mei, "Not quite.")
    page.goto(f"/moments/{hers.id}")
    page.evaluate(HEARS_AT_ONCE, str(hers.id))
    page.locator(".moment details > summary").first.click()
    page.get_by_text("Delete", exact=True).click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("The moment is deleted.")).to_be_visible()

    # A house that is away is asked again until it is back; one that has a fault is not.
    page.goto("/")
    page.clock.install()
    for event in ("live:look", "live:answers"):
        for status, again in ((500, False), (503, True), (400, False)):
            page.evaluate(ANSWERS, status)
            page.evaluate(TELLS, [event, str(rain.id)])
            wait_until(page, "asked > 0")
            page.clock.run_for(5_000)
            assert page.evaluate("asked > 1") is again, (event, status)


ANSWERS = """(status) => { window.asked = 0;
  window.fetch = async () => { asked += 1; return new Response(null, {status}); }; }"""
TELLS = """([kind, id]) => document.dispatchEvent(new CustomEvent(kind, {detail: {id}}))"""


def test_a_snooze_gives_a_friends_posts_a_rest_and_only_them(opens: Opens):
    mei, chen, wen = member("Mei Lin"), member("Chen Bo"), member("Wen Jing")
    befriend(mei, chen)
    befriend(mei, wen)
    moment(chen, "Rain again.")
    moment(wen, "A new kiln.")
    page = opens(mei)
    page.goto("/")
    expect(page.get_by_text("Rain again.")).to_be_visible()
    page.goto(f"/friends/{chen.id}")
    page.get_by_label("Snooze for 30 days").check()
    with answered(page):
        page.get_by_role("button", name="Save").click()
    page.goto("/")
    expect(page.get_by_text("A new kiln.")).to_be_visible()
    expect(page.get_by_text("Rain again.")).to_have_count(0)
    page.goto(f"/@{chen.handle}")
    expect(page.get_by_text("Rain again.")).to_be_visible()


def test_back_from_a_moment_deep_in_the_circle_is_the_same_place_among_the_same_cards(opens: Opens):
    mei, chen = member("Mei Lin"), member("Chen Bo")
    befriend(mei, chen)
    for n in range(50):
        moment(chen, f"Walking home, {n}.")
    for name in ("Lin Xiaoman", "Wen Jing"):
        seller = member(name)
        befriend(mei, seller)
        show(seller, tea_shop(seller, f"Cup of {name}"))
    page = opens(mei)
    page.goto("/")
    cards = page.locator("#moments > [id^=m-]")
    goal = cards.filter(has_text="Walking home, 3.")
    for count in (20, 40):
        expect(cards).to_have_count(count)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(cards).to_have_count(52)
    goal.scroll_into_view_if_needed()
    before, order = goal.bounding_box(), ids(cards)
    assert before
    goal.get_by_role("link", name=re.compile("ago|now")).click()
    page.wait_for_url(re.compile("/moments/"))
    fresh = f"m-{moment(chen, 'While she was reading.').id}"
    page.go_back()
    expect(goal).to_be_in_viewport()
    wait_until(page, "scrollY > 80")
    after = goal.bounding_box()
    assert after
    assert abs(after["y"] - before["y"]) < 40
    assert page.get_by_text("Walking home, 3.", exact=True).count() == 1
    # What was not looked at long enough to count is as much in its place as what was.
    assert ids(cards)[:50] == [fresh, *order][:50]
    cup = page.locator("#moments > .offered").last
    cup.locator("a[href$='/listing']").first.click()
    page.wait_for_url(re.compile("/listing"))
    page.go_back()
    expect(cup).to_be_in_viewport()
    assert ids(cards)[:20] == [fresh, *order][:20]


HEARS_AT_ONCE = """(id) => document.addEventListener("submit", () => setTimeout(() =>
  document.dispatchEvent(new CustomEvent("live:gone", {detail: {id}}))))"""


def ids(cards: Locator) -> list[str]:
    return list(cards.evaluate_all("all => all.map(one => one.id)"))


def test_a_friend_is_suggested_while_one_types_and_named_by_a_link(opens: Opens):
    mei, chen, wen = member("Mei Lin"), member("Chen Bo"), member("Wen Jing")
    befriend(mei, chen)
    befriend(mei, wen)
    page, wens = opens(mei), opens(wen)
    page.goto("/post")
    field = page.get_by_label("What is on your mind?")
    field.press_sequentially("@")
    keys = page.context.new_cdp_session(page)  # an input method, as one writes Chinese with
    keys.send("Input.imeSetComposition", {"text": "we", "selectionStart": 2, "selectionEnd": 2})
    keys.send("Input.insertText", {"text": "Wen"})
    expect(page.get_by_role("button", name=f"Wen Jing @{wen.handle}")).to_be_visible()
    field.clear()
    named = page.get_by_role("button", name=f"Chen Bo @{chen.handle}")
    field.press_sequentially("At the kiln with @c")
    expect(named).to_be_visible()
    # On a slow line one types on and chooses from the names of the letters before.
    page.route("**begin=ch*", lambda _: None)
    field.press_sequentially("he")
    named.click()
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("link", name=f"@{chen.handle}")).to_be_visible()
    wens.goto("/")
    expect(wens.get_by_text(f"At the kiln with @{chen.handle}")).to_be_visible()
    expect(wens.get_by_role("link", name=f"@{chen.handle}")).to_have_count(0)
