"""Who lives in the simulated town, and what is for sale there."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from goodword.kit.ids import new_id
from goodword.kit.models import HouseRule
from goodword.kit.money import Money
from goodword.money.banking import details, files, rules
from goodword.money.banking.states import DetailKind
from goodword.money.models import FeeBand
from goodword.people.actions import register
from goodword.people.models import Member
from goodword.shop import actions as shop
from goodword.shop.drafts import ListingDraft, VariantDraft
from goodword.shop.models import Variant
from goodword.shop.tests.town import picture

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=300)
CURRENCIES = ("CNY", "EUR")
HOUSE_IBAN = "DE02120300000000202051"
IBANS = ("NL91ABNA0417164300", "DE89370400440532013000", "FR1420041010050500013M02606")
SELLERS, BUYERS, JURORS = 6, 14, 9
RULES = {"fee_percent": 5, "reserve_percent": 10, "new_seller_orders": 3, "jury": 3}


@dataclass
class Town:
    sellers: list[Member]
    buyers: list[Member]
    jurors: list[Member]
    operator: Member
    goods: dict[Any, list[Variant]] = field(default_factory=dict)  # of each seller
    members: dict[Any, Member] = field(default_factory=dict)

    @classmethod
    def founded(
        cls, *, sellers: int = SELLERS, buyers: int = BUYERS, jurors: int = JURORS, pots: int = 9
    ) -> "Town":
        """Established and new sellers, in two currencies; a fee table for one of them.

        Each has so many `pots`, and more cups than anybody will ask for.
        """
        for name, value in RULES.items():
            HouseRule.objects.create(name=name, value=value, since=LONG_AGO)
        town = cls(*[people(name, count) for name, count in
                     (("seller", sellers), ("buyer", buyers), ("juror", jurors))],
                   people("operator", 1)[0])  # fmt: skip
        town.operator.is_operator = True
        town.operator.save()
        FeeBand.objects.create(
            id=new_id(), actor=town.operator, currency="EUR", above=0, basis_points=333, fixed=7,
            since=LONG_AGO,
        )  # fmt: skip
        everybody = [*town.sellers, *town.buyers, *town.jurors, town.operator]
        town.members = {one.id: one for one in everybody}
        for number, seller in enumerate(town.sellers):
            town.goods[seller.id] = open_shop(seller, number, pots)
        for currency in CURRENCIES:
            files.keep_house_account(
                operator=town.operator.id, currency=currency, holder="Teahouse",
                number=HOUSE_IBAN, now=LONG_AGO,
            )  # fmt: skip
        for number, member in enumerate([*town.sellers, *town.buyers]):
            given = rules.details(
                kind=DetailKind.IBAN, holder="Lin Mei", number=IBANS[number % len(IBANS)]
            )
            for currency in CURRENCIES:
                details.keep_details(
                    member=member.id, currency=currency, details=given, now=LONG_AGO
                )
        return town


def people(name: str, count: int) -> list[Member]:
    return [
        register(handle=f"{name}{number}", display_name=f"{name.title()} {number}", now=LONG_AGO)
        for number in range(count)
    ]


@cache
def drawn() -> dict[str, Any]:
    return picture()


def open_shop(seller: Member, number: int, pots: int) -> list[Variant]:
    """Two listings: one of two variants with shipping, one that is sent free of charge."""
    currency = CURRENCIES[number % 3 == 2]
    shop.open_shop(owner=seller, name=f"Shop {number}", now=LONG_AGO)
    found = []
    for kind, prices, shipping in (("Cup", (1999, 12_000), 801), ("Pot", (35_001,), 0)):
        listing = shop.create_listing(
            seller=seller,
            draft=ListingDraft(
                title=f"{kind} {number}", currency=currency,
                variants=tuple(
                    VariantDraft(
                        price=Money(price + number, currency),
                        stock=pots if price > 30_000 else 400,
                        options=(("Size", str(price)),) if len(prices) > 1 else (),
                    )
                    for price in prices
                ),
                shipping=Money(shipping, currency) if shipping else None,
                returns_days=7 if number % 3 else 0,
            ),
            pictures=[{**drawn(), "key": new_id().hex}], now=LONG_AGO,
        )  # fmt: skip
        found += list(listing.variants.order_by("position"))
    return found
