from datetime import timedelta

import pytest

from goodword.circle.rules import ONLY_ME
from goodword.journal import queries as journal
from goodword.kit.errors import Conflict, Forbidden, Invalid, NotFound
from goodword.kit.models import HouseRule
from goodword.kit.money import Money
from goodword.shop import actions, mine, queries
from goodword.shop.actions.listings import CurrencyFixed, NoShop, NotReady
from goodword.shop.actions.shops import HasShop
from goodword.shop.drafts import BadListing, VariantDraft
from goodword.shop.models import Evidence, ListingPicture, PriceChange, Variant
from goodword.shop.states import EvidenceFor, EvidenceKind, Level, ListingState

from . import town
from .town import DAY, NOW, yuan

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller():
    seller = town.person("lin", "Lin")
    town.open_shop(seller)
    return seller


def edit(seller, row, *variants, now=NOW, **changes):
    return actions.edit_listing(
        seller=seller, listing=row.id, draft=town.draft("Cup", *variants, **changes), now=now
    )


def offered(row):
    return [
        (variant.name, variant.price_minor // 100, variant.stock)
        for variant in Variant.objects.filter(listing=row, retired_at=None).order_by("position")
    ]


def test_one_open_shop_a_member(seller):
    with pytest.raises(HasShop, match="Lin's tea"):
        town.open_shop(seller)
    actions.close_shop(owner=seller, now=NOW - 8 * DAY)
    with pytest.raises(HasShop, match="Lin's tea"):  # it could be reopened
        town.open_shop(seller)
    assert actions.end_closing(shop=queries.my_shop(seller.id), open_orders=0, now=NOW)
    assert town.open_shop(seller, name="Again").name == "Again"


def test_a_shop_needs_a_name_and_nothing_is_declared_at_first():
    owner = town.person("mei")
    with pytest.raises(Invalid) as refusal:
        town.open_shop(owner, name="  ")
    assert "name" in refusal.value.fields
    shop = town.open_shop(owner, name=" Mei's \n bread ", promise="Baked today.")
    assert (shop.name, shop.level) == ("Mei's bread", Level.NONE)
    assert [deed.verb for deed in journal.story(shop.id)] == ["shop.opened"]


def test_closing_ends_selling_and_keeps_the_record(seller):
    cup = town.listing(seller)
    actions.close_shop(owner=seller, now=NOW)
    page = queries.listing(None, cup.id, now=NOW)
    assert not page.on_sale
    assert queries.market(None).cards == []
    actions.end_closing(shop=queries.my_shop(seller.id), open_orders=0, now=NOW + 8 * DAY)
    with pytest.raises(NotFound):
        actions.close_shop(owner=seller, now=NOW + 8 * DAY)


def test_a_complete_listing_is_on_sale_at_once(seller):
    cup = town.listing(seller, "  Celadon   cup ")
    assert (cup.title, cup.state) == ("Celadon cup", ListingState.ACTIVE)
    assert cup.listed_at == cup.created_at
    assert cup.ship_within_hours == 48
    assert [deed.verb for deed in journal.story(cup.id)] == ["shop.listed", "shop.offered"]
    assert PriceChange.objects.get().price_minor == 12000


def test_what_is_missing_is_said(seller):
    with pytest.raises(NotReady) as refusal:
        town.listing(seller, pictures=[])
    assert refusal.value.missing == ["Add at least one picture."]
    bare = town.listing(seller, pictures=[], offer=False, shipping_days=(0, 0))
    assert bare.state == ListingState.DRAFT
    with pytest.raises(NotReady, match=r"picture.*shipping"):
        actions.offer(seller=seller, listing=bare.id, now=NOW)
    assert queries.listing(seller.id, bare.id, now=NOW).missing == [
        "Add at least one picture.",
        "Say how many days shipping takes.",
    ]


def test_no_shop_no_listing():
    with pytest.raises(NoShop):
        town.listing(town.person("mei"))


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": " "}),
        ("title", {"title": "x" * 121}),
        ("description", {"description": "x" * 20_001}),
        ("returns_days", {"returns_days": 366}),
        ("shipping_days", {"shipping_days": (5, 2)}),
        ("lead_days", {"made_to_order": True}),
        ("lead_days", {"lead_days": 3}),
        ("ship_within_hours", {"ship_within_hours": 0}),
        ("condition", {"condition": "mint"}),
        ("shipping", {"shipping": Money(100, "EUR")}),
        ("shipping", {"shipping": yuan(-1)}),
        ("variants", {"variants": (town.variant(0),)}),
        ("variants", {"variants": (town.variant(1, -1),)}),
        ("variants", {"variants": (town.variant(1), town.variant(2))}),
        ("variants", {"variants": (town.variant(1, 1, Size="S"), town.variant(2, 1, Size="S "))}),
        ("variants", {"variants": (town.variant(1, 1, Size=""),)}),
        ("variants", {"variants": (VariantDraft(price=Money(1, "EUR"), stock=1),)}),
    ],
)
def test_bad_values_are_refused_by_name(seller, field, changes):
    draft = town.draft()
    values = {name: getattr(draft, name) for name in draft.__slots__} | changes
    with pytest.raises(BadListing) as refusal:
        actions.create_listing(
            seller=seller, draft=type(draft)(**values), pictures=[town.picture()], now=NOW
        )
    assert list(refusal.value.fields) == [field]
    assert mine.my_listings(seller.id).rows == []


