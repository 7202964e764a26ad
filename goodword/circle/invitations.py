"""The link of an invitation: what stands in it, whether it holds, and its picture."""

from datetime import datetime
from uuid import UUID

import segno
from django.core import signing
from django.utils.translation import gettext as _

from goodword.kit.errors import NotFound

from .models import Invitation

SALT = "circle.invitation"


class InvitationGone(NotFound):
    """Unknown, taken, revoked and run out are one answer: a link tells nothing about itself."""

    def __init__(self) -> None:
        super().__init__(_("This invitation does not hold (any more). Ask for a new one."))


def token(invitation: UUID) -> str:
    """What stands in the link. It is signed, so that ids seen elsewhere are no invitations."""
    return signing.Signer(salt=SALT).sign(invitation.hex).replace(":", "-", 1)


def read(text: str) -> UUID:
    """The invitation's id that `token` wrote. Raises InvitationGone for anything else."""
    try:
        return UUID(signing.Signer(salt=SALT).unsign(text.replace("-", ":", 1)))
    except (signing.BadSignature, ValueError):
        raise InvitationGone from None


def is_open(invitation: Invitation, *, now: datetime) -> bool:
    """Whether it can still be taken."""
    ended = invitation.revoked_at or invitation.taken_at
    return ended is None and now < invitation.expires_at


def drawn(link: str) -> str:
    """The link as a QR code: an SVG element without any style, dark on white in every theme."""
    drawing: str = segno.make(link, error="m", micro=False).svg_inline(
        border=4,
        dark="#000",
        light="#fff",
        svgclass="qr",
        lineclass=None,
        title=link,
        omitsize=True,
    )
    # As wide as its place and so high: an SVG centres itself.
    return drawing.replace("<svg ", '<svg width="100%" height="280" ', 1)
