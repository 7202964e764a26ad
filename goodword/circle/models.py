from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from goodword.kit.models import Row
from goodword.kit.pictures.models import PictureRow
from goodword.kit.states import among, choices
from goodword.kit.voice.models import VoiceRow
from goodword.people.models import Member

from .cards import Person
from .rules import Audience, Edge
from .states import AudienceKind, Face, LinkState, MarketDial, MomentState, RequestState
from .visibility import visible


class Group(Row):
    """A named part of its owner's circle; who is in it stands on the friendships."""

    owner = models.ForeignKey(Member, on_delete=models.CASCADE)
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="circle_group_name")]

    def __str__(self) -> str:
        return self.name


class Friendship(Row):
    """One side of a friendship: the owner's. The other side is the friend's own row."""

    owner = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    friend = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    nickname = models.CharField(max_length=60, blank=True)
    groups = ArrayField(models.UUIDField(), default=list, blank=True)
    # Groups that are forgotten: what was kept from them stays kept from who was in them.
    former_groups = ArrayField(models.UUIDField(), default=list, blank=True, db_default=[])
    life = models.BooleanField(default=True)
    market = models.CharField(max_length=10, choices=choices(MarketDial), default=MarketDial.ON)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    hides_mine = models.BooleanField(default=False)
    note = models.CharField(
        max_length=500, blank=True, db_default=""
    )  # the owner's memory, for nobody else

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "friend"], name="circle_friendship_once"),
            models.CheckConstraint(condition=~Q(owner=F("friend")), name="circle_no_self_friend"),
            among("market", MarketDial, "circle_market_dial"),
        ]
        indexes = [
            models.Index(fields=["owner"], condition=Q(market="digest"), name="circle_digested")
        ]

    @property
    def known(self) -> Person:
        """The friend under the owner's own name for them."""
        friend, name = self.friend, self.nickname or self.friend.display_name
        return Person(friend.id, friend.handle, name, friend.avatar_version)

    @property
    def edge(self) -> Edge:
        return Edge(
            groups=frozenset(self.groups),
            former_groups=frozenset(self.former_groups),
            life=self.life,
            market=self.market,
            snoozed_until=self.snoozed_until,
            hides_mine=self.hides_mine,
        )


class FriendRequest(Row):
    asker = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    asked = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    message = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=10, choices=choices(RequestState), default=RequestState.ASKED
    )
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "asked"], condition=Q(state="asked"), name="circle_asked_once"
            ),
            models.CheckConstraint(condition=~Q(asker=F("asked")), name="circle_no_self_request"),
            among("state", RequestState, "circle_request_state"),
        ]
        indexes = [models.Index(fields=["asked", "state"], name="circle_request_asked")]


class Invitation(Row):
    """A link that makes friends of its owner and the one member who takes it."""

    owner = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    groups = ArrayField(models.UUIDField(), default=list, blank=True)  # where the friend belongs
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["owner", "-made_at"], name="circle_invitations")]


class Block(Row):
    owner = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    blocked = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "blocked"], name="circle_block_once")
        ]


class Settings(models.Model):
    """What a member decided for the whole circle; no row means the defaults."""

    owner = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True)
    # Older moments are hidden from friends; null shows all. An interval, so that SQL subtracts it.
    window = models.DurationField(null=True, blank=True)
    # Whether friends of friends may be shown to each other because both know this member, and this
    # member to them.
    introduces = models.BooleanField(default=True, db_default=True)


class MomentQuerySet(models.QuerySet["Moment"]):
    def visible_to(self, viewer: UUID, *, now: Any) -> "MomentQuerySet":
        """Only what `can_view` allows; combine freely, it is one SQL predicate."""
        sql, params = visible("circle_moment", viewer=viewer, now=now)
        seen = RawSQL(sql, params, output_field=models.BooleanField())  # noqa: S611  # no text from outside
        return self.filter(seen)


