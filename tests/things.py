"""One of everything that a member can own, and the address of each for who may not open it."""

from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client

from goodword.care import actions as care
from goodword.care.states import Reason
from goodword.circle import actions as circle
from goodword.circle import invitations
from goodword.circle.models import Moment, Voice
from goodword.circle.states import MarketDial
from goodword.kit import clock, jobs
from goodword.kit.ids import new_id
from goodword.kit.voice import save_voice
from goodword.money import actions as money
from goodword.money.banking import details, payouts
from goodword.money.banking import rules as banks
from goodword.money.banking.states import DetailKind
from goodword.money.invoices import issuing
from goodword.money.invoices.shapes import Bill, Party
from goodword.money.invoices.shapes import Item as Row
from goodword.money.queries import seller_balance
from goodword.notices.models import Notice
from goodword.ops.archive import keeping
from goodword.orders import actions as orders
from goodword.orders.models import OrderLine
from goodword.people import actions as people
from goodword.people import passkeys, sessions
from goodword.people.models import Member
from goodword.reach import actions as timelines
from goodword.reach import queries as reach
from goodword.reach.digests import actions as digests
from goodword.shop import actions as shop
from goodword.shop.models import Listing

from .shelves import ADDRESS, buy, digital_of, goods_of, quotes_of
from .town import befriend, hum, member, moment, picture, show, tea_shop


@dataclass(frozen=True, slots=True)
class Things:
    """`owner` has all of them; `friend` sells to her and buys from her, and has asked nothing."""

    owner: Member
    friend: Member
    ids: dict[str, UUID | str]

    def __getitem__(self, name: str) -> UUID | str:
        return self.ids[name]


def make_things() -> Things:
    """Her shop and the friend's are for friends alone: to all others no listing exists either."""
    owner, friend, asker = member("Lin Xiaoman"), member("Chen Bo"), member("Wen Jing")
    befriend(owner, friend)
    request = circle.ask(asker=asker, asked=owner, message="", now=clock.now())
    listing, his = private_shop(owner), private_shop(friend)
    order = buy(owner, his, pay=False)
    asked = orders.pay(
        buyer=owner, order=order, method="step_up", key=str(new_id()), now=clock.now()
    )
    ids: dict[str, UUID | str] = {
        **words_of(owner, friend),
        **goods_of(owner, listing),
        "address": orders.keep_address(owner=owner, address=ADDRESS, now=clock.now()).id,
        "request": request.id,
        "friend": friend.id,
        "handle": owner.handle,
        **quotes_of(owner, friend, listing, his),
        "shown moment": shown_to(owner, friend, his),
        "order": order,
        "paid order": buy(owner, his, pay=True),
        "sale": buy(friend, listing, pay=True),
        **shipped_of(owner, buy(friend, listing, pay=True)),
        "export form": "shopify",
        **case_of(owner, friend, his),
        **digital_of(owner, friend),
        "payment": asked.id,
        "payout": payout_of(owner, buy(friend, listing, pay=True)),
        "invoice": invoice_of(owner, friend),
        "token": people.issue_token(owner=owner, name="widget", now=clock.now())[0].id,
        "session": sign_in_somewhere(owner),
        "passkey": passkey_of(owner),
        "archive": archive_of(owner),
        "digest": digest_of(owner, friend),
        "gateway": "sandbox",
        "month": clock.now().strftime("%Y-%m"),
    }
    jobs.run_due()
    ids["notice"] = Notice.objects.filter(owner=owner.id)[0].id
    return Things(owner, friend, ids)


def shipped_of(owner: Member, sold: UUID) -> dict[str, UUID | str]:
    """Something she sold and that is under way."""
    parcel = orders.ship(
        seller=owner, order=sold, carrier="sf", number="SF1234567890123", now=clock.now()
    )
    return {"shipment": parcel.id}


def invoice_of(owner: Member, friend: Member) -> UUID:
    """An invoice of what she sold."""
    seller, buyer = (Party(one.id, one.display_name, one.handle) for one in (owner, friend))
    bill = Bill(
        order=new_id(), reference="7K2-9QX", business=True, seller=seller, buyer=buyer,
        currency="CNY", items=(Row(new_id(), "Cup", 1, 8800),), sold_at=clock.now(),
    )  # fmt: skip
    paper = issuing.issue(sold=bill, now=clock.now())
    assert paper is not None
    return paper.id


def payout_of(owner: Member, sold: UUID) -> UUID:
    """What she sold, released and on its way to her bank."""
    now = clock.now()
    money.release(order=sold, key="release", now=now)
    (balance,) = seller_balance(owner.id)
    given = banks.details(
        kind=DetailKind.CARD, holder="林晓曼", number="6222021001116245702", bank="工商银行"
    )
    details.keep_details(member=owner.id, currency=balance.currency, details=given, now=now)
    asked = payouts.ask_payout(seller=owner.id, currency=balance.currency, key="k", now=now)
    return asked.id


def words_of(owner: Member, friend: Member) -> dict[str, UUID | str]:
    """What she says in her circle, and who may come into it."""
    now = clock.now()
    said = moment(owner, "Plum blossom.", pictures=1)
    answer = circle.comment(moment=said, member=owner, text="By the lake.", now=now)
    spoken = Moment.objects.get(id=moment(owner, "Listen.").id)
    invited = circle.invite(owner=owner, now=now)
    circle.like(moment=said, member=friend, now=now)
    return {
        "moment": said.id,
        "picture": said.pictures.get().id,
        "voice": Voice.objects.create(moment=spoken, author=owner, **save_voice(hum())).id,
        "comment": answer.id,
        "group": circle.make_group(owner=owner, name="Family", now=now).id,
        "invitation": invited.id,
        "invitation token": invitations.token(invited.id),
    }


