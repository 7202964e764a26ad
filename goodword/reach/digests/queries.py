"""Reading digests, viewer first. A digest is a span of time: its cards are asked at every look."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from goodword.circle import cards
from goodword.circle.visibility import DIGESTED, VISIBLE
from goodword.kit.errors import NotFound

from ..models import Digest
from ..queries import LISTED, Shown, with_offers

AT_MOST = 60  # cards of one digest; the rest is in the market
REACHES = timedelta(days=7)  # back from the first digest, or from one after a long silence

FOUND = f"""
  FROM reach_entry e JOIN circle_moment m ON m.id = e.moment
 WHERE e.reader_id = {{viewer}} AND e.face = 'market'
   AND e.published_at > {{since}} AND e.published_at <= {{until}}
   AND {VISIBLE} AND {DIGESTED} AND {LISTED.replace("%(viewer)s", "{viewer}")}"""

CARDS = "SELECT m.id {found} ORDER BY e.published_at DESC, e.moment DESC LIMIT %(limit)s".format(
    found=FOUND.format(
        m="m", viewer="%(viewer)s", since="%(since)s", until="%(until)s", now="%(now)s"
    )
)
SINCE = """greatest(%(earliest)s, (
    SELECT max(d.until) FROM reach_digest d WHERE d.reader_id = {viewer}))"""
DUE = """
SELECT DISTINCT f0.owner_id FROM circle_friendship f0
 WHERE f0.market = 'digest' AND NOT EXISTS (
   SELECT 1 FROM reach_digest d WHERE d.reader_id = f0.owner_id AND d.day >= %(day)s)
   AND EXISTS (SELECT 1 {found})""".format(
    found=FOUND.format(
        m="m", viewer="f0.owner_id", since=SINCE.format(viewer="f0.owner_id"),
        until="%(now)s", now="%(now)s",
    )
)  # fmt: skip


class DigestMissing(NotFound):
    """No such digest of this viewer's."""

    def __init__(self) -> None:
        super().__init__(_("There is no such digest."))


@dataclass(frozen=True, slots=True)
class Opened:
    """A digest with what is in it for its reader now; `more` is only in the market."""

    digest: Digest
    cards: list[Shown]
    more: bool


def digests(viewer: UUID) -> list[Digest]:
    """The viewer's digests that are kept, newest first."""
    return list(Digest.objects.filter(reader=viewer).order_by("-day"))


def latest(viewer: UUID) -> Digest | None:
    return Digest.objects.filter(reader=viewer).order_by("-day").first()


def opened(viewer: UUID, id_: UUID, *, now: datetime) -> Opened:
    """One digest with its cards, newest first. Raises DigestMissing."""
    found = Digest.objects.filter(reader=viewer, id=id_).first()
    if found is None:
        raise DigestMissing
    shown = between(viewer, since=found.since, until=found.until, now=now, limit=AT_MOST + 1)
    return Opened(found, shown[:AT_MOST], len(shown) > AT_MOST)


def between(
    viewer: UUID, *, since: datetime, until: datetime, now: datetime, limit: int
) -> list[Shown]:
    """What friends on digest showed the viewer in this time, as the viewer may see it now."""
    params = {"since": since, "until": until, "now": now, "limit": limit}
    return with_offers(viewer, [Shown(card) for card in cards.read(CARDS, params, viewer=viewer)])


def due(day: date, *, now: datetime) -> list[UUID]:
    """For whom something waits and who had no digest on this day or later."""
    with connection.cursor() as db:
        db.execute(DUE, {"day": day, "now": now, "earliest": now - REACHES})
        return [row[0] for row in db.fetchall()]
