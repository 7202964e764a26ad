"""The circle's doors, through Django's client: forms that work without JavaScript."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from goodword.circle import actions, queries, rules
from goodword.circle.models import Moment, MomentPicture
from goodword.kit import blobs, clock, formats, jobs
from goodword.kit.ids import new_id
from goodword.kit.pictures import save_picture
from goodword.kit.pictures.shapes import FEED

from .worlds import NOON, all_but, befriend, member, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def wen():
    return member("wen")


@pytest.fixture
def friend(wen):
    friend = member("friend")
    befriend(friend, wen)
    return friend


@pytest.fixture
def sign_in():
    browsers = {}

    def as_(who):
        if who.id not in browsers:
            browsers[who.id] = Client()
            browsers[who.id].force_login(who)
        return browsers[who.id]

    return as_


def photo(colour="teal"):
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return SimpleUploadedFile("IMG_1.jpg", out.getvalue(), content_type="image/jpeg")


def test_a_moment_with_pictures_is_posted_from_the_form(sign_in, wen):
    page = sign_in(wen).get("/post")
    key = page.context["key"] if page.context else ""
    answer = sign_in(wen).post(
        "/post",
        {"text": "spring", "key": key or "k", "pictures": [photo(), photo("gold")],
         "pictures_alt": ["the lake", ""], "audience": "everyone"},
    )  # fmt: skip
    assert answer.status_code == 302
    made = Moment.objects.get()
    assert made.text == "spring"
    assert [p.alt for p in MomentPicture.objects.order_by("position")] == ["the lake", ""]


def test_a_refused_post_comes_back_with_its_text_and_one_sentence(sign_in, wen):
    bad = SimpleUploadedFile("a.jpg", b"<script>", content_type="image/jpeg")
    answer = sign_in(wen).post("/post", {"text": "keep me", "key": "k", "pictures": [bad]})
    assert answer.status_code in (415, 422)
    assert "keep me" in answer.content.decode()
    assert not Moment.objects.exists()


def test_the_picture_file_follows_the_moment(sign_in, wen, friend):
    sign_in(wen).post("/post", {"text": "", "key": "k", "pictures": [photo()]})
    url = f"/pictures/{MomentPicture.objects.get().id}/thumb"
    missing = f"/pictures/{wen.id}/thumb"
    assert sign_in(friend).get(url)["Content-Type"] == "image/webp"
    stranger = sign_in(member("stranger"))
    refused, absent = stranger.get(url), stranger.get(missing)
    assert refused.status_code == absent.status_code == 404
    assert scrubbed(refused) == scrubbed(absent)
    actions.narrow(moment=Moment.objects.get(), author=wen, audience=all_but(friend), now=NOON)
    assert sign_in(friend).get(url).status_code == 404


def test_the_files_of_a_deleted_moment_go(wen, django_capture_on_commit_callbacks):
    values = save_picture(photo())
    made = moment(wen, pictures=[values])
    paths = [blobs.store().path(values["key"] + variant.suffix) for variant in FEED]
    assert all(path.is_file() for path in paths)
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_moment(moment=made, author=wen, now=NOON)
        jobs.run_due()
    assert not any(path.exists() for path in paths)
    assert not MomentPicture.objects.exists()


def scrubbed(answer):
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)


def test_liking_and_commenting_without_javascript(sign_in, wen, friend):
    made = moment(wen, now=clock.now())
    visitor = sign_in(friend)
    assert visitor.post(f"/moments/{made.id}/like", {"on": "1"}).status_code == 302
    assert visitor.post(f"/moments/{made.id}/comments", {"text": "lovely"}).status_code == 302
    card = queries.moment_card(wen.id, made.id, now=clock.now())
    assert (card.likes, [answer.text for answer in card.answers]) == (1, ["lovely"])
    part = visitor.post(f"/moments/{made.id}/like", {"on": "0"}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert f'id="n-{made.id}"' in part.content.decode()
    assert "<html" not in part.content.decode()


@pytest.mark.parametrize("path", ["like", "comments", "audience", "delete"])
def test_a_strangers_doors_are_missing_doors(sign_in, wen, path):
    made = moment(wen)
    answer = sign_in(member("stranger")).post(f"/moments/{made.id}/{path}", {"text": "x"})
    assert answer.status_code == 404


def test_a_friend_cannot_delete_or_narrow(sign_in, wen, friend):
    made = moment(wen, now=clock.now())
    for path in ("delete", "audience"):
        assert sign_in(friend).post(f"/moments/{made.id}/{path}").status_code == 404
    assert queries.can_view(friend.id, made.id, now=clock.now())


def test_deleting_for_good_lies_behind_a_question(sign_in, wen, friend):
    """Behind a fold, so that it is asked without JavaScript too."""
    made, mine = moment(wen, now=clock.now()), sign_in(wen)
    group = actions.make_group(owner=wen, name="family", now=NOON)
    for page, path in (
        (f"/moments/{made.id}", f"/moments/{made.id}/delete"),
        (f"/groups/{group.id}", f"/groups/{group.id}/delete"),
        (f"/friends/{friend.id}", f"/friends/{friend.id}/remove"),
    ):
        before, form, _after = mine.get(page).content.decode().partition(f'action="{path}"')
        assert form
        assert "</details>" not in before[before.rindex('<details class="askback">') :]


def test_asking_and_accepting_through_the_pages(sign_in, wen):
    other = member("other")
    family = actions.make_group(owner=other, name="family", now=NOON)
    sign_in(wen).post("/friends/ask", {"handle": "@Other"})
    page = sign_in(other).get("/friends").content.decode()
    assert "Wen" in page
    row = queries.requests_to(other.id)[0]
    answer = sign_in(other).post(
        f"/friends/requests/{row.id}", {"do": "accept", "groups": [str(family.id)]}
    )
    assert answer.status_code == 302
    assert queries.friendship(other.id, wen.id).groups == [family.id]


def test_an_unknown_handle_gets_one_sentence(sign_in, wen):
    answer = sign_in(wen).post("/friends/ask", {"handle": "nobody.here"})
    assert answer.status_code == 404
    assert "There is nobody here by that name." in answer.content.decode()


def test_the_dials_are_saved_and_seen_by_nobody_else(sign_in, wen, friend):
    before = [sign_in(friend).get(path) for path in ("/friends", f"/friends/{wen.id}")]
    sign_in(wen).post(
        f"/friends/{friend.id}",
        {"nickname": "Fei", "market": "off", "snoozed": "on", "hides_mine": ""},
    )
    edge = queries.friendship(wen.id, friend.id)
    assert (edge.nickname, edge.life, edge.market) == ("Fei", False, "off")
    rest = edge.snoozed_until - clock.now()
    assert timedelta(days=30, minutes=-1) < rest <= timedelta(days=30)
    after = [sign_in(friend).get(path) for path in ("/friends", f"/friends/{wen.id}")]
    assert [scrubbed(a) for a in after] == [scrubbed(b) for b in before]
    shown = sign_in(wen).get(f"/friends/{friend.id}").content.decode()
    assert b"<h1>Fei</h1>" in sign_in(wen).get(f"/@{friend.handle}").content
    assert f"until {formats.date(edge.snoozed_until)}" in shown
    listed = sign_in(wen).get("/friends").content.decode()
    assert '<span class="person__name cut">Fei</span>' in listed
    assert "Friend · @friend" in listed


def test_a_long_text_begins_in_the_circle_and_is_whole_on_its_own_page(sign_in, wen, friend):
    short, long = moment(wen, "春眠不觉晓。" * 9), moment(wen, "春眠不觉晓。" * 90)
    jobs.run_due()
    with clock.at(NOON):
        circle = sign_in(friend).get("/").content.decode()
        own = [sign_in(friend).get(f"/moments/{one.id}").content.decode() for one in (short, long)]
    assert circle.count("Read all of it") == 1
    assert f'moment__whole" href="/moments/{long.id}"' in circle
    assert "Read all of it" not in "".join(own)


@pytest.mark.parametrize("path", ["/post", "/friends", "/groups"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pages_render_in_both_languages(sign_in, wen, friend, path, language):
    actions.make_group(owner=wen, name="family", now=NOON)
    answer = sign_in(wen).get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert ("好友" if language == "zh-hans" else "riend") in answer.content.decode()


def test_groups_are_made_filled_renamed_and_deleted(sign_in, wen, friend):
    me = sign_in(wen)
    me.post("/groups", {"name": "family"})
    (view,) = queries.groups(wen.id)
    me.post(f"/groups/{view.group.id}", {"name": "close family", "friends": [str(friend.id)]})
    (view,) = queries.groups(wen.id)
    assert (view.group.name, [m.id for m in view.friends]) == ("close family", [friend.id])
    taken = me.post("/groups", {"name": "close family"})
    assert taken.status_code == 409
    assert sign_in(friend).get(f"/groups/{view.group.id}").status_code == 404
    sign_in(wen).post(f"/groups/{view.group.id}/delete")
    assert queries.groups(wen.id) == []


def test_an_unknown_window_is_refused_and_opens_nothing(sign_in, wen):
    actions.set_window(owner=wen, window=rules.WINDOWS["3d"], now=NOON)
    for sent in ({"window": "10y"}, {}):
        answer = sign_in(wen).post("/friends/window", sent)
        assert answer.status_code == 422
        assert queries.window(wen.id) == rules.WINDOWS["3d"]


def test_a_long_description_of_a_picture_is_cut(sign_in, wen):
    sent = {"text": "", "key": "k", "pictures": [photo()], "pictures_alt": ["la" * 400]}
    assert sign_in(wen).post("/post", sent).status_code == 302
    assert len(MomentPicture.objects.get().alt) == 500


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/friends/ask", {"handle": "a\0"}),
        ("/groups", {"name": "a\0"}),
        ("/post", {"text": "a\0", "key": "k"}),
    ],
)
def test_a_character_that_cannot_be_kept_is_refused(sign_in, wen, path, sent):
    answer = sign_in(wen).post(path, sent)
    assert answer.status_code == 400
    assert "U+0000" in answer.content.decode()
    assert sign_in(wen).get("/notices", {"before": "a\0"}).status_code == 400


def test_a_stranger_is_blocked_and_unblocked_and_cannot_tell(sign_in, wen):
    stranger = member("stranger")
    sign_in(stranger).post("/friends/ask", {"handle": "wen"}, follow=True)
    before = scrubbed(sign_in(stranger).get("/@wen"))
    assert b"Asked already" in before
    answer = sign_in(wen).post(f"/friends/{stranger.id}/block", {"on": "1"})
    assert (answer.status_code, answer.url) == (302, "/@stranger")
    assert queries.has_blocked(wen.id, stranger.id)
    assert scrubbed(sign_in(stranger).get("/@wen")) == before
    sign_in(wen).post(f"/friends/{stranger.id}/block", {"on": "0"})
    assert not queries.has_blocked(wen.id, stranger.id)
    assert sign_in(wen).post(f"/friends/{new_id()}/block").status_code == 404


def test_too_many_pictures_are_refused_before_one_is_opened(sign_in, wen, settings):
    files = [photo() for _ in range(10)]
    kept = len(list(settings.MEDIA_ROOT.rglob("*.webp")))
    answer = sign_in(wen).post("/post", {"text": "", "key": "k", "pictures": files})
    assert answer.status_code == 422
    assert "at most 9" in answer.content.decode()
    assert len(list(settings.MEDIA_ROOT.rglob("*.webp"))) == kept


def test_a_wrong_dial_is_said_by_its_field_and_keeps_what_was_typed(sign_in, wen, friend):
    family = actions.make_group(owner=wen, name="family", now=NOON)
    for sent, sentence in [
        ({"market": "loud"}, "not one of the available choices"),
        ({"market": "on", "groups": [str(family.id), str(new_id())]}, "not one of the available"),
        ({"market": "on", "nickname": "F" * 61}, "at most 60 characters"),
        ({}, "required"),
    ]:
        typed = {"nickname": "Fei", "hides_mine": "on", **sent}
        answer = sign_in(wen).post(f"/friends/{friend.id}", typed)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert re.search(f'class="field__error"[^§]{{0,80}}{sentence}', page)
        assert f'value="{typed["nickname"]}"' in page
        assert 'name="hides_mine" value="on" checked' in page
        assert 'name="life" value="on">' in page
    assert (f'value="{family.id}" checked' in page) == ("groups" in sent)
    edge = queries.friendship(wen.id, friend.id)
    assert (edge.nickname, edge.hides_mine, edge.groups) == ("", False, [])
