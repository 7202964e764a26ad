"""What a listing is for, in the words of the house's vocabulary: guessed, or said by its seller."""

import json
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection, transaction

from goodword.kit import interests as vocabulary
from goodword.people.models import Member

from ..models import Listing, ListingInterests
from ..queries import my_listing

# What the seller said herself stays, whatever the title says later.
GUESS = """
INSERT INTO shop_listinginterests (listing_id, seller_id, keys, said)
SELECT listing, seller, keys, FALSE
  FROM jsonb_to_recordset(%s::jsonb) AS guessed (listing uuid, seller uuid, keys text[])
ON CONFLICT (listing_id) DO UPDATE SET keys = excluded.keys
 WHERE NOT shop_listinginterests.said"""


def guess(listings: Sequence[Listing]) -> None:
    """Let the listings be for what their titles speak of; one statement for any number."""
    rows = [
        {
            "listing": str(one.id),
            "seller": str(one.seller_id),
            "keys": vocabulary.recognised(one.title),
        }
        for one in listings
    ]
    if rows:
        with connection.cursor() as db:
            db.execute(GUESS, [json.dumps(rows)])


@transaction.atomic
def say_interests(
    *, seller: Member, listing: UUID, interests: Iterable[str] | None
) -> tuple[str, ...]:
    """The listing is for exactly these (keys, possibly none); None: for what its title speaks of.

    Returns the keys. Raises ListingMissing, Invalid for more than three or an unknown one.
    """
    row = my_listing(seller.id, listing)
    said = interests is not None
    keys = (
        vocabulary.recognised(row.title)
        if interests is None
        else vocabulary.chosen(interests, at_most=vocabulary.OF_A_LISTING)
    )
    ListingInterests.objects.update_or_create(
        listing=row, defaults={"seller_id": seller.id, "keys": list(keys), "said": said}
    )
    return keys
