"""`money_post` looks each hold up by its key.

Joined to the list of them, every release read all holds there are: without statistics of the list
a merge of two sorted inputs looks cheapest, and one of them was the whole index.
"""

from importlib import import_module

from django.db import migrations

POST = """
CREATE FUNCTION money_post(transfers jsonb, entries jsonb, holds jsonb) RETURNS int LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
    posted int;
    part record;
BEGIN
    INSERT INTO money_transfer (
        id, owner, key, digest, kind, "order", lines, reason, corrects, created_at)
    SELECT t.id, t.owner, t.key, decode(t.digest, 'hex'), t.kind, t."order", t.lines, t.reason,
           t.corrects, t.created_at
      FROM jsonb_to_recordset(transfers) AS t(
           id uuid, owner uuid, key text, digest text, kind text, "order" uuid, lines int,
           reason text, corrects uuid, created_at timestamptz)
        ON CONFLICT (owner, key) DO NOTHING;
    GET DIAGNOSTICS posted = ROW_COUNT;
    IF posted = 0 THEN
        RETURN 0;
    END IF;
    IF posted < jsonb_array_length(transfers) THEN
        RAISE EXCEPTION 'some of these keys were used before' USING ERRCODE = 'unique_violation';
    END IF;

    INSERT INTO money_account (id, holder_id, kind, currency, "order", gateway)
    SELECT e.account, e.holder, e.kind, e.currency, e."order", e.gateway
      FROM jsonb_to_recordset(entries) AS e(
           account uuid, holder uuid, kind text, currency text, "order" uuid, gateway text)
     ORDER BY e.account
        ON CONFLICT (id) DO NOTHING;

    INSERT INTO money_entry (transfer_id, line, owner, account_id, direction, amount, currency)
    SELECT e.transfer, e.line, e.owner, e.account, e.direction, e.amount, e.currency
      FROM jsonb_to_recordset(entries) AS e(
           transfer uuid, line int, owner uuid, account uuid, direction int, amount bigint,
           currency text);

    IF holds -> 0 ? 'captured' THEN
        INSERT INTO money_hold (
            id, "order", buyer_id, seller_id, payment_id, currency, fee, captured, released,
            refunded, state, held_at)
        SELECT h.id, h."order", h.buyer, h.seller, h.payment, h.currency, h.fee, h.captured, 0, 0,
               h.state, h.held_at
          FROM jsonb_to_recordset(holds) AS h(
               id uuid, "order" uuid, buyer uuid, seller uuid, payment uuid, currency text,
               fee bigint, captured bigint, state text, held_at timestamptz);
    ELSIF holds IS NOT NULL THEN
        FOR part IN
            SELECT * FROM jsonb_to_recordset(holds) AS h(
                id uuid, released bigint, refunded bigint, state text, resolved_at timestamptz,
                release_transfer uuid)
             ORDER BY id
        LOOP
            UPDATE money_hold AS m
               SET released = m.released + part.released, refunded = m.refunded + part.refunded,
                   state = part.state, resolved_at = coalesce(m.resolved_at, part.resolved_at),
                   release_transfer = coalesce(m.release_transfer, part.release_transfer)
             WHERE m.id = part.id;
        END LOOP;
    END IF;
    RETURN posted;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("money", "0013_papers")]
    operations = [
        migrations.RunSQL(
            ["DROP FUNCTION money_post", POST],
            ["DROP FUNCTION money_post", import_module("goodword.money.migrations.0008_post_holds").POST],
        )
    ]
