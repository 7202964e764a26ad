"""A member's archive: whole, only what they may see, theirs alone, and made again after a crash."""

import json
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from inspect import isgenerator
from pathlib import Path
from threading import Barrier
from typing import Any
from zipfile import ZipFile

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection, models
from django.test import Client

from goodword.circle import actions as circle
from goodword.circle import exports
from goodword.circle.models import Friendship, MomentPicture, Voice
from goodword.circle.rules import Audience
from goodword.circle.states import AudienceKind
from goodword.kit import clock, jobs
from goodword.kit.errors import TooMany
from goodword.kit.ids import new_id
from goodword.kit.models import RateBucket
from goodword.ops.archive import keeping, parts, writing
from goodword.ops.models import Archive
from goodword.people import actions as people
from goodword.people.models import Member
from goodword.reach.interests import actions as interests

from ..floors.house import floors
from ..journeys.scene import buy
from ..town import TEA, befriend, member, moment, photo, show, tea_shop

pytestmark = pytest.mark.django_db

# Tables with rows of a member's that are in no archive, and why.
NOT_TAKEN = {
    "notices.Letter": "when the last letter went out",
    "circle.MomentWords": "an index, made anew from the moments",
    "shop.ListingWords": "an index, made anew from the listings",
    "shop.DeclarationPage": "for operators alone; she has the papers that she sent",
    "reach.Entry": "an index, made anew from the moments that it points to",
    "reach.Digest": "from when to when a digest reaches; what is in it is others'",
    "reach.Rhythm": "sums of all her friends together, made anew each week",
    "reach.Visit": "a bookmark in the timeline, for its next look alone",
    "ops.Archive": "the archive itself",
    "money.Snapshot": "a sum of entries, which are all there",
    "money.FeeBand": "the house's; it names the operator who wrote it",
    "kit.HouseRule": "likewise: everybody reads it at the rules",
    "money.PayoutFile": "the house's; it names the operator who made it",
    "money.BankStatement": "the house's; it names the operator who brought it",
    "money.BankLine": "the house's; it names the operator who explained it",
    "sessions.Session": "a secret; where one is signed in is told by usersessions",
    "account.EmailConfirmation": "a secret; a link that waits in a mail",
    "circle.LinkPicture": "what other sites show of themselves",
}
NAMES = {
    "owner", "author", "buyer", "seller", "holder", "reader", "member", "asker", "asked", "actor",
    "user", "friend", "blocked",
}  # fmt: skip


@pytest.fixture
def world() -> dict[str, Any]:
    """Lin has friends, one whom she blocks, one who hides from her; and orders."""
    lin, chen, wen, bo, yu = (
        member(name, email=f"{name.split()[0].lower()}@circle.example")
        for name in ("Lin Xiaoman", "Chen Bo", "Wen Jing", "Bo Hai", "Yu Tong")
    )
    for friend in (chen, wen, bo, yu):
        befriend(lin, friend)
    befriend(chen, wen)
    now = clock.now()
    people.set_avatar(member=lin, raw=photo(TEA, (300, 300)), now=now)
    group = circle.make_group(owner=lin, name="Tea people", now=now)
    circle.set_members(owner=lin, group=group.id, friends=[chen.id], now=now)
    Friendship.objects.filter(owner=lin, friend=chen).update(note="Likes oolong", nickname="老陈")
    Friendship.objects.filter(owner=chen, friend=lin).update(
        note="CHENS-NOTE", nickname="CHENS-LIN"
    )
    mine = moment(
        lin, "A day at the kiln.", pictures=2,
        audience=Audience(AudienceKind.CHOSEN, groups=(group.id,), people=(wen.id,)),
    )  # fmt: skip
    circle.edit_moment(moment=mine, author=lin, text="A day at the kiln, with rain.", now=now)
    circle.like(moment=mine, member=chen, now=now)
    circle.comment(moment=mine, member=wen, text="WEN-SAYS-SO", now=now)
    circle.make_group(owner=chen, name="CHENS-GROUP", now=now)
    circle.invite(owner=chen, now=now)
    gone = moment(lin, "DELETED-WORDS", pictures=1)
    circle.delete_moment(moment=gone, author=lin, now=now)
    everyone = moment(lin, "For all.")
    circle.comment(moment=everyone, member=bo, text="BO-SAYS-SO", now=now)
    hidden = moment(yu, "YUS-MOMENT")
    circle.comment(moment=hidden, member=lin, text="What I said to Yu.", now=now)
    chens = moment(chen, "CHENS-MOMENT", pictures=1)
    circle.comment(moment=chens, member=lin, text="To Chen.", now=now)
    no_sound = {"total_bytes": 1, "duration": timedelta(seconds=1), "peaks": b"", "sha256": b""}
    Voice.objects.create(moment=chens, author=chen, key=new_id().hex, **no_sound)
    circle.block(owner=lin, other=bo, now=now)
    Friendship.objects.filter(owner=yu, friend=lin).update(hides_mine=True)
    cup, own = tea_shop(chen), tea_shop(lin, "Tea caddy")
    show(lin, own)
    interests.choose(member=lin.id, interests=["tea"], now=now)
    buy(lin, cup, pay=True)
    buy(chen, own, pay=True)
    return {"lin": lin, "chen": chen, "wen": wen, "bo": bo, "yu": yu, "mine": mine, "gone": gone,
            "chens": chens}  # fmt: skip


