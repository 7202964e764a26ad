from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0013_applied_prices")]
    operations = [
        migrations.AddField("evidence", "hidden_at", models.DateTimeField(null=True)),
    ]
