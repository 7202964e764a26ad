"""House rules at the desk: what an operator may write, and what is noticed."""

import re
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from goodword.journal import queries as journal
from goodword.kit import clock, house
from goodword.kit.errors import Invalid, Refused
from goodword.kit.house import DAY, HOUR, MINUTE
from goodword.kit.models import HouseRule
from goodword.ops.house import actions, queries, rules
from goodword.people.actions import issue_token
from goodword.people.models import Member
from goodword.shop.tests.town import person

PLAIN = house.HouseRules()


def test_the_defaults_keep_their_own_limits():
    for one in house.table():
        rules.check(one.name, one.default, now=PLAIN)
        for end in (one.metadata["limits"].least, one.metadata["limits"].most):
            assert rules.fits(end, one.metadata["limits"]), one.name
            assert not isinstance(end, timedelta) or rules.is_round(end), one.name


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("market_every", 1, "Choose from 2 to 100."),
        ("digest_hour", 24, "Choose from 0:00 to 23:00."),
        ("reserve_percent", 101, "Choose from 0 % to 100 %."),
        ("jury", 4, "Choose an odd number from 3 to 99."),
        ("ship_within", 90 * MINUTE, "Choose whole hours, from 1 hour to 90 days."),
        ("payout_every", 12 * HOUR, "Choose whole days, from 0 hours to 365 days."),
        ("pay_within", 11 * HOUR + MINUTE, "whole hours"),
        ("panel", 100 * HOUR, "whole days"),
        ("jury", 19, "Choose at most 17, because of “So many where the house is large” (17)."),
        ("jury_large", 5, "Choose at least 7, because of “So many jurors are drawn"),
        ("dispute_at_most", 50 * DAY, "Choose at least 51 days: so long do its steps take."),
        ("operator_decides", 60 * DAY, "Choose at most 11 days, because of “No dispute"),
        ("coming_back", 20 * DAY, "Choose at most 19 days, because of “No dispute"),
        ("refused_return", 27 * DAY, "Choose at most 26 days, because of “No dispute"),
        ("ship_within", 14 * DAY, "Choose at most 13 days, because of “An order that was never"),
        ("refund_unshipped_after", 48 * HOUR, "Choose at least 49 hours, because of “After this"),
        ("new_seller_hold", 16 * DAY, "Choose at most 15 days, because of “An order is completed"),
        ("pay_within", 25 * HOUR, "Choose at most 24 hours, because of “An order to be paid by"),
    ],
)
def test_what_a_rule_cannot_be_is_one_sentence(name: str, value: Any, said: str):
    with pytest.raises(Invalid) as refused:
        rules.check(name, value, now=PLAIN)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("jury", 17),
        ("new_seller_hold", 15 * DAY),
        ("pay_within", DAY),
        ("dispute_at_most", 51 * DAY),
        ("coming_back", 19 * DAY),
        ("refused_return", 26 * DAY),
        ("operator_decides", 11 * DAY),
        ("refund_unshipped_after", 49 * HOUR),
        ("ship_within", 13 * DAY),
    ],
)
def test_a_bound_that_is_told_is_one_that_can_be_chosen(name: str, value: Any):
    """The last value that goes together with the others, and no further."""
    rules.check(name, value, now=PLAIN)
    pair = next(one for one in house.BESIDE if name in (one.more, *one.less))
    further = -1 if name == pair.more else 1
    steps: dict[str, Any] = {"jury": 2, "pay_within": HOUR, "refund_unshipped_after": HOUR}
    with pytest.raises(Invalid):
        rules.check(name, value + further * steps.get(name, DAY), now=PLAIN)


def test_what_is_told_as_a_bound_holds_where_the_others_are_no_whole_days():
    """Fifty hours for a jury: 51 days and two hours are told, and taken, as 52 days."""
    odd = replace(PLAIN, panel=50 * HOUR)
    with pytest.raises(Invalid, match="Choose at least 52 days"):
        rules.check("dispute_at_most", 51 * DAY, now=odd)
    rules.check("dispute_at_most", 52 * DAY, now=odd)
    slow = replace(PLAIN, ship_within=3 * DAY)
    with pytest.raises(Invalid, match="Choose at least 4 days"):
        rules.check("refund_unshipped_after", 3 * DAY, now=slow)
    rules.check("refund_unshipped_after", 4 * DAY, now=slow)


@pytest.mark.parametrize("days", [3, 10, 70, 365])
def test_a_time_is_told_exactly(days: int):
    assert queries.value_words("handle_rests", days * DAY) == f"{days} days"