def made(owner: Member) -> Path:
    row = keeping.ask(owner=owner, now=clock.now())
    jobs.run_due()
    return keeping.file_of(owner.id, row.id, now=clock.now())


def read(path: Path) -> tuple[dict[str, Any], ZipFile]:
    archive = ZipFile(path)
    assert archive.testzip() is None
    names = [part.name for part in parts.PARTS]
    return {name: json.loads(archive.read(f"data/{name}.json")) for name in names}, archive


def test_it_holds_everything_of_mine(world: dict[str, Any]) -> None:
    data, archive = read(made(world["lin"]))
    assert data["profile"][0]["email"] == "lin@circle.example"
    chen = next(row for row in data["friends"] if row["handle"] == world["chen"].handle)
    assert (chen["nickname"], chen["note"], chen["groups"]) == (
        "老陈",
        "Likes oolong",
        ["Tea people"],
    )
    kiln = next(row for row in data["moments"] if row["id"] == str(world["mine"].id))
    assert kiln["text"] == "A day at the kiln, with rain."
    assert [one["text"] for one in kiln["earlier"]] == ["A day at the kiln."]
    assert kiln["audience"] == {
        "kind": "chosen", "groups": ["Tea people"], "people": [world["wen"].handle],
    }  # fmt: skip
    assert [one["name"] for one in kiln["likes"]] == ["老陈"]
    assert [one["text"] for one in kiln["comments"]] == ["WEN-SAYS-SO"]
    files = archive.namelist()
    assert {picture["file"] for picture in kiln["pictures"]} <= set(files)
    for picture in (*kiln["pictures"], {"file": "media/face.webp"}):
        assert archive.read(picture["file"])[8:12] == b"WEBP"
    assert [row["role"] for row in data["orders"]] == ["seller", "buyer"]
    assert data["orders"][1]["address"]["name"] == "王芳"
    assert data["listings"][0]["pictures"][0]["file"] in files
    assert len(data["listings"][0]["prices"]) == 3
    assert data["blocks"][0]["handle"] == world["bo"].handle
    assert {row["account"] for row in data["ledger"]}
    assert data["interests"] == [{"interest": "tea"}]
    assert data["journal"][0]["verb"] == "people.joined"
    page = archive.read("index.html").decode()
    assert "A day at the kiln, with rain." in page
    assert kiln["pictures"][0]["file"] in page
    assert "Celadon teacup" in page


def test_it_holds_nothing_that_i_may_not_see(world: dict[str, Any]) -> None:
    _data, archive = read(made(world["lin"]))
    for name in archive.namelist():
        words = archive.read(name).decode(errors="ignore")
        for secret in (
            "CHENS-NOTE", "CHENS-LIN", "CHENS-MOMENT", "CHENS-GROUP", "YUS-MOMENT", "BO-SAYS-SO",
            "DELETED-WORDS", "chen@circle.example", "wen@circle.example",
        ):  # fmt: skip
            assert secret not in words, (name, secret)
    said = {row["text"]: row["of"] for row in _data["comments"]}
    assert said == {"What I said to Yu.": None, "To Chen.": world["chen"].handle}
    assert _data["likes"] == _data["invitations"] == []


