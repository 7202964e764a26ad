"""A hold for each line of an order instead of one for all of it.

What was held before keeps one hold, under its order's id, until orders say what its lines are
(`orders` 0004).
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# As `rules.whole_fee`: by largest remainder, a tie in the seller's favour.
FILL = """
UPDATE money_hold SET "order" = id, fee = (captured * fee_percent + 49) / 100
"""


class Migration(migrations.Migration):
    dependencies = [("money", "0006_gateways")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="hold", name="terms"),
        migrations.RemoveIndex(model_name="hold", name="money_hold_sales"),
        migrations.RenameField(model_name="hold", old_name="order", new_name="id"),
        migrations.AlterField(
            model_name="hold",
            name="id",
            field=models.UUIDField(editable=False, primary_key=True, serialize=False),
        ),
        migrations.AddField(model_name="hold", name="order", field=models.UUIDField(null=True)),
        migrations.AddField(model_name="hold", name="fee", field=models.BigIntegerField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(model_name="hold", name="order", field=models.UUIDField()),
        migrations.AlterField(model_name="hold", name="fee", field=models.BigIntegerField()),
        migrations.RemoveField(model_name="hold", name="fee_percent"),
        migrations.AlterField(
            model_name="hold",
            name="payment",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holds",
                to="money.payment",
            ),
        ),
        migrations.AddField(
            model_name="payment", name="parts", field=models.JSONField(default=list)
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(fields=["seller", "-order"], name="money_hold_sales"),
        ),
        migrations.AddIndex(
            model_name="hold", index=models.Index(fields=["order"], name="money_hold_order")
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(fee__gte=0, fee__lte=models.F("captured")),
                name="money_hold_fee",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hold',
            trigger=pgtrigger.compiler.Trigger(name='terms', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."order" IS DISTINCT FROM (NEW."order") OR OLD."buyer_id" IS DISTINCT FROM (NEW."buyer_id") OR OLD."seller_id" IS DISTINCT FROM (NEW."seller_id") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."captured" IS DISTINCT FROM (NEW."captured") OR OLD."fee" IS DISTINCT FROM (NEW."fee"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c52cec420d8c51f4a462690aedc164db5ef00345', operation='UPDATE', pgid='pgtrigger_terms_ac021', table='money_hold', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='parts', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.parts <> NEW.parts AND OLD.parts <> '[]'::jsonb)", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='81b0bfe78a039302b5c6b80f4d3d8f9b05fcdaba', operation='UPDATE', pgid='pgtrigger_parts_18c09', table='money_payment', when='BEFORE')),
        ),
    ]
