"""A house goes into a file and comes out of it whole, or nothing happens at all."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import tarfile
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from goodword.kit import blobs, clock
from goodword.ops.backup import manifest, restoring, rows, taking, tools
from goodword.ops.backup.note import last
from goodword.ops.errors import Stop
from goodword.ops.instance import RESTORING, settle
from goodword.ops.tables.writing import dumped
from goodword.orders.tests.town import held, offered, open_shop, person
from goodword.people import actions as people
from tests.house import living_in, url_of

from .houses import COMMAND, PATIENCE, House, environment, goodword, until
from .test_tidying import picture

# Sessions end with a restore, and its own migrations look into Django's tables.
SESSIONS = "--exclude-table-data=*session*"


@pytest.fixture
def databases(template_database, django_db_blocker):
    """Two databases of this test's own: a new house's, and an empty one."""
    names = [f"{kind}_{os.environ['GOODWORD_TEST_RUN']}_{os.getpid()}" for kind in ("old", "new")]
    with django_db_blocker.unblock():
        with connection._nodb_cursor() as admin:
            admin.execute(f'CREATE DATABASE "{names[0]}" TEMPLATE "{template_database}"')
            admin.execute(f'CREATE DATABASE "{names[1]}"')
        with living_in(NAME=names[0]):
            yield [url_of(name) for name in names]
        with connection._nodb_cursor() as admin:
            for name in names:
                admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def small(tmp_path) -> Path:
    """A backup with a secret, a file and no database, for what happens before that."""
    return crafted(tmp_path / "small.zip")


def crafted(file, *, secret="django", media=f"{'ab' * 16}.webp", **changes):
    said = {
        "goodword": "0.1.0", "made_at": clock.now(), "postgresql": 18, "tools": 18,
        "database_bytes": 1, "migrations": (), "withheld": (), "files": 1, "missing": (),
    } | changes  # fmt: skip
    with file.open("w+b") as out:
        with zipfile.ZipFile(out, "w") as archive:
            parts = {}
            for name, content in (
                (manifest.DATABASE, b"no dump"),
                (manifest.SECRETS, packed(secret)),
                (manifest.MEDIA, packed(media)),
            ):
                with taking.adding(archive, name) as part:
                    part.write(content)
                parts[name] = part.part()
            archive.writestr(manifest.MANIFEST, manifest.Manifest(parts=parts, **said).text())
            archive.comment = manifest.UNSEALED
        manifest.seal(out)
    return file


def packed(name):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        info = tarfile.TarInfo(name)
        info.size = 1
        tar.addfile(info, io.BytesIO(b"x"))
    return out.getvalue()


def lived_in():
    """Somebody with a face, an order that is paid, and an open session; her face's key."""
    wang, lin = person("wang"), person("lin")
    people.set_avatar(member=wang, raw=picture(), now=clock.now())
    open_shop(lin)
    held(wang, offered(lin))
    Client().force_login(wang)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM people_face")
        return cursor.fetchone()[0]


def files(root):
    return {path.name: path.read_bytes() for path in root.glob("??/??/*")}


