"""From an upload to rows, files, and answers in ranges."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory
from django.test.utils import isolate_apps

from goodword.kit import blobs
from goodword.kit.voice import discard_voices, refusals, save_voice, serve_voice
from goodword.kit.voice.models import VoiceRow

from .making import good


@pytest.fixture
def store(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return blobs.store()


@pytest.fixture
def kind():
    """A table of the kind that domains make."""
    with isolate_apps("goodword.kit"):

        class Memo(VoiceRow):
            class Meta(VoiceRow.Meta):
                app_label = "kit"

        yield Memo


@pytest.fixture
def memo(store, kind):
    return kind(**kind.values(good("chromium")))


def files(store) -> list[str]:
    return sorted(path.name for path in store.root.rglob("*") if path.is_file())


def ask(memo, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return serve_voice(RequestFactory().get("/v/1", headers=named), memo)


def test_an_upload_becomes_a_file_and_columns(store, kind):
    upload = SimpleUploadedFile("note.exe", good("safari"), content_type="text/html")
    row = kind(**kind.values(upload))
    assert files(store) == [f"{row.key}.m4a"]
    assert row.total_bytes == store.path(files(store)[0]).stat().st_size
    assert (row.seconds, len(row.peaks), len(row.sha256), len(row.bars)) == (2, 64, 32, 64)


def test_a_refused_note_leaves_no_file(store):
    with pytest.raises(refusals.NotARecording):
        save_voice(b"<svg/>")
    assert not store.root.exists()


@pytest.mark.django_db
def test_a_row_round_trips_and_the_table_refuses_no_sound(store, kind):
    values = kind.values(good("firefox"))
    with connection.schema_editor() as editor:
        editor.create_model(kind)
    saved = kind.objects.get(id=kind.objects.create(**values).id)
    assert (bytes(saved.peaks), saved.duration) == (values["peaks"], values["duration"])
    assert len(saved.bars) == 64
    for wrong in ({"duration": timedelta(0)}, {"total_bytes": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            kind.objects.create(**{**values, "key": "0" * 32, **wrong})


@pytest.mark.django_db(transaction=True)
def test_the_file_goes_when_the_deletion_has_committed(store):
    key = save_voice(good("wav"))["key"]
    with transaction.atomic():
        discard_voices([key])
        transaction.set_rollback(True)
    assert files(store) == [f"{key}.m4a"]
    with transaction.atomic():
        discard_voices([key])
        assert files(store)
    assert files(store) == []


def test_serving_all_of_it(memo, store):
    answer = ask(memo)
    whole = store.path(memo.key + ".m4a").read_bytes()
    assert (answer.status_code, answer.content) == (200, whole)
    assert {name: answer.headers[name] for name in answer.headers if name != "ETag"} == {
        "Content-Type": "audio/mp4",
        "Content-Disposition": "inline",
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-1", 0, 2),  # what Safari asks first
        ("bytes=0-", 0, None),
        ("bytes=100-", 100, None),
        ("bytes=100-199", 100, 200),
        ("bytes=100-99999999", 100, None),
        ("bytes=-10", -10, None),
        ("bytes=-99999999", 0, None),
    ],
)
def test_serving_a_part(asked, start, end, memo, store):
    whole = store.path(memo.key + ".m4a").read_bytes()
    answer = ask(memo, Range=asked)
    part = whole[start:end]
    first = len(whole) + start if start < 0 else start
    assert (answer.status_code, answer.content) == (206, part)
    said = f"bytes {first}-{first + len(part) - 1}/{len(whole)}"
    assert answer.headers["Content-Range"] == said
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=-",
        "bytes=5-2",
        "bytes=0-1,5-6",
        "lines=0-1",
        "bytes=a-b",
        "bytes=1e3-",
        "",
        "bytes=٣-",
    ],
)
def test_a_range_that_cannot_be_read_is_all_of_it(asked, memo):
    answer = ask(memo, Range=asked.encode().decode("latin-1"))
    assert answer.status_code == 200
    assert len(answer.content) == memo.total_bytes


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0"])
def test_a_range_beyond_the_end(asked, memo):
    answer = ask(memo, Range=asked)
    assert (answer.status_code, answer.content) == (416, b"")
    assert answer.headers["Content-Range"] == f"bytes */{memo.total_bytes}"


def test_a_range_of_another_version_is_all_of_it(memo):
    etag = ask(memo).headers["ETag"]
    assert memo.key not in etag
    assert ask(memo, Range="bytes=0-1", If_Range=etag).status_code == 206
    assert ask(memo, Range="bytes=0-1", If_Range='"other"').status_code == 200


def test_a_browser_that_has_it_is_told_so(memo):
    etag = ask(memo).headers["ETag"]
    known = ask(memo, If_None_Match=etag)
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["Cache-Control"] == "private, no-cache"


def test_a_row_whose_file_is_missing_answers_404(memo, store):
    store.delete(memo.key + ".m4a")
    with pytest.raises(blobs.NoSuchFile):
        ask(memo)
