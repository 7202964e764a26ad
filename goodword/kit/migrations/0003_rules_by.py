from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kit", "0002_quiet_jobs")]

    operations = [
        migrations.AddField(
            model_name="houserule", name="actor", field=models.UUIDField(null=True)
        ),
        migrations.AlterField(
            model_name="houserule", name="value", field=models.BigIntegerField(null=True)
        ),
    ]
