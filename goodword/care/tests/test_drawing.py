"""How the jurors were drawn can be looked at, and nobody can be recognised by it."""

import hashlib

import pytest
from django.test import Client

from goodword.care import drawing, pages
from goodword.care.states import LeftOut
from goodword.circle.models import Friendship
from goodword.kit import clock
from goodword.orders.tests.town import DAY, NOW, person, shipped
from goodword.people.models import Member

from .test_cases import an_operator, crowd, with_jury

__all__ = ["crowd"]
pytestmark = pytest.mark.django_db
THREE = NOW + 3 * DAY


def browser(member):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(member)
    return client


def test_everybody_stands_in_one_list_under_a_name_of_the_case(lin, wang, cup, crowd):
    operator = an_operator()
    friend, partner = crowd[0], person("partner")
    Friendship.objects.create(owner=lin, friend=friend, since=NOW)
    shipped(partner, lin, cup)
    late = person("latecomer")
    Member.objects.filter(id=late.id).update(joined_at=NOW + DAY)
    Member.objects.filter(id=crowd[1].id).update(leaving_at=NOW + DAY)
    _order, case = with_jury(wang, lin, cup)
    panel = pages.case_page(wang.id, case.id).panel
    counted = {why: len(tokens) for why, tokens in panel.left_out.items()}
    assert counted == {
        LeftOut.SIDE: 2, LeftOut.OPERATOR: 1, LeftOut.PASSING: 2, LeftOut.KNOWS: 2,
    }  # fmt: skip
    listed = [*panel.drawn_from, *(one for them in panel.left_out.values() for one in them)]
    assert len(listed) == len(set(listed)) == Member.objects.filter(is_active=True).count()
    assert not {str(one.id) for one in (operator, friend, partner, late)} & set(listed)
    order = [(digest, token) for _place, digest, token, _sits in panel.order]
    assert [token for _digest, token in order[:7]] == panel.drawn
    assert order == sorted(order)
    assert order[0][0] == hashlib.sha256(f"{panel.seed}:{panel.drawn[0]}".encode()).hexdigest()
    assert [sits for *_rest, sits in panel.order] == [True] * 7 + [False] * len(panel.order[7:])
    with clock.at(THREE):
        seen = browser(lin).get(f"/cases/{case.id}/draw").text
        assert f'href="/cases/{case.id}/draw"' in browser(lin).get(f"/cases/{case.id}").text
        assert browser(late).get(f"/cases/{case.id}/draw").status_code == 404
    for shown in (panel.seed, panel.secret, panel.commitment, *listed):
        assert shown in seen
    assert drawing.commitment(panel.secret) == panel.commitment
    for one in (*crowd, partner, operator):
        assert one.handle not in seen
