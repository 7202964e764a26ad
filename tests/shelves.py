"""What stands in a member's shop and what was bought there, for tests of the whole house."""

from io import BytesIO
from typing import Any
from uuid import UUID

from goodword.kit import clock
from goodword.kit.files import save_file
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.orders import actions as orders
from goodword.orders.addresses import Address
from goodword.orders.models import DeliveredItem
from goodword.orders.words import AGREE
from goodword.people.models import Member
from goodword.shop import actions as shop
from goodword.shop import importing
from goodword.shop import queries as shops
from goodword.shop.actions import Item
from goodword.shop.digital import actions as digital
from goodword.shop.digital import keys
from goodword.shop.drafts import ListingDraft, VariantDraft
from goodword.shop.models import LicenceKey, Listing
from goodword.shop.parcels import Zone
from goodword.shop.sellers import actions as sellers
from goodword.shop.sellers.states import Scheme
from goodword.shop.states import Digital
from goodword.shop.tests.test_importing import export, item

from .town import first_variant, picture, show

ADDRESS = Address(
    name="王芳", phone="13800138000", region="CN-ZJ", city="杭州市西湖区", street="龙井路 1 号 2 幢"
)


def goods_of(owner: Member, listing: Listing) -> dict[str, UUID | str]:
    """What stands in her shop."""
    run = importing.preview(
        owner=owner, shop=shops.my_shop(owner.id), data=export(item()), file_name="old.csv",
        now=clock.now(),
    ).run  # fmt: skip
    paper = listing.evidence.get()
    template = shop.keep_template(
        seller=owner, name="Post", currency="CNY", now=clock.now(),
        zones=[Zone(("CN",), 1000, 800, 500, 200)],
    )  # fmt: skip
    return {
        "listing": listing.id,
        "variant": first_variant(listing).id,
        "shop picture": listing.pictures.order_by("position")[1].id,
        "paper": paper.id,
        "shop": listing.shop_id,
        "run": run,
        **declared_by(owner),
        "template": template.id,
        "market moment": show(owner, listing).id,
    }


def declared_by(owner: Member) -> dict[str, UUID | str]:
    """Papers of a business that wait for an operator."""
    asked = sellers.ask_registration(
        owner=owner, scheme=Scheme.USCC, name="Lin Tea Ltd", number="91110000600037341L",
        pages=[picture()], now=clock.now(),
    )  # fmt: skip
    return {"declaration": asked.id, "licence": asked.pages.get().id}


def quotes_of(
    owner: Member, friend: Member, listing: Listing, his: Listing
) -> dict[str, UUID | str]:
    """She has asked the friend for a quote, and he has asked her."""
    now = clock.now()
    Listing.objects.filter(id__in=[listing.id, his.id]).update(
        made_to_order=True, lead_days=3, asks=[{"name": "Size", "values": ["S", "L"]}]
    )
    hers = shop.ask_quote(buyer=owner, listing=his.id, wishes=["S"], now=now)
    shop.answer_quote(
        seller=friend, quote=hers.id, price=Money(9900, "CNY"), lead_days=3, valid_days=9, now=now
    )
    asked = shop.ask_quote(buyer=friend, listing=listing.id, wishes=["L"], now=now)
    return {"quote": hers.id, "asked quote": asked.id, "bespoke": his.id}


def buy(buyer: Member, listing: Listing, *, pay: bool) -> UUID:
    """An order of one piece."""
    (order,) = orders.place(
        buyer=buyer, items=[Item(first_variant(listing).id, 1)], address=ADDRESS,
        key=str(new_id()), agreed=str(AGREE), now=clock.now(),
    )  # fmt: skip
    if pay:
        orders.pay(buyer=buyer, order=order.id, method="card", key=str(new_id()), now=clock.now())
    return order.id


def digital_of(owner: Member, friend: Member) -> dict[str, UUID | str]:
    """A pattern that she sells, which the friend bought, and a word that she is to send him."""
    text = {"text": "The key of the pattern."}
    made = shop.create_listing(
        seller=owner, pictures=[picture()], goods=[saved_file()], now=clock.now(),
        draft=ListingDraft(
            title="Pattern", digital=Digital.AT_ONCE,
            variants=(VariantDraft(price=Money(3000, "CNY"), stock=9),),
        ),
    )  # fmt: skip
    bought = buy(friend, made, pay=True)
    goods = digital.add_item(seller=owner, listing=made.id, values=text, now=clock.now())
    got = DeliveredItem.objects.get(order=bought)
    variant = made.variants.get()
    keys.add(seller=owner, variant=variant.id, texts=["AAAA-1"], now=clock.now())
    return {
        "goods": goods.id, "goods file": got.item_id, "delivered": got.id, "digital": made.id,
        "keyed": variant.id, "key": LicenceKey.objects.get(variant=variant).id,
    }  # fmt: skip


def saved_file() -> dict[str, Any]:
    file = BytesIO(b"Knit one, purl one.")
    file.name = "pattern.txt"
    return save_file(file, megabytes=1)
