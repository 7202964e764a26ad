"""The link that ends letters: for those groups, that member, and nothing else."""

from datetime import datetime

import pytest
from django.test import Client

from goodword.kit.ids import new_id
from goodword.notices import actions as notices
from goodword.notices import queries
from goodword.notices.models import Notice
from goodword.people import stopping
from goodword.people.models import Member

pytestmark = pytest.mark.django_db


def path(link: str) -> str:
    return link.removeprefix("http://localhost:8000")


def test_letters_about_money_end_only_in_the_settings(lin: Member) -> None:
    assert stopping.link(lin.id, ["orders.sold"]) == ""
    link = stopping.link(lin.id, ["orders.sold", "circle.requests"])
    assert stopping.stop(link.rsplit("/", 1)[1]) == ["circle.requests"]
    mailed = {one.group: one.mail for one in queries.choices(lin.id)}
    assert (mailed["orders.sold"], mailed["circle.requests"]) == (True, False)


def test_what_waits_for_a_letter_is_not_written_any_more(lin: Member, now: datetime) -> None:
    notices.tell(member=lin.id, kind="circle.asked", subject=new_id(), now=now)
    link = stopping.link(lin.id, ["circle.requests"])
    assert Client().get(link).status_code == 200  # as a filter of letters looks at every link
    assert Notice.objects.get().to_mail
    assert Client().post(link).status_code == 200
    assert not Notice.objects.get().to_mail
    assert queries.unread(lin.id) == 1


@pytest.mark.parametrize("how", ["cut", "changed", "of somebody who left", "nonsense"])
def test_a_link_that_is_not_whole_ends_nothing(lin: Member, how: str) -> None:
    link = path(stopping.link(lin.id, ["circle.requests"]))
    if how == "of somebody who left":
        Member.objects.filter(id=lin.id).update(is_active=False)
    address = {"cut": link[:-3], "changed": link[:-1] + "~", "nonsense": "/letters/x"}.get(
        how, link
    )
    for answer in (Client().get(address), Client().post(address)):
        assert answer.status_code == 400
        assert "does not work any more" in answer.content.decode()
    assert all(one.mail for one in queries.choices(lin.id) if one.group == "circle.requests")
