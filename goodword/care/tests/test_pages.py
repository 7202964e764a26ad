"""Cases on the pages: how one comes there, which thing each is about, and whose turn it is."""

import pytest
from django.test import Client

from goodword.care import actions, queries
from goodword.care.models import Case, Juror
from goodword.care.states import Reason, Vote
from goodword.kit import clock
from goodword.orders.models import OrderLine
from goodword.orders.tests.town import DAY, NOW, let_time_pass, offered, shipped

from .test_cases import crowd, opened, with_jury  # noqa: F401

pytestmark = pytest.mark.django_db


def page(member, path, now=NOW):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(member)
    with clock.at(now):
        return client.get(path).text


def test_each_is_told_of_what_waits_for_them_and_comes_there_from_their_own_page(lin, wang, cup):
    case = opened(wang, shipped(wang, lin, cup))
    assert "1 return or dispute waits for you" in page(lin, "/around")
    assert "waits for you" not in page(wang, "/around")
    for member in (lin, wang):
        assert 'href="/cases"' in page(member, "/me")
        assert f'href="/cases/{case.id}"' in page(member, "/cases")


def test_whose_turn_it_is(lin, wang, cup, crowd):  # noqa: F811
    order = shipped(wang, lin, cup)
    case = opened(wang, order)
    turns = [(queries.to_act(wang.id), queries.to_act(lin.id))]
    actions.accept(seller=lin, case=case.id, address="Lane 3", now=NOW)
    turns.append((queries.to_act(wang.id), queries.to_act(lin.id)))
    actions.send_back(buyer=wang, case=case.id, carrier="sf", number="SF1234567890123", now=NOW)
    turns.append((queries.to_act(wang.id), queries.to_act(lin.id)))
    assert turns == [(0, 1), (1, 0), (0, 1)]
    actions.confirm_back(seller=lin, case=case.id, now=NOW)
    other = opened(wang, shipped(wang, lin, cup), Reason.NOT_ARRIVED)
    let_time_pass(NOW + 3 * DAY)
    actions.file(member=wang, case=other.id, words="Not here.", now=NOW + 3 * DAY)
    assert (queries.to_act(wang.id), queries.to_act(lin.id)) == (0, 1)
    actions.file(member=lin, case=other.id, words="It went.", now=NOW + 3 * DAY)
    assert Case.objects.get(id=other.id).state == "panel"
    juror = Juror.objects.filter(case=other).first().member
    assert (queries.to_act(lin.id), queries.to_act(juror.id)) == (0, 1)
    actions.vote(juror=juror, case=other.id, vote=Vote.HALF, now=NOW + 3 * DAY)
    assert queries.to_act(juror.id) == 0


def test_the_pages_say_which_of_two_things_a_case_is_about(lin, wang, cup):
    order = shipped(wang, lin, cup, offered(lin, "Pot", price=360))
    first, second = OrderLine.objects.filter(order=order).order_by("id")
    case = opened(wang, order, Reason.NOT_ARRIVED, line=second)
    there = page(wang, f"/orders/{order.id}")
    assert f'<p class="quiet">{second.name}</p>' in there
    assert f'<span class="person__sub">{first.name}</span>' in there, (
        "what can be asked for says it too"
    )
    seen = page(wang, f"/cases/{case.id}")
    assert second.name in seen
    assert "At most CN¥360.00." in seen
    assert "/media/" in seen or "/pictures/" in seen


def test_jurors_are_not_led_to_the_shop(lin, wang, cup, crowd):  # noqa: F811
    _order, case = with_jury(wang, lin, cup)
    juror = Juror.objects.filter(case=case).first().member
    seen = page(juror, f"/cases/{case.id}", now=NOW + 3 * DAY)
    assert "Celadon cup" in seen
    assert seen.count("I say ….") == 2
    for trace in (str(case.line.listing_id), str(case.order_id), "Lin", "Wang", "say lin"):
        assert trace not in seen.split("<main")[1].split("</main>")[0], trace
