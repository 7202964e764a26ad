import goodword.care.states
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0004_new_in_appeals'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='statement',
            name='care_says_once',
        ),
        migrations.AddField(
            model_name='case',
            name='again_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='objection',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='case',
            name='stays',
            field=models.CharField(blank=True, choices=[('worthless', 'worthless'), ('costly', 'costly'), ('spoils', 'spoils'), ('forbidden', 'forbidden'), ('gone', 'gone'), ('fake', 'fake')], max_length=10),
        ),
        migrations.AddField(
            model_name='juror',
            name='stays',
            field=models.CharField(blank=True, choices=[('worthless', 'worthless'), ('costly', 'costly'), ('spoils', 'spoils'), ('forbidden', 'forbidden'), ('gone', 'gone'), ('fake', 'fake')], max_length=10),
        ),
        migrations.AddField(
            model_name='statement',
            name='of_return',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='juror',
            name='vote',
            field=models.CharField(blank=True, choices=[('buyer', 'buyer'), ('keep', 'keep'), ('half', 'half'), ('seller', 'seller')], max_length=8),
        ),
        migrations.AddConstraint(
            model_name='juror',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('vote', goodword.care.states.Vote['KEEP']), models.Q(('stays', ''), _negated=True)), models.Q(models.Q(('vote', goodword.care.states.Vote['KEEP']), _negated=True), ('stays', '')), _connector='OR'), name='care_kept_for'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('case', 'by', 'is_appeal', 'of_return'), name='care_says_once'),
        ),
    ]
