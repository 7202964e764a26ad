"""What was laid and seen is kept once; what a reader wants of the market holds from then on.

A turn counts from when it was seen. Who does not tell what they saw is taken to have seen the page.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from goodword.circle import actions as dials
from goodword.circle import queries as circle
from goodword.circle.queries import MomentMissing
from goodword.circle.states import MarketDial
from goodword.kit import rows
from goodword.kit.errors import Invalid
from goodword.people.models import Member

from ..models import Impression, Reader
from .queries import FOLD, Arranged
from .rules import Turn
from .states import SHARES

LOCK = """
INSERT INTO reach_reader (member_id) VALUES (%(reader)s)
ON CONFLICT (member_id) DO UPDATE SET member_id = excluded.member_id"""


# Where it was seen meanwhile, on another device, it stays as it was seen.
LAY = """
 ON CONFLICT (reader_id, moment) DO UPDATE
   SET after_at = excluded.after_at, after_moment = excluded.after_moment, rest = excluded.rest,
       seen_at = excluded.seen_at
 WHERE reach_impression.seen_at IS NULL"""


@transaction.atomic
def show(*, reader: UUID, arrange: Callable[[], Arranged], tells: bool, now: datetime) -> Arranged:
    """Decide a page again behind the reader's lock and keep what lies there unseen.

    Two devices that read at once agree: the second finds what the first has kept. Where the reader
    does not tell what they see (`tells`), all of it counts as seen.
    """
    with connection.cursor() as db:
        db.execute(LOCK, {"reader": reader})
    arranged = arrange()
    laid = arranged.layout.fresh if tells else arranged.layout.unseen
    if laid:
        seen = None if tells else now
        rows.write([impression(reader, turn, seen) for turn in laid], LAY)
    return arranged


def impression(reader: UUID, turn: Turn, seen: datetime | None) -> Impression:
    at, moment = turn.after.published_at, turn.after.moment
    return Impression(
        reader_id=reader, moment=turn.lead, seller=turn.seller, after_at=at, after_moment=moment,
        rest=list(turn.rest), seen_at=seen,
    )  # fmt: skip


SEE = """
UPDATE reach_impression SET seen_at = %(now)s
 WHERE reader_id = %(reader)s AND moment = ANY (%(moments)s) AND seen_at IS NULL"""


def see(*, reader: UUID, moments: Sequence[UUID], now: datetime) -> None:
    """The reader saw these cards of their circle: their turns count from now. Again, and what does
    not lie there, changes nothing."""
    with connection.cursor() as db:
        db.execute(SEE, {"reader": reader, "moments": list(moments), "now": now})


UNFOLD = f"""
INSERT INTO reach_impression (reader_id, moment, seller, rest, seen_at)
SELECT %(viewer)s, m.id, m.author_id, '{{}}', %(now)s
  FROM circle_moment m WHERE m.id IN ({FOLD})
 ORDER BY m.id
ON CONFLICT (reader_id, moment) DO UPDATE SET seen_at = excluded.seen_at
 WHERE reach_impression.seen_at IS NULL"""


def unfold(*, reader: UUID, moment: UUID, now: datetime) -> None:
    """The reader opened what folded behind this card: all of it was seen and needs no turn."""
    with connection.cursor() as db:
        db.execute(UNFOLD, {"viewer": reader, "lead": moment, "now": now})


# Once an hour: that the reader was here. What the reader wants of anybody's market is not asked.
NOTE = """
WITH noted AS (
  INSERT INTO reach_reading (reader_id, hour) VALUES (%(reader)s, %(hour)s)
  ON CONFLICT DO NOTHING)
INSERT INTO reach_reader (member_id, read_in) VALUES (%(reader)s, %(hour)s)
ON CONFLICT (member_id) DO UPDATE SET read_in = excluded.read_in"""


def note(*, reader: UUID, hour: int) -> None:
    """The reader was in their circle in this hour; again changes nothing."""
    with connection.cursor() as db:
        db.execute(NOTE, {"reader": reader, "hour": hour})


OPEN = """
INSERT INTO reach_impression (reader_id, moment, seller, rest, seen_at, opened_at)
SELECT %(reader)s, m.id, m.author_id, '{}', %(now)s, %(now)s
  FROM circle_moment m WHERE m.id = %(moment)s AND m.author_id <> %(reader)s
ON CONFLICT (reader_id, moment) DO UPDATE
   SET opened_at = excluded.opened_at,
       seen_at = coalesce(reach_impression.seen_at, excluded.seen_at)
 WHERE reach_impression.opened_at IS NULL"""


def open_card(*, reader: UUID, moment: UUID, now: datetime) -> None:
    """The reader looked closer at a market moment that they may see, wherever they met it.

    Counted once; it needs no turn any more.
    """
    with connection.cursor() as db:
        db.execute(OPEN, {"reader": reader, "moment": moment, "now": now})


DISMISS = """
INSERT INTO reach_impression (reader_id, moment, seller, rest, seen_at, dismissed_at)
SELECT %(reader)s, %(moment)s, i.seller, '{}', %(now)s, %(now)s FROM reach_impression i
 WHERE i.reader_id = %(reader)s AND (i.moment = %(moment)s OR %(moment)s = ANY (i.rest)) LIMIT 1
ON CONFLICT (reader_id, moment) DO UPDATE
   SET dismissed_at = excluded.dismissed_at,
       seen_at = coalesce(reach_impression.seen_at, excluded.seen_at)
RETURNING after_moment"""


def dismiss(*, reader: UUID, moment: UUID, now: datetime) -> UUID | None:
    """ "Not this": the reader does not want to meet it again. Nobody is told.

    Answers which life card it stood after, None for one that was behind a card. Raises
    MomentMissing for what never was in their circle.
    """
    with connection.cursor() as db:
        db.execute(DISMISS, {"reader": reader, "moment": moment, "now": now})
        stood = db.fetchone()
    if stood is None:
        raise MomentMissing
    return stood[0]


@transaction.atomic
def quieten(*, reader: Member, moment: UUID, market: MarketDial, now: datetime) -> None:
    """Turn the market of this moment's author down; their life stays as it is.

    Raises MomentMissing, PersonMissing when the author is no friend of the reader.
    """
    card = circle.moment_card(reader.id, moment, now=now)
    edge = circle.friendship(reader.id, card.author.id)
    dials.set_dials(owner=reader, friend=card.author.id, life=edge.life, market=market)


def set_share(*, reader: UUID, every: int | None) -> None:
    """How much market the reader wants: a key of SHARES. Raises Invalid for anything else."""
    if every not in SHARES:
        raise Invalid(_("Choose how much of the market you want to meet."))
    Reader.objects.update_or_create(member_id=reader, defaults={"every": every})
