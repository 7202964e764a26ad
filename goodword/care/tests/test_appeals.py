"""The one appeal says what is new."""

import pytest
from django.test import Client

from goodword.care import actions, pages
from goodword.care.refusals import NothingNew
from goodword.care.states import Reason, Vote
from goodword.kit import clock
from goodword.kit.pictures import save_picture
from goodword.orders.tests.town import DAY, NOW, let_time_pass, shipped
from goodword.shop.tests.town import jpeg

from .test_cases import an_operator, crowd, now_state, opened, vote

__all__ = ["crowd"]
pytestmark = pytest.mark.django_db
THREE = NOW + 3 * DAY


def browser(member):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(member)
    return client


def lost(wang, lin, cup):
    """The buyer showed a picture, and the jury gave nothing back."""
    case = opened(wang, shipped(wang, lin, cup), Reason.NOT_ARRIVED, words="Nothing came to me.")
    let_time_pass(THREE)
    shown = [save_picture(jpeg("teal"))]
    actions.file(member=wang, case=case.id, words="The box was empty.", pictures=shown, now=THREE)
    actions.file(member=lin, case=case.id, words="It was handed in.", now=THREE)
    vote(case, *[Vote.SELLER] * 4)
    assert now_state(case) == "decided"
    return case


def test_what_was_said_before_is_no_appeal(lin, wang, cup, crowd):
    case = lost(wang, lin, cup)
    client = browser(wang)
    with clock.at(THREE):
        for said, sentence in (("the BOX was empty!", "That was said before."), ("", "required")):
            answer = client.post(f"/cases/{case.id}/appeal", {"new": said})
            assert answer.status_code == 422
            assert sentence in answer.text
    seen = [save_picture(jpeg("teal"))]
    with pytest.raises(NothingNew):
        actions.appeal(member=wang, case=case.id, new="The box.", pictures=seen, now=THREE)
    with pytest.raises(NothingNew):
        actions.appeal(member=wang, case=case.id, new="It was handed in.", now=THREE)
    assert now_state(case) == "decided", "it can still be made"
    fresh = [save_picture(jpeg("olive"))]
    actions.appeal(member=wang, case=case.id, new="The box was empty.", pictures=fresh, now=THREE)
    assert now_state(case) == "operator"


def test_the_operator_sees_apart_what_is_new(lin, wang, cup, crowd):
    operator, case = an_operator(), lost(wang, lin, cup)
    fresh = [save_picture(jpeg("olive"))]
    actions.appeal(member=wang, case=case.id, new="A neighbour saw it.", pictures=fresh, now=THREE)
    page = pages.case_page(operator.id, case.id)
    (appeal,) = [one for one in page.said if one.is_appeal]
    assert (appeal.words, len(appeal.pictures)) == ("A neighbour saw it.", 1)
    assert [one.words for one in page.first_said] == ["The box was empty.", "It was handed in."]
    assert [one.id for one in page.pictures] == [
        page.first_shown[0].id, appeal.pictures[0].id,
    ]  # fmt: skip
    with clock.at(THREE):
        seen = browser(operator).get(f"/cases/{case.id}").text
    new, first = seen.split("New, with the appeal")[1].split("What was said")
    assert "A neighbour saw it." in new
    assert appeal.pictures[0].url in new
    assert page.first_shown[0].url in first
    assert appeal.pictures[0].url not in first
