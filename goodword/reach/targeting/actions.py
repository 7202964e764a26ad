"""Agreeing, taking it back, and the lesson that is learnt from those who agreed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from goodword.journal.actions import record
from goodword.kit import jobs

from ..models import Leaning, Learning, Lesson, Near
from . import queries
from .rules import COMMON, KEEP

LONGEST = timedelta(minutes=20)  # that a lesson may take
CHUNK = 5000
# Who takes back waits for a lesson that is being kept, so that it is not kept after all.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('reach.learn'))"

# What is stored of any listing that the member chose; a pair says nothing without both leanings.
# What went through others is learnt anew.
THEIRS = queries.CHOICES.format(who="= %(member)s", bought="", liked="")
FORGET = f"""
WITH mine AS MATERIALIZED (SELECT listing FROM ({THEIRS}) c),
leanings AS (DELETE FROM reach_leaning WHERE listing IN (SELECT listing FROM mine))
DELETE FROM reach_near WHERE listing IN (SELECT listing FROM mine)
    OR other IN (SELECT listing FROM mine)"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a lesson leaves behind; nothing, where there was nothing to learn from."""

    near: Sequence[Near] = ()
    leanings: Sequence[Leaning] = ()
    lesson: Lesson | None = None


@transaction.atomic
def agree(*, member: UUID, now: datetime) -> None:
    """Let the house learn from what the member chooses; again changes nothing.

    It serves the member at once; the others from the next nightly lesson on.
    """
    _row, is_new = Learning.objects.get_or_create(owner_id=member, defaults={"since": now})
    if is_new:
        record(owner=member, actor=member, verb="reach.learning_on", subject=member, now=now)


@transaction.atomic
def take_back(*, member: UUID, now: datetime) -> None:
    """Learn nothing more and forget at once what the member's choices taught; again changes
    nothing. What they taught together with other people's goes with the next lesson, which is now.
    """
    with connection.cursor() as db:
        db.execute(LOCK)
    deleted, _each = Learning.objects.filter(owner=member).delete()
    if not deleted:
        return
    with connection.cursor() as db:
        db.execute(FORGET, {"member": member})
    record(owner=member, actor=member, verb="reach.learning_off", subject=member, now=now)
    jobs.defer("reach.learn", lock="reach.learn")


def learn(*, now: datetime) -> bool:
    """Learn from everybody who agreed, in a process of its own; whether there was anything to.

    It commits what was true when it began, unless somebody took their consent back meanwhile:
    then nothing, since that person's own job begins after this one.
    """
    agreed = consenting()
    chosen, friends = queries.town()
    if not chosen:
        return keep(agreed, Kept())
    people = numbered(pair[0] for pair in [*chosen, *friends, *(f[::-1] for f in friends)])
    listings = numbered(pair[1] for pair in chosen)
    told = taught(
        {
            "people": len(people),
            "items": len(listings),
            "chosen": [(people[member], listings[listing]) for member, listing in chosen],
            "friends": [(people[one], people[other]) for one, other in friends],
            "keep": KEEP,
            "common": COMMON,
        }
    )
    names = list(listings)
    near = [
        Near(listing=names[i], other=names[j], weight=weight, rest=rest, people=both)
        for i, j, weight, rest, both in told["near"]
    ]
    leanings = [
        Leaning(listing=names[i], tastes=tastes, lift=lift)
        for i, (tastes, lift) in enumerate(told["leanings"])
    ]
    lesson = Lesson(
        taught_at=now, people=len(people), listings=len(listings),
        **told["weights"],
    )  # fmt: skip
    return keep(agreed, Kept(near, leanings, lesson))


def consenting() -> set[UUID]:
    return set(Learning.objects.values_list("owner", flat=True))


def numbered(ids: Iterable[UUID]) -> dict[UUID, int]:
    """Each id with a number, in the order of the ids."""
    return {one: number for number, one in enumerate(sorted(set(ids)))}


def taught(town: dict[str, Any]) -> dict[str, Any]:
    """Run the mathematics apart from this process, which must stay small, on one core."""
    one_core = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}
    done = subprocess.run(
        [sys.executable, "-m", "goodword.reach.targeting.learning"],
        input=json.dumps(town), env=os.environ | one_core, capture_output=True, text=True,
        timeout=LONGEST.total_seconds(), check=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


@transaction.atomic
def keep(agreed: set[UUID], kept: Kept) -> bool:
    """Put the new lesson in the place of the old one."""
    with connection.cursor() as db:
        db.execute(LOCK)
    if agreed - consenting():
        return False
    for table in (Near, Leaning, Lesson):
        table.objects.all().delete()
    Near.objects.bulk_create(kept.near, batch_size=CHUNK)
    Leaning.objects.bulk_create(kept.leanings, batch_size=CHUNK)
    if kept.lesson:
        kept.lesson.save(force_insert=True)
    return kept.lesson is not None
