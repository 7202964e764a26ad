"""Each listing's leaning to the strongest common tastes, beside the pairs; the next lesson fills it."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reach", "0009_laid")]

    operations = [
        migrations.CreateModel(
            name="Leaning",
            fields=[
                ("listing", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "tastes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(), size=None
                    ),
                ),
                ("lift", models.FloatField()),
            ],
        ),
        migrations.AddField(
            model_name="near", name="rest", field=models.FloatField(null=True)
        ),
        # Until then the pairs say all there is.
        migrations.RunSQL("UPDATE reach_near SET rest = weight", migrations.RunSQL.noop),
        migrations.AlterField(model_name="near", name="rest", field=models.FloatField()),
    ]
