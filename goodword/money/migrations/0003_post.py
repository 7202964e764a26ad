"""The one statement that posts: transfers, their accounts and entries, and the order's hold.

Measured at a third of the cost of separate statements. See docs/decisions/0005-ledger.md.
"""

from django.db import migrations

# `transfers` are posted all or none; none, and an empty answer, when their keys were used before.
# Accounts are opened by the posting that first needs them. Nothing here waits for another
# transaction, except for one that uses the same key or opens the same account for the first time.
POST = """
CREATE FUNCTION money_post(transfers jsonb, entries jsonb, hold jsonb) RETURNS int LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
    posted int;
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

    IF hold ? 'captured' THEN
        INSERT INTO money_hold (
            "order", buyer_id, seller_id, payment_id, currency, fee_percent, captured, released,
            refunded, state, held_at)
        SELECT h."order", h.buyer, h.seller, h.payment, h.currency, h.fee_percent, h.captured, 0, 0,
               h.state, h.held_at
          FROM jsonb_to_record(hold) AS h(
               "order" uuid, buyer uuid, seller uuid, payment uuid, currency text, fee_percent int,
               captured bigint, state text, held_at timestamptz);
    ELSIF hold IS NOT NULL THEN
        UPDATE money_hold AS m
           SET released = m.released + h.released, refunded = m.refunded + h.refunded,
               state = h.state, resolved_at = coalesce(m.resolved_at, h.resolved_at),
               release_transfer = coalesce(m.release_transfer, h.release_transfer)
          FROM jsonb_to_record(hold) AS h(
               "order" uuid, released bigint, refunded bigint, state text, resolved_at timestamptz,
               release_transfer uuid)
         WHERE m."order" = h."order";
    END IF;
    RETURN posted;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("money", "0002_guards")]
    operations = [migrations.RunSQL(POST, "DROP FUNCTION money_post")]
