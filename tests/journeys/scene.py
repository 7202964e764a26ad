"""One member with something on every page, and the address of each page that she can open."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.urls import reverse

from goodword.care import actions as care
from goodword.care.states import Reason
from goodword.circle import actions as circle
from goodword.circle import invitations
from goodword.circle.models import LinkCard, LinkPicture
from goodword.kit import clock
from goodword.kit.ids import new_id
from goodword.kit.money import Money
from goodword.kit.voice import save_voice
from goodword.ops.archive import keeping
from goodword.ops.leaving import going
from goodword.orders import actions as orders
from goodword.orders.actions.tracking import take_in
from goodword.orders.addresses import Address
from goodword.orders.gateways import Batch, Said, Source, Unread
from goodword.orders.models import DeliveredItem, OrderLine
from goodword.orders.states import Scanned
from goodword.people import actions as people
from goodword.people.models import Member
from goodword.shop import actions as shop_actions
from goodword.shop import importing
from goodword.shop import queries as shop
from goodword.shop.actions import Item
from goodword.shop.asking import Ask
from goodword.shop.drafts import ListingDraft, VariantDraft
from goodword.shop.models import Listing
from goodword.shop.parcels import Zone
from goodword.shop.states import EvidenceFor, EvidenceKind
from goodword.shop.tests.test_importing import export, item

from ..shelves import digital_of
from ..things import case_of, digest_of
from ..town import TEA, befriend, first_variant, hum, member, moment, photo, picture, show, tea_shop

ADDRESS = Address(
    name="王芳", phone="13800138000", region="CN-ZJ", city="杭州市西湖区", street="龙井路 1 号 2 幢"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """Who looks, and where each named page stands; strangers' pages are opened signed out."""

    viewer: Member
    pages: dict[str, str]
    others: dict[str, Member] = field(default_factory=dict)  # pages that somebody else opens

    def whose(self, name: str) -> Member:
        return self.others.get(name, self.viewer)