def test_a_house_comes_back_into_another_database_and_folder(
    databases, media, tmp_path, monkeypatch
):
    old, new = databases
    face = lived_in()
    stray = blobs.store().put(b"of a form that was never sent", suffix=".webp")
    with connection.cursor() as cursor:
        cursor.execute("REVOKE TRUNCATE, DELETE ON money_entry FROM CURRENT_USER")
    file, there = tmp_path / "house.zip", tmp_path / "there"
    said = taking.take(file, now=clock.now())
    assert file.stat().st_mode & 0o777 == 0o600
    assert last(settings.CONFIG.data) == (said.made_at, str(file))
    assert said.missing == ()
    assert [path for path in tmp_path.iterdir() if path.suffix == taking.HALF] == []
    with pytest.raises(Stop, match="is there already"):
        taking.take(file, now=clock.now())

    back = goodword("restore", file, "--data", there, DATABASE_URL=new)
    troubles = [line for line in back.stdout.splitlines() if line.startswith("✗")]
    assert [line.split()[1] for line in troubles] == ["durability"], back.stdout + back.stderr
    assert "1 promises are as the house signed them." in back.stdout
    assert "chains are whole" in back.stdout
    assert as_told(new) == as_told(old)
    ours = {name: content for name, content in files(media).items() if name != stray}
    assert files(there / "media") == ours
    assert face in {name[:32] for name in ours}
    for secret in (settings.CONFIG.data / "secrets").iterdir():
        restored = there / "secrets" / secret.name
        assert restored.read_bytes() == secret.read_bytes()
        assert restored.stat().st_mode & 0o777 == 0o600
    assert Session.objects.exists()
    with psycopg.connect(new) as restored_rows:
        for right, has in (("TRUNCATE", False), ("DELETE", False), ("INSERT", True)):
            question = "SELECT has_table_privilege('money_entry', %s)"
            assert restored_rows.execute(question, [right]).fetchone() == (has,)
        assert restored_rows.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    assert not (there / RESTORING).exists()

    with pytest.raises(Stop, match="There is something in the database in DATABASE_URL"):
        rows.refuse(said)
    monkeypatch.setattr(rows.tables, "is_empty", lambda: True)
    rows.refuse(said)
    with pytest.raises(Stop, match=r"newer Goodword, which has shop\.0999_tomorrow"):
        rows.refuse(replace(said, migrations=(*said.migrations, "shop.0999_tomorrow")))
    with pytest.raises(Stop, match="restore into PostgreSQL 99 or newer"):
        rows.refuse(replace(said, postgresql=99))


def as_told(url: str) -> list[str]:
    """A database's dump. PostgreSQL casts a list of choices in another way once it was restored."""
    casts = re.compile(r"[()]|::character varying|::text(\[\])?")
    lines = dumped(url, SESSIONS).splitlines()
    return [casts.sub("", line) if "ARRAY[" in line else line for line in lines]


def test_what_goes_wrong_half_way_leaves_nothing(databases, media, tmp_path, monkeypatch):
    lived_in()
    here = tmp_path / "backups"
    here.mkdir()

    def full(*_given):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(blobs.Store, "open", full)
        with pytest.raises(Exception, match="is full: free some space"):
            taking.take(here / "house.zip", now=clock.now())
    with monkeypatch.context() as patch:
        patch.setattr(tools, "tool", lambda *_given, **_said: ("/bin/false", 18))
        with pytest.raises(Stop, match="false gave up"):
            taking.take(here / "house.zip", now=clock.now())
    with monkeypatch.context() as patch:
        patch.setattr(taking.shutil, "disk_usage", lambda _at: shutil._ntuple_diskusage(9, 8, 1))
        with pytest.raises(Exception, match=r"may take \d+ MB, and the disk .* has 0 MB left"):
            taking.take(here / "house.zip", now=clock.now())
    assert list(here.iterdir()) == []

    for path in media.glob("??/??/*"):
        path.unlink()
    said = taking.take(here / "house.zip", now=clock.now())
    assert len(said.missing) >= 1  # named, and no reason to have no backup
    manifest.check_parts(here / "house.zip", manifest.check(here / "house.zip"))


def test_one_changed_byte_anywhere_is_refused(small):
    whole = small.read_bytes()
    assert manifest.check(small).files == 1
    for place in range(0, len(whole), 97):
        small.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(manifest.Unfit):
            manifest.check(small)
    for length in (0, 40, len(whole) // 2, len(whole) - 1):
        small.write_bytes(whole[:length])
        with pytest.raises(manifest.Unfit, match=r"cut short|damaged"):
            manifest.check(small)


def test_a_part_that_is_not_the_manifest_s_is_refused(small):
    said = manifest.check(small)
    said.parts[manifest.MEDIA] = manifest.Part(said.parts[manifest.MEDIA].bytes, "0" * 64)
    with pytest.raises(manifest.Unfit, match=r"part media\.tar"):
        manifest.check_parts(small, said)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"secret": "../evil"}, "secret '../evil'"),
        ({"secret": ".."}, "secret '..'"),
        ({"goodword": "99.0.0"}, "made by Goodword 99.0.0"),
        ({"database_bytes": 2**62}, "free some space"),
    ],
)
def test_what_cannot_be_restored_leaves_no_folder(tmp_path, monkeypatch, changes, sentence):
    monkeypatch.setenv("GOODWORD_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL")
    file = crafted(tmp_path / "file.zip", **changes)
    with pytest.raises(Stop, match=sentence):
        restoring.restore(file, tmp_path / "new" / "data")
    assert list(tmp_path.rglob("*evil*")) == []
    assert not (tmp_path / "new" / "data").exists()


