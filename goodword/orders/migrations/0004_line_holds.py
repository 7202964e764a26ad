"""Every line gets the hold of its own money; until now one hold was for the whole order."""

from itertools import groupby

from django.db import migrations

from goodword.kit.money import Money, allocate

# What was paid for, with what the one hold had become. Money had gone line by line to the buyer,
# and to the seller all at once.
WHOLE = """
SELECT h.id, h.payment_id, h.currency, h.fee, h.released, h.release_transfer, h.held_at,
       h.resolved_at, l.id, l.unit_minor * l.quantity + l.shipping_minor,
       l.state IN ('cancelled', 'refunded'), h.buyer_id, h.seller_id
  FROM money_hold h JOIN orders_orderline l ON l.order_id = h."order"
 WHERE h.id = h."order" ORDER BY h.id, l.id"""
PART = """
INSERT INTO money_hold (
    id, "order", buyer_id, seller_id, payment_id, currency, fee, captured, released, refunded,
    state, release_transfer, held_at, resolved_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
WAITING = """
UPDATE money_payment p SET parts = l.parts
  FROM (SELECT order_id, jsonb_agg(
                   jsonb_build_array(id, unit_minor * quantity + shipping_minor) ORDER BY id
               ) AS parts FROM orders_orderline GROUP BY order_id) AS l
 WHERE l.order_id = p."order" AND p.parts = '[]'::jsonb"""


def split(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(WHOLE)
        for order, rows in groupby(cursor.fetchall(), key=lambda row: row[0]):
            lines = list(rows)
            cursor.execute("DELETE FROM money_hold WHERE id = %s", [order])
            cursor.executemany(PART, parts(order, lines))
        cursor.execute(WAITING)


def parts(order, lines):
    (_order, payment, currency, fee, released, transfer, held_at, resolved_at, *_line) = lines[0]
    fees = allocate(Money(fee, currency), [line[9] for line in lines])
    for line, share in zip(lines, fees, strict=True):
        id_, paid, went_back, buyer, seller = line[8:]
        state = "refunded" if went_back else "released" if released else "held"
        yield (
            id_, order, buyer, seller, payment, currency, share.minor, paid,
            paid if state == "released" else 0, paid if went_back else 0, state,
            transfer if state == "released" else None, held_at,
            None if state == "held" else resolved_at or held_at,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_signatures"), ("money", "0008_post_holds")]
    operations = [migrations.RunPython(split, migrations.RunPython.noop)]
