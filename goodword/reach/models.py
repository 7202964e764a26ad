from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CompositePrimaryKey, Q

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


class Reader(models.Model):
    """How a reader wants the market; its row is the lock of what is shown to them."""

    member = models.OneToOneField(
        Member, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    # Of this many cards in a row one market card; None: as the house says; 0: none.
    every = models.PositiveSmallIntegerField(null=True)
    read_in = models.IntegerField(null=True)  # the last hour that stands in Reading


class Impression(models.Model):
    """A market moment that lies in a reader's circle as a card, or that they saw elsewhere: in an
    opened fold, or looked at from the market. Once for all devices."""

    pk = CompositePrimaryKey("reader", "moment")
    reader = models.ForeignKey(
        Member, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    moment = models.UUIDField()
    seller = models.UUIDField()
    # A card stands right after this life card; None for what was seen elsewhere.
    after_at = models.DateTimeField(null=True)
    after_moment = models.UUIDField(null=True)
    rest = ArrayField(models.UUIDField(), default=list)  # what was counted behind the card
    seen_at = models.DateTimeField(null=True)  # None: laid on a page, and nobody read down to it
    opened_at = models.DateTimeField(null=True)  # when the reader looked closer
    dismissed_at = models.DateTimeField(null=True)  # "not this"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(after_at__isnull=True, after_moment__isnull=True, rest=[])
                | Q(after_at__isnull=False, after_moment__isnull=False),
                name="reach_card_or_elsewhere",
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=False)
                | Q(after_at__isnull=False, opened_at__isnull=True, dismissed_at__isnull=True),
                name="reach_laid_or_seen",
            ),
        ]
        indexes = [
            models.Index(
                fields=["reader", "-after_at", "-after_moment"],
                condition=Q(after_at__isnull=False),
                name="reach_turns",
            ),
            models.Index(fields=["reader"], condition=Q(seen_at__isnull=True), name="reach_laid"),
            models.Index(
                fields=["reader", "seller", "seen_at"],
                condition=Q(seen_at__isnull=False),
                name="reach_seen",
            ),
            models.Index(fields=["seller", "moment"], name="reach_measured"),
        ]


class Interest(models.Model):
    """Something that a member says they like. Nobody else is ever told."""

    pk = CompositePrimaryKey("owner", "interest")
    owner = models.ForeignKey(Member, on_delete=models.CASCADE, db_index=False, related_name="+")
    interest = models.CharField(max_length=20)  # a key of kit.interests


class Learning(models.Model):
    """A member who lets the house learn from what they choose. No row: nothing is learnt."""

    owner = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True)
    since = models.DateTimeField()


class Near(models.Model):
    """Choosing `other` speaks for `listing`, by `weight`: learnt from everybody, about nobody."""

    pk = CompositePrimaryKey("listing", "other")
    listing = models.UUIDField()
    other = models.UUIDField()
    weight = models.FloatField()
    rest = models.FloatField()  # of that, what the leanings of the two do not tell
    people = models.PositiveIntegerField()  # who chose both

    class Meta:
        verbose_name_plural = "near"


class Leaning(models.Model):
    """How far a listing leans to each of the strongest common tastes; none in a small town.

    Choosing another speaks for it by the product of both `tastes`, times `lift`.
    """

    listing = models.UUIDField(primary_key=True)
    tastes = ArrayField(models.FloatField())
    lift = models.FloatField()


class Lesson(Row):
    """The weights of the last lesson; there is at most one row."""

    taught_at = models.DateTimeField()
    people = models.PositiveIntegerField()  # who agreed and chose something
    listings = models.PositiveIntegerField()
    person = models.FloatField()  # see `targeting.rules.Lesson`
    friends = models.FloatField()
    crowd = models.FloatField()
    said = models.FloatField()


class Reading(models.Model):
    """An hour (from 1970, UTC) in which the reader was in their mixed circle. Kept for some weeks;
    it leaves only as a number of people, whatever the reader wants of anybody's market."""

    pk = CompositePrimaryKey("reader", "hour")
    reader = models.ForeignKey(Member, on_delete=models.CASCADE, db_index=False, related_name="+")
    hour = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["hour"], name="reach_read_in")]


class Slot(models.Model):
    """Where a seller wants one of her market moments among her own. No row: she did not say."""

    moment = models.UUIDField(primary_key=True)
    seller = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    since = models.DateTimeField(null=True)  # it comes into circles from then on; None: at once
    out = models.BooleanField(default=False)  # not into circles at all

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(out=True) | Q(since__isnull=True), name="reach_out_or_since"
            )
        ]


class Rhythm(models.Model):
    """What a seller's forecasts are made of, from all her friends together; kept for a week, so
    that no change of her circle can be read from it. See `selling.rhythm`."""

    seller = models.OneToOneField(
        Member, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    made_at = models.DateTimeField()
    friends = models.PositiveIntegerField()
    means = models.JSONField()  # for each of so many days: 168 means or nulls
    widths = models.JSONField()
    slots = models.JSONField()  # when whom of her friends read: the `Group` and a part of the week
    tallies = models.JSONField()  # hers, and those of readers who are no friends of hers


class Forecast(models.Model):
    """What was expected of a market moment when it was shown, and what came; people as sums of
    everybody in her circle. A night later it holds what came by the midnight before."""

    moment = models.UUIDField(primary_key=True)
    seller = models.ForeignKey(Member, on_delete=models.CASCADE, db_index=False, related_name="+")
    made_at = models.DateTimeField()
    start = models.IntegerField()  # the hour from which it may come up
    audience = models.PositiveIntegerField()
    expected = models.JSONField()  # {"7": [people, width], …}; people null: too few to say
    looks = models.FloatField()  # of those who meet it, how many will likely look closer
    turns = models.FloatField()  # of those who meet her, how many will likely turn her down
    seen = models.JSONField(default=dict)  # {"7": people, …}
    opened = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)  # all has come

    class Meta:
        indexes = [
            models.Index(fields=["seller", "-made_at"], name="reach_forecasts"),
            models.Index(
                fields=["seller"], condition=Q(settled_at__isnull=True), name="reach_unsettled"
            ),
            models.Index(
                fields=["-settled_at"], condition=Q(settled_at__isnull=False), name="reach_settled"
            ),
        ]


class Week(models.Model):
    """What the market did in one week of the house, Monday to Sunday, for its operators. Each
    number with how many people are behind it."""

    start = models.DateField(primary_key=True)
    readers = models.PositiveIntegerField()
    sellers = models.PositiveIntegerField()
    cards = models.PositiveIntegerField()
    shown = models.PositiveIntegerField()
    opened = models.PositiveIntegerField()
    opened_by = models.PositiveIntegerField()
    waved = models.PositiveIntegerField()  # "not this"
    waved_by = models.PositiveIntegerField()
    turned = models.PositiveIntegerField()  # sellers turned down by who met them in that week
    turned_by = models.PositiveIntegerField()
    sold = models.PositiveIntegerField()  # orders of what their buyer was shown before
    sold_by = models.PositiveIntegerField()

    @property
    def shown_for_one(self) -> int:
        """How many offers were seen for one order; 0 where none was made."""
        return round(self.shown / self.sold) if self.sold else 0
