"""What was shown is kept once; what a reader wants of the market holds from then on."""

from collections.abc import Callable
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
from .queries import Arranged
from .rules import Turn
from .states import SHARES

LOCK = """
INSERT INTO reach_reader (member_id) VALUES (%(reader)s)
ON CONFLICT (member_id) DO UPDATE SET member_id = excluded.member_id"""


@transaction.atomic
def show(*, reader: UUID, arrange: Callable[[], Arranged], now: datetime) -> Arranged:
    """Decide a page again behind the reader's lock and keep what is shown for the first time.

    Two devices that read at once agree: the second finds what the first has kept.
    """
    with connection.cursor() as db:
        db.execute(LOCK, {"reader": reader})
    arranged = arrange()
    rows.insert([row for turn in arranged.layout.fresh for row in impressions(reader, turn, now)])
    return arranged


def impressions(reader: UUID, turn: Turn, now: datetime) -> list[Impression]:
    told = {"reader_id": reader, "lead": turn.lead, "seller": turn.seller, "shown_at": now}
    at, moment = turn.after.published_at, turn.after.moment
    return [
        Impression(moment=turn.lead, after_at=at, after_moment=moment, **told),
        *(Impression(moment=one, **told) for one in turn.rest),
    ]


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


def open_card(*, reader: UUID, moment: UUID, now: datetime) -> None:
    """The reader looked closer at something that was shown to them; counted once."""
    Impression.objects.filter(reader=reader, moment=moment, opened_at=None).update(opened_at=now)


def dismiss(*, reader: UUID, moment: UUID, now: datetime) -> None:
    """ "Not this": the reader does not want to meet it again. Nobody is told.

    Raises MomentMissing for what was never shown to them.
    """
    rows_ = Impression.objects.filter(reader=reader, moment=moment)
    if not rows_.update(dismissed_at=now):
        raise MomentMissing


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