def make_scene() -> Scene:
    """Mei has friends, a group, a shop, things bought and sold, news and a token; she may look
    into the books."""
    mei, lin, chen = member("Mei Lin"), member("Lin Xiaoman"), member("Chen Bo")
    now = clock.now()
    mei.is_operator = True
    mei.save(update_fields=["is_operator"])
    for friend in (lin, chen):
        befriend(mei, friend)
        people.set_avatar(member=friend, raw=photo(TEA, (300, 300)), now=now)
    circle.ask(asker=member("Wen Jing"), asked=mei, message="We met at the kiln.", now=now)
    group = circle.make_group(owner=mei, name="Family", now=now)
    circle.set_members(owner=mei, group=group.id, friends=[chen.id], now=now)
    invited = circle.invite(owner=mei, now=now)
    inviting = circle.invite(owner=member("Zhou Yi"), now=now)
    cup = tea_shop(lin)
    drawn = drawn_about(mei, lin, cup)
    for n, count in enumerate((1, 2, 3, 4, 9, 0)):
        moment(
            lin, f"By the lake, morning {n}. The first plum trees are in flower.", pictures=count
        )
    spoken = moment(lin, "The tune, so that you know it.", voice=save_voice(hum()))
    said = {"title": "Plum trees", "goal": "https://trees.example/", "state": "shown"}
    link = LinkCard.objects.create(moment=spoken, author=lin, url="https://trees.example", **said)
    LinkPicture.objects.create(card=link, author=lin, **picture())
    window = show(lin, cup)
    mine = moment(mei, "A day at the kiln.", pictures=3)
    circle.edit_moment(moment=mine, author=mei, text="A day at the kiln, with rain.", now=now)
    for n in range(5):
        moment(chen, f"Walking home {n}.")
    for friend in (lin, chen):
        circle.like(moment=mine, member=friend, now=now)
    circle.comment(moment=mine, member=chen, text="Which kiln is it?", now=now)
    people.issue_token(owner=mei, name="My phone’s widget", now=now)
    own = tea_shop(mei, "Tea caddy")
    for text in ("Two of them left.", "And a third."):
        show(mei, own, text)  # waits its turn
    held = buy(mei, cup, pay=True)
    unpaid = buy(mei, cup, pay=False)
    sold = buy(chen, own, pay=True)
    asked = orders.pay(
        buyer=mei, order=UUID(buy(mei, cup, pay=False)), method="step_up", key=str(new_id()),
        now=clock.now(),
    )  # fmt: skip
    found = importing.preview(
        owner=mei, shop=shop.my_shop(mei.id), data=export(item(), item("茶壶")),
        file_name="old shop.csv", now=now,
    )  # fmt: skip
    orders.add_to_cart(buyer=mei, variant=first_variant(cup).id, quantity=2, now=now)
    returned = case_of(mei, lin, cup)
    coming = on_its_way(mei, lin, cup)
    planned_and_proved(mei, own)
    pattern = digital_of(lin, mei)
    fetched = DeliveredItem.objects.get(id=pattern["delivered"])
    pages = plain_pages() | {
        "orders:order of something digital": f"/orders/{fetched.order_id}",
        "orders:checkout of something digital": f"/checkout?variant={fetched.line.variant_id}",
        "care:case": f"/cases/{returned['case']}",
        "care:case as its seller": f"/cases/{returned['case']}",
        "care:draw": f"/cases/{drawn}/draw",
        "care:open": f"/lines/{OrderLine.objects.get(order=held).id}/case",
        "orders:timers": f"/orders/{held}/timers",
        "reach:moment": f"/moments/{mine.id}",
        "reach:fold": f"/moments/{window.id}/fold",
        "reach:why": f"/moments/{window.id}/why",
        "reach:profile": f"/@{lin.handle}",
        "reach:forecast": f"/me/market/forecast/{own.id}",
        "money:account_there": "/money/accounts/sandbox",
        "circle:friend": f"/friends/{lin.id}",
        "circle:group": f"/groups/{group.id}",
        "circle:invitation": f"/friends/invitations/{invited.id}",
        "circle:invited": f"/i/{invitations.token(inviting.id)}",
        "circle:audience": f"/moments/{mine.id}/audience",
        "circle:edit": f"/moments/{mine.id}/edit",
        "circle:history": f"/moments/{mine.id}/history",
        "reach:search": "/search?q=kiln",
        "reach:search of people": "/search?q=lin&show=people",
        "reach:search of listings": "/search?q=tea&show=listings&high=200",
        "reach:search for nothing": "/search?q=nowhere",
        "reach:search with nothing typed": "/search",
        "shop:listing": f"/listings/{cup.id}",
        "shop:shop": f"/shops/{cup.shop_id}",
        "shop:edit": f"/shop/listings/{own.id}",
        "shop:plan": f"/shop/listings/{own.id}/plan",
        **made_to_order(mei, lin),
        "shop:tell": f"/listings/{cup.id}/tell",
        "shop:show": f"/shop/listings/{own.id}/show",
        "orders:checkout": f"/checkout?variant={first_variant(cup).id}&quantity=1",
        "orders:order": f"/orders/{held}",
        "orders:order as its seller": f"/orders/{sold}",
        "orders:order on its way": f"/orders/{coming}",
        "orders:pay": f"/orders/{unpaid}/pay",
        "reach:timeline of the market": "/?show=market",
        "reach:digest": f"/digests/{digest_of(mei, daily_seller(mei))}",
        "reach:view_as": f"/me/as/{lin.id}",
        "money:sandbox": f"/money/sandbox/{asked.id}",
        "shop:import_run": f"/shop/import/{found.run}",
        "ops:data with an archive": "/me/data",
        "ops:leave while leaving": "/me/leave",
        "people:settings while leaving": "/me/settings",
        "nothing": "/moments/01890000-0000-7000-8000-000000000000",
    }
    yu = leaver()
    return Scene(
        mei,
        pages,
        {
            "shop:open": chen,
            "care:case as its seller": lin,
            "ops:data with an archive": yu,
            "ops:leave while leaving": yu,
            "people:settings while leaving": yu,
        },
    )


def drawn_about(buyer: Member, seller: Member, listing: Listing) -> UUID:
    """A dispute of last week, for which jurors were drawn who know neither side."""
    with clock.at(clock.now() - timedelta(days=7)):
        for number in range(8):
            member(f"Neighbour {number}")
        now = clock.now() + timedelta(hours=1)
        order = UUID(buy(buyer, listing, pay=True))
        orders.ship(seller=seller, order=order, carrier="sf", number="SF1234567890123", now=now)
        case = care.open_case(
            buyer=buyer, order=order, line=OrderLine.objects.get(order=order).id,
            reason=Reason.NOT_ARRIVED, words="Nothing came.", now=now,
        )  # fmt: skip
        orders.ring(order=order, now=now + timedelta(days=3))
        for side, words in ((buyer, "The box at the gate was empty."), (seller, "It was sent.")):
            care.file(member=side, case=case.id, words=words, now=now + timedelta(days=3))
    return case.id


