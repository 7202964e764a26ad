"""When the demo town is built, and when it stays out."""

import pytest
from rich.console import Console

from goodword.kit import clock
from goodword.ops.demo.building import ensure
from goodword.ops.errors import Stop
from goodword.ops.models import Town
from goodword.people import actions as people
from goodword.people.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def chen():
    return people.register(handle="chen", display_name="Chen", now=clock.now())


def test_not_where_others_live():
    with pytest.raises(Stop, match="There are members here already"):
        ensure(Console(), language="en")


def test_not_again_after_half_of_it_when_others_came_meanwhile():
    Town.objects.create(language="en", begun_at=clock.now())
    with pytest.raises(Stop, match="somebody else has joined"):
        ensure(Console(), language="en")
    assert Member.objects.count() == 1


def test_not_where_it_stands():
    Town.objects.create(language="en", begun_at=clock.now(), built_at=clock.now())
    assert not ensure(Console(), language="en", house_is_open=True)
    assert Member.objects.count() == 1


def test_not_beside_a_worker_that_would_ring_its_past():
    with pytest.raises(Stop, match="stop it with Ctrl"):
        ensure(Console(), language="en", beside_members=True, house_is_open=True)
    assert Member.objects.count() == 1
