from django.db import migrations, models

STATES = ["preview", "running", "applied", "dropped", "undoing", "undone"]


class Migration(migrations.Migration):
    dependencies = [("shop", "0014_hidden_papers")]
    operations = [
        migrations.RemoveConstraint("importrun", "shop_import_state"),
        migrations.AlterField(
            "importrun",
            "state",
            models.CharField(
                choices=[(one, one) for one in STATES], default="preview", max_length=10
            ),
        ),
        migrations.AddConstraint(
            "importrun",
            models.CheckConstraint(
                condition=models.Q(("state__in", STATES)), name="shop_import_state"
            ),
        ),
    ]
