import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0003_left_out'),
    ]

    operations = [
        migrations.AddField(
            model_name='casepicture',
            name='statement',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='care.statement'),
        ),
    ]
