from django.db import models
from django.db.models import CompositePrimaryKey

from goodword.kit.models import Row
from goodword.people.models import Member


class Entry(models.Model):
    """One moment in one reader's timeline, for each friend whatever the audience.

    The key is the reading order, so a page is one short scan. No constraint ties the row to what
    it points at: a stale row shows nothing, since reading joins and asks `can_view`.
    """

    pk = CompositePrimaryKey("reader", "face", "published_at", "moment")
    reader = models.ForeignKey(
        Member, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    face = models.CharField(max_length=6)
    published_at = models.DateTimeField()
    moment = models.UUIDField()
    author = models.UUIDField()

    class Meta:
        verbose_name_plural = "entries"


class Digest(Row):
    """One day's market moments of the friends whom a reader wants to see so.

    It holds only from when to when: what is in it is asked at every look.
    """

    reader = models.ForeignKey(Member, on_delete=models.CASCADE, db_index=False, related_name="+")
    day = models.DateField()  # the house's own; one digest a day
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "day"], name="reach_digest_daily")]


class Visit(models.Model):
    """How far a reader has read one lens; the rule is `rules.look`."""

    pk = CompositePrimaryKey("reader", "lens")
    reader = models.ForeignKey(Member, on_delete=models.CASCADE, db_index=False, related_name="+")
    lens = models.CharField(max_length=6)
    line_at = models.DateTimeField(null=True)
    line_moment = models.UUIDField(null=True)
    top_at = models.DateTimeField(null=True)
    top_moment = models.UUIDField(null=True)
    looked_at = models.DateTimeField()
