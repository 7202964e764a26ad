"""What keeps a case from being used as a weapon: so many a day, and each side speaks once."""

import pytest

from goodword.care import actions
from goodword.care.actions import opening
from goodword.care.models import Statement
from goodword.care.refusals import NotPossible
from goodword.kit.errors import TooMany
from goodword.orders.tests.town import DAY, NOW, let_time_pass

from .test_cases import opened, received

pytestmark = pytest.mark.django_db


def test_so_many_cases_a_day(lin, wang, cup, monkeypatch):
    monkeypatch.setattr(opening, "A_DAY", 1)
    orders = [received(wang, lin, cup) for _order in range(2)]
    opened(wang, orders[0])
    with pytest.raises(TooMany):
        opened(wang, orders[1])
    assert opened(wang, orders[1], now=NOW + DAY)


def test_each_side_says_once_what_happened(lin, wang, cup):
    case = opened(wang, received(wang, lin, cup))
    actions.refuse(seller=lin, case=case.id, words="It was whole.", now=NOW)
    actions.escalate(buyer=wang, case=case.id, now=NOW)
    let_time_pass(NOW + 3 * DAY)
    for words in ("The rim was broken.", "And the lid."):
        said = {"member": wang, "case": case.id, "words": words, "now": NOW + 3 * DAY}
        if words == "And the lid.":
            with pytest.raises(NotPossible):
                actions.file(**said)
        else:
            actions.file(**said)
    assert Statement.objects.get(case=case).words == "The rim was broken."
