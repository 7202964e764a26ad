"""Leaving for good: what keeps a member here, what goes, and that nothing of the person is left."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client

from goodword.circle import actions as circle
from goodword.circle.models import Comment, Friendship, Moment, MomentPicture
from goodword.circle.states import Face, MarketDial
from goodword.journal.queries import broken_link
from goodword.kit import blobs, clock, house, jobs
from goodword.kit.voice import save_voice
from goodword.kit.voice.shapes import SUFFIX
from goodword.money.queries import trial_balance
from goodword.notices import queries as told
from goodword.ops.archive import keeping
from goodword.ops.leaving import going
from goodword.ops.models import Archive
from goodword.orders import actions as orders
from goodword.orders.models import Order, OrderLine
from goodword.people import actions as people
from goodword.people import leaving
from goodword.people import queries as people_queries
from goodword.people.models import Claim, Member
from goodword.reach.digests import actions as digests
from goodword.reach.interests import actions as interests
from goodword.reach.models import Interest, Near
from goodword.reach.targeting import actions as targeting
from goodword.reach.targeting import queries as targeting_queries
from goodword.shop import actions as shop

from ..journeys.scene import buy
from ..town import TEA, befriend, hum, member, moment, photo, show, tea_shop

pytestmark = pytest.mark.django_db

# Where something of a person may stand after they left, and why.
KEPT = {
    ("orders_orderline", "snapshot"): "the promise with its digest: who sold what, as the law asks",
}
PASSWORD = "a kettle in the rain"


@pytest.fixture
def quick() -> Iterator[Any]:
    """A clock that can be put forward; frozen time would stop the jobs."""
    with time_machine.travel(clock.now(), tick=True) as traveller:
        yield traveller


@pytest.fixture
def world(quick: Any) -> dict[str, Any]:
    """Lin Qiaomai did everything there is, and all of it is over."""
    lin = member(
        "Lin Qiaomai", email="qiaomai@circle.example", password=PASSWORD, bio="Qiaomai pots."
    )
    chen, wen = member("Chen Bo"), member("Wen Jing")
    EmailAddress.objects.create(user=lin, email=lin.email, verified=True, primary=True)
    for friend in (chen, wen):
        befriend(lin, friend)
    befriend(chen, wen)
    now = clock.now()
    people.set_avatar(member=lin, raw=photo(TEA, (300, 300)), now=now)
    people.issue_token(owner=lin, name="Qiaomai’s phone", now=now)
    Friendship.objects.filter(owner=chen, friend=lin).update(nickname="Qiaomai-jie", note="Qiaomai")
    mine = moment(lin, "Qiaomai was here.", pictures=2)
    circle.comment(moment=mine, member=chen, text="Hello Qiaomai!", now=now)
    theirs = moment(chen, "Chen’s kiln.")
    said = circle.comment(moment=theirs, member=lin, text="Says Qiaomai.", now=now)
    answer = circle.comment(moment=theirs, member=wen, text="True.", reply_to=said.id, now=now)
    circle.like(moment=theirs, member=lin, now=now)
    circle.ask(asker=lin, asked=member("Yu Tong"), message="Qiaomai here.", now=now)
    circle.make_group(owner=lin, name="Qiaomai’s own", now=now)
    interests.choose(member=lin.id, interests=["tea"], now=now)
    cup, own = tea_shop(chen), tea_shop(lin, "Tea caddy")
    show(lin, own)
    bought = settle(lin, chen, cup, quick)
    sold = UUID(buy(wen, own, pay=True))
    orders.cancel(member=lin, order=sold, now=clock.now())
    jobs.run_due()
    shop.close_shop(owner=lin, now=clock.now())
    keeping.ask(owner=lin, now=clock.now())
    jobs.run_due()
    return {"lin": lin, "chen": chen, "wen": wen, "bought": bought, "sold": sold, "mine": mine,
            "answer": answer}  # fmt: skip


def settle(buyer: Member, seller: Member, listing: Any, quick: Any) -> UUID:
    """An order from placing to its completion."""
    order = UUID(buy(buyer, listing, pay=True))
    orders.ship(seller=seller, order=order, carrier="sf", number="SF1234567890123", now=clock.now())
    orders.confirm(buyer=buyer, order=order, now=clock.now())
    for _week in range(5):
        quick.shift(timedelta(days=7))
        jobs.run_due()
    return order


def let_go(person: Member, quick: Any) -> None:
    going.ask(member=person, now=clock.now())
    quick.shift(house.rules(clock.now()).leave_after + timedelta(minutes=1))
    jobs.run_due()  # the shop that was being closed is closed for good by now
    assert going.start_due(now=clock.now()) == 1
    jobs.run_due()


def left_of(*words: str) -> set[tuple[str, str]]:
    """Every column of text or JSON in the whole database that holds one of `words`."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT table_name, column_name FROM information_schema.columns
                WHERE table_schema = 'public'
                  AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY',
                                    'tsvector', 'USER-DEFINED')"""
        )
        for table, column in cursor.fetchall():
            for word in words:
                cursor.execute(
                    f'SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s LIMIT 1',
                    [f"%{word}%"],
                )
                if cursor.fetchone():
                    found.add((table, column))
    return found


def test_nothing_of_the_person_is_left(world: dict[str, Any], quick: Any) -> None:
    lin = world["lin"]
    browser = Client()
    answer = browser.post("/account/login/", {"login": lin.handle, "password": PASSWORD})
    assert answer.status_code == 302
    signed_in = browser.session.session_key
    words = ("qiaomai", lin.handle, "王芳", "13800138000")
    before = left_of(*words)
    assert {("people_member", "handle"), ("orders_order", "address"), ("circle_comment", "text"),
            ("circle_friendship", "note"), ("orders_orderline", "snapshot")} <= before  # fmt: skip
    # What the others typed of her in their own orders is theirs.
    Order.objects.exclude(buyer=lin).update(address={}, note="")
    a_letter_that_waits = clock.now() + timedelta(days=60)
    jobs.defer("people.send_letter", at=a_letter_that_waits, to=lin.email, sealed="…")
    assert Interest.objects.exists()
    targeting.agree(member=lin.id, now=clock.now())
    chosen = targeting_queries.learnt(lin.id).chosen[0]
    Near.objects.create(listing=chosen, other=lin.id, weight=1.0, rest=1.0, people=3)
    let_go(lin, quick)
    assert not Interest.objects.exists()
    assert not Near.objects.exists()  # what her choices taught
    assert left_of(*words) - KEPT.keys() == set()
    assert left_of(*words) == KEPT.keys()
    assert not Session.objects.filter(session_key=signed_in).exists()
    assert browser.get("/me").status_code == 302
    row = Member.objects.get(id=lin.id)
    assert (row.is_active, row.is_operator, row.has_usable_password()) == (False,) * 3


def test_what_is_the_persons_goes_with_its_files(
    world: dict[str, Any], quick: Any, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    lin = world["lin"]
    note = circle.publish(
        author=lin, face=Face.LIFE, text="", voice=save_voice(hum()), key="hum", now=clock.now()
    ).voice
    invitation = circle.invite(owner=member("Bo Hai"), now=clock.now())
    circle.take(invitation=invitation.id, member=lin, now=clock.now())
    invitation.refresh_from_db()
    assert invitation.taken_by == lin
    keys = list(MomentPicture.objects.filter(author=lin).values_list("key", flat=True))
    suffixes = [variant.suffix for variant in MomentPicture.variants]
    paths = [blobs.store().path(key + suffix) for key in keys for suffix in suffixes]
    paths.append(blobs.store().path(note.key + SUFFIX))
    archives = [keeping.place(one.id) for one in Archive.objects.filter(owner=lin)]
    assert paths
    assert all(path.is_file() for path in paths)
    assert archives
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reach_entry WHERE author = %s", [lin.id])
        assert cursor.fetchone()[0] > 0
    with django_capture_on_commit_callbacks(execute=True):
        let_go(lin, quick)
    assert [path for path in (*paths, *archives) if path.exists()] == []
    assert not Moment.objects.filter(author=lin).exists()
    assert not Comment.objects.filter(member=lin).exists()
    assert not Friendship.objects.filter(friend=lin).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reach_entry WHERE author = %s", [lin.id])
        assert cursor.fetchone()[0] == 0
    # An answer to her stays with whoever gave it.
    assert Comment.objects.get(id=world["answer"].id).text == "True."
    assert people_queries.by_handle(lin.handle) is None
    invitation.refresh_from_db()
    assert invitation.taken_by is None


def test_the_record_of_trades_stays_without_the_person(world: dict[str, Any], quick: Any) -> None:
    let_go(world["lin"], quick)
    chens, wens = Client(), Client()
    chens.force_login(world["chen"])
    wens.force_login(world["wen"])
    words = chens.get(f"/orders/{world['bought']}").content.decode()
    assert "A former member" in words
    assert "王芳" not in words
    assert "A former member" in wens.get(f"/orders/{world['sold']}").content.decode()
    line = OrderLine.objects.get(order=world["sold"])
    for path in (f"/listings/{line.listing_id}", f"/shops/{line.order.shop_id}"):
        assert wens.get(path).status_code in (200, 404)
    assert wens.get("/orders").status_code == chens.get("/sales").status_code == 200
    assert [line.difference for line in trial_balance()] == [0]
    assert broken_link(world["lin"].id) is None
    assert chens.get("/").status_code == 200
    assert chens.get("/friends").status_code == 200


def test_an_address_can_be_taken_out_and_nothing_else(world: dict[str, Any]) -> None:
    order = Order.objects.filter(id=world["bought"])
    for change in ({"address": {"name": "Somebody else"}}, {"note": "Somebody else"}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            order.update(**change)
    order.update(address={}, note="")
    with pytest.raises(ProgrammingError), transaction.atomic():
        order.update(address={"name": "Back again"})


def test_open_matters_keep_a_member_here(quick: Any) -> None:
    lin, chen = member("Lin Qiaomai"), member("Chen Bo")
    befriend(lin, chen)
    cup = tea_shop(chen)
    order = UUID(buy(lin, cup, pay=True))
    for person, word in ((lin, "order is not over yet"), (chen, "are still with the house")):
        with pytest.raises(going.CannotLeave, match=word):
            going.ask(member=person, now=clock.now())
        assert Member.objects.get(id=person.id).leaving_at is None
    orders.cancel(member=chen, order=order, now=clock.now())
    jobs.run_due()
    assert going.obstacles(lin) == []
    assert going.obstacles(chen) == ["Your shop is open. Close it first."]


def test_a_digest_outlives_its_sellers(quick: Any) -> None:
    lin, chen, reader = member("Lin Qiaomai"), member("Chen Bo"), member("Wen Jing")
    for seller in (lin, chen):
        befriend(seller, reader)
        circle.set_dials(owner=reader, friend=seller.id, life=True, market=MarketDial.DIGEST)
    gone, stays = show(lin, tea_shop(lin)), show(chen, tea_shop(chen, "Chen’s cup"))
    jobs.run_due()
    made = digests.make(reader=reader.id, now=clock.now())
    assert made
    browser = Client()
    browser.force_login(reader)
    assert str(gone.id) in browser.get(f"/digests/{made.id}").content.decode()
    shop.close_shop(owner=lin, now=clock.now())
    let_go(lin, quick)
    page = browser.get(f"/digests/{made.id}").content.decode()
    assert str(stays.id) in page
    assert str(gone.id) not in page
    assert "Qiaomai" not in page
    _row, secret = people.issue_token(owner=reader, name="phone", now=clock.now())
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    found = program.get(f"/api/v1/digests/{made.id}").json()
    assert [one["id"] for one in found["moments"]] == [str(stays.id)]
    assert [line.kind for line in told.notices(reader.id)].count("reach.digest") == 1
    shop.close_shop(owner=chen, now=clock.now())
    let_go(chen, quick)
    page = browser.get(f"/digests/{made.id}").content.decode()
    assert "Nothing of it is there any more" in page
    assert [line.kind for line in told.notices(reader.id)].count("reach.digest") == 0


def test_what_opens_in_the_grace_time_is_waited_for(quick: Any) -> None:
    lin, chen = member("Lin Qiaomai"), member("Chen Bo")
    befriend(lin, chen)
    cup = tea_shop(chen)
    going.ask(member=lin, now=clock.now())
    order = UUID(buy(lin, cup, pay=True))
    later = clock.now() + timedelta(days=15)
    assert going.part_with(member=lin.id, now=later) is False
    orders.cancel(member=chen, order=order, now=clock.now())
    jobs.run_due()
    assert going.part_with(member=lin.id, now=later) is True
    assert going.part_with(member=lin.id, now=later) is False


def test_nobody_goes_before_their_time_or_with_a_shop_that_is_not_closed_yet(quick: Any) -> None:
    lin, seller, stays = member("Lin Qiaomai"), member("Chen Bo"), member("Wen Jing")
    tea_shop(seller)
    grace = house.rules(clock.now()).leave_after
    going.ask(member=lin, now=clock.now())
    shop.close_shop(owner=seller, now=clock.now())
    going.ask(member=seller, now=clock.now())
    then, people = clock.now() + grace, (lin, seller, stays)
    before = [going.part_with(member=one.id, now=then - timedelta(minutes=1)) for one in people]
    after = [going.part_with(member=one.id, now=then) for one in people]
    assert (before, after) == ([False] * 3, [True, False, False])
    quick.shift(grace)
    jobs.run_due()
    assert going.part_with(member=seller.id, now=clock.now()) is True


def test_it_can_be_taken_back_until_the_end(world: dict[str, Any], quick: Any) -> None:
    lin = world["lin"]
    going.ask(member=lin, now=clock.now())
    jobs.run_due()
    [letter] = [one for one in mail.outbox if "will be deleted" in one.subject]
    assert letter.to == [lin.email]
    quick.shift(timedelta(days=13))
    assert going.start_due(now=clock.now()) == 0
    assert going.part_with(member=lin.id, now=clock.now()) is False
    browser = Client()
    browser.force_login(lin)
    assert "Change your mind?" in browser.get("/me/settings").content.decode()
    assert browser.post("/me/leave/back").status_code == 302
    quick.shift(timedelta(days=2))
    assert going.start_due(now=clock.now()) == 0
    assert "Change your mind?" not in browser.get("/me/settings").content.decode()


def test_friends_see_nothing_of_it_until_the_end(world: dict[str, Any]) -> None:
    chens = Client()
    chens.force_login(world["chen"])
    before = chens.get(f"/moments/{world['mine'].id}").status_code
    going.ask(member=world["lin"], now=clock.now())
    assert chens.get(f"/moments/{world['mine'].id}").status_code == before == 200


def test_asking_needs_a_fresh_proof(world: dict[str, Any]) -> None:
    browser = Client()
    browser.force_login(world["lin"])
    page = browser.get("/me/leave").content.decode()
    assert "What goes" in page
    assert "What stays" in page
    answer = browser.post("/me/leave")
    assert answer["Location"].startswith("/account/reauthenticate/")
    assert Member.objects.get(id=world["lin"].id).leaving_at is None
    browser.post("/account/reauthenticate/?next=/me/leave", {"password": PASSWORD})
    assert browser.post("/me/leave").status_code == 302
    assert Member.objects.get(id=world["lin"].id).leaving_at is not None


def test_the_handle_rests_for_a_year(world: dict[str, Any], quick: Any) -> None:
    handle = world["lin"].handle
    let_go(world["lin"], quick)
    with pytest.raises(people.HandleTaken):
        people.register(handle=handle, display_name="Somebody else", now=clock.now())
    assert not Claim.objects.filter(value__contains=handle).exists()
    later = clock.now() + timedelta(days=366)
    assert leaving.sweep(later) == 1
    people.register(handle=handle, display_name="Somebody else", now=later)


def test_programs_see_and_take_back(world: dict[str, Any]) -> None:
    lin = world["lin"]
    _token, secret = people.issue_token(owner=lin, name="test", now=clock.now())
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/me/leaving").json() == {"leaving_at": None, "obstacles": []}
    going.ask(member=lin, now=clock.now())
    ends = datetime.fromisoformat(program.get("/api/v1/me/leaving").json()["leaving_at"])
    assert ends > clock.now()
    assert program.delete("/api/v1/me/leaving").status_code == 204
    assert program.get("/api/v1/me/leaving").json()["leaving_at"] is None