def test_files_are_those_of_my_moments_that_are_there(world: dict[str, Any]) -> None:
    """Also before the job has taken away those of a moment that was deleted."""
    lin, now = world["lin"].id, clock.now()
    names = {one.name for one in exports.pictures(lin, now)}
    own, others = (
        {exports.picture_file(one.id) for one in MomentPicture.objects.filter(moment__in=moments)}
        for moments in ([world["mine"]], [world["gone"], world["chens"]])
    )
    assert (len(own), len(others)) == (2, 2)
    assert own <= names
    assert names.isdisjoint(others)
    assert list(exports.voices(lin, now)) == []


def test_how_i_was_answered_stays_as_untold_as_on_the_pages(world: dict[str, Any]) -> None:
    """A refusal looks like waiting; and that somebody took back what I refused is their matter."""
    lin, now = world["lin"], clock.now()
    mo, an = member("Mo Li"), member("An Ning")
    refused = circle.ask(asker=lin, asked=mo, now=now)
    circle.decline(request=refused, member=mo, now=now)
    taken_back = circle.ask(asker=an, asked=lin, now=now)
    circle.decline(request=taken_back, member=lin, now=now)
    circle.withdraw(request=taken_back, member=an, now=now)
    told = {row["handle"]: (row["way"], row["state"]) for row in exports.requests(lin.id, now)}
    assert told[mo.handle] == ("by you", "waiting")
    assert told[an.handle] == ("to you", "declined")


def test_a_block_of_mine_cannot_be_read_from_anothers_archive(world: dict[str, Any]) -> None:
    data, _archive = read(made(world["bo"]))
    assert data["blocks"] == []
    assert data["friend-requests"] == [] or all(
        row["state"] in ("waiting", "accepted") for row in data["friend-requests"]
    )


def test_only_its_owner_fetches_it_and_only_in_time(world: dict[str, Any]) -> None:
    lin = world["lin"]
    path = made(lin)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    row = Archive.objects.get(owner=lin)
    url = f"/me/data/{row.id}"
    mine, other = Client(), Client()
    mine.force_login(lin)
    other.force_login(world["chen"])
    answer = mine.get(url)
    assert b"".join(answer.streaming_content) == path.read_bytes()
    assert "attachment" in answer["Content-Disposition"]
    assert other.get(url).status_code == 404
    assert Client().get(url).status_code == 302
    assert str(row.id) in mine.get("/me/data").content.decode()
    assert str(row.id) not in other.get("/me/data").content.decode()
    late = row.expires_at + timedelta(seconds=1)
    with pytest.raises(keeping.NoSuchArchive):
        keeping.file_of(lin.id, row.id, now=late)
    keeping.sweep(now=late)
    assert not path.exists()
    assert not Archive.objects.exists()


def test_whoever_leaves_while_it_is_made_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    lin, now = member("Lin Xiaoman"), clock.now()
    row = keeping.ask(owner=lin, now=now)

    def leaving(*_args: Any, **_named: Any) -> None:
        keeping.forget(owner=lin.id)

    monkeypatch.setattr(writing, "write", leaving)
    keeping.build(archive=row.id, now=now)
    assert list(keeping.folder().glob(f"{row.id.hex}*")) == []


def test_a_day_has_a_most() -> None:
    lin, now = member("Lin Xiaoman"), clock.now()
    full = {"full_until": now + timedelta(days=1)}
    RateBucket.objects.update_or_create(key=f"archive:{lin.id}", defaults=full)
    with pytest.raises(TooMany):
        keeping.ask(owner=lin, now=now)
    assert keeping.ask(owner=lin, now=now + timedelta(days=1))


def test_asking_twice_makes_one(world: dict[str, Any]) -> None:
    lin, now = world["lin"], clock.now()
    first = keeping.ask(owner=lin, now=now)
    assert keeping.ask(owner=lin, now=now).id == first.id
    client = Client()
    client.force_login(lin)
    assert '<meta http-equiv="refresh"' in client.get("/me/data").content.decode()
    jobs.run_due()
    assert '<meta http-equiv="refresh"' not in client.get("/me/data").content.decode()


