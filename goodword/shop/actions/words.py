"""Keeping what listings can be found by. All can run twice."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import transaction

from goodword.kit import search

from ..models import Listing, ListingWords, Variant
from . import interests

BATCH = 500


def keep(listings: Sequence[Listing]) -> None:
    """Let the listings be found by what they and their offered variants say now, and be for what
    they speak of, unless their seller said."""
    interests.guess(listings)
    options: dict[UUID, list[str]] = {one.id: [] for one in listings}
    offered = Variant.objects.filter(listing__in=list(options), retired_at=None, buyer=None)
    for listing, pairs in offered.order_by("position", "id").values_list("listing", "options"):
        options[listing] += [value for _name, value in pairs]
    ListingWords.objects.bulk_create(
        [
            ListingWords(listing=one, seller_id=one.seller_id, words=words_of(one, options[one.id]))
            for one in listings
        ],
        update_conflicts=True,
        unique_fields=["listing"],
        update_fields=["words"],
    )


def words_of(listing: Listing, options: Sequence[str]) -> str:
    # The description last: an index knows 16,383 places, and the rest is short.
    short = (listing.title, listing.brand, listing.origin, *dict.fromkeys(options))
    return search.vector(*short, listing.description)


def rebuild_words(*, progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Make anew what every listing is found by; `progress` hears (done, all). Returns how many."""
    total, done, after = Listing.objects.count(), 0, UUID(int=0)
    while True:
        with transaction.atomic():
            rows = list(
                Listing.objects.filter(id__gt=after)
                .order_by("id")
                .select_for_update(no_key=True)[:BATCH]
            )
            keep(rows)
        if not rows:
            return done
        after, done = rows[-1].id, done + len(rows)
        progress(done, total)
