"""What the sides of a score weigh, each by itself, and how many people stand behind a pair."""

from django.db import migrations, models

# Until the next lesson: the crowd as it weighed before; what is said at least as before the first.
WEIGH = """
UPDATE reach_lesson SET said = greatest(friends, 0.0125), crowd = 0.05 * greatest(friends, 0.0125)"""


class Migration(migrations.Migration):
    dependencies = [("reach", "0010_leanings")]

    operations = [
        # How many they are is not known before the next lesson: till then no pair is a reason.
        migrations.AddField("near", "people", models.PositiveIntegerField(default=0)),
        migrations.AlterField("near", "people", models.PositiveIntegerField()),
        migrations.AddField("lesson", "crowd", models.FloatField(null=True)),
        migrations.AddField("lesson", "said", models.FloatField(null=True)),
        migrations.RunSQL(WEIGH, migrations.RunSQL.noop),
        migrations.AlterField("lesson", "crowd", models.FloatField()),
        migrations.AlterField("lesson", "said", models.FloatField()),
    ]