def test_a_killed_worker_leaves_nothing_half(
    world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    lin, now = world["lin"], clock.now()
    row = keeping.ask(owner=lin, now=now)

    def killed(*_args: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(writing, "copy", killed)
        with pytest.raises(KeyboardInterrupt):
            keeping.build(archive=row.id, now=now)
    assert not keeping.place(row.id).exists()
    (keeping.folder() / f"{row.id.hex}.dead.part").write_bytes(b"half")
    keeping.build(archive=row.id, now=now)
    assert keeping.file_of(lin.id, row.id, now=now)
    keeping.build(archive=row.id, now=now)  # again does nothing
    keeping.sweep(now=now + timedelta(days=2))
    assert [path.suffix for path in keeping.folder().glob(f"{row.id.hex}*")] == [".zip"]


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_leave_one_whole_file() -> None:
    lin, now = member("Lin Xiaoman"), clock.now()
    row = keeping.ask(owner=lin, now=now)
    gate = Barrier(2)

    def run() -> None:
        gate.wait()
        try:
            keeping.build(archive=row.id, now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        for one in [threads.submit(run) for _n in range(2)]:
            one.result()
    kept = keeping.file_of(lin.id, row.id, now=now)
    row.refresh_from_db()
    assert kept.stat().st_size == row.size
    assert [path.suffix for path in keeping.folder().glob(f"{row.id.hex}*")] == [".zip"]


def test_it_is_written_in_the_language_of_its_owner(world: dict[str, Any]) -> None:
    client = Client(headers={"Accept-Language": "zh-CN"})
    client.force_login(world["lin"])
    client.post("/me/data")
    jobs.run_due()
    row = Archive.objects.get()
    page = ZipFile(keeping.place(row.id)).read("index.html").decode()
    assert "Lin Xiaoman的存档" in page


def test_programs_ask_and_fetch_too(world: dict[str, Any]) -> None:
    _token, secret = people.issue_token(owner=world["lin"], name="test", now=clock.now())
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    asked = program.post("/api/v1/me/archives")
    assert (asked.status_code, asked.json()["state"]) == (202, "asked")
    url = f"/api/v1/me/archives/{asked.json()['id']}/file"
    assert program.get(url).status_code == 404
    jobs.run_due()
    [row] = program.get("/api/v1/me/archives").json()
    assert (row["state"], row["done"]) == ("ready", row["steps"])
    assert b"".join(program.get(url).streaming_content)[:2] == b"PK"
    assert program.get(f"/api/v1/me/archives/{new_id()}/file").status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_moments_are_read_in_as_many_statements_for_few_and_many(
    count: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    lin, chen = member("Lin Xiaoman"), member("Chen Bo")
    befriend(lin, chen)
    for n in range(count):
        one = moment(lin, f"Morning {n}.")
        circle.comment(moment=one, member=chen, text="Hm.", now=clock.now())
    with django_assert_num_queries(7):
        assert len(list(parts.READ["moments"](lin.id, clock.now()))) == count


def test_an_email_that_was_confirmed_is_mine_alone(world: dict[str, Any]) -> None:
    chen = world["chen"]
    EmailAddress.objects.create(user=chen, email=chen.email, verified=True, primary=True)
    data, _archive = read(made(chen))
    assert data["profile"][0]["addresses"][0]["email"] == chen.email


def test_nothing_is_read_before_it_is_written() -> None:
    """Each part yields its rows one by one, so that an archive of any size takes little memory."""
    lin, now = member("Lin Xiaoman"), clock.now()
    for part in (*parts.PARTS, *parts.MEDIA):
        assert isgenerator(part.read(lin.id, now)), part
    assert isgenerator(writing.page(lin.id, now))


def test_no_table_of_a_member_is_forgotten() -> None:
    """A table with a member in it is in somebody's part, or its exception says why not."""
    covered = {label for part in (*parts.PARTS, *parts.MEDIA) for label in part.covers}
    theirs = {
        model._meta.label
        for model in apps.get_models()
        if any(is_of_member(field) for field in model._meta.get_fields())
    }
    assert theirs - covered - NOT_TAKEN.keys() == set()
    assert covered & NOT_TAKEN.keys() == set()
    assert covered <= {model._meta.label for model in apps.get_models()}


def is_of_member(field: Any) -> bool:
    if not getattr(field, "concrete", False):
        return False
    if isinstance(field, models.ForeignKey) and field.related_model is Member:
        return True
    ours = field.model._meta.app_label in floors()
    return ours and isinstance(field, models.UUIDField) and field.name in NAMES
