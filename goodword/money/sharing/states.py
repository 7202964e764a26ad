"""How far a share is."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from goodword.kit.states import moves

from ..states import Words


class ShareState(StrEnum):
    ASKED = "asked"  # set aside; the gateway has not said that it did it
    DONE = "done"  # it stands on the seller's account there
    FAILED = "failed"  # it could not be; it is on her balance again


SHARE_MOVES = moves(
    ShareState,
    {
        ShareState.ASKED: {ShareState.DONE, ShareState.FAILED},
        ShareState.DONE: set(),
        ShareState.FAILED: set(),
    },
)
SHARE_WORDS: Mapping[ShareState, Words] = {
    ShareState.ASKED: _("On its way there"),
    ShareState.DONE: _("On your account there"),
    ShareState.FAILED: _("Came back to your balance"),
}
