"""What a member takes along of this domain."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from goodword.kit.exports import Kept, Media, Part, Rows

from . import queries, sessions
from .models import ApiToken, Face, Member

FACE = "media/face.webp"


def profile(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """One row: who the viewer is here."""
    me = Member.objects.get(id=viewer)
    yield {
        "handle": me.handle, "name": me.display_name, "email": me.email, "bio": me.bio,
        "language": me.language, "region": me.region, "theme": me.theme,
        "joined_at": me.joined_at, "found_by_name": queries.found_by_name(me),
        "picture": FACE if me.avatar_version else None,
        "addresses": list(
            EmailAddress.objects.filter(user=me).values("email", "verified", "primary")
        ),
        "second_steps": list(
            Authenticator.objects.filter(user=me).values("type", "created_at", "last_used_at")
        ),
    }  # fmt: skip


def tokens(viewer: UUID, now: datetime) -> Rows:  # noqa: ARG001
    """The names of the viewer's tokens, never what they are."""
    rows = ApiToken.objects.filter(owner=viewer).order_by("created_at")
    yield from rows.values("name", "hint", "created_at", "last_used_on", "revoked_at").iterator()


def devices(viewer: UUID, now: datetime) -> Rows:
    """Where the viewer is signed in."""
    me = queries.members([viewer])[viewer]
    for one in sessions.devices(me, current=None, now=now):
        yield {"browser": one.browser, "ip": one.ip, "since": one.since}


def face(viewer: UUID, now: datetime) -> Iterator[Kept]:  # noqa: ARG001
    """The viewer's own picture in its larger form."""
    for row in Face.objects.filter(owner=viewer):
        yield Kept(FACE, row.key + Face.variants[-1].suffix)


PARTS = (
    Part(
        "profile",
        profile,
        covers=(
            "people.Member",
            "people.Claim",
            "people.Findable",
            "account.EmailAddress",
            "mfa.Authenticator",
        ),
    ),
    Part("tokens", tokens, covers=("people.ApiToken",)),
    Part("sessions", devices, covers=("usersessions.UserSession",)),
)
MEDIA = (Media(face, covers=("people.Face",)),)
