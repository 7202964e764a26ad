from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models

from goodword.kit.models import Row
from goodword.kit.states import among, choices
from goodword.people.models import Member

from .states import ArchiveState


class Town(Row):
    """The demo town that was built into this instance: one row, and it is a demo for good."""

    language = models.CharField(max_length=10)
    begun_at = models.DateTimeField()
    built_at = models.DateTimeField(null=True)  # empty: the building was cut short
    cast = ArrayField(models.UUIDField(), default=list)  # whom anybody here may sign in as


class Archive(Row):
    """A member's archive: asked for, then a file named by this id until `expires_at`."""

    owner = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        max_length=5, choices=choices(ArchiveState), default=ArchiveState.ASKED
    )
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    done = models.PositiveSmallIntegerField(default=0)  # of archive.writing.STEPS
    size = models.BigIntegerField(default=0)  # bytes
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [among("state", ArchiveState, "ops_archive_state")]

    def is_awaited(self, now: datetime) -> bool:
        """Being made; after a day nothing is to be expected any more."""
        return self.state == ArchiveState.ASKED and now - self.asked_at < timedelta(days=1)

    def is_there(self, now: datetime) -> bool:
        """Whether its owner may fetch it."""
        return self.expires_at is not None and now < self.expires_at
