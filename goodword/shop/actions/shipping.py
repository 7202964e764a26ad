"""A seller's shipping templates."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.journal import actions as journal
from goodword.kit.errors import Conflict, Invalid, NotFound
from goodword.kit.money import CURRENCIES
from goodword.people.models import Member

from ..drafts import PRICE, BadListing, one_line, too_much
from ..models import Listing, ShippingTemplate
from ..parcels import ELSEWHERE, Zone, stored
from ..regions import CODES

ZONES = 40
TEMPLATES = 50


class TemplateMissing(NotFound):
    """No such template of this seller's."""

    def __init__(self) -> None:
        super().__init__(_("This shipping template does not exist any more."))


class TemplateInUse(Conflict):
    """Listings still name it."""

    def __init__(self, count: int) -> None:
        super().__init__(
            ngettext(
                "%(n)s listing ships by this template. Give it another one first.",
                "%(n)s listings ship by this template. Give them another one first.",
                count,
            )
            % {"n": count}
        )


class BadTemplate(Invalid):
    """Something in the template cannot be used; `fields` names it, a row as in `zone_2`."""

    def __init__(self, field: str | int, sentence: str) -> None:
        name = f"zone_{field}" if isinstance(field, int) else field
        super().__init__(sentence, fields={name: sentence})


@transaction.atomic
def keep_template(
    *,
    seller: Member,
    template: UUID | None = None,
    name: str,
    currency: str,
    zones: Sequence[Zone],
    now: datetime,
) -> ShippingTemplate:
    """Make a template, or change the seller's `template`; orders keep what they were promised.

    Raises TemplateMissing, BadTemplate, and Conflict when its currency would change.
    """
    name = one_line(name, 40)
    if not name:
        raise BadTemplate("name", _("Give the template a name."))
    if currency not in CURRENCIES:
        raise BadTemplate("currency", _("Choose a currency."))
    check_zones(zones, currency)
    if template is None:
        if ShippingTemplate.objects.filter(seller=seller, removed_at=None).count() >= TEMPLATES:
            raise Conflict(_("Those are enough templates. Change one of them."))
        row = ShippingTemplate(seller=seller, currency=currency)
    else:
        row = locked(seller, template)
        if row.currency != currency:
            raise Conflict(_("A template keeps its currency. Make a new one for another currency."))
    row.name, row.zones, row.changed_at = name, [stored(one) for one in zones], now
    row.save()
    _note(row, "shop.template_kept", now)
    return row


@transaction.atomic
def remove_template(*, seller: Member, template: UUID, now: datetime) -> None:
    """Raises TemplateMissing, TemplateInUse."""
    row = locked(seller, template)
    if used := Listing.objects.filter(template=row).count():
        raise TemplateInUse(used)
    row.removed_at = now
    row.save(update_fields=["removed_at"])
    _note(row, "shop.template_removed", now)


def named(listing: Listing, template: UUID | str | None) -> ShippingTemplate | None:
    """The seller's template with that id, fit for her listing. Raises BadListing."""
    if template is None:
        return None
    mine = ShippingTemplate.objects.filter(seller=listing.seller_id, removed_at=None)
    row = mine.filter(id=template).first()
    if row is None:
        raise BadListing("template", _("This shipping template does not exist any more."))
    if row.currency != listing.currency:
        raise BadListing("template", _("The template is in another currency than the listing."))
    if any(zone["step"] for zone in row.zones) and not listing.grams:
        raise BadListing("grams", _("The template counts weight: say what one piece weighs."))
    return row


def check_zones(zones: Sequence[Zone], currency: str) -> None:
    """Raises BadTemplate, which names the row."""
    if not zones:
        raise BadTemplate(0, _("Say at least where you ship to and what it costs."))
    if len(zones) > ZONES:
        raise BadTemplate("name", _("A template has at most %(most)s rows.") % {"most": ZONES})
    seen: set[str] = set()
    for place, one in enumerate(zones):
        if sentence := _wrong(one, seen, currency):
            raise BadTemplate(place, sentence)
        seen |= set(one.regions)


def _wrong(one: Zone, seen: set[str], currency: str) -> str:
    if not one.regions:
        return _("Choose where these prices hold.")
    if not set(one.regions) <= CODES | {ELSEWHERE}:
        return _("Choose regions of the list.")
    if seen & set(one.regions) or len(set(one.regions)) < len(one.regions):
        return _("A region stands in two rows. Leave it in one.")
    if one.first_grams < 0 or not 1 <= one.step_grams <= 1_000_000:
        return _("Give weights in grams; a step is at least 1.")
    prices = (one.first, one.step, one.free_from or 0)
    if min(prices) < 0:
        return _("Shipping cannot cost less than nothing.")
    if max(prices) > PRICE:
        return too_much(currency)
    low, high = one.days
    if not 0 <= low <= high <= 180 or high == 0:
        return _("Say how many days shipping takes, the fewest first.")
    return ""


def locked(seller: Member, template: UUID) -> ShippingTemplate:
    found = ShippingTemplate.objects.select_for_update().filter(
        id=template, seller=seller, removed_at=None
    )
    row = found.first()
    if row is None:
        raise TemplateMissing
    return row


def _note(row: ShippingTemplate, verb: str, now: datetime) -> None:
    journal.record(
        owner=row.seller_id, actor=row.seller_id, verb=verb, subject=row.id, now=now, name=row.name
    )