class Moment(Row):
    """A post: life or market. Its audience is asked at every look, so groups stay live."""

    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    face = models.CharField(max_length=6, choices=choices(Face))
    text = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=choices(MomentState), default=MomentState.PUBLISHED
    )
    audience_kind = models.CharField(max_length=10, choices=choices(AudienceKind))
    audience_groups = ArrayField(models.UUIDField(), default=list)
    audience_people = ArrayField(models.UUIDField(), default=list)
    listing = models.UUIDField(null=True)  # what a market moment sells
    from_listing = models.UUIDField(null=True)  # where a thing in a life moment is from
    published_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=64)  # the composer's; a double tap publishes once

    objects = MomentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="circle_moment_key"),
            models.CheckConstraint(
                condition=Q(face="market", listing__isnull=False, from_listing__isnull=True)
                | Q(face="life", listing__isnull=True),
                name="circle_market_sells_one",
            ),
            among("state", MomentState, "circle_moment_state"),
            among("audience_kind", AudienceKind, "circle_audience_kind"),
        ]
        indexes = [
            models.Index(fields=["author", "-published_at", "-id"], name="circle_by_author"),
        ]

    @property
    def audience(self) -> Audience:
        return Audience(
            AudienceKind(self.audience_kind),
            tuple(self.audience_groups),
            tuple(self.audience_people),
        )


class MomentEdit(Row):
    """What a moment said until it was edited; who may see the moment may read it."""

    moment = models.ForeignKey(Moment, on_delete=models.CASCADE)
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["moment", "until", "id"], name="circle_edit_order")]


class MomentPicture(PictureRow):
    """A picture of a moment; who may see it is who may see the moment."""

    moment = models.ForeignKey(Moment, on_delete=models.CASCADE, related_name="pictures")
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            *PictureRow.Meta.constraints,
            models.UniqueConstraint(fields=["moment", "position"], name="circle_picture_place"),
        ]


class Voice(VoiceRow):
    """A moment's voice note; who may hear it is who may see the moment."""

    moment = models.OneToOneField(Moment, on_delete=models.CASCADE, related_name="voice")
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")


class LinkCard(Row):
    """What the page behind a moment's first link says of itself; gone or anew when the text is."""

    moment = models.OneToOneField(Moment, on_delete=models.CASCADE, related_name="link")
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=2048)  # as it stands in the text
    goal = models.CharField(max_length=2048, blank=True)  # where it really led
    title = models.CharField(max_length=200, blank=True)
    description = models.CharField(max_length=500, blank=True)
    site_name = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=choices(LinkState), default=LinkState.WAITING)
    fetched = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            among("state", LinkState, "circle_link_state"),
            models.CheckConstraint(
                condition=~Q(state="shown") | (~Q(title="") & ~Q(goal="")),
                name="circle_shown_link_says_something",
            ),
        ]


class LinkPicture(PictureRow):
    """The picture that the page shows of itself, let in like everybody's."""

    card = models.OneToOneField(LinkCard, on_delete=models.CASCADE, related_name="picture")
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")


class Like(Row):
    moment = models.ForeignKey(Moment, on_delete=models.CASCADE)
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    listing = models.UUIDField(null=True)  # what the liked moment sells; it never changes
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["moment", "member"], name="circle_like_once")
        ]
        indexes = [
            # Asked at every look at a market card; few likes are of what is for sale.
            models.Index(fields=fields, name=name, condition=Q(listing__isnull=False))
            for name, fields in {
                "circle_liked_by": ["member", "listing"],
                "circle_liked_listing": ["listing", "member"],
            }.items()
        ]


class Comment(Row):
    moment = models.ForeignKey(Moment, on_delete=models.CASCADE)
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    reply_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["moment", "at", "id"], name="circle_comment_order")]


class MomentWords(models.Model):
    """What a moment can be found by. Apart from it, so that reading a timeline stays light."""

    moment = models.OneToOneField(Moment, on_delete=models.CASCADE, primary_key=True)
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    published_at = models.DateTimeField()  # the moment's, so that the newest are looked at first
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="circle_words")]