def test_at_most_nine_pictures(seller):
    with pytest.raises(Invalid, match="at most 9"):
        town.listing(seller, pictures=[{}] * 10)


def test_contact_details_are_hidden_and_the_listing_flagged(seller):
    cup = town.listing(seller, description="Ask me on WeChat: wxsample88, any time.")
    assert "wxsample" not in cup.description
    assert "•••" in cup.description
    assert cup.contacts_flagged
    edited = edit(seller, cup, description=cup.description)
    assert not edited.contacts_flagged


def test_editing_knows_variants_again(seller):
    cup = town.listing(seller, "Cup", town.variant(10, 1, Size="S"), town.variant(20, 2, Size="L"))
    small, large = cup.variants.order_by("position")
    edit(
        seller, cup, town.variant(21, 5, Size="L"), town.variant(30, 3, Size="XL"),
        VariantDraft(id=small.id, price=yuan(10), stock=1, options=(("Size", "XS"),)),
    )  # fmt: skip
    assert offered(cup) == [("L", 21, 5), ("XL", 30, 3), ("XS", 10, 1)]
    small.refresh_from_db()
    assert small.name == "XS"
    assert PriceChange.objects.filter(variant=large).count() == 2
    assert PriceChange.objects.filter(variant=small).count() == 1


def past(listing):
    """The public history of its first variant, in yuan."""
    page = queries.listing(None, listing.id, now=NOW + 9 * DAY)
    return [point.price.minor // 100 for point in page.variants[0].history], page.variants[0]


def test_a_price_that_nobody_could_pay_is_no_past_price(seller):
    """Or a draft at 999, and a withdrawn listing at 999, would make any price look reduced."""
    cup = town.listing(seller, "Cup", town.variant(999), offer=False)
    one = town.first_variant(cup)
    edit(seller, cup, town.variant(500))
    actions.change_price(seller=seller, variant=one.id, price=yuan(120), now=NOW - 3 * DAY)
    assert not PriceChange.objects.exists()
    actions.offer(seller=seller, listing=cup.id, now=NOW)
    found, shown = past(cup)
    assert (found, shown.lowest, shown.reduction) == ([120], yuan(120), None)
    actions.withdraw(seller=seller, listing=cup.id, now=NOW + DAY)
    actions.change_price(seller=seller, variant=one.id, price=yuan(999), now=NOW + 2 * DAY)
    actions.change_price(seller=seller, variant=one.id, price=yuan(150), now=NOW + 3 * DAY)
    actions.offer(seller=seller, listing=cup.id, now=NOW + 4 * DAY)
    assert past(cup)[0] == [120, 150]
    actions.withdraw(seller=seller, listing=cup.id, now=NOW + 5 * DAY)
    actions.offer(seller=seller, listing=cup.id, now=NOW + 6 * DAY)
    assert past(cup)[0] == [120, 150], "the same price again is no change"


def test_what_was_left_out_comes_back_with_its_past(seller):
    """Or a seller could take a variant out and put it in again, and its old price is forgotten."""
    cup = town.listing(seller, "Cup", town.variant(100, 3, Size="S"), town.variant(20, Size="L"))
    small = town.first_variant(cup)
    edit(seller, cup, town.variant(20, Size="L"))
    edit(seller, cup, town.variant(200, 4, Size="S"), town.variant(20, Size="L"))
    assert town.first_variant(cup) == small
    actions.change_price(seller=seller, variant=small.id, price=yuan(150), now=NOW + DAY)
    found, shown = past(cup)
    assert (found, shown.pieces, shown.reduction) == ([100, 200, 150], 4, None)


def test_a_variant_that_is_left_out_is_retired_not_forgotten(seller):
    cup = town.listing(seller, "Cup", town.variant(10, 1, Size="S"), town.variant(20, 2, Size="L"))
    edit(seller, cup, town.variant(10, 1, Size="S"))
    assert offered(cup) == [("S", 10, 1)]
    assert Variant.objects.filter(listing=cup).count() == 2
    edit(seller, cup, town.variant(10, 1, Size="S"), town.variant(19, 2, Size="L"))
    assert offered(cup) == [("S", 10, 1), ("L", 19, 2)]


def test_a_page_that_still_shows_a_retired_variant_brings_it_back(seller):
    cup = town.listing(seller, "Cup", town.variant(10, 1, Size="S"), town.variant(20, 2, Size="L"))
    large = cup.variants.get(position=1)
    edit(seller, cup, town.variant(10, 1, Size="S"))
    again = VariantDraft(id=large.id, price=yuan(19), stock=2, options=(("Size", "L"),))
    edit(seller, cup, town.variant(10, 1, Size="S"), again)
    assert cup.variants.get(retired_at=None, position=1).id == large.id  # with its past prices


def test_variants_may_swap_their_options(seller):
    cup = town.listing(seller, "Cup", town.variant(10, 1, Size="S"), town.variant(20, 2, Size="L"))
    small, large = cup.variants.order_by("position")
    edit(
        seller, cup,
        VariantDraft(id=small.id, price=yuan(10), stock=1, options=(("Size", "L"),)),
        VariantDraft(id=large.id, price=yuan(20), stock=2, options=(("Size", "S"),)),
    )  # fmt: skip
    assert offered(cup) == [("L", 10, 1), ("S", 20, 2)]


def test_an_edit_never_brings_sold_pieces_back(seller):
    buyer = town.person("chen")
    cup = town.listing(seller, "Cup", town.variant(10, 5))
    one = town.first_variant(cup)
    town.buy(buyer, one, 3)
    edit(seller, cup, VariantDraft(id=one.id, price=yuan(10), stock=6, stock_seen=5))
    assert offered(cup) == [("", 10, 3)]


def test_what_is_on_sale_stays_complete(seller):
    cup = town.listing(seller)
    with pytest.raises(NotReady):
        edit(seller, cup, town.variant(), shipping_days=(0, 0))
    with pytest.raises(Invalid, match="needs a picture"):
        actions.remove_picture(seller=seller, picture=cup.pictures.get().id, now=NOW)
    assert queries.listing(None, cup.id, now=NOW).shipping_days == (2, 5)


def test_the_currency_is_fixed(seller):
    cup = town.listing(seller)
    euros = VariantDraft(price=Money(1000, "EUR"), stock=1)
    with pytest.raises(CurrencyFixed):
        edit(seller, cup, euros, currency="EUR")


def test_withdrawing_and_offering_again(seller):
    cup = town.listing(seller)
    first_listed = cup.listed_at
    for _twice in range(2):
        assert actions.withdraw(seller=seller, listing=cup.id, now=NOW).state == "withdrawn"
    for _twice in range(2):
        again = actions.offer(seller=seller, listing=cup.id, now=NOW)
        assert (again.state, again.listed_at) == ("active", first_listed)
    bare = town.listing(seller, pictures=[], offer=False)
    with pytest.raises(Conflict):
        actions.withdraw(seller=seller, listing=bare.id, now=NOW)


def test_another_member_is_told_nothing(seller):
    stranger, cup = town.person("chen"), town.listing(seller)
    picture = cup.pictures.get()
    for verb, values in [
        (actions.offer, {"listing": cup.id}),
        (actions.withdraw, {"listing": cup.id}),
        (actions.edit_listing, {"listing": cup.id, "draft": town.draft()}),
        (actions.show, {"listing": cup.id, "key": "k"}),
        (actions.add_pictures, {"listing": cup.id, "pictures": []}),
        (actions.remove_picture, {"picture": picture.id}),
    ]:
        with pytest.raises(NotFound):
            verb(seller=stranger, now=NOW, **values)
    with pytest.raises(NotFound):
        actions.lead_with(seller=stranger, picture=picture.id)


def test_pictures_are_added_led_and_removed(seller):
    cup = town.listing(seller, pictures=[town.picture("red"), town.picture("green")])
    actions.add_pictures(seller=seller, listing=cup.id, pictures=[town.picture("blue")], now=NOW)
    red, green, blue = ListingPicture.objects.filter(listing=cup).order_by("position")
    actions.lead_with(seller=seller, picture=blue.id)
    actions.remove_picture(seller=seller, picture=red.id, now=NOW)
    shown = [picture.id for picture in queries.listing(None, cup.id, now=NOW).pictures]
    assert shown == [str(blue.id), str(green.id)]
    actions.add_pictures(seller=seller, listing=cup.id, pictures=[town.picture("grey")], now=NOW)
    assert len(queries.listing(None, cup.id, now=NOW).pictures) == 3


def test_only_pictures_in_the_window_count(seller):
    """What was taken out, or hangs at another listing, takes up no room and is no last one."""
    HouseRule.objects.create(name="pictures_at_most", value=2, since=NOW)
    town.listing(seller, "Bowl", pictures=[town.picture("blue")])
    cup = town.listing(seller, pictures=[town.picture("red"), town.picture("green")])
    red, green = cup.pictures.order_by("position")
    more = {"seller": seller, "listing": cup.id, "pictures": [town.picture("grey")], "now": NOW}
    with pytest.raises(Invalid, match="at most 2"):
        actions.add_pictures(**more)
    actions.remove_picture(seller=seller, picture=red.id, now=NOW)
    with pytest.raises(Invalid, match="needs a picture"):
        actions.remove_picture(seller=seller, picture=green.id, now=NOW)
    actions.add_pictures(**more)
    assert len(queries.listing(None, cup.id, now=NOW).pictures) == 2


def test_buyers_keep_the_pictures_by_which_they_bought(seller):
    buyer, stranger = town.person("chen"), town.person("wang")
    cup = town.listing(seller, pictures=[town.picture("red"), town.picture("green")])
    red = cup.pictures.order_by("position").first()
    town.buy(buyer, town.first_variant(cup))
    actions.remove_picture(seller=seller, picture=red.id, now=NOW)
    assert queries.picture(buyer.id, red.id) == red
    for viewer in (stranger.id, None):
        with pytest.raises(NotFound):
            queries.picture(viewer, red.id)


def test_evidence_is_for_everyone_or_for_buyers(seller):
    buyer, stranger = town.person("chen"), town.person("wang")
    cup = town.listing(seller)
    customs, receipt = [
        actions.add_evidence(
            seller=seller, listing=cup.id, kind=kind, picture=town.picture(), audience=audience,
            now=NOW,
        )
        for kind, audience in [
            (EvidenceKind.CUSTOMS, EvidenceFor.EVERYONE),
            (EvidenceKind.RECEIPT, EvidenceFor.BUYERS),
        ]
    ]  # fmt: skip
    order = town.buy(buyer, town.first_variant(cup))

    def papers(viewer):
        page = queries.listing(viewer, cup.id, now=NOW)
        return [paper.id for paper in page.evidence], page.evidence_for_buyers

    assert papers(None) == papers(stranger.id) == ([str(customs.id)], 1)
    assert papers(buyer.id) == papers(seller.id) == ([str(customs.id), str(receipt.id)], 0)
    assert queries.evidence_picture(buyer.id, receipt.id) == receipt
    for viewer in (stranger.id, None):
        with pytest.raises(NotFound):
            queries.evidence_picture(viewer, receipt.id)
    actions.remove_evidence(seller=seller, evidence=receipt.id, now=NOW)
    assert queries.evidence_picture(buyer.id, receipt.id).removed_at == NOW
    assert papers(buyer.id) == ([str(customs.id)], 0)
    actions.restock(order=order, now=NOW)
    with pytest.raises(NotFound):
        queries.evidence_picture(buyer.id, receipt.id)


def test_evidence_belongs_to_the_seller(seller):
    cup = town.listing(seller)
    paper = actions.add_evidence(
        seller=seller, listing=cup.id, kind=EvidenceKind.RECEIPT, picture=town.picture(), now=NOW
    )
    with pytest.raises(NotFound):
        actions.remove_evidence(seller=town.person("chen"), evidence=paper.id, now=NOW)
    assert Evidence.objects.get().removed_at is None


def test_showing_a_listing_publishes_one_market_moment(seller):
    cup = town.listing(seller, pictures=[town.picture(colour) for colour in ("red", "teal")])
    first = actions.show(seller=seller, listing=cup.id, text="Fresh glaze.", key="tap", now=NOW)
    again = actions.show(seller=seller, listing=cup.id, text="Fresh glaze.", key="tap", now=NOW)
    assert first == again
    assert (first.face, first.listing, first.text) == ("market", cup.id, "Fresh glaze.")
    copies = first.pictures.order_by("position")
    assert [copy.width for copy in copies] == [64, 64]
    assert not {copy.key for copy in copies} & {picture.key for picture in cup.pictures.all()}


def test_only_what_is_on_sale_can_be_shown(seller):
    bare = town.listing(seller, offer=False)
    with pytest.raises(Conflict):
        actions.show(seller=seller, listing=bare.id, key="k", audience=ONLY_ME, now=NOW)


def test_made_to_order_counts_making_in(seller):
    drill = town.listing(
        seller, "Drill bit", town.variant(900, 2, Diameter="12 in"),
        made_to_order=True, lead_days=14,
    )  # fmt: skip
    page = queries.listing(None, drill.id, now=NOW)
    assert page.ship_within == timedelta(days=16)
    assert page.variants[0].stock is None
    assert page.variants[0].stock_words == "Takes 2 more orders"


def test_forbidden_is_a_sentence(seller):
    cup = town.listing(seller)
    with pytest.raises(Forbidden, match="own shop"):
        town.buy(seller, town.first_variant(cup))
