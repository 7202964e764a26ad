import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from goodword.kit import search


def fill(apps, _editor):
    """Everything that was listed before can be found, too."""
    Listing, Variant, ListingWords = (
        apps.get_model("shop", name) for name in ("Listing", "Variant", "ListingWords")
    )
    options = {}
    offered = Variant.objects.filter(retired_at=None).order_by("position", "id")
    for listing, pairs in offered.values_list("listing", "options").iterator(chunk_size=1000):
        options.setdefault(listing, {}).update((value, None) for _name, value in pairs)
    rows = Listing.objects.values_list("id", "seller", "title", "brand", "origin", "description")
    ListingWords.objects.bulk_create(
        (
            ListingWords(
                listing_id=id_,
                seller_id=seller,
                words=search.vector(*short, *options.get(id_, ()), description),
            )
            for id_, seller, *short, description in rows.iterator(chunk_size=1000)
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("shop", "0002_import_running"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ListingWords",
            fields=[
                (
                    "listing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="shop.listing",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="shop_words")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
