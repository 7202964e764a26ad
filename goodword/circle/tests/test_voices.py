"""A voice note: kept, heard by whom its moment is for, forgotten with it."""

import io
import math
import struct
import wave
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodword.circle import actions, queries
from goodword.circle.models import Moment, Voice
from goodword.kit import blobs, clock, jobs
from goodword.kit.errors import Invalid, TooMany
from goodword.kit.ids import new_id
from goodword.kit.voice import save_voice
from goodword.people import actions as people

from .worlds import NOON, all_but, befriend, member, moment

pytestmark = pytest.mark.django_db


def recording(seconds: float = 1) -> bytes:
    """A tone, as a recorder would write it."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        tone = (int(9000 * math.sin(at / 6)) for at in range(int(seconds * 16_000)))
        file.writeframes(b"".join(struct.pack("<h", one) for one in tone))
    return out.getvalue()


def note() -> SimpleUploadedFile:
    return SimpleUploadedFile("voice.webm", recording(), content_type="audio/webm")


@pytest.fixture
def wen():
    return member("wen")


@pytest.fixture
def friend(wen):
    friend = member("friend")
    befriend(friend, wen)
    return friend


def browser(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_spoken_into_the_form_and_heard_by_a_friend_alone(wen, friend):
    she, he, stranger = browser(wen), browser(friend), browser(member("stranger"))
    assert she.post("/post", {"text": "", "key": "k", "voice": note()}).status_code == 302
    row = Voice.objects.get()
    assert (row.author, row.seconds) == (wen, 1)
    url = f"/voices/{row.id}"
    assert url in he.get("/@wen").content.decode()
    heard = he.get(url)
    assert heard["Content-Type"] == "audio/mp4"
    assert heard["Cache-Control"] == "private, no-cache"
    assert heard.content[4:8] == b"ftyp"
    part = he.get(url, headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")
    refused, missing = stranger.get(url), stranger.get(f"/voices/{wen.id}")
    assert refused.status_code == missing.status_code == 404
    plain = (one.content.decode() for one in (refused, missing))
    assert len({text.replace(str(row.id), "").replace(str(wen.id), "") for text in plain}) == 1
    actions.narrow(moment=row.moment, author=wen, audience=all_but(friend), now=clock.now())
    assert he.get(url).status_code == 404
    assert she.get(url).status_code == 200


def test_a_moment_holds_pictures_or_a_voice_note(wen):
    values = save_voice(recording())
    with pytest.raises(Invalid, match="pictures or a voice note"):
        moment(wen, "both", voice=values, pictures=[{"key": "never written"}])
    assert not Moment.objects.exists()


def test_what_is_no_recording_is_refused_with_the_words_kept(wen):
    bad = SimpleUploadedFile("voice.webm", b"MZ" * 500, content_type="audio/webm")
    answer = browser(wen).post("/post", {"text": "keep me", "key": "k", "voice": bad})
    assert answer.status_code == 415
    assert "keep me" in answer.content.decode()
    assert not Moment.objects.exists()


def test_an_hour_has_a_most(wen):
    for _ in range(300):
        actions.allow_upload(author=wen, text="", pictures=0, voice=True, now=NOON)
    with pytest.raises(TooMany):
        actions.allow_upload(author=wen, text="", pictures=0, voice=True, now=NOON)


def test_its_words_can_go_but_not_become_nothing_without_it(wen):
    spoken = moment(wen, "listen", voice=save_voice(recording()))
    actions.edit_moment(moment=spoken, author=wen, text="", now=NOON + timedelta(minutes=1))
    assert Moment.objects.get().text == ""


def test_it_goes_with_its_moment(wen, django_capture_on_commit_callbacks):
    spoken = moment(wen, "listen", voice=save_voice(recording()))
    key = Voice.objects.get().key + ".m4a"
    blobs.store().open(key).close()
    actions.delete_moment(moment=spoken, author=wen, now=NOON)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.run_due()
    assert not Voice.objects.exists()
    with pytest.raises(blobs.NoSuchFile):
        blobs.store().open(key)


def test_programs_post_and_hear_one(wen, friend):
    clients = []
    for who in (wen, friend):
        _row, secret = people.issue_token(owner=who, name="phone", now=clock.now())
        clients.append(Client(headers={"Authorization": f"Bearer {secret}"}))
    she, he = clients
    made = she.post("/api/v1/moments", {"text": "listen", "voice": note()})
    assert made.status_code == 201
    told = he.get(f"/api/v1/moments/{made.json()['id']}").json()["voice"]
    assert (told["seconds"], len(told["peaks"])) == (1, 64)
    assert max(told["peaks"]) > 50
    assert told["url"] == f"/voices/{Voice.objects.get().id}"
    silent = she.post("/api/v1/moments", {"text": "no voice"}).json()
    assert silent["voice"] is None


def test_thirty_notes_cost_no_more_statements_than_three(wen, friend):
    def cost(limit):
        with CaptureQueriesContext(
            connection,
        ) as found:
            cards = queries.moments_of(friend.id, wen.id, now=NOON, limit=limit)
        assert len(cards) == limit
        assert all(card.voice and len(card.voice.bars) == 64 for card in cards)
        return len(found)

    values = save_voice(recording(0.5))
    for _ in range(30):
        moment(wen, "", voice={**values, "key": new_id().hex})
    assert cost(3) == cost(30)
