from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0002_claims'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='left_out',
            field=models.JSONField(default=dict),
        ),
    ]
