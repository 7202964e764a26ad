"""Each night one backup, read back before an older one goes; what fails is told, and costs none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as present
from django.test import Client

from goodword.journal import queries as journal
from goodword.kit import clock, jobs
from goodword.kit.config import Backups
from goodword.notices.models import Notice
from goodword.ops import tasks
from goodword.ops.backup import manifest, nightly, note, rules, standing, taking
from goodword.ops.errors import Stop
from goodword.orders.tests.town import person
from goodword.people import actions as people
from goodword.people import operators

from .houses import House, until
from .test_backup import databases, media  # noqa: F401  # fixtures

THREE = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)
NIGHT = timedelta(days=1)
OURS = "0123abcd"


def never() -> bool:
    return False


@pytest.fixture
def plan(tmp_path, settings) -> Backups:
    """A house in a folder of its own that backs itself up, and keeps one."""
    data, folder = tmp_path / "data", tmp_path / "backups"
    (data / "secrets").mkdir(parents=True)
    (data / "secrets" / "django").write_text("s")
    folder.mkdir()
    plan = Backups(folder=folder, hour=3, keep=1)
    settings.CONFIG = replace(present.CONFIG, data=data, backups=plan)
    return plan


def names(plan):
    return sorted(path.name for path in plan.folder.iterdir())


def test_a_night_after_the_other(databases, media, plan, monkeypatch):  # noqa: F811
    lin = person("lin")
    operators.appoint(member=lin, on=True, now=clock.now())
    client = Client()
    client.force_login(lin)
    _token, secret = people.issue_token(owner=lin, name="t", now=clock.now())
    data, first, second = present.CONFIG.data, THREE, THREE + NIGHT
    strangers = [f"house-{'0' * 8}-2020-01-01T03-00-00Z.zip", "house.zip", "mine.txt"]
    for name in strangers:
        (plan.folder / name).write_text("of somebody else")
    half = plan.folder / f"house-{nightly.house()}-2020-01-01T03-00-00Z.zip.part"
    half.write_text("left by a kill")

    one = nightly.make(now=first, is_over=never)
    assert one is not None
    assert not half.exists()
    manifest.check_parts(one, manifest.check(one))
    assert note.last(data) == (first, str(one))
    assert nightly.make(now=first + timedelta(hours=1), is_over=never) is None

    # The next night the disk is nearly full, and at the next try it loses a byte.
    with monkeypatch.context() as patch:
        patch.setattr(taking, "SPARE", 2**62)
        assert nightly.make(now=second, is_over=never) is None
        assert nightly.make(now=second + timedelta(hours=3), is_over=never) is None
    with monkeypatch.context() as patch:
        patch.setattr(taking, "seal", spoiling)
        assert nightly.make(now=second + rules.AGAIN, is_over=never) is None
    told = [deed for deed in journal.story(nightly.HOUSE) if deed.verb == "ops.backup_failed"]
    whys = [deed.facts["why"] for deed in told]
    assert "free some space" in whys[0]
    assert "damaged" in whys[1]
    assert len(whys) == 2
    assert names(plan) == sorted([one.name, *strangers])
    assert Notice.objects.filter(owner=lin.id, kind="ops.backup_failed").count() == 1
    with clock.at(second + rules.AGAIN):
        assert "nightly backup could not be made" in client.get("/notices").content.decode()
        assert "nightly backup could not be made on" in client.get("/desk").content.decode()
        bearer = {"Authorization": f"Bearer {secret}"}
        said = Client().get("/api/v1/desk/backups", headers=bearer).json()
    assert said["nightly"]
    assert datetime.fromisoformat(said["newest_at"]) == first
    assert datetime.fromisoformat(said["failed_at"]) == second + rules.AGAIN

    # A house that closes meanwhile leaves nothing half and is not told of.
    third, job = second + 2 * rules.AGAIN, jobs.app.tasks["ops.back_up"]
    assert job.pass_context
    with clock.at(third):
        job.func(SimpleNamespace(should_abort=lambda: True))
    with taking.alone(data):
        assert nightly.make(now=third, is_over=never) is None
    assert names(plan) == sorted([one.name, *strangers])
    assert note.failed(data).at == second + rules.AGAIN

    with clock.at(third):
        job.func(SimpleNamespace(should_abort=never))
    other = rules.name(nightly.house(), third)
    assert names(plan) == sorted([other, *strangers])
    assert note.failed(data) is None
    assert not Notice.objects.filter(kind="ops.backup_failed").exists()
    with clock.at(third):
        assert "backup" not in client.get("/desk").content.decode()


def spoiling(out):
    """As a disk that keeps something else than it was given."""
    manifest.seal(out)
    out.seek(1000)
    byte = out.read(1)
    out.seek(1000)
    out.write(bytes([byte[0] ^ 1]))


def test_one_at_a_time(plan, tmp_path):
    with taking.alone(present.CONFIG.data):
        with pytest.raises(Stop, match="Another backup of this house is at work"):
            taking.take(tmp_path / "other.zip", now=clock.now())
        assert not (tmp_path / "other.zip.part").exists()
    with pytest.raises(ZeroDivisionError), taking.alone(present.CONFIG.data):
        raise ZeroDivisionError
    with taking.alone(present.CONFIG.data):
        pass


def test_nothing_is_made_where_nobody_asked_for_it(settings, tmp_path):
    settings.CONFIG = replace(present.CONFIG, data=tmp_path, backups=None)
    assert nightly.make(now=clock.now(), is_over=never) is None
    tasks.back_up(never)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_told_and_not_made(plan):
    plan.folder.rmdir()
    assert nightly.make(now=THREE, is_over=never) is None
    assert "cannot be written into" in note.failed(present.CONFIG.data).why
    [said] = standing.standing(THREE).sentences
    assert said == f"Nightly backups cannot be written into {plan.folder}."


@pytest.mark.parametrize(
    ("now", "hour", "zone", "planned"),
    [
        ("2026-05-04T03:00Z", 3, "UTC", "2026-05-04T03:00Z"),
        ("2026-05-04T02:59Z", 3, "UTC", "2026-05-03T03:00Z"),
        ("2026-05-03T19:30Z", 3, "Asia/Shanghai", "2026-05-03T19:00Z"),
        ("2026-03-29T02:00Z", 3, "Europe/Berlin", "2026-03-29T01:00Z"),  # a night of 23 hours
        ("2026-03-30T00:00Z", 3, "Europe/Berlin", "2026-03-29T01:00Z"),
        ("2026-10-25T01:00Z", 3, "Europe/Berlin", "2026-10-24T01:00Z"),  # and of 25
        ("2026-10-25T02:00Z", 3, "Europe/Berlin", "2026-10-25T02:00Z"),
    ],
)
def test_when_a_night_is(now, hour, zone, planned):
    at = datetime.fromisoformat
    assert rules.planned(at(now), hour=hour, zone=ZoneInfo(zone)) == at(planned)


@pytest.mark.parametrize(
    ("made", "tried", "due"),
    [
        (None, None, True),
        (-NIGHT, None, True),
        (timedelta(0), None, False),
        (timedelta(minutes=5), None, False),
        (-NIGHT, timedelta(minutes=5), False),
        (-NIGHT, -NIGHT, True),
        (-NIGHT, -timedelta(hours=3, minutes=50), True),
        (timedelta(days=9), None, True),  # the clock went back
        (-NIGHT, timedelta(days=9), True),
    ],
)
def test_when_it_is_due(made, tried, due):
    now = THREE + timedelta(minutes=10)
    at = [None if one is None else THREE + one for one in (made, tried)]
    assert rules.is_due(now=now, since=THREE, made=at[0], tried=at[1]) is due


def test_which_ones_go():
    days = [rules.name(OURS, THREE + day * NIGHT) for day in range(6)]
    others = [rules.name("f" * 8, THREE), "house.zip", f"{days[0]}.part", f"old-{days[0]}"]
    given = {"names": [*reversed(days), *others], "house": OURS}
    assert rules.superfluous(**given, keep=3, made=days[5]) == days[:3]
    assert rules.superfluous(**given, keep=9, made=days[5]) == []
    assert rules.superfluous(**given, keep=1, made=days[0]) == days[1:]  # the clock went back


@pytest.mark.django_db
def test_the_operator_hears_when_none_was_made_for_long(settings, tmp_path):
    settings.CONFIG, now = replace(present.CONFIG, data=tmp_path, backups=None), clock.now()
    assert standing.standing(now).sentences == []
    people.register(handle="lin", display_name="Lin", now=now)
    assert standing.standing(now + timedelta(days=6)).sentences == []
    [said] = standing.standing(now + timedelta(days=8)).sentences
    assert "ever made" in said
    settings.CONFIG = replace(present.CONFIG, backups=Backups(tmp_path, 3, 1))
    note.write_private(tmp_path / note.NAME, f'{{"made_at": "{now.isoformat()}", "file": "x"}}')
    assert standing.standing(now + timedelta(hours=35)).sentences == []
    [said] = standing.standing(now + timedelta(hours=37)).sentences
    assert "newest backup of this house is of" in said


@pytest.mark.deep
def test_the_worker_makes_one_when_the_house_opens(tmp_path):
    house, folder = House(tmp_path / "a" / "data"), tmp_path / "backups"
    house.given = {"GOODWORD_BACKUPS": str(folder), "GOODWORD_BACKUPS_KEEP": "2"}
    house.data.parent.mkdir()
    folder.mkdir()
    try:
        house.open()
        until(lambda: list(folder.glob("house-*.zip")), house)
        assert house.close()[0] == 0
        [made] = folder.iterdir()
        manifest.check_parts(made, manifest.check(made))
        assert note.last(house.data)[1] == str(made)
    finally:
        house.clear()
