"""The search page and its operation: sensible for any query, the same few statements, no leaks."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goodword.circle import actions as circle
from goodword.circle.rules import ONLY_ME
from goodword.circle.tests.worlds import moment
from goodword.kit import clock
from goodword.people import actions as people
from goodword.shop import actions as shop
from goodword.shop.models import Listing, ListingWords
from goodword.shop.tests.town import befriend, draft, open_shop, person, picture, variant

from ..search.asking import Asked, Tab, currency_of
from ..search.queries import look

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei():
    return person("mei", "Mei Lin")


@pytest.fixture
def chen(mei):
    chen = person("chen", "Chen Bo")
    befriend(mei, chen)
    return chen


@pytest.fixture
def browser(chen):
    browser = Client()
    browser.force_login(chen)
    return browser


def say(author, text, **values):
    return moment(author, text, **{"now": clock.now(), **values})


def sell(seller, title, *variants, **changes):
    return shop.create_listing(
        seller=seller, draft=draft(title, *variants, **changes), pictures=[picture()],
        now=clock.now(),
    )  # fmt: skip


def page(browser, q, **values):
    answer = browser.get(reverse("reach:search"), {"q": q, **values})
    return answer.status_code, answer.content.decode()


def found(viewer, q, tab=Tab.ALL, **values):
    return look(viewer.id, Asked(q, tab, **values), now=clock.now())


def said(results):
    return [one.shown.card.text for one in results.moments]


def titles(results):
    return [card.title for card in results.listings]


def names(results):
    return [one.person.name for one in results.people]


def test_one_page_finds_people_listings_and_moments_and_marks_the_words(mei, chen, browser):
    open_shop(mei)
    sell(mei, "Lin’s <celadon> cup")
    say(mei, "A cup of tea with Lin & friends")
    status, html = page(browser, "lin")
    assert status == 200
    assert "Mei <mark>Lin</mark>" in html
    assert "<mark>Lin</mark>’s &lt;celadon&gt; cup" in html
    assert "A cup of tea with <mark>Lin</mark> &amp; friends" in html
    assert "Not declared yet" in html


def test_a_query_is_shown_and_marked_as_text_and_never_as_markup(mei, browser):
    say(mei, "<script>alert(1)</script> plum")
    status, html = page(browser, '<script>alert("plum</script>')
    assert status == 200
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    ("q", "status"),
    [
        ("茶", 200), ("t", 200), ("字" * 200, 200), ("🍵", 200), ("👨‍👩‍👧", 200), ("+", 200),
        ("?!…、。", 422), ("'", 422), ("\\", 422), ("@", 422), ('""', 422), ("x" * 300, 422),
        ("a & b | !c:* <-> (", 200), ("%_%", 422), ("ﷺ", 200), ("e\u0301" * 60, 200),
        ('"', 422), ("“未完", 200), ("\u200b", 422), ("ก็", 200), ("   ", 200),
    ],
)  # fmt: skip
@pytest.mark.parametrize("show", ["", "moments", "people", "listings"])
def test_any_query_has_results_or_one_clear_sentence(browser, mei, q, status, show):
    say(mei, "tea 茶 🍵")
    answered, html = page(browser, q, show=show)
    assert answered == status
    if status == 422:
        assert "Signs alone cannot be found" in html or "at most 200 characters" in html


def test_what_is_no_choice_is_the_first_one(browser, mei):
    say(mei, "tea")
    status, html = page(browser, "tea", show="everything", currency="XXX", **{"from": "x"})
    assert (status, "<mark>tea</mark>" in html) == (200, True)
    assert page(browser, "tea", show="moments", after="x")[0] == 422
    assert page(browser, "tea", show="people", after="x")[0] == 422
    assert page(browser, "tea", show="listings", low="x")[0] == 422


def test_nothing_typed_shows_where_to_begin_and_nothing_found_what_to_do(browser, mei):
    assert "Mei Lin" in page(browser, "")[1]
    assert "use fewer words" in page(browser, "nowhere")[1]


def test_strangers_and_hidden_moments_change_nothing(mei, chen, browser):
    say(mei, "plum one")
    before = page(browser, "plum")
    say(mei, "plum hidden", audience=ONLY_ME)
    say(person("far"), "plum far")
    assert page(browser, "plum") == before


def test_pages_of_moments_are_full_and_go_on_to_the_end(mei, chen):
    start = clock.now() - timedelta(hours=1)
    for n in range(45):
        say(mei, f"plum {n}", now=start + timedelta(seconds=n))
        say(mei, f"plum hidden {n}", now=start + timedelta(seconds=n), audience=ONLY_ME)
    first = found(chen, "plum")
    second = found(chen, "plum", Tab.MOMENTS, after=first.next)
    third = found(chen, "plum", Tab.MOMENTS, after=second.next)
    sizes = [len(one.moments) for one in (first, second, third)]
    assert (sizes, third.next) == ([20, 20, 5], "")
    seen = said(first) + said(second) + said(third)
    assert seen == [f"plum {n}" for n in reversed(range(45))]


def test_a_market_moment_without_its_listing_shortens_no_page(mei, chen):
    open_shop(mei)
    start = clock.now() - timedelta(hours=1)
    for n in range(21):
        say(mei, f"plum {n}", now=start + timedelta(seconds=n))
    for n in range(3):
        cup = sell(mei, f"Cup {n}")
        shop.offer(seller=mei, listing=cup.id, now=start)
        at = start + timedelta(seconds=n + 30)
        shop.show(seller=mei, listing=cup.id, text="plum for sale", key=str(n), now=at)
        Listing.objects.filter(id=cup.id).update(state="draft")
    assert [len(found(one, "plum").moments) for one in (chen, mei)] == [20, 20]
    assert said(found(chen, "plum"))[0] == "plum 20"
    assert said(found(mei, "plum"))[:4] == [*["plum for sale"] * 3, "plum 20"]


def test_people_page_after_page_each_once(mei, chen):
    for n in range(23):
        befriend(chen, person(f"friend{n}", f"Wen {n:02}"))
    for n in range(2):
        person(f"stranger{n}", "Wen")
    first = found(chen, "wen", Tab.PEOPLE)
    second = found(chen, "wen", Tab.PEOPLE, after=first.next)
    seen = names(first) + names(second)
    assert seen == [*(f"Wen {n:02}" for n in range(23)), "Wen", "Wen"]
    assert len(first.people) == 20
    few = found(chen, "wen")
    assert (len(few.people), few.more) == (3, {Tab.PEOPLE})


@pytest.mark.parametrize("blocks", [None, "the viewer", "the other"])
def test_a_handle_finds_its_member_alike_whoever_blocks_whom(chen, browser, blocks):
    far = person("far.away", "Far")
    before = page(browser, "@far.away", show="people")
    if blocks:
        owner, other = (chen, far) if blocks == "the viewer" else (far, chen)
        circle.block(owner=owner, other=other, now=clock.now())
    people.be_found_by_name(member=far, on=False, now=clock.now())
    assert page(browser, "@far.away", show="people") == before
    assert names(found(chen, "FAR.away")) == ["Far"]
    assert names(found(chen, "far.awa")) == names(found(chen, "far")) == []


def test_listings_by_title_brand_description_and_option_with_prices_and_friends(mei, chen):
    far = person("far")
    for seller in (mei, far):
        open_shop(seller)
    sell(mei, "Celadon cup", variant(120, Glaze="天青"), brand="Longquan", description="Thrown.")
    sell(far, "Celadon bowl", variant(80), variant(300, size="L"))
    for q in ("celadon cup", "cup longq", "thrown", "天青", "青"):
        assert titles(found(chen, q)) == ["Celadon cup"], q
    both = ["Celadon bowl", "Celadon cup"]
    assert titles(found(chen, "celadon", Tab.LISTINGS)) == both
    assert titles(found(chen, "celadon", Tab.LISTINGS, friends=True)) == ["Celadon cup"]
    for low, high, expected in (
        ("100", "200", ["Celadon cup"]), ("", "80", ["Celadon bowl"]), ("120", "", both),
        ("120.01", "299.99", []),
    ):  # fmt: skip
        asked = {"low": low, "high": high, "currency": "CNY"}
        assert titles(found(chen, "celadon", Tab.LISTINGS, **asked)) == expected, (low, high)
    euros = {"low": "1", "currency": "EUR"}
    assert titles(found(chen, "celadon", Tab.LISTINGS, **euros)) == []


def test_only_listings_that_the_viewer_may_see(mei, chen):
    far = person("far")
    open_shop(far, public=False)
    open_shop(mei)
    sell(far, "Celadon bowl")
    sell(mei, "Celadon draft", offer=False)
    cup = sell(mei, "Celadon cup")
    assert titles(found(chen, "celadon")) == ["Celadon cup"]
    circle.block(owner=mei, other=chen, now=clock.now())
    assert titles(found(chen, "celadon")) == []
    circle.unblock(owner=mei, other=chen, now=clock.now())
    shop.edit_listing(
        seller=mei, listing=cup.id, draft=draft("Ash cup", description="x"), now=clock.now()
    )
    assert (titles(found(chen, "celadon")), titles(found(chen, "ash"))) == ([], ["Ash cup"])


def test_what_is_sold_out_says_so(mei, browser):
    open_shop(mei)
    sell(mei, "Celadon cup", variant(120, 0))
    assert "sold out" in page(browser, "celadon")[1]


def test_as_many_statements_for_three_hits_as_for_thirty(mei, chen, browser):
    open_shop(mei)
    counts = []
    made = 0
    for wanted in (3, 30):
        while made < wanted:
            made += 1
            listing = sell(mei, f"Wen cup {made}")
            say(mei, f"wen {made}")
            shop.show(seller=mei, listing=listing.id, text="wen", key=str(made), now=clock.now())
            befriend(chen, person(f"wen{made}", f"Wen {made}"))
        with CaptureQueriesContext(connection) as asked:
            assert page(browser, "wen")[0] == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


def test_a_member_who_searches_without_a_pause_is_told_to_wait(mei, browser):
    with clock.at(clock.now()):
        statuses = [page(browser, "tea", show="people")[0] for _ in range(125)]
    assert statuses[:120] == [200] * 120
    assert statuses[-1] == 429


def test_a_page_without_javascript_and_the_part_that_narrows_are_one(mei, browser):
    say(mei, "plum")
    whole = browser.get("/search?q=plum").content
    assert browser.get("/search?q=plum", headers={"HX-Request": "true"}).content == whole
    assert b'action="/search"' in whole
    assert b"hx-trigger" in whole


def test_programs_find_the_same(mei, chen):
    _row, secret = people.issue_token(owner=chen, name="eyes", now=clock.now())
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    open_shop(mei)
    sell(mei, "Lin’s cup")
    circle.set_note(owner=chen, friend=mei.id, note="Lin from school")
    say(mei, "Tea with Lin")
    body = program.get("/api/v1/search", {"q": "lin"}).json()
    assert [one["name"] for one in body["people"]] == ["Mei Lin"]
    assert body["people"][0]["note"] == "Lin from school"
    assert [one["title"] for one in body["listings"]] == ["Lin’s cup"]
    (tea,) = body["moments"]
    assert tea["snippet"] == [{"text": "Tea with ", "hit": False}, {"text": "Lin", "hit": True}]
    assert (body["more"], body["next"]) == ([], None)
    assert program.get("/api/v1/search", {"q": "?"}).status_code == 422
    assert program.get("/api/v1/search").status_code == 422
    only = program.get("/api/v1/search", {"q": "lin", "show": "listings", "from": "friends"})
    assert [len(only.json()[kind]) for kind in ("people", "listings", "moments")] == [0, 1, 0]


def test_a_member_chooses_whether_strangers_find_them(mei, chen, browser):
    far = person("far", "Far Away")
    own = Client()
    own.force_login(far)
    assert names(found(chen, "far away")) == ["Far Away"]
    assert own.post(reverse("people:findable")).status_code == 302
    assert names(found(chen, "far away")) == []
    _row, secret = people.issue_token(owner=far, name="own", now=clock.now())
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/me/findable").json() == {"by_name": False}
    answer = program.put("/api/v1/me/findable", {"by_name": True}, content_type="application/json")
    assert answer.status_code == 204
    assert names(found(chen, "far away")) == ["Far Away"]
    assert "checked" in own.get(reverse("people:settings")).content.decode()


def test_listings_are_found_again_after_a_rebuild_and_after_the_migration(mei, chen):
    open_shop(mei)
    sell(mei, "Celadon cup", variant(120, Glaze="天青"))
    fill = import_module("goodword.shop.migrations.0003_words").fill
    for again in (shop.rebuild_words, lambda: fill(apps, None)):
        ListingWords.objects.all().delete()
        assert titles(found(chen, "cup 天青")) == []
        again()
        assert titles(found(chen, "cup 天青")) == ["Celadon cup"]


def test_everybody_who_was_here_is_found_after_the_migration(mei, chen):
    people.Findable.objects.all().delete()
    import_module("goodword.people.migrations.0003_findable").fill(apps, None)
    assert names(found(person("far"), "mei lin")) == ["Mei Lin"]
    people.Findable.objects.all().update(name="")
    assert people.rebuild_names() == 3
    assert names(found(person("further"), "mei lin")) == ["Mei Lin"]


def test_prices_are_in_what_one_pays_with_at_home():
    assert [currency_of(region) for region in ("CN", "DE", "JP", "IS", "")] == [
        "CNY", "EUR", "JPY", "CNY", "CNY",
    ]  # fmt: skip
