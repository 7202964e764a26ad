"""The town reads: who looks into their circle when, what they look closer at, what nights count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from goodword.circle.states import Face
from goodword.people.models import Member
from goodword.reach import queries as reach
from goodword.reach.digests import actions as digests
from goodword.reach.pacing import actions as pacing
from goodword.reach.selling import actions as selling
from goodword.reach.selling import measuring
from goodword.reach.selling.rhythm import hour
from goodword.reach.targeting import actions as targeting

from ..art.lots import lots

PAGE = 10  # cards of a glance
CLOSER = 0.55  # of the market cards that are met
ENOUGH = 0.05  # of them, “not this”


@dataclass(slots=True)
class Reading:
    """Readers' acts; they take `now` as the stage's do."""

    members: dict[str, Member]

    def look_in(self, visits: Sequence[tuple[str, datetime]], *, now: datetime) -> None:  # noqa: ARG002
        """A day's looks into the circle: that somebody was there, in which hour."""
        with transaction.atomic():
            for handle, at in visits:
                pacing.note(reader=self.members[handle].id, hour=hour(at))

    def browse(self, handles: Sequence[str], *, now: datetime) -> None:
        """Each reads the top of their circle, and looks closer at what is for sale there or not."""
        for handle in handles:
            reader = self.members[handle].id
            chance = lots(f"browses:{handle}:{now:%m%d%H}")
            for item in reach.timeline(reader, now=now, limit=PAGE).cards:
                if item.card.face != Face.MARKET or item.card.mine:
                    continue
                lot = chance.random()
                if lot < CLOSER:
                    pacing.open_card(reader=reader, moment=item.card.id, now=now)
                elif lot > 1 - ENOUGH:
                    pacing.dismiss(reader=reader, moment=item.card.id, now=now)

    def agree(self, handle: str, *, now: datetime) -> None:
        targeting.agree(member=self.members[handle].id, now=now)

    def evening(self, _nothing: None, *, now: datetime) -> None:
        """What `reach.tasks` does each hour, once it is time for digests."""
        digests.start_due(now=now)

    def night(self, _nothing: None, *, now: datetime) -> None:
        """What `reach.tasks` does each night."""
        selling.start_settling(now=now)
        measuring.count_weeks(now=now)
