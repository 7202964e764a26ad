"""Many listings at once: every change by its own verb, all of them or none."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.kit import formats
from goodword.kit.errors import Conflict, Invalid, Refused
from goodword.kit.money import Money
from goodword.people.models import Member

from ..models import Listing, Variant
from ..queries import ListingMissing
from ..states import ListingState
from .listings import offer, retitle, withdraw
from .prices import change_price, set_stock
from .refusals import VariantMissing

AT_ONCE = 400  # changes


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingChange:
    """What is to become of a listing; None leaves it. `title_seen` is what the page showed."""

    listing: UUID
    title: str | None = None
    title_seen: str | None = None
    on_sale: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantChange:
    """What is to become of a variant; None leaves it, and a `seen` of None asks nothing."""

    variant: UUID
    price: Money | None = None
    price_seen: Money | None = None
    stock: int | None = None
    stock_seen: int | None = None


class ChangedMeanwhile(Conflict):
    """What the seller was shown is not so any more: whether she still wants it is hers to say."""


class ManyRefused(Conflict):
    """Nothing was saved; `rows` has one sentence for each listing or variant that needs a look.

    `questions` are those about which only something that changed meanwhile is asked.
    """

    def __init__(self, rows: Mapping[UUID, Refused]) -> None:
        self.rows = {id_: str(why) for id_, why in rows.items()}
        self.questions = {id_ for id_, why in rows.items() if isinstance(why, ChangedMeanwhile)}
        sentence = ngettext(
            "Nothing was saved: one row needs a look.",
            "Nothing was saved: %(n)s rows need a look.",
            len(rows),
        )
        named = {str(id_): text for id_, text in self.rows.items()}
        super().__init__(sentence % {"n": len(rows)}, fields=named)
        # A question where nothing else stands in the way.
        self.status = Conflict.status if len(self.questions) == len(rows) else Invalid.status


@transaction.atomic
def change_many(
    *,
    seller: Member,
    listings: Sequence[ListingChange] = (),
    variants: Sequence[VariantChange] = (),
    now: datetime,
) -> int:
    """Carry all of it out, or nothing; answers how many listings and variants have changed.

    A value that is no longer what the seller was shown is a question: the same change with what
    is there now as `seen` is her answer. Raises ManyRefused, Invalid.
    """
    if len(listings) + len(variants) > AT_ONCE:
        raise Invalid(
            _("At most %(most)s rows can be changed at once. Save a part first.")
            % {"most": AT_ONCE}
        )
    rows = _locked_listings(seller, [one.listing for one in listings])
    stock = _locked_variants(seller, [one.variant for one in variants])
    wrong: dict[UUID, Refused] = {}
    for change in variants:
        with _noting(wrong, change.variant):
            _variant(seller, change, stock, now)
    for one in listings:
        with _noting(wrong, one.listing):
            _listing(seller, one, rows, now)
    if wrong:
        raise ManyRefused(wrong)
    return len({one.listing for one in listings} | {one.variant for one in variants})


@contextmanager
def _noting(wrong: dict[UUID, Refused], id_: UUID) -> Iterator[None]:
    try:
        yield
    except Refused as refusal:
        wrong[id_] = refusal


def _locked_listings(seller: Member, ids: Sequence[UUID]) -> dict[UUID, Listing]:
    """In the order of their ids, before any variant: as every edit of a listing locks."""
    rows = Listing.objects.select_for_update(no_key=True).filter(id__in=ids, seller=seller)
    return {row.id: row for row in rows.order_by("id")}


def _locked_variants(seller: Member, ids: Sequence[UUID]) -> dict[UUID, Variant]:
    rows = (
        Variant.objects.select_for_update(no_key=True, of=("self",))
        .select_related("listing")
        .filter(id__in=ids, seller=seller, retired_at=None, buyer=None)
    )
    return {row.id: row for row in rows.order_by("id")}


def _variant(
    seller: Member, change: VariantChange, rows: Mapping[UUID, Variant], now: datetime
) -> None:
    row = rows.get(change.variant)
    if row is None:
        raise VariantMissing
    _ask_again(change, row)
    if change.price is not None:
        change_price(seller=seller, variant=row.id, price=change.price, now=now)
    if change.stock is not None and change.stock != row.stock:
        set_stock(seller=seller, variant=row.id, stock=change.stock, now=now)


def _ask_again(change: VariantChange, row: Variant) -> None:
    """Raises ChangedMeanwhile for what is to be changed and is not what was shown."""
    questions = []
    price, seen = Money(row.price_minor, row.listing.currency), change.price_seen
    if change.price not in (None, price) and seen not in (None, price):
        questions.append(
            _("It costs %(now)s by now, not %(seen)s.")
            % {"now": formats.money(price), "seen": formats.money(seen)}
        )
    if change.stock not in (None, row.stock) and change.stock_seen not in (None, row.stock):
        questions.append(
            _("There are %(now)s of it by now, not %(seen)s.")
            % {"now": formats.number(row.stock), "seen": formats.number(change.stock_seen or 0)}
        )
    if questions:
        raise ChangedMeanwhile(" ".join([*questions, str(_("Save again if you still want it."))]))


def _listing(
    seller: Member, change: ListingChange, rows: Mapping[UUID, Listing], now: datetime
) -> None:
    row = rows.get(change.listing)
    if row is None:
        raise ListingMissing
    if change.title is not None and change.title != row.title:
        if change.title_seen not in (None, row.title):
            raise ChangedMeanwhile(
                _("It is called “%(now)s” by now. Save again if you still want your title.")
                % {"now": row.title}
            )
        retitle(seller=seller, listing=row.id, title=change.title, now=now)
    if change.on_sale:
        offer(seller=seller, listing=row.id, now=now)
    elif change.on_sale is False and row.state == ListingState.ACTIVE:
        withdraw(seller=seller, listing=row.id, now=now)
