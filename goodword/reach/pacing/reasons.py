"""Why a reader sees a market card, in sentences that are true of this reader now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.circle import queries as circle
from goodword.circle.cards import MomentCard
from goodword.circle.states import Face, MarketDial
from goodword.shop import queries as shop
from goodword.shop.cards import Card

from ..models import Impression
from ..targeting import queries as targeting
from ..targeting import words
from .queries import FOLD, LISTED, SHOWN


@dataclass(frozen=True, slots=True)
class Why:
    """Why a reader sees a market card; `sentences` are true and name nobody but the seller.

    `brought`: it was laid into their circle. `seen_at`: None until they saw it. `dial`: how they
    want the seller's market, None for their own.
    """

    card: MomentCard
    offer: Card
    sentences: list[str]
    brought: bool
    seen_at: datetime | None
    folded: int
    dial: MarketDial | None = None


def offered(viewer: UUID, moment: UUID, *, now: datetime) -> Card:
    """The listing of a market moment that the viewer may see. Raises MomentMissing."""
    return _offered(viewer, moment, now=now)[1]


def _offered(viewer: UUID, moment: UUID, *, now: datetime) -> tuple[MomentCard, Card]:
    card = circle.moment_card(viewer, moment, now=now)
    offer = shop.cards(viewer, [card.listing]).get(card.listing) if card.listing else None
    if offer is None or card.face != Face.MARKET:
        raise circle.MomentMissing
    return card, offer


def why(viewer: UUID, moment: UUID, *, now: datetime) -> Why:
    """Raises MomentMissing for what is no market card of the viewer's."""
    card, offer = _offered(viewer, moment, now=now)
    shown = Impression.objects.filter(reader=viewer, moment=moment).first()
    stands = bool(shown and shown.after_at)
    behind = folded_behind(viewer, moment, now=now) if stands else 0
    seen_at = shown.seen_at if shown else None
    if card.mine:
        return Why(card, offer, [_("It is your own.")], stands, seen_at, behind)
    edge = circle.friendship(viewer, card.author.id)
    is_quiet = bool(edge.snoozed_until and edge.snoozed_until > now)
    dial = MarketDial(edge.market)
    sentences = [said_by_dial(card.author.name, dial, is_quiet=is_quiet)]
    if not stands and is_folded(viewer, card, now=now):
        sentences.append(_("It is folded behind another card of the same shop."))
    elif not stands:
        sentences.append(_("It was not brought to your circle: it is in the market."))
    elif behind:
        sentences.append(
            ngettext(
                "It leads %(num)s other of the same shop; they take one place together.",
                "It leads %(num)s others of the same shop; they take one place together.",
                behind,
            )
            % {"num": behind}
        )
    if card.listing:
        sentences += fits(viewer, card.listing, now=now)
    return Why(card, offer, sentences, stands, seen_at, behind, dial)


def said_by_dial(name: str, dial: MarketDial, *, is_quiet: bool) -> str:
    """What the reader decided about this friend's market."""
    sentence = {
        MarketDial.ON: _("%(name)s is your friend, and you have their market on."),
        MarketDial.DIGEST: _("%(name)s is your friend, and you want what they sell once a day."),
        MarketDial.OFF: _("%(name)s is your friend, and you have turned their market off."),
    }[dial]
    if is_quiet and dial != MarketDial.OFF:
        sentence = _("%(name)s is your friend, and you have snoozed them.")
    return sentence % {"name": name}


def folded_behind(viewer: UUID, lead: UUID, *, now: datetime) -> int:
    """How many others the card leads that the viewer may still see."""
    with connection.cursor() as db:
        db.execute(FOLD, {"viewer": viewer, "lead": lead, "now": now})
        return sum(row[0] != lead for row in db.fetchall())


LEADS = f"""
SELECT EXISTS (
  SELECT 1 FROM reach_impression i JOIN circle_moment m ON m.id = i.moment
   WHERE i.reader_id = %(viewer)s AND i.seller = %(seller)s AND %(moment)s = ANY (i.rest)
     AND i.dismissed_at IS NULL AND {SHOWN} AND {LISTED})"""


def is_folded(viewer: UUID, card: MomentCard, *, now: datetime) -> bool:
    """Whether it stands behind a card of its seller's that is there for the viewer."""
    asked: dict[str, Any] = {
        "viewer": viewer, "seller": card.author.id, "moment": card.id, "now": now,
    }  # fmt: skip
    with connection.cursor() as db:
        db.execute(LEADS, asked)
        return bool(db.fetchone()[0])


def fits(viewer: UUID, listing: UUID, *, now: datetime) -> list[str]:
    """What speaks for the listing with this viewer most, as a sentence, if anything does."""
    found = targeting.rank(viewer, [listing], now=now)
    if not found:
        return []
    because = found[0].because
    known = shop.cards(viewer, [because]) if because else {}
    said = words.sentence(found[0], known)
    return [said] if said else []
