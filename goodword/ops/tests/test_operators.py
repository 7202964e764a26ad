"""Who runs the house: there is always somebody, and who that is stands in the journal."""

import pytest
from django.utils import translation

from goodword.journal.models import Entry
from goodword.kit import clock
from goodword.ops.errors import Stop
from goodword.ops.leaving import going
from goodword.ops.operators import appoint
from goodword.people import actions as people
from goodword.people.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin():
    return people.register(handle="lin", display_name="Lin", now=clock.now())


@pytest.fixture
def chen():
    return people.register(handle="chen", display_name="Chen", now=clock.now())


def is_operator(member):
    return Member.objects.get(id=member.id).is_operator


def test_the_command_appoints_and_ends_but_never_the_last(lin, chen, capsys):
    appoint(handle="@lin", on=True)
    assert "@lin runs this house now." in capsys.readouterr().out
    with pytest.raises(Stop, match="Make somebody else one first"):
        appoint(handle="lin", on=False)
    appoint(handle="chen", on=True)
    appoint(handle="chen", on=True)
    appoint(handle="lin", on=False)
    assert "@lin is a plain member now." in capsys.readouterr().out
    assert (is_operator(lin), is_operator(chen)) == (False, True)
    deeds = Entry.objects.filter(verb__endswith="operator").order_by("at", "seq")
    assert [(deed.owner, deed.verb) for deed in deeds] == [
        (lin.id, "people.became_operator"),
        (chen.id, "people.became_operator"),
        (lin.id, "people.was_operator"),
    ]
    with pytest.raises(Stop, match="nobody here called"):
        appoint(handle="nobody", on=True)


def test_the_only_operator_cannot_leave_nor_one_while_the_other_is_leaving(lin, chen):
    now = clock.now()
    appoint(handle="lin", on=True)
    lin, chen = Member.objects.get(id=lin.id), Member.objects.get(id=chen.id)
    with pytest.raises(going.CannotLeave, match="would be without an operator"):
        going.ask(member=lin, now=now)
    with translation.override("zh-hans"):
        (sentence,) = going.obstacles(lin)
    assert "goodword operator" in sentence
    assert "operator HANDLE" not in sentence
    appoint(handle="chen", on=True)
    going.ask(member=lin, now=now)
    with pytest.raises(going.CannotLeave):
        going.ask(member=Member.objects.get(id=chen.id), now=now)