@pytest.mark.parametrize("name", ["../../../evil", "/tmp/evil", f"{'ab' * 16}/x", "ab.webp"])
def test_no_file_gets_out_of_its_folder(tmp_path, name):
    source = manifest.Counting(io.BytesIO(packed(name)))
    with pytest.raises(manifest.Unfit, match="names a file"):
        restoring.unpack_media(source, blobs.Store(tmp_path / "media"))
    assert list(tmp_path.rglob("*")) == []


def test_a_folder_with_something_in_it_is_left_alone(small, tmp_path):
    house = tmp_path / "house"
    house.mkdir()
    (house / "letter").write_text("mine")
    with pytest.raises(Stop, match="is not empty"):
        restoring.restore(small, house)
    assert {path.name: path.read_text() for path in house.iterdir()} == {"letter": "mine"}


def test_half_a_house_is_none_and_is_cleared_away_by_the_next_try(tmp_path, monkeypatch):
    monkeypatch.setenv("GOODWORD_DATA", str(tmp_path))
    house = tmp_path / "house"
    (house / "media").mkdir(parents=True)
    (house / RESTORING).touch()
    with pytest.raises(Stop, match="cut short"):
        settle(house)
    with restoring.filling(house):
        assert [path.name for path in house.iterdir()] == [RESTORING]
        with pytest.raises(Stop, match="at work"), restoring.filling(house):
            pass
    assert list(house.iterdir()) == []
    settle(house)


def test_programs_that_are_too_old_are_a_sentence():
    with pytest.raises(Stop, match="PostgreSQL 99 or newer"):
        tools.tool("pg_dump", at_least=99)


@contextmanager
def opened(house, *options):
    house.open(*options)
    try:
        yield
    finally:
        assert house.close()[0] == 0


@pytest.mark.deep
@pytest.mark.kill
def test_the_town_is_backed_up_while_it_is_open_and_opens_again(tmp_path):
    house, again = House(tmp_path / "a" / "data"), House(tmp_path / "b" / "data")
    for one in (house, again):
        one.data.parent.mkdir()
    try:
        with opened(house, "--demo"):
            file = tmp_path / "town.zip"
            killed = subprocess.Popen(
                [*COMMAND, "backup", str(file), "--data", str(house.data)], env=environment()
            )
            until(lambda: file.with_name("town.zip.part").exists())
            killed.send_signal(signal.SIGTERM)
            assert killed.wait(PATIENCE) == 128 + signal.SIGTERM
            assert list(tmp_path.glob("town*")) == []
            said = goodword("backup", file, "--data", house.data)
            assert said.returncode == 0, said.stderr
            assert house.get("/readyz")[0] == 200
        back = goodword("restore", file, "--data", again.data)
        assert back.returncode == 0, back.stdout + back.stderr
        assert "The house is in order." in back.stdout
        with opened(again):
            assert again.get("/")[0] == 200
            second = tmp_path / "second.zip"
            assert goodword("backup", second, "--data", again.data).returncode == 0
        first, other = (manifest.check(one) for one in (file, second))
        assert other.files == first.files > 1000
        with zipfile.ZipFile(file) as archive:
            assert json.loads(archive.read(manifest.MANIFEST))["format"] == manifest.FORMAT
    finally:
        house.clear()
        again.clear()
