"""What a house rule was: asked as of a beginning, or of everything whose time is not over yet."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from goodword.kit import begins, house
from goodword.kit.models import HouseRule

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_what_waits_is_what_its_own_rule_says(seed: int):
    """Beside asking the rule of each beginning by itself, over made-up histories."""
    random = Random(seed)
    for at in random.sample(range(-50, 5), random.randrange(7)):
        name = random.choice(["handle_rests", "handle_rests", "fee_percent"])
        value = random.choice([None, 0, 3, 20, 45])
        HouseRule.objects.create(name=name, value=value, since=NOW + at * SECOND)
    waiting = house.waiting("handle_rests", "fee_percent", now=NOW)
    past = house.spans("handle_rests", "fee_percent", now=NOW)
    for began in (NOW + number * SECOND for number in range(-70, 1)):
        then = house.rules(began)
        held = {name: getattr(then, name) for name in ("handle_rests", "fee_percent")}
        assert house.then(past, began).held == held
        found = [one.held for one in waiting if one.begin <= began < one.end]
        assert found == ([held] if began + then.handle_rests > NOW else [])


def test_a_rule_of_which_nobody_says_what_begins_is_refused():
    rules = set(house.FIELDS)
    begins.check(begins.GROUPS, rules)
    for wrong in (rules | {"nap"}, rules - {"panel"}):
        with pytest.raises(TypeError, match="every house rule"):
            begins.check(begins.GROUPS, wrong)
    with pytest.raises(TypeError, match="every house rule"):
        begins.check((*begins.GROUPS, ("Twice.", ("panel",))), rules)
