"""The doctor finds what was broken on purpose, and nothing in a healthy house."""

import json
import re
import shutil
import socket
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from goodword.journal.actions import record
from goodword.kit import clock, jobs
from goodword.kit.config import Backups, Smtp
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.kit.tests.postbox import postbox
from goodword.money import actions as money
from goodword.money.gateways import GATEWAYS
from goodword.money.gateways.stripe import Stripe
from goodword.money.paying import Paying
from goodword.money.tests.gateways.stripe_bench import StripeBench
from goodword.ops import actions, queries
from goodword.ops.backup.note import NAME, note_failure
from goodword.ops.backup.taking import SPARE
from goodword.ops.doctor import visit
from goodword.ops.doctor.looks import House, examine
from goodword.ops.errors import Stop
from goodword.ops.mailing import send_test
from goodword.ops.models import Town
from goodword.ops.tables.privileges import forbid_emptying
from goodword.orders.tests.town import held, offered, open_shop, person
from goodword.people import actions as people

from .test_tidying import picture

pytestmark = pytest.mark.django_db
# The test cluster gives up durability for speed, which the doctor rightly complains about.
TEST_CLUSTER = {"durability"}


@pytest.fixture
def house(tmp_path):
    (tmp_path / "secrets").mkdir(mode=0o700)
    secret = tmp_path / "secrets" / "django"
    secret.write_text("s")
    secret.chmod(0o600)
    return House(data=tmp_path, now=clock.now(), is_up=True, embedded=True)


def wrong(house):
    found = {one.name: one.sentence for one in examine(house) if one.ok is not True}
    return {name: found[name] for name in found.keys() - TEST_CLUSTER}


