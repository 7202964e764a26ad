"""For what a change of a house rule holds: what began before it keeps the older one."""

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps

from goodword.care.rules import Terms
from goodword.care.rules import due as care_due
from goodword.care.states import CaseState as C
from goodword.kit import begins, clock, house
from goodword.kit.house import DAY, HOUR, MINUTE
from goodword.kit.models import HouseRule
from goodword.ops.house import actions
from goodword.orders import actions as orders
from goodword.orders.models import Timer
from goodword.orders.rules import Terms as OrderTerms
from goodword.orders.rules import due
from goodword.orders.states import TimerKind
from goodword.orders.tests.town import (
    NOW,
    at,
    held_money,
    let_time_pass,
    offered,
    open_shop,
    place,
    shipped,
    state,
)
from goodword.shop.tests.town import person

PLAIN = house.HouseRules()


@pytest.mark.django_db
def test_what_began_before_keeps_the_older_rule():
    lin, wang = person("lin"), person("wang")
    open_shop(lin)
    cup = offered(lin)
    (old,) = place(wang, cup)
    case = Terms.of(house.rules(NOW), ordered=house.rules(NOW)).stored()
    for name, value in (("pay_within", 2 * HOUR), ("after_sale", 40 * DAY), ("panel", DAY)):
        before = getattr(PLAIN, name)
        actions.write(name=name, value=value, before=before, operator=lin.id, now=NOW)
    (new,) = place(wang, cup, now=NOW + MINUTE)
    let_time_pass(NOW + 16 * MINUTE)
    assert (state(old), state(new)) == ("expired", "awaiting_payment")
    line = new.lines.get()
    assert due(line, TimerKind.PAY, new.holds) == NOW + MINUTE + 2 * HOUR
    assert Terms.read(case).panel == 48 * HOUR
    present = house.rules(clock.now())
    assert asdict(Terms.of(present, ordered=PLAIN))["panel"] == DAY


@pytest.mark.django_db
def test_paid_and_over_in_one_moment():
    """Where new sellers wait as long as an order lasts, `after_sale` and the wait end together."""
    lin, wang = person("lin"), person("wang")
    open_shop(lin)
    HouseRule.objects.create(name="new_seller_hold", value=15 * 86400, since=NOW)
    order = shipped(wang, lin, offered(lin))
    with at(NOW):
        orders.confirm(buyer=wang, order=order.id, now=NOW)
    let_time_pass(NOW + 15 * DAY - HOUR)
    assert (state(order), held_money(order)) == ("received", 12000)
    let_time_pass(NOW + 15 * DAY)
    assert (state(order), held_money(order)) == ("completed", 0)


@pytest.mark.django_db
def test_where_a_parcel_counts_as_received_in_three_days_nobody_is_reminded_as_it_leaves():
    lin, wang = person("lin"), person("wang")
    open_shop(lin)
    HouseRule.objects.create(name="receive_courier", value=3 * 86400, since=NOW)
    order = shipped(wang, lin, offered(lin))
    waiting = Timer.objects.filter(order=order, done_at=None).order_by("due_at")
    assert list(waiting.values_list("kind", flat=True)) == ["remind_late", "receive"]


# Where each rule is held, and what a change of it goes by: as the decision says it.
DOC = (Path(house.__file__).parents[2] / "docs/decisions/0093-what-begins.md").read_text()
HELD = re.findall(r"^\| (What counts [^|]+) \| ([^|]+) \| ([^|]+) \|$", DOC, re.MULTILINE)


def quoted_in(cell: str) -> list[str]:
    return re.findall(r"`([\w.]+)`", cell)


def going_by(what: str) -> list[str]:
    return next(quoted_in(names) for said, names, _how in HELD if what in said)


def test_every_rule_says_what_it_goes_by_and_where_it_is_held():
    assert [(what, tuple(quoted_in(names))) for what, names, _how in HELD] == [
        (str(what), names) for what, names in begins.GROUPS
    ]
    columns = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
    }
    for what, _names, how in HELD:
        assert {one for one in quoted_in(how) if "." in one} <= columns, what


def test_an_order_and_a_case_store_every_rule_that_goes_by_them():
    def of_order(rules: house.HouseRules) -> OrderTerms:
        return OrderTerms.of(rules, seller_completed=9)

    def of_case(rules: house.HouseRules, ordered: house.HouseRules = PLAIN) -> Terms:
        return Terms.of(rules, ordered=ordered)

    def less(name: str) -> house.HouseRules:
        value = getattr(PLAIN, name)
        return replace(PLAIN, **{name: value - (MINUTE if isinstance(value, timedelta) else 1)})

    asked = {"pay_within_transfer", "cases_of_a_line", "fee_percent"}  # the doc says where
    for name in set(going_by("an order is placed")) - asked:
        rules = less(name)
        assert (of_order(rules) == of_order(PLAIN)) == name.startswith("fake"), name
        assert (of_case(PLAIN, rules) == of_case(PLAIN)) != name.startswith("fake"), name
        assert of_case(rules) == of_case(PLAIN), name
    for name in going_by("return or dispute begins"):
        assert of_case(less(name)) != of_case(PLAIN), name
        assert of_case(PLAIN, less(name)) == of_case(PLAIN), name


STEPS = (C.TALKING, C.EVIDENCE, C.PANEL, C.OPERATOR, C.DECIDED, C.OPERATOR)


@pytest.mark.parametrize("before", [(C.ASKED, C.REFUSED), (C.ASKED, C.TO_SHIP_BACK, C.COMING_BACK)])
def test_of_the_shortest_dispute_that_can_be_chosen_no_step_is_cut_short(before: Sequence[C]):
    def cut(most: timedelta) -> list[timedelta]:
        """How much each step has less than its rule says, if each takes all that it has."""
        terms = Terms.of(replace(PLAIN, dispute_at_most=most), ordered=PLAIN)
        case, now = SimpleNamespace(opened_at=NOW, again_at=None), NOW
        found: list[timedelta] = []
        for case.state in (*before, *STEPS):
            ends = care_due(case, terms, now)  # type: ignore[arg-type]
            found.append(terms.wait(case.state) - (ends - now))
            now = ends
        return found

    shortest = sum((Terms.of(PLAIN, ordered=PLAIN).wait(one) for one in (*before, *STEPS)), 0 * DAY)
    assert not any(cut(shortest))
    assert cut(shortest - DAY) == [*[0 * DAY] * (len(before) + 5), DAY]
    assert shortest <= 51 * DAY
