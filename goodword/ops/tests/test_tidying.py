"""What the house does by itself at night, above all with files that no row names."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from procrastinate.contrib.django import app

from goodword.kit import blobs, clock
from goodword.kit.models import Row
from goodword.ops import actions, tasks
from goodword.people import actions as people


@pytest.fixture
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def files(media: Path) -> set[str]:
    return {path.name for path in media.glob("??/??/*")}


def age(media: Path, until: datetime) -> None:
    for path in media.glob("??/??/*"):
        os.utime(path, (until.timestamp(), until.timestamp()))


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 64), "teal").save(out, "PNG")
    return out.getvalue()


@pytest.mark.django_db
def test_an_upload_without_a_row_goes_after_two_days_and_a_face_stays(media):
    now = clock.now()
    lin = people.register(handle="lin", display_name="Lin", now=now)
    people.set_avatar(member=lin, raw=picture(), now=now)
    face = files(media)
    blobs.store().put(b"an upload whose form was never sent", suffix=".webp")
    tasks.tidy(0)
    assert len(files(media)) == len(face) + 1  # it may be of a form that is just being read
    age(media, now - timedelta(hours=47))
    tasks.tidy(0)
    assert len(files(media)) == len(face) + 1
    age(media, now - timedelta(hours=49))
    tasks.tidy(0)
    assert files(media) == face


@pytest.mark.django_db
def test_another_house_s_database_takes_no_files(media, caplog):
    for _time in range(30):
        blobs.store().put(b"x", suffix=".webp")
    age(media, clock.now() - timedelta(days=9))
    tasks.tidy(0)
    assert len(files(media)) == 30
    [line] = [record.msg for record in caplog.records if record.name == actions.__name__]
    assert line["detail"] == "No row names 30 of 30 files; they were left alone."


def test_the_worker_tidies_each_night():
    planned = app.periodic_registry.periodic_tasks.values()
    assert {one.task.name: one.cron for one in planned}["ops.tidy"] == "41 3 * * *"


def every_row(base: type = Row) -> Iterator[type]:
    for one in base.__subclasses__():
        yield one
        yield from every_row(one)


def test_every_kind_of_kept_file_is_known_to_the_sweep():
    """A table that names files and is not in FILED would lose them after two days."""
    strange = [
        row.__name__
        for row in every_row()
        for field in row._meta.local_fields  # type: ignore[attr-defined]
        if field.name == "key" and not field.editable and not issubclass(row, actions.FILED)
    ]
    assert strange == []
