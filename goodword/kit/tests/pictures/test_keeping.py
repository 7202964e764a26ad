"""From an upload to rows, files and answers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory
from django.test.utils import isolate_apps
from PIL import Image

from goodword.kit import blobs
from goodword.kit.pictures import (
    AVATAR,
    discard_pictures,
    refusals,
    save_picture,
    save_pictures,
    serve,
)
from goodword.kit.pictures.models import PictureRow

from .making import good, tattling


@pytest.fixture
def store(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return blobs.store()


@pytest.fixture
def kinds():
    """Two tables of the kind that domains make."""
    with isolate_apps("goodword.kit"):

        class Snapshot(PictureRow):
            class Meta:
                app_label = "kit"
                constraints = PictureRow.Meta.constraints

        class Portrait(PictureRow):
            variants = AVATAR

            class Meta(PictureRow.Meta):
                app_label = "kit"

        yield Snapshot, Portrait


def files(store) -> list[str]:
    return sorted(path.name for path in store.root.rglob("*") if path.is_file())


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_an_upload_becomes_files_and_columns(store, kinds):
    upload = SimpleUploadedFile("holiday.exe", good("JPEG"), content_type="text/html")
    values = kinds[0].values(upload)
    assert files(store) == [f"{values['key']}.{name}.webp" for name in ("large", "medium", "thumb")]
    row = kinds[0](alt="A teapot", position=3, **values)
    assert (row.width, row.height, len(row.sha256)) == (96, 64, 32)
    assert row.total_bytes == sum(store.path(name).stat().st_size for name in files(store))


def test_the_file_that_was_sent_is_not_among_those_kept(store):
    for sent in tattling().values():
        save_picture(sent)
    kept = [store.path(name).read_bytes() for name in files(store)]
    assert len(kept) == 3 * len(tattling())
    assert all(b"KODAK" not in one for one in kept)


def test_of_several_pictures_the_refused_one_is_named(store):
    with pytest.raises(refusals.NotAPicture, match=r"^Picture 2: This file"):
        save_pictures([good("PNG"), b"<svg/>"])
    with pytest.raises(refusals.NotAPicture, match=r"^This file"):
        save_pictures([b"<svg/>"])


def test_a_refused_picture_leaves_no_file(store):
    with pytest.raises(refusals.NotAPicture):
        save_picture(b"<svg/>")
    assert not store.root.exists()


@pytest.mark.django_db
def test_a_row_round_trips_and_the_table_refuses_no_pixels(store, kinds):
    snapshot, _portrait = kinds
    values = snapshot.values(good("PNG"))
    with connection.schema_editor() as editor:
        editor.create_model(snapshot)
    for dhash in (values["dhash"], -(2**63), 2**63 - 1):
        fields = {**values, "dhash": dhash, "key": f"{dhash % 2**64:032x}"}
        saved = snapshot.objects.create(**fields)
        assert snapshot.objects.get(id=saved.id, dhash=dhash).sha256 == values["sha256"]
    with pytest.raises(IntegrityError), transaction.atomic():
        snapshot.objects.create(**{**values, "width": 0})


@pytest.mark.django_db(transaction=True)
def test_files_go_when_the_deletion_has_committed(store):
    kept, gone = save_picture(good("PNG"))["key"], save_picture(good("PNG"))["key"]
    with transaction.atomic():
        discard_pictures([gone])
        assert len(files(store)) == 6
    assert files(store) == [f"{kept}.{name}.webp" for name in ("large", "medium", "thumb")]


@pytest.mark.django_db(transaction=True)
def test_files_stay_when_the_deletion_is_undone(store):
    key = save_picture(good("PNG"))["key"]
    with transaction.atomic():
        discard_pictures([key])
        transaction.set_rollback(True)
    assert len(files(store)) == 3


@pytest.fixture
def snapshot(store, kinds):
    return kinds[0](**kinds[0].values(good("WEBP")))


def test_serving_a_variant(snapshot, store):
    answer = serve(RequestFactory().get("/m/1"), snapshot, "medium")
    assert answer.status_code == 200
    assert body(answer) == store.path(snapshot.key + ".medium.webp").read_bytes()
    assert {name: answer.headers[name] for name in answer.headers if name != "ETag"} == {
        "Content-Type": "image/webp",
        "Content-Length": str(store.path(snapshot.key + ".medium.webp").stat().st_size),
        "Content-Disposition": "inline",
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def test_a_browser_that_has_it_is_told_so(snapshot):
    etag = serve(RequestFactory().get("/m/1"), snapshot, "thumb").headers["ETag"]
    assert etag.startswith('"')  # strong
    assert snapshot.key not in etag
    known = serve(RequestFactory().get("/m/1", headers={"If-None-Match": etag}), snapshot, "thumb")
    assert known.status_code == 304
    assert not body(known)
    assert known.headers["Cache-Control"] == "private, no-cache"
    assert known.headers["ETag"] == etag
    other = serve(RequestFactory().get("/m/1", headers={"If-None-Match": etag}), snapshot, "large")
    assert other.status_code == 200


@pytest.mark.parametrize("variant", ["", "small", "original", "../thumb", "thumb.webp"])
def test_there_is_no_other_variant(snapshot, variant):
    with pytest.raises(blobs.NoSuchFile):
        serve(RequestFactory().get("/m/1"), snapshot, variant)


def test_a_row_whose_file_is_missing_answers_404(snapshot, store):
    store.delete(snapshot.key + ".thumb.webp")
    with pytest.raises(blobs.NoSuchFile) as refusal:
        serve(RequestFactory().get("/m/1"), snapshot, "thumb")
    assert refusal.value.status == 404


def test_faces_have_their_own_sizes(store, kinds):
    _snapshot, portrait = kinds
    row = portrait(**portrait.values(good("HEIF")))
    answer = serve(RequestFactory().get("/f/1"), row, "small")
    (store.root / "seen.webp").write_bytes(body(answer))
    assert Image.open(store.root / "seen.webp").size == (64, 64)
    with pytest.raises(blobs.NoSuchFile):
        serve(RequestFactory().get("/f/1"), row, "thumb")