def break_table(table, statement, *values):
    """As somebody with the database's password could, guards and all."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def deed(owner, times=3):
    for _time in range(times):
        record(owner=owner, actor=owner, verb="test.done", subject=new_id(), now=clock.now(), n=1)


def told(house, name):
    [sentence] = [one.sentence for one in examine(house) if one.name == name]
    return sentence


def test_it_says_when_nobody_s_money_moves(house, monkeypatch, settings):
    assert "nobody’s money moves" in told(house, "gateways")
    monkeypatch.setitem(GATEWAYS, "bank", GATEWAYS["sandbox"])
    settings.PAYING = Paying(offered=("bank",))
    assert told(house, "gateways") == "Money moves through bank."
    assert wrong(house) == {}
    settings.PAYING = Paying(offered=("bank", "sandbox"))
    assert "GOODWORD_PAY_WITH" in wrong(house)["gateways"]


def sold():
    """One captured payment."""
    order, now = new_id(), clock.now()
    buyer, seller = (
        people.register(handle=f"m{new_id().hex[-12:]}", display_name="M", now=now).id
        for _role in ("buyer", "seller")
    )
    payment = money.start_payment(
        order=order, buyer=buyer, seller=seller, amount=Money(5000, "CNY"), method="card",
        key=str(order), now=now,
    )  # fmt: skip
    money.send_payment(payment=payment.id, now=now)


def test_a_healthy_house(house):
    deed(new_id())
    sold()
    assert wrong(house) == {}


def test_a_changed_deed(house):
    owner = new_id()
    deed(owner)
    deed(new_id())
    break_table(
        "journal_entry",
        """UPDATE journal_entry SET body = '{"n":2}' WHERE owner = %s AND seq = 2""",
        owner,
    )
    assert wrong(house) == {"journal": f"The chain of {owner} is broken at entry 2."}


def test_an_entry_that_balances_with_nothing(house):
    sold()
    break_table("money_entry", "UPDATE money_entry SET amount = amount + 1 WHERE direction = 1")
    found = wrong(house)
    assert found.keys() == {"ledger"}
    assert "trial balance is off" in found["ledger"]


def test_two_wrong_transfers_that_hide_each_other(house):
    sold()
    sold()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT transfer_id FROM money_entry LIMIT 2")
        (one,), (other,) = cursor.fetchall()
    change = "UPDATE money_entry SET amount = amount + %s WHERE direction = 1 AND transfer_id = %s"
    break_table("money_entry", change, 1, one)
    break_table("money_entry", change, -1, other)
    assert "2 transfers do not sum to zero" in wrong(house)["ledger"]


def test_a_promise_that_was_changed(house):
    wang, lin = person("wang"), person("lin")
    open_shop(lin)
    held(wang, offered(lin))
    assert told(house, "signatures") == "1 promises are as the house signed them."
    break_table("orders_orderline", "UPDATE orders_orderline SET quantity = quantity + 1")
    assert "1 of 1 promises are not what was signed" in wrong(house)["signatures"]


def test_a_file_that_is_lost(house, settings):
    settings.MEDIA_ROOT = str(house.data / "media")
    people.set_avatar(member=person("lin"), raw=picture(), now=clock.now())
    assert told(house, "files") == "1 pictures, notes and papers are where their rows say."
    shutil.rmtree(house.data / "media")
    assert "1 of 1 files that rows name are not there" in wrong(house)["files"]


def test_a_week_without_a_backup(house):
    now = house.now
    people.register(handle="lin", display_name="Lin", now=now - timedelta(days=6))
    assert wrong(house) == {}
    people.register(handle="wang", display_name="Wang", now=now - timedelta(days=8))
    assert "No backup was ever made" in wrong(house)["backup"]
    for days, fine in ((8, False), (6, True)):
        made_at = (now - timedelta(days=days)).isoformat()
        said = json.dumps({"made_at": made_at, "file": "/backups/house.zip"})
        (house.data / NAME).write_text(said)
        assert ("backup" in wrong(house)) is not fine
        assert "/backups/house.zip" in told(house, "backup")
    (house.data / NAME).write_text("half of a li")
    assert "No backup was ever made" in wrong(house)["backup"]
    Town.objects.create(language="en", begun_at=now)
    assert wrong(house) == {}


def test_the_house_s_own_backups(house, settings, monkeypatch):
    plan = Backups(folder=house.data / "backups", hour=3, keep=2)
    settings.CONFIG = replace(settings.CONFIG, backups=plan)
    assert "make that folder" in wrong(house)["backup"]
    assert len(re.findall("GiB are free", told(house, "disk"))) == 1
    plan.folder.mkdir()
    assert told(house, "backup").endswith("none was made yet.")
    file = plan.folder / "house.zip"
    said = {"made_at": (house.now - timedelta(hours=30)).isoformat(), "file": str(file)}
    (house.data / NAME).write_text(json.dumps(said))
    assert "no longer there" in wrong(house)["backup"]
    file.write_text("whole")
    assert wrong(house) == {}
    assert f"after 3 o’clock in {plan.folder}" in told(house, "backup")
    note_failure(house.data, "The disk is full: free some space.", now=house.now)
    assert "failed: The disk is full: free some space. The newest backup" in wrong(house)["backup"]
    said |= {"made_at": (house.now - timedelta(hours=40)).isoformat()}
    (house.data / NAME).write_text(json.dumps(said))
    assert "see the log" in wrong(house)["backup"]

    free = shutil.disk_usage(house.data)
    full = type(free)(free.total, free.total - SPARE, SPARE)
    monkeypatch.setattr(shutil, "disk_usage", lambda at: full if at == plan.folder else free)
    assert f"only 0.2 GiB are free on the disk of {plan.folder}: make room" in told(house, "disk")


def test_a_table_that_somebody_may_empty(house):
    assert told(house, "guards").startswith("Nobody may change")
    with connection.cursor() as cursor:
        cursor.execute("GRANT TRUNCATE ON journal_entry TO PUBLIC")
    assert "journal_entry by PUBLIC" in wrong(house)["guards"]
    forbid_emptying()
    assert wrong(house) == {}


@pytest.mark.parametrize("how", ["DISABLE TRIGGER USER", "ENABLE REPLICA TRIGGER {}"])
def test_a_guard_that_sleeps(house, how):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'money_entry'::regclass")
        name = cursor.fetchone()[0]
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE money_entry {how.format(name)}")
    assert "A trigger of money_entry is missing or switched off" in wrong(house)["guards"]


def test_a_gateway_that_does_not_take_our_keys(house, monkeypatch, settings):
    bench = StripeBench()
    monkeypatch.setitem(GATEWAYS, "stripe", bench.gateway)
    settings.PAYING = Paying(offered=("stripe",))
    said = told(house, "gateways")
    assert said == "Money moves through stripe. stripe answers and takes our keys."
    other = Stripe(replace(bench.gateway.settings, key="sk_test_another"), "https://town.example")
    monkeypatch.setitem(GATEWAYS, "stripe", other)
    assert "stripe does not take our keys" in wrong(house)["gateways"]
    assert "Invalid API Key" in wrong(house)["gateways"]
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    away = Stripe(replace(bench.gateway.settings, api=address), "https://town.example")
    monkeypatch.setitem(GATEWAYS, "stripe", away)
    assert "stripe cannot be reached from here" in wrong(house)["gateways"]


def test_a_secret_that_others_can_read(house):
    (house.data / "secrets" / "django").chmod(0o644)
    assert "can be read by others (mode 0644)" in wrong(house)["secrets"]


def test_pictures_that_cannot_be_kept(house):
    (house.data / "media").write_text("a file where the folder should be")
    assert "Pictures cannot be kept" in wrong(house)["media"]


def test_a_waiting_migration(house):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'journal' RETURNING name")
        waiting = len(cursor.fetchall())
    assert wrong(house)["migrations"] == f"{waiting} migrations wait; `goodword up` applies them."


def test_a_clock_that_went_back(house):
    record(
        owner=new_id(), actor=None, verb="test.done", subject=new_id(),
        now=clock.now() + timedelta(hours=1),
    )  # fmt: skip
    assert "The clock went back" in wrong(house)["clock"]


def test_jobs_that_wait_or_lost_their_worker(house):
    number = jobs.defer("ops.tidy", at=clock.now() - timedelta(hours=1))
    assert "1 wait for more than 10 minutes" in wrong(house)["jobs"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
    assert "1 are held by a worker that died" in wrong(house)["jobs"]

    assert actions.rescue_jobs(now=clock.now()) == 1
    assert queries.abandoned_jobs(quiet=timedelta(0)) == []
    assert "jobs" not in wrong(house)


def test_the_visit_as_json_and_its_exit_code(house, capsys):
    (house.data / "secrets" / "django").chmod(0o644)
    assert visit.visit(house.data, trouble="", as_json=True) == 1
    findings = {one["name"]: one["ok"] for one in json.loads(capsys.readouterr().out)}
    assert findings["secrets"] is False
    assert findings["ledger"] is True


def test_without_a_database_the_rest_is_still_looked_at(house, capsys):
    assert visit.visit(house.data, trouble="The disk is full: free some space.", as_json=False) == 1
    said = capsys.readouterr().out
    assert "✗ database" in said
    assert "The disk is full" in said
    assert "– ledger" in said
    assert "✓ secrets" in said


def test_it_says_where_letters_go_and_whether_the_server_takes_them(house, settings):
    assert "reach nobody" in told(house, "mail")
    with pytest.raises(Stop, match="GOODWORD_SMTP"):
        send_test("lin@circle.example")
    with postbox() as box:
        settings.CONFIG = replace(settings.CONFIG, smtp=Smtp("localhost", box.port, "none"))
        assert told(house, "mail").startswith(f"localhost:{box.port} answers. ")
        assert box.letters == []
        assert "took a letter from" in send_test("lin@circle.example")
        assert "letters of http://localhost:8000 arrive here" in box.letters[0]
        with pytest.raises(Stop, match="no e-mail address"):
            send_test("lin")
        box.answers = {"RCPT": "550 who?"}
        with pytest.raises(Stop, match=r"refuses the address\. \(550\) It says: who"):
            send_test("lin@circle.example")
        box.answers = {"GREET": "421 come back later"}
        assert "It says: come back later" in wrong(house)["mail"]


def test_letters_that_wait_and_letters_that_were_given_up(house):
    assert "No letter waits" in told(house, "letters")
    number = jobs.defer("people.send_letter", to="lin@circle.example", sealed="…")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 2 WHERE id = %s", [number])
    assert wrong(house)["letters"].startswith("1 letters wait")