def private_shop(owner: Member) -> Listing:
    listing = tea_shop(owner)
    shop.edit_shop(
        owner=owner, name="For friends", about="", promise="", public=False, now=clock.now()
    )
    return listing


def case_of(owner: Member, friend: Member, his: Listing) -> dict[str, UUID | str]:
    """What she bought and wants to return, with a picture of what is wrong."""
    order, now = buy(owner, his, pay=True), clock.now()
    orders.ship(seller=friend, order=order, carrier="sf", number="SF1234567890123", now=now)
    line = OrderLine.objects.get(order=order)
    made = care.open_case(
        buyer=owner, order=order, line=line.id, reason=Reason.DAMAGED, words="It is broken.",
        pictures=[picture()], now=now,
    )  # fmt: skip
    return {
        "case": made.id, "case picture": made.pictures.get().id, "bought line": line.id,
    }  # fmt: skip


def sign_in_somewhere(owner: Member) -> str:
    """A session that the settings list, as a browser makes it."""
    owner.set_password("a kettle in the rain")
    owner.save()
    browser = Client()
    browser.post("/account/login/", {"login": owner.handle, "password": "a kettle in the rain"})
    browser.get("/me")
    return sessions.devices(owner, current=None, now=clock.now())[0].ref


def archive_of(owner: Member) -> UUID:
    with transaction.atomic():  # so that no worker makes it too
        asked = keeping.ask(owner=owner, now=clock.now())
        keeping.build(archive=asked.id, now=clock.now())
    return asked.id


def shown_to(owner: Member, friend: Member, his: Listing) -> UUID:
    """The friend's market card in her circle."""
    card = show(friend, his).id
    timelines.fan_out(moment=card)
    reach.timeline(owner.id, now=clock.now())
    return card


def digest_of(owner: Member, friend: Member) -> UUID:
    """The friend's listing in a digest of hers."""
    digested = MarketDial.DIGEST
    circle.set_dials(owner=owner, friend=friend.id, life=True, market=digested)
    show(friend, Listing.objects.get(seller=friend))
    jobs.run_due()
    made = digests.make(reader=owner.id, now=clock.now())
    assert made
    return made.id


def passkey_of(owner: Member) -> str:
    credential = {"clientExtensionResults": {}}
    Authenticator.objects.create(
        user=owner, type="webauthn", data={"name": "Key", "credential": credential}
    )
    return passkeys.passkeys(owner)[0].ref


# What stands behind each address of a page, and of the API; the longest beginning holds.
AT = {
    "/quotes/": "quote",
    "/quotes/{id}/answer": "asked quote",
    "/quotes/{id}/refusal": "asked quote",
    "/listings/{id}/quote": "bespoke",
    "/listings/{id}/quotes": "bespoke",
    "/addresses/": "address",
    "/shop/templates/": "template",
    "/shop/shipping/": "template",
    "/account/2fa/passkeys/": "passkey",
    "/cases/": "case",
    "/cases/pictures/": "case picture",
    "/comments/": "comment",
    "/digests/": "digest",
    "/evidence/pictures/": "paper",
    "/friends/": "friend",
    "/friends/invitations/": "invitation",
    "/friends/requests/": "request",
    "/goods/": "delivered",
    "/groups/": "group",
    "/invitations/": "invitation token",
    "/lines/": "bought line",
    "/shipments/": "shipment",
    "/listings/": "listing",
    "/listings/pictures/": "shop picture",
    "/me/archives/": "archive",
    "/me/as/": "friend",
    "/me/data/": "archive",
    "/me/market/forecast/": "listing",
    "/me/market/schedule/": "market moment",
    "/me/sessions/": "session",
    "/me/tokens/": "token",
    "/members/{handle}": "handle",
    "/members/{id}": "friend",
    "/moments/": "moment",
    "/moments/{id}/fold": "market moment",
    "/moments/{id}/why": "shown moment",
    "/moments/{id}/listing": "shown moment",
    "/moments/{id}/opening": "shown moment",
    "/moments/{id}/dismissal": "shown moment",
    "/moments/{id}/quieter": "shown moment",
    "/money/gateways/": "gateway",
    "/money/orders/": "paid order",
    "/money/payments/": "payment",
    "/money/payouts/": "payout",
    "/money/sandbox/": "payment",
    "/money/statements/": "month",
    "/notices/": "notice",
    "/orders/": "paid order",
    "/orders/{id}/pay": "order",
    "/orders/{id}/shipment": "sale",
    "/orders/{id}/handover": "sale",
    "/shop/export/": "export form",
    "/shop/goods/": "goods file",
    "/shop/goods/{id}/remove": "goods",
    "/shop/listings/{id}/goods": "digital",
    "/shop/listings/{id}/keys": "digital",
    "/shop/variants/{id}/keys": "keyed",
    "/shop/keys/": "key",
    "/shop/seller/business/": "declaration",
    "/desk/sellers/": "declaration",
    "/desk/sellers/pictures/": "licence",
    "/papers/": "invoice",
    "/pictures/": "picture",
    "/shop/evidence/": "paper",
    "/shop/import": "run",
    "/shop/listings/": "listing",
    "/shop/pictures/": "shop picture",
    "/shop/variants/": "variant",
    "/shops/": "shop",
    "/voices/": "voice",
}


# What only a payment through one kind of gateway has: those gateways' tests ask for it.
BY_GATEWAY = {"/money/payments/{id}/transfer", "/money/payments/{id}/code"}
ASKS_MORE = {"/papers/{id}/genuine"}  # its digest too, which the papers' own tests know


def thing_at(path: str) -> str | None:
    """The name of what stands at a path whose parameters are written as “{id}”."""
    fits = [start for start in AT if path.startswith(start)]
    return AT[max(fits, key=len)] if fits else None
