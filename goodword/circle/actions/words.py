"""Keeping what moments can be found by. All can run twice."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import transaction

from goodword.kit import search

from ..models import Moment, MomentWords
from ..states import MomentState

BATCH = 500


def keep(moments: Sequence[Moment]) -> None:
    """Let the moments be found by what they say now."""
    MomentWords.objects.bulk_create(
        [
            MomentWords(
                moment=one,
                author_id=one.author_id,
                published_at=one.published_at,
                words=search.vector(one.text),
            )
            for one in moments
        ],
        update_conflicts=True,
        unique_fields=["moment"],
        update_fields=["words"],
    )


def forget(moment: UUID) -> None:
    MomentWords.objects.filter(moment=moment).delete()


def rebuild_words(*, progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Make anew what every moment is found by; `progress` hears (done, all). Returns how many."""
    standing = Moment.objects.filter(state=MomentState.PUBLISHED)
    MomentWords.objects.exclude(moment__state=MomentState.PUBLISHED).delete()
    total, done, after = standing.count(), 0, UUID(int=0)
    while True:
        with transaction.atomic():
            # Locked, so that an edit which is just going on is not overwritten by what it replaces.
            rows = list(
                standing.filter(id__gt=after).order_by("id").select_for_update(no_key=True)[:BATCH]
            )
            keep(rows)
        if not rows:
            return done
        after, done = rows[-1].id, done + len(rows)
        progress(done, total)
