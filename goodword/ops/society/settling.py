"""The people of a town come to live in a database: members, friendships, shops and listings.

Members, shops and listings are made by the actions that everybody uses. Friendships were there
before the town began and are written at once: to ask and accept 65,000 times takes an hour.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID

from goodword.circle.models import Friendship
from goodword.kit.interests import GROUPS
from goodword.kit.money import Money
from goodword.kit.pictures import save_picture
from goodword.people import actions as people
from goodword.people.models import Member
from goodword.shop import actions as shops
from goodword.shop.drafts import ListingDraft, VariantDraft

from .agents import Thing
from .assumptions import TOPICS
from .people import People, Seller

BEFORE = timedelta(days=60)  # how long members and shops have been there
CURRENCY = "CNY"
PRICE = 8800  # minor units; prices play no part
STOCK = 1_000_000
CHUNK = 5000
# Topics in the words of the house: what a seller says that a thing is for, and a member likes.
KINDS = [interest.key for _name, group in GROUPS for interest in group][:TOPICS]


@dataclass(slots=True)
class Town:
    """Agents by their numbers, and what they are called in the database."""

    people: People
    began: datetime
    members: list[Member]
    numbers: dict[UUID, int]
    listings: dict[int, list[UUID]] = field(default_factory=dict)  # of a seller
    things: dict[UUID, Thing] = field(default_factory=dict)  # of a listing
    variants: dict[UUID, UUID] = field(default_factory=dict)

    def time(self, at: float) -> datetime:
        """`at` days after the town began (UTC)."""
        return self.began + timedelta(days=at)


def settle(living: People, *, began: datetime) -> Town:
    """Write the people into an empty, migrated database."""
    since = began - BEFORE
    members = [
        people.register(
            handle=f"m{agent.number:05d}", display_name=f"Member {agent.number}", now=since
        )
        for agent in living.agents
    ]
    numbers = {member.id: number for number, member in enumerate(members)}
    town = Town(living, began, members, numbers)
    Friendship.objects.bulk_create(
        (
            Friendship(owner=members[agent.number], friend=members[friend], since=since)
            for agent in living.agents
            for friend in sorted(agent.ties)
        ),
        batch_size=CHUNK,
    )
    raw = drawn()
    for seller in living.sellers.values():
        open_shop(town, seller, raw, now=since)
    return town


def drawn() -> bytes:
    """A picture for every listing: what is on it plays no part."""
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (32, 24), "teal").save(out, "JPEG")
    return out.getvalue()


def open_shop(town: Town, seller: Seller, raw: bytes, *, now: datetime) -> None:
    owner = town.members[seller.number]
    shops.open_shop(owner=owner, name=f"Shop {seller.number}", public=True, now=now)
    town.listings[seller.number] = []
    for count, thing in enumerate(seller.things):
        price = Money(PRICE, CURRENCY)
        draft = ListingDraft(
            title=f"Thing {count} of kind {thing.topic}",
            variants=(VariantDraft(price=price, stock=STOCK),), offer=True,
        )  # fmt: skip
        picture = {**save_picture(raw), "alt": ""}
        listing = shops.create_listing(seller=owner, draft=draft, pictures=[picture], now=now)
        shops.say_interests(seller=owner, listing=listing.id, interests=[KINDS[thing.topic]])
        town.listings[seller.number].append(listing.id)
        town.things[listing.id] = thing
        town.variants[listing.id] = listing.variants.get().id
