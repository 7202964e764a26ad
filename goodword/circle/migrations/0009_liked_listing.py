from django.db import migrations, models


KNOWN = """
UPDATE circle_like k SET listing = m.listing FROM circle_moment m
 WHERE m.id = k.moment_id AND m.listing IS NOT NULL"""


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0008_by_listing"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="moment",
            name="circle_by_listing",
        ),
        migrations.AddField(
            model_name="like",
            name="listing",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="like",
            index=models.Index(
                condition=models.Q(("listing__isnull", False)),
                fields=["member", "listing"],
                name="circle_liked_by",
            ),
        ),
        migrations.AddIndex(
            model_name="like",
            index=models.Index(
                condition=models.Q(("listing__isnull", False)),
                fields=["listing", "member"],
                name="circle_liked_listing",
            ),
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
