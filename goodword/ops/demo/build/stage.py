"""Where the beats are performed: each is one thing that a person does, through its own door."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.circle import actions as circle
from goodword.circle.models import FriendRequest, Moment
from goodword.circle.rules import Audience
from goodword.circle.states import AudienceKind, Face, MarketDial
from goodword.kit.files import save_file
from goodword.kit.money import Money
from goodword.notices import actions as notices
from goodword.people import actions as people
from goodword.people import operators
from goodword.people.models import Member
from goodword.reach.interests import actions as reach
from goodword.shop import actions as shops
from goodword.shop.asking import Ask
from goodword.shop.drafts import ListingDraft, VariantDraft
from goodword.shop.following import actions as following
from goodword.shop.models import Shop
from goodword.shop.sellers import actions as sellers
from goodword.shop.sellers.states import Scheme
from goodword.shop.states import Digital, EvidenceFor, EvidenceKind

from ..town import shapes
from . import booklet
from .reading import Reading
from .trade import Trade


@dataclass(slots=True)
class Stage:
    """The town as far as it is built. `picture` gives the next drawn thing, in the script's order.

    Every act takes `now`, the time of its beat; the clock stands there too.
    """

    language: str
    picture: Callable[[], Any]
    members: dict[str, Member] = field(default_factory=dict)
    asked: dict[frozenset[str], FriendRequest] = field(default_factory=dict)
    groups: dict[tuple[str, str], UUID] = field(default_factory=dict)
    listings: dict[str, UUID] = field(default_factory=dict)
    variants: dict[tuple[str, str], UUID] = field(default_factory=dict)
    moments: dict[str, Moment] = field(default_factory=dict)
    comments: dict[tuple[str, int], UUID] = field(default_factory=dict)
    shops: dict[str, str] = field(default_factory=dict)  # key of a shop: handle of its owner
    sold_in: dict[str, str] = field(default_factory=dict)  # key of a listing: of its shop
    trade: Trade = field(init=False)
    reading: Reading = field(init=False)

    def __post_init__(self) -> None:
        self.trade = Trade(self.members, self.listings, self.variants, self.language)
        self.reading = Reading(self.members)

    def perform(self, act: str, props: tuple[Any, ...], now: datetime) -> None:
        doer = next(one for one in (self.trade, self.reading, self) if hasattr(one, act))
        getattr(doer, act)(*props, now=now)

    def said(self, text: shapes.Text) -> str:
        return text.said(self.language)

    def join(self, person: shapes.Person, *, now: datetime) -> None:
        member = people.register(
            handle=person.handle, display_name=self.said(person.name), bio=self.said(person.bio),
            region=person.region, language=self.language, now=now,
        )  # fmt: skip
        self.members[person.handle] = people.set_avatar(member=member, raw=self.picture(), now=now)

    def choose(self, liking: shapes.Liking, *, now: datetime) -> None:
        member = self.members[liking.member].id
        reach.choose(member=member, interests=liking.interests, now=now)

    def ask(self, asker: str, asked: str, message: shapes.Text | None, *, now: datetime) -> None:
        self.asked[frozenset((asker, asked))] = circle.ask(
            asker=self.members[asker], asked=self.members[asked],
            message=self.said(message) if message else "", now=now,
        )  # fmt: skip

    def accept(self, asker: str, asked: str, *, now: datetime) -> None:
        request = self.asked.pop(frozenset((asker, asked)))
        circle.accept(request=request, member=self.members[asked], now=now)

    def group(self, group: shapes.Group, *, now: datetime) -> None:
        owner = self.members[group.owner]
        made = circle.make_group(owner=owner, name=self.said(group.name), now=now)
        self.groups[group.owner, group.key] = made.id
        friends = {self.members[handle].id for handle in group.members}
        circle.set_members(owner=owner, group=made.id, friends=friends, now=now)

    def turn(self, dial: shapes.Dial, *, now: datetime) -> None:  # noqa: ARG002
        circle.set_dials(
            owner=self.members[dial.owner], friend=self.members[dial.friend].id, life=True,
            market=MarketDial(dial.market),
        )  # fmt: skip

    def run_the_house(self, handle: str, *, now: datetime) -> None:
        operators.appoint(member=self.members[handle], on=True, now=now)

    def follow(self, follow: shapes.Follow, *, now: datetime) -> None:
        owner = self.members[self.shops[follow.shop]]
        following.follow(
            member=self.members[follow.member], shop=Shop.objects.get(owner=owner).id, now=now
        )

    def plan(self, plan: shapes.Plan, end: datetime, *, now: datetime) -> None:
        """As it stands when the town is finished, at `end`."""
        shops.plan(
            seller=self.members[self.shops[self.sold_in[plan.listing]]],
            listing=self.listings[plan.listing], withdraw_at=end + plan.off,
            offer_at=end + plan.on if plan.on else None, now=now,
        )  # fmt: skip

    def open_shop(self, shop: shapes.Shop, *, now: datetime) -> None:
        owner = self.members[shop.owner]
        shops.open_shop(
            owner=owner, name=self.said(shop.name), about=self.said(shop.about),
            promise=self.said(shop.promise), public=shop.public, followable=shop.public, now=now,
        )  # fmt: skip
        self.shops[shop.key] = shop.owner
        if shop.business is None:
            sellers.declare_individual(owner=owner, now=now)
            return
        asked = sellers.ask_registration(
            owner=owner, scheme=Scheme.USCC, name=self.said(shop.business.name),
            number=shop.business.number, pages=[self.picture()], now=now,
        )  # fmt: skip
        checks = next(one for one in self.members.values() if one.id != owner.id)
        sellers.accept(operator=checks, declaration=asked.id, now=now)

    def list(self, listing: shapes.Listing, *, now: datetime) -> None:
        seller = self.members[self.shops[listing.shop]]
        pictures = [self.picture() for _one in listing.pictures]
        papers = [(paper, self.picture()) for paper in listing.evidence]
        made = shops.create_listing(
            seller=seller, draft=self.draft(listing), pictures=pictures, goods=self.goods(listing),
            now=now,
        )  # fmt: skip
        self.listings[listing.key] = made.id
        self.sold_in[listing.key] = listing.shop
        for ours, theirs in zip(listing.variants, made.variants.order_by("position"), strict=True):
            self.variants[listing.key, ours.key] = theirs.id
        for paper, picture in papers:
            shops.add_evidence(
                seller=seller, listing=made.id, kind=EvidenceKind(paper.kind), picture=picture,
                audience=EvidenceFor(paper.audience), now=now,
            )  # fmt: skip

    def goods(self, listing: shapes.Listing) -> tuple[dict[str, Any], ...]:
        """The PDF of a digital listing."""
        text = self.said(listing.booklet)
        if not text:
            return ()
        title = self.said(listing.title)
        printed = booklet.printed(title, text, self.said(listing.origin), language=self.language)
        return (save_file(printed, megabytes=5),)

    def draft(self, listing: shapes.Listing) -> ListingDraft:
        names = [self.said(option) for option in listing.options]
        return ListingDraft(
            title=self.said(listing.title), description=self.said(listing.description),
            currency=listing.currency, condition=listing.condition,
            brand=self.said(listing.brand), origin=self.said(listing.origin),
            returns_days=listing.returns_days, ship_within_hours=listing.ship_within_hours,
            shipping=Money(listing.shipping_minor, listing.currency),
            digital=Digital.AT_ONCE if listing.booklet.en else Digital.NO,
            shipping_days=listing.shipping_days, made_to_order=listing.made_to_order,
            lead_days=listing.lead_days, asks=tuple(map(self.choice, listing.asks)) or None,
            variants=tuple(
                VariantDraft(
                    price=Money(one.prices[0].minor, listing.currency), stock=one.stock,
                    options=tuple(zip(names, map(self.said, one.values), strict=True)),
                    seller_code=one.code,
                )
                for one in listing.variants
            ),
        )  # fmt: skip

    def choice(self, choice: shapes.Choice) -> Ask:
        low, high, step = map(str, choice.span)
        if choice.values:
            return Ask(name=self.said(choice.name), values=tuple(map(self.said, choice.values)))
        return Ask(name=self.said(choice.name), unit=choice.unit, low=low, high=high, step=step)

    def change_price(
        self, listing: shapes.Listing, variant: shapes.Variant, minor: int, *, now: datetime
    ) -> None:
        shops.change_price(
            seller=self.members[self.shops[listing.shop]],
            variant=self.variants[listing.key, variant.key],
            price=Money(minor, listing.currency),
            now=now,
        )

    def publish(self, life: shapes.Life, key: str, *, now: datetime) -> None:
        pictures = [self.picture() for _one in life.pictures]
        made = circle.publish(
            author=self.members[life.author], face=Face.LIFE, text=self.said(life.text),
            pictures=pictures, voice=self.picture() if life.voice else None,
            audience=self.audience(life.author, life.audience), key=key,
            from_listing=self.listings[life.from_listing] if life.from_listing else None, now=now,
        )  # fmt: skip
        self.moments[key] = made

    def show(self, showing: shapes.Showing, key: str, *, now: datetime) -> None:
        made = shops.show(
            seller=self.members[showing.author], listing=self.listings[showing.listing],
            text=self.said(showing.text), key=key, now=now,
            audience=self.audience(showing.author, showing.audience),
        )  # fmt: skip
        self.moments[key] = made

    def audience(self, author: str, audience: shapes.Audience) -> Audience:
        return Audience(
            kind=AudienceKind(audience.kind),
            groups=tuple(self.groups[author, key] for key in audience.groups),
            people=tuple(self.members[handle].id for handle in audience.people),
        )

    def like(self, key: str, handle: str, *, now: datetime) -> None:
        """Whoever likes may see it: the town's own tests hold that, so it is not asked again."""
        circle.like(moment=self.moments[key], member=self.members[handle], now=now)

    def comment(self, key: str, place: int, said: shapes.Comment, *, now: datetime) -> None:
        member = self.members[said.by]
        answered = None if said.reply_to is None else self.comments[key, said.reply_to]
        made = circle.comment(
            moment=self.moments[key], member=member, text=self.said(said.text),
            reply_to=answered, now=now,
        )  # fmt: skip
        self.comments[key, place] = made.id

    def read_notices(self, _nothing: None, *, now: datetime) -> None:
        for member in self.members.values():
            notices.read_all(owner=member.id, now=now)
