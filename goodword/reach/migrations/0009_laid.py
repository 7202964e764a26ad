"""What was laid and not seen is found at each look without the reader's whole past."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reach", "0008_seen")]

    operations = [
        migrations.AddIndex(
            model_name="impression",
            index=models.Index(
                condition=models.Q(seen_at__isnull=True), fields=["reader"], name="reach_laid"
            ),
        ),
    ]
