"""What is exported is read back equal: by the shop itself, and by an empty one."""

import csv
from io import StringIO
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from goodword.kit.money import Money
from goodword.shop import exporting, importing
from goodword.shop.actions.listings import create_listing
from goodword.shop.drafts import OPTIONS, ListingDraft, VariantDraft
from goodword.shop.importing.comparing import KEPT
from goodword.shop.models import ImportRow, Listing, Variant
from goodword.shop.states import Condition, Digital, RowOutcome

from . import town
from .town import NOW

pytestmark = pytest.mark.django_db(transaction=True)

LETTERS = "abcZ09 茶杯青瓷顏色ß é,;\"'\\|<>&=+-@#%．＝～•🍵()/"
FORMATS = list(exporting.FORMATS)


def line(most, *, least=0):
    text = st.text(alphabet=LETTERS, min_size=least, max_size=most)
    return text.map(lambda one: " ".join(one.split())).filter(lambda one: len(one) >= least)


DESCRIPTIONS = st.lists(line(40), max_size=5).map("\n".join).map(str.strip)
NASTY = ('=HYPERLINK("http://x","y")', "'=1+1", "-20 %", "@sum(a)", "<b>bold</b> &amp; more", "＝1")


@st.composite
def listings(draw):
    """A listing that its seller could have made: 1 to 6 variants with up to 4 options."""
    currency, digits = draw(st.sampled_from([("CNY", 2), ("EUR", 2), ("JPY", 0), ("KWD", 3)]))
    names = draw(st.lists(line(8, least=1), max_size=OPTIONS, unique=True))
    rows = draw(
        st.lists(
            st.tuples(*(line(10, least=1) for _name in names)), min_size=1, max_size=6, unique=True
        )
    )
    made = draw(st.booleans())
    digital = draw(st.sampled_from([Digital.NO, Digital.NO, Digital.BY_HAND, Digital.AT_ONCE]))
    if made and digital:
        digital = Digital.BY_HAND
    low = draw(st.integers(0, 9))
    return ListingDraft(
        title=draw(line(60, least=1) | st.sampled_from(NASTY)),
        description=draw(DESCRIPTIONS | st.sampled_from(NASTY)),
        currency=currency,
        condition=draw(st.sampled_from(list(Condition))),
        brand=draw(line(20)),
        origin=draw(line(20)),
        returns_days=draw(st.integers(0, 365)),
        ship_within_hours=draw(st.integers(1, 2160)),
        shipping=Money(draw(st.integers(0, 10**6)), currency),
        shipping_days=(low, low + draw(st.integers(0, 9))),
        grams=draw(st.sampled_from([0, 250, 10**6])),
        customs_code=draw(st.sampled_from(["", "691110"])),
        customs_note=draw(line(20)),
        digital=digital,
        made_to_order=made,
        lead_days=draw(st.integers(1, 730)) if made else 0,
        variants=tuple(
            VariantDraft(
                price=Money(draw(st.integers(1, 10 ** (5 + digits))), currency),
                stock=draw(st.integers(0, 10**5)),
                options=tuple(zip(names, values, strict=True)),
                seller_code=draw(st.sampled_from(["", "007", "=A1", "A-1", "+49", "'x"])),
            )
            for values in rows
        ),
        offer=False,
    )


def whole(listing):
    """Everything that must come back, ids and times left out."""
    fields = {name: getattr(listing, name) for name in KEPT if name != "source_digest"}
    variants = Variant.objects.filter(listing=listing, retired_at=None).order_by("position")
    return fields, list(variants.values_list("options", "seller_code", "price_minor", "stock"))


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_exported_is_the_same_when_it_comes_back(form):
    come_back(form, times=4)


@pytest.mark.deep
@pytest.mark.parametrize("form", FORMATS)
def test_a_great_deal_that_is_exported_is_the_same_when_it_comes_back(form):
    come_back(form, times=150)


def test_woocommerce_reads_a_comma_in_a_value_as_part_of_it():
    """Our own reader would without: there a comma ends a value only in the row of the product."""
    seller = town.person("lin")
    shop = town.open_shop(seller)
    town.listing(
        seller, "Cup", town.variant(Size="S, tall"), town.variant(Size="L"), pictures=[],
        offer=False,
    )  # fmt: skip
    rows = csv.DictReader(
        StringIO(exporting.export(shop=shop, form="woocommerce", now=NOW).data.decode("utf-8-sig"))
    )
    said = [row["Attribute 1 value(s)"] for row in rows]
    assert said == ["S\\, tall, L", "S\\, tall", "L"]


def test_the_feed_is_xml_whatever_signs_a_text_holds():
    """XML 1.0 has no place for control characters, half surrogates and these two."""
    seller = town.person("lin")
    shop = town.open_shop(seller)
    odd = "a\x0bb\x1f\ufffe\uffff <c> & d"
    town.listing(seller, pictures=[], offer=False, description=odd)
    feed = ElementTree.fromstring(exporting.export(shop=shop, form="merchant", now=NOW).data)
    (said,) = [one.text for one in feed.iter() if one.tag.endswith("}description")]
    assert "ab &lt;c&gt; &amp; d" in said  # HTML, as it holds a bracket
    assert said.isprintable()


def come_back(form, *, times):
    seller, other = town.person("lin", "Lin"), town.person("mei", "Mei")
    hers, others = town.open_shop(seller), town.open_shop(other)

    @settings(max_examples=times, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(listings(), min_size=1, max_size=4))
    @example([town.draft(one, offer=False, description=one, brand=one) for one in NASTY])
    def comes_back(drafts):
        mine = Listing.objects.filter(seller=seller)
        Variant.objects.filter(listing__in=mine).update(retired_at=NOW)  # those before
        made = [create_listing(seller=seller, draft=draft, now=NOW) for draft in drafts]
        file = exporting.export(shop=hers, form=form, base="https://circle.example", now=NOW)
        assert file.listings == len(drafts)

        found = importing.preview(
            owner=seller, shop=hers, data=file.data, file_name=file.name, now=NOW
        )
        rows = ImportRow.objects.filter(run=found.run)
        told = [(row.title, row.outcome, row.changes, row.messages) for row in rows]
        assert {row.outcome for row in rows} == {RowOutcome.UNCHANGED}, told
        assert len(rows) == len(made)

        Listing.objects.filter(seller=other).update(source_key="")
        there = importing.preview(
            owner=other, shop=others, data=file.data, file_name=file.name, now=NOW
        )
        importing.apply(owner=other, run=there.run, now=NOW)
        copies = [row.listing for row in ImportRow.objects.filter(run=there.run).order_by("row")]
        assert [whole(one) for one in copies] == [whole(one) for one in made]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("goodword.shop.actions.listings.LISTINGS_A_DAY", 10**6)
        comes_back()
