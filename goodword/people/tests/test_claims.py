"""One handle, one member: also when many ask for it in the same instant."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection, transaction

from goodword.journal.queries import story
from goodword.kit.models import HouseRule
from goodword.people import actions, leaving, queries
from goodword.people.models import Claim, Member

CROWD = 8


def at_once(do: Callable[[int], object]) -> list[object]:
    """Call `do` in many threads, each with a connection of its own, from one starting signal."""
    gate = threading.Barrier(CROWD)

    def run(number: int) -> object:
        gate.wait()
        try:
            return do(number)
        except actions.HandleTaken as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as pool:
        return list(pool.map(run, range(CROWD)))


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_one_gets_the_handle(now: datetime) -> None:
    spellings = ("lin", "LIN", " Lin ")
    answers = at_once(
        lambda number: actions.register(
            handle=spellings[number % 3], display_name=f"Lin {number}", now=now
        )
    )
    winners = [answer for answer in answers if isinstance(answer, Member)]
    assert len(winners) == 1
    assert [str(answer) for answer in answers if answer not in winners] == [
        "This handle is taken. Choose another one."
    ] * (CROWD - 1)
    assert list(Member.objects.all()) == winners  # the others left nothing behind
    assert Claim.objects.get().member == winners[0]


@pytest.mark.django_db(transaction=True)
def test_a_claim_that_is_rolled_back_is_free_again(now: datetime) -> None:
    first_has_claimed, second_may_wait = threading.Event(), threading.Event()

    def give_up() -> None:
        with transaction.atomic():
            actions.register(handle="lin", display_name="Lin", now=now)
            first_has_claimed.set()
            second_may_wait.wait()
            transaction.set_rollback(True)
        connection.close()

    first = threading.Thread(target=give_up)
    first.start()
    first_has_claimed.wait()
    second_may_wait.set()
    second = actions.register(handle="lin", display_name="Lin the second", now=now)
    first.join()
    assert list(Member.objects.all()) == [second]


@pytest.mark.django_db
def test_claiming_again_changes_nothing(lin: Member, now: datetime) -> None:
    actions.claim_handle(handle="lin", member=lin.id, now=now)
    assert Claim.objects.filter(value="handle:lin").count() == 1


@pytest.mark.django_db
def test_a_taken_handle_is_refused_and_nothing_is_written(
    lin: Member, join: Callable[..., Member]
) -> None:
    with pytest.raises(actions.HandleTaken) as refusal, transaction.atomic():
        join("LIN", display_name="Another Lin")
    assert refusal.value.status == 409
    assert refusal.value.fields == {"handle": str(refusal.value)}
    assert list(Member.objects.all()) == [lin]


@pytest.mark.django_db
def test_joining_is_journalled(lin: Member) -> None:
    # Without the handle: a chain cannot be changed, and must not keep the name of who left.
    assert [(deed.verb, deed.facts) for deed in story(lin.id)] == [("people.joined", {})]


@pytest.mark.django_db
def test_an_address_opens_the_account_of_whoever_proved_it(
    lin: Member, join: Callable[..., Member], now: datetime
) -> None:
    """Chen gives Lin's unproved address and later proves that it is Chen's."""
    chen = join("chen", email="lin@circle.example")
    assert queries.by_login("lin@circle.example") == lin
    EmailAddress.objects.create(user=chen, email="lin@circle.example", verified=True)
    actions.take_email(member=chen, email="LIN@circle.example ", now=now)
    assert queries.by_login("Lin@Circle.example") == chen
    assert queries.by_login("lin") == lin
    assert queries.owners_of("lin@circle.example") == [chen]


@pytest.mark.django_db
def test_an_address_that_was_given_up_opens_nothing(lin: Member, now: datetime) -> None:
    actions.take_email(member=lin, email="new@circle.example", now=now)
    assert queries.by_login("lin@circle.example") is None
    assert queries.by_login("new@circle.example") == lin
    assert set(Claim.objects.values_list("value", flat=True)) == {
        "handle:lin",
        "email:new@circle.example",
    }


@pytest.mark.django_db
def test_a_claim_that_was_left_behind_opens_nothing(lin: Member) -> None:
    """allauth removes an address from the member alone."""
    lin.email = ""
    lin.save()
    assert Claim.objects.filter(value="email:lin@circle.example").exists()
    assert queries.by_login("lin@circle.example") is None


@pytest.mark.django_db
def test_look_ups_know_active_members_only(lin: Member) -> None:
    assert queries.by_handle(" LIN ") == lin
    assert queries.members([lin.id]) == {lin.id: lin}
    lin.is_active = False
    lin.save()
    assert queries.by_handle("lin") is None
    assert queries.face(lin.id) is None
    assert queries.by_handle("nobody") is queries.by_handle("lin\x00") is None


@pytest.mark.django_db
def test_a_handle_rests_as_long_as_was_said_when_it_was_given_up(now: datetime) -> None:
    day = timedelta(days=1)
    for handle, at in (("lin", now), ("wen", now + 2 * day)):
        left = actions.register(handle=handle, display_name=handle, now=now)
        leaving.become_nobody(member=left, now=at)
    HouseRule.objects.create(name="handle_rests", value=3 * 86400, since=now + day)

    def resting(at: datetime) -> list[str]:
        return [handle for handle in ("lin", "wen") if leaving.rests(handle, now=at)]

    assert resting(now + 5 * day - timedelta(microseconds=1)) == ["lin", "wen"]
    assert leaving.sweep(now + 5 * day - timedelta(microseconds=1)) == 0
    assert resting(now + 5 * day) == ["lin"]
    assert leaving.sweep(now + 5 * day) == 1
    assert resting(now + 364 * day) == ["lin"]
    assert resting(now + 365 * day) == []
    assert [leaving.sweep(now + days * day) for days in (364, 365)] == [0, 1]
