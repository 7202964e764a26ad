"""A turn counts when it was seen, and a fold is kept with the card that it was counted behind."""

import django.contrib.postgres.fields
from django.db import migrations, models

# What lay on a page counted as shown until now, so all of it counts as seen.
FILL = """
UPDATE reach_impression i SET rest = folded.rest
  FROM (SELECT reader_id, lead, array_agg(moment ORDER BY moment) AS rest FROM reach_impression
         WHERE moment <> lead GROUP BY reader_id, lead) folded
 WHERE folded.reader_id = i.reader_id AND folded.lead = i.moment AND i.after_at IS NOT NULL"""


class Migration(migrations.Migration):
    dependencies = [("reach", "0007_selling")]

    operations = [
        migrations.RemoveConstraint(model_name="impression", name="reach_card_or_folded"),
        migrations.RemoveIndex(model_name="impression", name="reach_folded"),
        migrations.RemoveIndex(model_name="impression", name="reach_rested"),
        migrations.RenameField(model_name="impression", old_name="shown_at", new_name="seen_at"),
        migrations.AlterField(
            model_name="impression", name="seen_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="impression",
            name="rest",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), default=list, size=None
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="impression", name="lead"),
        migrations.AddIndex(
            model_name="impression",
            index=models.Index(
                condition=models.Q(("seen_at__isnull", False)),
                fields=["reader", "seller", "seen_at"],
                name="reach_seen",
            ),
        ),
        migrations.AddConstraint(
            model_name="impression",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("after_at__isnull", True), ("after_moment__isnull", True), ("rest", [])
                    ),
                    models.Q(("after_at__isnull", False), ("after_moment__isnull", False)),
                    _connector="OR",
                ),
                name="reach_card_or_elsewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="impression",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("seen_at__isnull", False),
                    models.Q(
                        ("after_at__isnull", False),
                        ("dismissed_at__isnull", True),
                        ("opened_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="reach_laid_or_seen",
            ),
        ),
    ]
