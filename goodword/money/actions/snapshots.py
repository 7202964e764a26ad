from datetime import datetime, timedelta

from django.db import connection

from .. import rules

ENOUGH = 64  # newer entries that make a new snapshot worth its row
TOUCHED = timedelta(hours=2)

# Every transaction below the horizon has ended, so what it left is final and can be summed for
# good. Sums and horizon come from one snapshot of the database; whoever rolled further wins.
# An order's escrow has a handful of entries and needs no snapshot.
ROLL = """
WITH here AS MATERIALIZED (
    SELECT system_identifier AS server,
           coalesce(%(horizon)s::text::xid8, pg_snapshot_xmin(pg_current_snapshot())) AS horizon
      FROM pg_control_system()),
touched AS MATERIALIZED (
    SELECT DISTINCT account_id AS id FROM money_entry WHERE transfer_id >= %(since)s)
INSERT INTO money_snapshot (account_id, debits, credits, horizon, server, rolled_at)
SELECT a.id, coalesce(s.debits, 0) + newer.debits, coalesce(s.credits, 0) + newer.credits,
       here.horizon, here.server, %(now)s
  FROM touched
  JOIN money_account a ON a.id = touched.id AND a."order" IS NULL
 CROSS JOIN here
  LEFT JOIN money_snapshot s ON s.account_id = a.id AND s.server = here.server
 CROSS JOIN LATERAL (
    SELECT coalesce(sum(amount) FILTER (WHERE direction = 1), 0) AS debits,
           coalesce(sum(amount) FILTER (WHERE direction = -1), 0) AS credits,
           count(*) AS entries
      FROM money_entry e
     WHERE e.account_id = a.id
       AND e.txid >= coalesce(s.horizon, '0'::xid8) AND e.txid < here.horizon) AS newer
 WHERE newer.entries >= %(enough)s
    ON CONFLICT (account_id) DO UPDATE
   SET debits = EXCLUDED.debits, credits = EXCLUDED.credits, horizon = EXCLUDED.horizon,
       server = EXCLUDED.server, rolled_at = EXCLUDED.rolled_at
 WHERE money_snapshot.server <> EXCLUDED.server OR money_snapshot.horizon < EXCLUDED.horizon
"""


def roll_snapshots(
    *,
    now: datetime,
    since: timedelta = TOUCHED,
    enough: int = ENOUGH,
    horizon: str | None = None,
) -> int:
    """Roll forward the balances of accounts that took entries lately; returns how many.

    It changes no balance, only how much of one has to be summed again at each reading. Whoever
    knows better than the server (where others' databases have long transactions open) below which
    number every transaction of ours has ended may give that `horizon`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            ROLL,
            {
                "since": rules.first_id(now - since),
                "now": now,
                "enough": enough,
                "horizon": horizon,
            },
        )
        return cursor.rowcount