def on_its_way(buyer: Member, seller: Member, listing: Listing) -> str:
    """A parcel of which the carrier has told, beside one that nobody knows."""
    order, now = buy(buyer, listing, pay=True), clock.now()
    orders.ship(seller=seller, order=UUID(order), carrier="sf", number="SF7654321098765", now=now)
    said = [
        Said(n, "sf", number, kind, now + n * timedelta(seconds=1), place, words)
        for n, (number, kind, place, words) in enumerate([
            ("SF7654321098765", Scanned.ACCEPTED, "杭州 西湖", "快件已揽收"),
            ("SF7654321098765", Scanned.MOVING, "上海 转运中心", ""),
            ("SF7654321098765", Scanned.DELIVERED, "上海 浦东", "本人签收"),
            ("SF0000000000001", Scanned.MOVING, "武汉", "运输中"),
        ])
    ]  # fmt: skip
    unread = (Unread(9, "no_status", "SF7654321098765,2026-11-01 09:00,未签收,,"),)
    take_in(Source("sf/2026-11-01.csv", "1"), Batch(said, unread), now=now)
    return order


def planned_and_proved(seller: Member, listing: Listing) -> None:
    """When it goes off sale and on again, and a paper for the house alone."""
    now = clock.now()
    shop_actions.plan(
        seller=seller, listing=listing.id, withdraw_at=now + timedelta(days=2),
        offer_at=now + timedelta(days=9), now=now,
    )  # fmt: skip
    shop_actions.add_evidence(
        seller=seller, listing=listing.id, kind=EvidenceKind.AUTHORISATION,
        audience=EvidenceFor.OPERATORS, picture=picture(), now=now,
    )  # fmt: skip


def made_to_order(buyer: Member, seller: Member) -> dict[str, str]:
    """A template of the buyer's own, an address of hers, and her quote for the seller's bowl."""
    now = clock.now()
    listing = shop_actions.create_listing(
        seller=seller, now=now, pictures=[picture()],
        draft=ListingDraft(
            title="Bowl to order", made_to_order=True, lead_days=20,
            variants=(VariantDraft(price=Money(90000, "CNY"), stock=3),),
            asks=(
                Ask(name="Diameter", unit="cm", low="8", high="40", step="0.5"),
                Ask(name="Glaze", values=("celadon", "tenmoku")),
            ),
        ),
    )  # fmt: skip
    quote = shop_actions.ask_quote(
        buyer=buyer, listing=listing.id, wishes=["12.5", "celadon"], quantity=6, now=now
    )
    shop_actions.answer_quote(
        seller=seller, quote=quote.id, price=Money(123456789, "CNY"), lead_days=35, valid_days=14,
        answer="With pleasure.", now=now,
    )  # fmt: skip
    template = shop_actions.keep_template(
        seller=buyer, name="Post", currency="CNY", now=now,
        zones=[Zone(("CN-ZJ", "CN-JS"), 1000, 800, 500, 200), Zone(("CN",), 1000, 1200, 500, 500)],
    )  # fmt: skip
    address = orders.keep_address(owner=buyer, address=ADDRESS, now=now)
    return {
        "shop:ask": f"/listings/{listing.id}/quote",
        "shop:quote": f"/quotes/{quote.id}",
        "shop:template": f"/shop/shipping/{template.id}",
        "orders:address": f"/addresses/{address.id}",
    }


def daily_seller(reader: Member) -> Member:
    """A friend with a shop."""
    du = member("Du Ruo")
    befriend(reader, du)
    tea_shop(du, "Incense box")
    return du


def leaver() -> Member:
    """Somebody who has an archive made and asked to leave."""
    yu, now = member("Yu Tong"), clock.now()
    keeping.build(archive=keeping.ask(owner=yu, now=now).id, now=now)
    going.ask(member=yu, now=now)
    return yu


def plain_pages() -> dict[str, str]:
    names = (
        "reach:timeline", "rules", "api_docs", "people:me", "people:settings", "people:tokens",
        "people:sessions", "ops:data", "ops:leave", "notices:index", "notices:settings",
        "circle:compose", "circle:friends", "circle:groups",
        "circle:invitations",
        "shop:market", "shop:mine", "shop:edit_shop", "shop:create", "shop:import", "shop:export",
        "shop:sheet", "shop:papers", "orders:strays",
        "shop:templates", "shop:new_template", "shop:quotes", "orders:addresses",
        "orders:new_address",
        "orders:cart", "orders:timer_health", "care:mine", "care:desk", "ops:desk", "ops:rules",
        "money:fees",
        "money:statements", "money:paper_head",
        "money:reconciliation",
        "orders:list", "orders:sales", "money:mine", "account_email", "mfa_index", "around",
        "money:books", "money:bank", "money:bank_details", "money:sandbox_cards",
        "shop:open", "shop:seller", "shop:sellers_desk", "shop:followed", "orders:closing",
        "reach:view_as_whom", "reach:digests", "reach:share",
        "reach:learning", "reach:interests", "reach:schedule", "reach:results", "reach:measures",
    )  # fmt: skip
    pages = {name: reverse(name) for name in names}
    return pages | {
        "money:account_there": reverse("money:account_there", args=["sandbox"]),
        "ops:rule": reverse("ops:rule", args=["pay_within"]),
    }


