import io
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from goodword.kit import blobs
from goodword.people import actions, faces
from goodword.people.models import Face, Member

pytestmark = pytest.mark.django_db


def picture(colour: str = "red", size: tuple[int, int] = (300, 200)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Iterator[Path]:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def files(media: Path) -> int:
    return sum(path.is_file() for path in media.rglob("*"))


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_without_a_picture_there_is_an_initial(lin: Member, lins_browser: Client) -> None:
    answer = lins_browser.get(lin.avatar_url)
    assert answer["Content-Type"] == "image/svg+xml"
    assert ">L</text>" in answer.content.decode()
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, max-age=3600"


def test_an_initial_cannot_write_markup(join: Callable[..., Member]) -> None:
    drawn = faces.drawn(join("chen", display_name="<script>&"))
    assert ">S</text>" in drawn
    assert "<script" not in drawn


def test_a_picture_becomes_square_and_is_kept_for_good(lin: Member, lins_browser: Client) -> None:
    before = lin.avatar_url
    upload = SimpleUploadedFile("me.png", picture())
    answer = lins_browser.post("/me/face", {"picture": upload}, follow=True)
    assert "This is you now." in answer.content.decode()
    lin.refresh_from_db()
    assert lin.avatar_url != before
    small = lins_browser.get(lin.avatar_url)
    assert small["Content-Type"] == "image/webp"
    assert small["Cache-Control"] == "private, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(body(small))).size == (64, 64)
    large = lins_browser.get(lin.avatar_url.replace("small", "large"))
    assert Image.open(io.BytesIO(body(large))).size == (200, 200)  # nothing is enlarged
    old_address = lins_browser.get(before)
    assert old_address["Cache-Control"] == "private, max-age=3600"


def test_a_new_picture_takes_the_old_one_s_place(
    lin: Member,
    now: datetime,
    media: Path,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        first = actions.set_avatar(member=lin, raw=picture("red"), now=now).avatar_version
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        second = actions.set_avatar(member=lin, raw=picture("blue"), now=now).avatar_version
    assert first != second
    assert Face.objects.count() == 1
    assert files(media) == 2  # small and large of the present one
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        actions.remove_avatar(member=lin, now=now)
    assert (files(media), Face.objects.count(), lin.avatar_version) == (0, 0, "")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [(b"not a picture", "This file is not a picture we can read."), (b"", "This file is empty.")],
)
def test_what_is_no_picture_changes_nothing(
    lin: Member, lins_browser: Client, media: Path, raw: bytes, sentence: str
) -> None:
    upload = SimpleUploadedFile("me.png", raw)
    answer = lins_browser.post("/me/face", {"picture": upload}, follow=True)
    assert sentence in answer.content.decode()
    lin.refresh_from_db()
    assert (lin.avatar_version, files(media)) == ("", 0)


def test_strangers_and_made_up_sizes_see_nothing(
    client: Client, lin: Member, lins_browser: Client, now: datetime
) -> None:
    actions.set_avatar(member=lin, raw=picture(), now=now)
    assert client.get(lin.avatar_url).status_code == 302
    assert lins_browser.get(lin.avatar_url.replace("small", "huge")).status_code == 404


def test_the_files_survive_a_sweep_that_knows_the_faces(lin: Member, now: datetime) -> None:
    actions.set_avatar(member=lin, raw=picture(), now=now)
    known = set(Face.objects.values_list("key", flat=True))
    blobs.store().sweep(known, older_than=datetime.max.replace(tzinfo=now.tzinfo))
    assert blobs.store().path(f"{known.pop()}.small.webp").exists()
