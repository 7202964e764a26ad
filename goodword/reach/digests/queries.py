"""Reading digests, viewer first. A digest is a span of time: its cards are asked at every look."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from goodword.circle import cards
from goodword.circle.visibility import DIGESTED, VISIBLE, WISHED
from goodword.kit.errors import NotFound

from ..models import Digest
from ..pacing.queries import HORIZON, TO_BE_HAD, UNMET
from ..queries import Shown, with_offers
from ..targeting import queries as targeting

AT_MOST = 60  # cards of one digest; the rest is in the market
REACHES = timedelta(days=7)  # back from the first digest, or from one after a long silence

ENTRIES = """
  FROM reach_entry e JOIN circle_moment m ON m.id = e.moment
 WHERE e.reader_id = {viewer} AND e.face = 'market'
   AND e.published_at > {since} AND e.published_at <= {until}"""
# To be bought, and not met by the end of the span. What is looked at in the digest stays in it.
THERE = f"""{VISIBLE} AND {TO_BE_HAD.replace("%(viewer)s", "{viewer}")}
   AND {UNMET.replace("{by}", "{until}")}"""

# What friends on digest showed in the span.
DAILY = f"{ENTRIES} AND {THERE} AND {DIGESTED}"

# What waited in vain: in the span it became too old to get a turn in the reader's circle
# (pacing.queries.HORIZON). From then on it cannot get one, so no other digest holds it.
CHANCE = f"interval '{HORIZON.total_seconds():.0f} seconds'"
EARLIER = ENTRIES.replace("{since}", f"{{since}} - {CHANCE}").replace(
    "{until}", f"{{until}} - {CHANCE}"
)
IN_VAIN = f"""{EARLIER}
   AND e.author <> {{viewer}} AND {THERE} AND {WISHED}
   AND NOT EXISTS (SELECT 1 FROM reach_slot t WHERE t.moment = e.moment AND t.out)
   AND NOT EXISTS (SELECT 1 FROM reach_reader z WHERE z.member_id = {{viewer}} AND z.every = 0)"""

NAMES = {
    "m": "m", "viewer": "%(viewer)s", "since": "%(since)s", "until": "%(until)s", "now": "%(now)s",
}  # fmt: skip
CARDS = "SELECT m.id {found} ORDER BY e.published_at DESC, e.moment DESC LIMIT %(limit)s"
DAILY_CARDS = CARDS.format(found=DAILY.format(**NAMES))
IN_VAIN_CARDS = CARDS.format(found=IN_VAIN.format(**NAMES))

# Whether anything is left in a digest for its reader, as `kinds.Kind.stands` asks; nothing is told
# of one in which nothing is, neither on a page nor in a letter.
OWN = {"m": "m", "viewer": "{owner}", "since": "d.since", "until": "d.until", "now": "{now}"}
LEFT = "EXISTS (SELECT 1 FROM reach_digest d WHERE d.id = {subject} AND EXISTS (SELECT 1 FOUND))"
DAILY_LEFT = LEFT.replace("FOUND", DAILY.format(**OWN))
IN_VAIN_LEFT = LEFT.replace("FOUND", IN_VAIN.format(**OWN))

SINCE = """greatest(%(earliest)s, (
    SELECT max(d.until) FROM reach_digest d WHERE d.reader_id = r.id))"""
OF_READER = {"m": "m", "viewer": "r.id", "since": SINCE, "until": "%(now)s", "now": "%(now)s"}
DUE = f"""
SELECT r.id FROM people_member r
 WHERE r.is_active AND NOT EXISTS (
   SELECT 1 FROM reach_digest d WHERE d.reader_id = r.id AND d.day >= %(day)s)
   AND ((EXISTS (SELECT 1 FROM circle_friendship f0
                  WHERE f0.owner_id = r.id AND f0.market = 'digest')
         AND EXISTS (SELECT 1 {DAILY.format(**OF_READER)}))
        OR EXISTS (SELECT 1 {IN_VAIN.format(**OF_READER)}))"""


class DigestMissing(NotFound):
    """No such digest of this viewer's."""

    def __init__(self) -> None:
        super().__init__(_("There is no such digest."))


@dataclass(frozen=True, slots=True)
class Opened:
    """A digest with what is in it for its reader now, best fit first: `cards` of friends whom the
    reader wants to see so, `in_vain` what had no turn in their circle. `more` is in the market."""

    digest: Digest
    cards: list[Shown]
    in_vain: list[Shown]
    more: bool


def digests(viewer: UUID) -> list[Digest]:
    """The viewer's digests that are kept, newest first."""
    return list(Digest.objects.filter(reader=viewer).order_by("-day"))


def latest(viewer: UUID) -> Digest | None:
    return Digest.objects.filter(reader=viewer).order_by("-day").first()


def opened(viewer: UUID, id_: UUID, *, now: datetime) -> Opened:
    """One digest with its cards. Raises DigestMissing."""
    found = Digest.objects.filter(reader=viewer, id=id_).first()
    if found is None:
        raise DigestMissing
    at: dict[str, Any] = {
        "since": found.since, "until": found.until, "now": now, "limit": AT_MOST + 1,
    }  # fmt: skip
    daily = cards.read(DAILY_CARDS, at, viewer=viewer)
    vain = cards.read(IN_VAIN_CARDS, at, viewer=viewer)
    listings = [card.listing for card in (*daily, *vain) if card.listing]
    best = targeting.rank(viewer, list(dict.fromkeys(listings)), now=now)
    places: dict[UUID | None, int] = {one.listing: place for place, one in enumerate(best)}
    shown = [Shown(card) for card in (*daily, *vain)]
    first = {card.id for card in daily}
    held = with_offers(viewer, shown[:AT_MOST], why={one.listing: one for one in best})
    held.sort(key=lambda item: places.get(item.card.listing, len(places)))
    return Opened(
        found,
        [item for item in held if item.card.id in first],
        [item for item in held if item.card.id not in first],
        more=len(shown) > AT_MOST,
    )


def between(
    viewer: UUID, *, since: datetime, until: datetime, now: datetime, limit: int
) -> list[Shown]:
    """What friends on digest showed the viewer in this time, as the viewer may see it now."""
    params = {"since": since, "until": until, "now": now, "limit": limit}
    found = cards.read(DAILY_CARDS, params, viewer=viewer)
    return with_offers(viewer, [Shown(card) for card in found])


def in_vain(
    viewer: UUID, *, since: datetime, until: datetime, now: datetime, limit: int
) -> list[Shown]:
    """What became too old in this time without a turn, as the viewer may see it now."""
    params = {"since": since, "until": until, "now": now, "limit": limit}
    found = cards.read(IN_VAIN_CARDS, params, viewer=viewer)
    return with_offers(viewer, [Shown(card) for card in found])


def due(day: date, *, now: datetime) -> list[UUID]:
    """For whom something waits and who had no digest on this day or later."""
    with connection.cursor() as db:
        db.execute(DUE, {"day": day, "now": now, "earliest": now - REACHES})
        return [row[0] for row in db.fetchall()]