STRANGERS = {
    "away": "/away",
    "circle:invited as a stranger": "circle:invited",
    "reach:timeline as a stranger": "/",
    "account_login": "/account/login/",
    "account_signup": "/account/signup/",
    "account_reset_password": "/account/password/reset/",
    "shop:shop as a stranger": "shop:shop",
    "shop:listing as a stranger": "shop:listing",
}

# Pages that need a state of the sign-in which goodword/people's own journeys walk through, and
# addresses that show no page of their own.
ELSEWHERE = {
    "gallery", "worker", "language", "people:theme", "people:findable", "people:set_face",
    "people:remove_face", "people:avatar", "people:stop_letters",
    "people:revoke_token", "people:end_session", "notices:read_all", "notices:follow",
    "circle:like", "circle:comment", "circle:delete_comment", "circle:delete_moment",
    "circle:picture", "circle:voice", "circle:take_link_off", "circle:ask", "circle:answer",
    "circle:unfriend",
    "circle:block", "reach:answers", "reach:standing", "circle:names",
    "circle:delete_group", "circle:introductions", "circle:revoke_invitation",
    "circle:window", "shop:picture", "shop:evidence", "shop:register", "shop:take_back",
    "shop:accept_seller", "shop:refuse_seller", "shop:withdraw_seller", "shop:paper",
    "shop:follow", "shop:unfollow", "orders:reopen",
    "shop:many", "shop:offer", "shop:interests", "shop:withdraw", "shop:add_pictures",
    "shop:add_evidence", "shop:add_goods", "shop:remove_goods", "shop:goods_file", "orders:deliver",
    "orders:goods", "orders:put_right", "shop:add_keys", "shop:stop_keys", "shop:remove_key",
    "shop:look_at_paper", "orders:put_away",
    "shop:show_paper_to",
    "shop:change_picture", "shop:remove_evidence", "shop:import_apply", "shop:import_drop",
    "shop:import_pictures", "shop:import_read", "shop:import_fix", "shop:import_undo",
    "shop:export_file", "shop:poster", "shop:remove_template", "shop:answer_quote",
    "shop:accept_quote", "shop:decline_quote", "shop:withdraw_quote", "orders:promises",
    "orders:prefer_address", "orders:remove_address", "public_keys",
    "orders:add", "orders:change", "orders:ship", "orders:confirm",
    "orders:extend", "orders:ask_paper", "money:paper", "money:verify_paper",
    "orders:cancel", "orders:ask_cancel", "money:callback", "money:retry_refund",
    "money:refund_by_hand", "money:ask_reports", "money:statement_table", "money:forget_account",
    "money:sandbox_account",
    "money:payouts", "money:cancel_payout", "money:drop_details",
    "money:top_up", "money:take_out", "money:house_account", "money:make_file", "money:bank_file",
    "money:statement", "money:explain_line", "money:assign_line", "money:payout_paid",
    "money:payout_returned", "money:refund_file", "money:refund_file_bytes", "money:code",
    "care:accept", "care:agree", "care:appeal", "care:confirm_back", "care:contest", "care:decide",
    "care:advance", "care:escalate", "care:file", "care:offer", "care:picture", "care:refuse",
    "care:say_where", "care:send_back", "care:vote", "care:withdraw", "care:evidence",
    "orders:correct", "orders:hand_over", "orders:keep", "orders:make_code", "reach:dismiss",
    "reach:look", "reach:seen", "reach:quieter", "reach:forget_interests", "reach:place",
    "reach:rest", "reach:spread", "ops:healthz",
    "ops:readyz", "ops:metrics", "ops:usual_rule", "ops:archive", "ops:stay",
    "ops:demo_face", "ops:demo_sign_in",
    # walked through where they are reached: test_accounts, test_transfer, people
    "money:transfer",
    "account_logout", "account_inactive", "account_confirm_email", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
    "account_reauthenticate", "account_change_password", "account_set_password",
    "mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
}  # fmt: skip


def buy(buyer: Member, listing, *, pay: bool) -> str:
    """An order of one piece; answers its id."""
    (order,) = orders.place(
        buyer=buyer, items=[Item(first_variant(listing).id, 1)], address=ADDRESS,
        key=str(new_id()), now=clock.now(),
    )  # fmt: skip
    if pay:
        orders.pay(buyer=buyer, order=order.id, method="card", key=str(new_id()), now=clock.now())
    return str(order.id)


def shot(folder: str, name: str, look: str) -> Path:
    """Where a screenshot goes."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    return place / f"{name.replace(':', '-').replace(' ', '-')}-{look}.png"
