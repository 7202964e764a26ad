"""People, shops and listings for the tests, made by the verbs that everybody uses."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO

from PIL import Image

from goodword.circle import actions as circle
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.kit.pictures import save_picture
from goodword.people.actions import register
from goodword.shop import actions
from goodword.shop.drafts import ListingDraft, VariantDraft

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def person(handle, name=""):
    return register(handle=handle, display_name=name or handle.title(), now=NOW - 400 * DAY)


def befriend(one, other):
    asked = circle.ask(asker=one, asked=other, now=NOW - 100 * DAY)
    circle.accept(request=asked, member=other, now=NOW - 100 * DAY)


def jpeg(colour="teal", size=(64, 48)):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def picture(colour="teal", alt=""):
    return {**save_picture(jpeg(colour)), "alt": alt}


def packed(body):
    return json.dumps(body).encode()


def yuan(amount):
    return Money(amount * 100, "CNY")


def variant(price=120, stock=5, **options):
    return VariantDraft(price=yuan(price), stock=stock, options=tuple(options.items()))


def draft(title="Celadon cup", *variants, **changes):
    return ListingDraft(title=title, variants=variants or (variant(),), **changes)


def open_shop(owner, **changes):
    return actions.open_shop(
        owner=owner, **{"name": f"{owner.display_name}'s tea", "now": NOW - 90 * DAY, **changes}
    )


def listing(seller, title="Celadon cup", *variants, pictures=None, now=NOW - 60 * DAY, **changes):
    return actions.create_listing(
        seller=seller,
        draft=draft(title, *variants, **changes),
        pictures=[picture()] if pictures is None else pictures,
        now=now,
    )


def first_variant(row):
    return row.variants.order_by("position").first()


def buy(buyer, one_variant, quantity=1, now=NOW, order=None):
    """Reserved and paid; answers the order's id."""
    order = order or new_id()
    actions.reserve(
        order=order, buyer=buyer.id, items=[actions.Item(one_variant.id, quantity)],
        until=now + timedelta(minutes=15), now=now,
    )  # fmt: skip
    actions.sell(order=order, now=now)
    return order
