from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_wishes")]

    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["subject"], name="notices_subject"),
        ),
    ]
