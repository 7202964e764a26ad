import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from goodword.kit import search


def fill(apps, _editor):
    """Everything that was said before can be found, too."""
    Moment, MomentWords = (apps.get_model("circle", name) for name in ("Moment", "MomentWords"))
    standing = Moment.objects.filter(state="published").values_list(
        "id", "author", "published_at", "text"
    )
    MomentWords.objects.bulk_create(
        (
            MomentWords(moment_id=id_, author_id=author, published_at=at, words=search.vector(text))
            for id_, author, at, text in standing.iterator(chunk_size=1000)
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0004_voice"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MomentWords",
            fields=[
                (
                    "moment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="circle.moment",
                    ),
                ),
                ("published_at", models.DateTimeField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="circle_words")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
