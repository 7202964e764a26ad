"""`money_post` looks each hold up by its key.

Joined to the list of them, every release read all holds there are: without statistics of the list
a merge of two sorted inputs looks cheapest, and one of them was the whole index.
"""

from importlib import import_module

from django.db import migrations

EARLIER = import_module("goodword.money.migrations.0008_post_holds").POST
JOINED = EARLIER[EARLIER.index("        UPDATE money_hold AS m") : EARLIER.index("    END IF;\n    RETURN")]
BY_KEY = """\
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
"""
POST = EARLIER.replace(JOINED, BY_KEY).replace("    posted int;\n", "    posted int;\n    part record;\n")


class Migration(migrations.Migration):
    dependencies = [("money", "0013_papers")]
    operations = [
        migrations.RunSQL(
            ["DROP FUNCTION money_post", POST], ["DROP FUNCTION money_post", EARLIER]
        )
    ]
