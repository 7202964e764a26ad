"""The migration that gave every line its own hold, on rows as they were before it."""

from importlib import import_module

import pytest
from django.db import connection

from goodword.kit import jobs
from goodword.money import queries as money
from goodword.money.models import Hold, Payment
from goodword.money.tests.town import check_books
from goodword.orders import actions
from goodword.orders.models import OrderLine

from .town import DAY, NOW, held, let_time_pass, offered, place, shipped, states

pytestmark = pytest.mark.django_db
COLLAPSED = """
SELECT "order", "order", buyer_id, seller_id, payment_id, currency, sum(fee), sum(captured),
       sum(released), sum(refunded),
       CASE WHEN bool_or(state = 'held') THEN 'held'
            WHEN bool_or(state = 'released') THEN 'released' ELSE 'refunded' END,
       (array_agg(release_transfer) FILTER (WHERE release_transfer IS NOT NULL))[1], held_at,
       max(resolved_at)
  FROM money_hold GROUP BY "order", buyer_id, seller_id, payment_id, currency, held_at"""
UNGUARDED = "DROP TRIGGER pgtrigger_parts_18c09 ON money_payment"


def test_one_hold_of_an_order_becomes_one_of_each_line(lin, wang, cup):
    pot = offered(lin, "Pot", price=360)
    waiting = held(wang, cup, pot)
    actions.cancel(
        member=lin, order=waiting.id, now=NOW,
        lines=[OrderLine.objects.filter(order=waiting).earliest("id").id],
    )  # fmt: skip
    done = shipped(wang, lin, cup, pot)
    (unpaid,) = place(wang, cup)
    connection.check_constraints()
    let_time_pass(NOW + 10 * DAY)
    let_time_pass(NOW + 17 * DAY)
    jobs.run_due(NOW + 17 * DAY)
    assert (states(waiting), states(done)) == (["cancelled", "refunded"], ["released"] * 2)
    before = {order.id: money.parts_of(order.id) for order in (waiting, done, unpaid)}
    parts = dict(Payment.objects.values_list("order", "parts"))
    connection.check_constraints()
    migration = import_module("goodword.orders.migrations.0004_line_holds")
    with connection.cursor() as cursor:
        cursor.execute(UNGUARDED)
        cursor.execute(COLLAPSED)
        whole = cursor.fetchall()
        cursor.execute("DELETE FROM money_hold")
        cursor.executemany(migration.PART, whole)
        cursor.execute("UPDATE money_payment SET parts = '[]'")
    assert set(Hold.objects.values_list("id", flat=True)) == {waiting.id, done.id}
    migration.split(None, type("Editor", (), {"connection": connection}))
    assert {id_: money.parts_of(id_) for id_ in before} == before
    assert dict(Payment.objects.values_list("order", "parts")) == parts
    check_books()