def operator(handle: str = "mei") -> Member:
    made = person(handle)
    Member.objects.filter(id=made.id).update(is_operator=True)
    made.refresh_from_db()
    return made


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.mark.django_db
def test_an_operator_changes_a_rule_and_every_member_reads_it():
    mei, wang = operator(), person("wang")
    desk, friend = signed_in(mei), signed_in(wang)
    typed = {"number": "2", "unit": "hours", "before": "900"}
    page = "/desk/rules/pay_within"
    assert friend.post(page, typed).status_code == friend.get("/desk/rules").status_code == 404
    assert desk.get("/desk/rules/unheard").status_code == 404
    for wrong in ({"number": "8", "unit": "days"}, {"number": "two"}, {"unit": "years"}):
        refused = desk.post(page, typed | wrong)
        assert refused.status_code == 422, wrong
        chosen = {"unit": None} if wrong.get("unit") == "years" else {}  # there is no such one
        assert kept_in(refused) == typed | wrong | chosen
    assert "Choose from 5 minutes to 7 days." in desk.post(
        page, typed | {"number": "1", "unit": "minutes"}
    ).content.decode().replace("&#34;", '"')
    assert not HouseRule.objects.exists()

    assert desk.post(page, typed).status_code == 302
    assert desk.post(page, typed).status_code == 302  # a double tap
    row = HouseRule.objects.get()
    assert (row.value, row.actor) == (7200, mei.id)
    shown = friend.get("/rules").content.decode()
    assert "2 hours" in shown
    assert "before: 15 minutes" in shown
    assert "Mei" not in shown
    assert f"by {mei.display_name}" in desk.get("/desk/rules").content.decode()
    (deed,) = journal.story(row.id)
    assert deed.verb == "house.rule"
    assert (deed.facts["before"], deed.facts["value"]) == (900, 7200)

    old = desk.post(page, typed | {"number": "3"})
    assert (old.status_code, "It is 2 hours now" in old.content.decode()) == (409, True)
    assert kept_in(old) == {"number": "3", "unit": "hours", "before": "7200"}
    assert desk.post(f"{page}/default", {"before": "900"}).status_code == 409
    assert desk.post(f"{page}/default", {"before": "7200"}).status_code == 302
    assert house.rules(clock.now()).pay_within == 15 * MINUTE
    assert "2 hours → 15 minutes" in desk.get(page).content.decode()


def kept_in(answer: Any) -> dict[str, str | None]:
    """What stands in the form of a rule's page."""
    words = answer.content.decode()
    chosen = re.search(r'<option value="(\w+)" selected>', words)
    return {
        **dict(re.findall(r'name="(number|before)" value="(\w*)"', words)),
        "unit": chosen and chosen[1],
    }


@pytest.mark.django_db
def test_the_api_does_what_the_desk_does():
    mei, wang = operator(), person("wang")
    (_one, secret), (_two, other) = (
        issue_token(owner=owner, name="t", now=clock.now()) for owner in (mei, wang)
    )
    boss = {"Authorization": f"Bearer {secret}"}
    there, json = "/api/v1/rules/jury", "application/json"
    client = Client()

    def put(**body: int) -> Any:
        return client.put(there, body, content_type=json, headers=boss)

    member = {"Authorization": f"Bearer {other}"}
    for refused in (
        client.put(there, {"value": 9, "before": 7}, content_type=json, headers=member),
        client.delete(f"{there}?before=7", headers=member),
        client.get(f"{there}/changes", headers=member),
        client.delete("/api/v1/rules/unheard?before=7", headers=boss),
    ):
        assert refused.status_code == 404
    assert [put(value=8, before=7).status_code, put(value=9, before=5).status_code] == [422, 409]
    assert put(value=9, before=7).json()["value"] == 9
    listed = {one["name"]: one for one in client.get("/api/v1/rules", headers=member).json()}
    assert (listed["jury"]["value"], listed["jury"]["before"]) == (9, 7)
    assert (listed["pay_within"]["least"], listed["pay_within"]["unit"]) == (300, "seconds")
    assert listed["pay_within"]["begins"] == "What counts is when an order is placed."
    assert client.delete(f"{there}?before=9", headers=boss).json()["value"] == 7
    told = client.get(f"{there}/changes", headers=boss).json()
    assert [(one["value"], one["is_default"], one["by"]) for one in told] == [
        (7, True, "mei"), (9, False, "mei"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_changes_in_one_instant_stand_one_after_the_other():
    by, now = operator().id, clock.now()
    for before, value in ((7, 9), (9, 11), (11, 13)):
        actions.write(name="jury", value=value, before=before, operator=by, now=now)
    assert len(set(HouseRule.objects.values_list("since", flat=True))) == 3
    assert house.rules(now + MINUTE).jury == 13
    assert [one.value for one in queries.one("jury", now + MINUTE).changes] == [13, 11, 9]


@pytest.mark.django_db(transaction=True)
def test_of_two_operators_at_once_one_hears_of_the_other():
    by, heard, start = operator().id, [], threading.Barrier(2)
    now = clock.now()

    def change(name: str, value: Any) -> None:
        start.wait()
        try:
            before = getattr(PLAIN, name)
            actions.write(name=name, value=value, before=before, operator=by, now=now)
        except Refused as refusal:
            heard.append(refusal.status)
        finally:
            connection.close()

    # each goes together with what is, and the two do not with each other
    changes = [("jury", 17), ("jury_large", 9)]
    threads = [threading.Thread(target=change, args=one) for one in changes]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert heard == [422]
    assert HouseRule.objects.count() == 1
