import pytest

from goodword.circle import search
from goodword.circle.models import MomentWords
from goodword.circle.tests.worlds import moment
from goodword.kit import clock
from goodword.kit.search import parse
from goodword.ops import searching
from goodword.people import actions as people
from goodword.people.models import Findable

pytestmark = pytest.mark.django_db


def test_everything_is_found_again(capsys):
    now = clock.now()
    lin = people.register(handle="lin", display_name="Lin", now=now)
    chen = people.register(handle="chen", display_name="Chen", now=now)
    moment(lin, "plum blossom", now=now)
    MomentWords.objects.all().delete()
    Findable.objects.all().delete()
    searching.rebuild()
    assert "1 moments, 0 listings, 2 names were made findable anew." in capsys.readouterr().out
    assert len(search.moments(lin.id, parse("plum"), now=now)) == 1
    assert len(search.namesakes(chen.id, parse("lin"))) == 1
