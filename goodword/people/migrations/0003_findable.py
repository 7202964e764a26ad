import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from goodword.kit import search


def fill(apps, _editor):
    """Everybody who is here already can be found by name, as those who come."""
    Member, Findable = (apps.get_model("people", name) for name in ("Member", "Findable"))
    names = Member.objects.values_list("id", "display_name").iterator(chunk_size=1000)
    Findable.objects.bulk_create(
        (Findable(member_id=id_, name=search.key(name)) for id_, name in names), batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_seal_second_steps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Findable",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.TextField()),
                ("by_name", models.BooleanField(db_default=True, default=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("by_name", True)),
                        fields=["name"],
                        name="people_by_name",
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
