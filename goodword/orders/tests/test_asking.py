"""What a checkout leaves behind: the gateway's answer, whatever happens, and no idle jobs."""

import pytest
from django.db import connection

from goodword.kit import clock
from goodword.money import queries as money
from goodword.orders import actions
from goodword.shop.actions import Item

from .town import ADDRESS, DAY, HOUR, MINUTE, NOW, held, held_money, let_time_pass, shipped, state

pytestmark = pytest.mark.django_db

BROKEN = """
CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$;
CREATE TRIGGER broken BEFORE INSERT ON shop_sale FOR EACH ROW EXECUTE FUNCTION broken();
"""


def run(sql):
    with connection.cursor() as cursor:
        for statement in sql.strip().split(";\n"):
            cursor.execute(statement)


def test_what_the_gateway_did_is_kept_when_the_order_cannot_follow(wang, cup):
    run(BROKEN)
    with clock.at(NOW):
        ((order, payment),) = actions.place_and_pay(
            buyer=wang, items=[Item(cup.id, 1)], address=ADDRESS, key="k", method="card", now=NOW
        )
    assert payment.state == "captured"
    assert (state(order), held_money(order)) == ("awaiting_payment", 12000)
    run("DROP TRIGGER broken ON shop_sale")
    let_time_pass(NOW + MINUTE)
    assert (state(order), held_money(order)) == ("held", 12000)
    assert [one.kind for one in money.trail(order.id)] == ["capture"]


RINGS = """
SELECT scheduled_at FROM procrastinate_jobs
 WHERE task_name = 'orders.ring' AND status = 'todo' AND args ->> 'order' = %s"""


def rings(order):
    with connection.cursor() as cursor:
        cursor.execute(RINGS, [str(order.id)])
        return [at for (at,) in cursor.fetchall()]


def test_an_order_has_one_job_which_hands_on_to_the_next(wang, cup):
    order = held(wang, cup)
    assert rings(order) == [NOW + 15 * MINUTE]
    let_time_pass(NOW + 15 * MINUTE)
    assert rings(order) == [NOW + 48 * HOUR]
    assert state(order) == "held"


def test_what_is_sent_before_the_job_comes_still_ends_by_itself(lin, wang, cup):
    order = shipped(wang, lin, cup, now=NOW)
    for days in range(60):
        let_time_pass(NOW + days * DAY)
    assert state(order) == "completed"
    assert rings(order) == []
