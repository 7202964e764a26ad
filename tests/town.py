"""People, shops and orders for tests of the whole house, made by the verbs that everybody uses."""

import math
import wave
from array import array
from io import BytesIO
from itertools import count
from typing import Any

from PIL import Image, ImageDraw

from goodword.circle import actions as circle
from goodword.circle.models import Moment
from goodword.circle.states import Face
from goodword.kit import clock
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.kit.pictures import save_picture
from goodword.people import actions as people
from goodword.people.models import Member
from goodword.shop import actions as shop
from goodword.shop.drafts import ListingDraft, VariantDraft
from goodword.shop.models import Listing, Variant
from goodword.shop.states import EvidenceKind

SKY, TEA, CLAY = "#9ec5d8", "#7fa07a", "#c98a5e"
numbers = count(1)


def member(name: str, **values: Any) -> Member:
    """A member called `name`; handles are made unique, since a house serves many tests."""
    handle = f"{name.split(maxsplit=1)[0].lower()}_{new_id().hex[-8:]}"
    return people.register(handle=handle, display_name=name, now=clock.now(), **values)


def befriend(one: Member, other: Member) -> None:
    request = circle.ask(asker=one, asked=other, now=clock.now())
    circle.accept(request=request, member=other, now=clock.now())


def photo(colour: str = SKY, size: tuple[int, int] = (480, 360)) -> bytes:
    """A JPEG with a sun in it, as a camera would send it: with a place and a date inside."""
    image = Image.new("RGB", size, colour)
    n = next(numbers)
    ImageDraw.Draw(image).ellipse((60 + n % 300, 60, 200 + n % 300, 200), fill="#f3d27a")
    exif = Image.Exif()
    exif[0x010F] = "Camera of Somebody"
    exif[0x8825] = {1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (120.0, 9.0, 0.0)}
    out = BytesIO()
    image.save(out, "JPEG", quality=80, exif=exif)
    return out.getvalue()


def picture(colour: str = SKY, alt: str = "A sun over the lake") -> dict[str, Any]:
    return {**save_picture(photo(colour)), "alt": alt}


def hum(seconds: float = 0.5) -> bytes:
    """A recording of one low note."""
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        tone = (int(9000 * math.sin(at / 8)) for at in range(int(seconds * 16_000)))
        file.writeframes(array("h", tone).tobytes())
    return out.getvalue()


def moment(author: Member, text: str, *, pictures: int = 0, **values: Any) -> Moment:
    return circle.publish(
        author=author,
        face=Face.LIFE,
        text=text,
        pictures=[picture() for _ in range(pictures)],
        key=str(new_id()),
        now=clock.now(),
        **values,
    )


def yuan(amount: int) -> Money:
    return Money(amount * 100, "CNY")


def tea_shop(seller: Member, title: str = "Celadon teacup", **changes: Any) -> Listing:
    """A shop with one listing: two glazes, a lowered price, a receipt as evidence."""
    now = clock.now()
    shop.open_shop(
        owner=seller, name=f"{seller.display_name}’s tea things", promise="Packed by hand.", now=now
    )
    listing = shop.create_listing(
        seller=seller,
        draft=ListingDraft(
            title=title,
            description="Thrown by hand, fired at 1,300 °C.\nHolds 120 ml.",
            variants=(
                VariantDraft(price=yuan(168), stock=7, options=(("Glaze", "celadon"),)),
                VariantDraft(price=yuan(188), stock=3, options=(("Glaze", "tenmoku"),)),
            ),
            origin="Longquan",
            shipping=yuan(8),
            **changes,
        ),
        pictures=[picture(TEA, "The cup in the hand"), picture(CLAY, "The cup from above")],
        now=now,
    )
    shop.add_evidence(
        seller=seller, listing=listing.id, kind=next(iter(EvidenceKind)),
        picture=picture(CLAY, "The kiln’s receipt"), now=now,
    )  # fmt: skip
    shop.change_price(seller=seller, variant=first_variant(listing).id, price=yuan(148), now=now)
    return listing


def first_variant(listing: Listing) -> Variant:
    return listing.variants.order_by("position").first()


def show(seller: Member, listing: Listing, text: str = "Fresh from the kiln.") -> Moment:
    return shop.show(
        seller=seller, listing=listing.id, text=text, key=str(new_id()), now=clock.now()
    )
