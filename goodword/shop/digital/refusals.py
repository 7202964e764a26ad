from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.kit.errors import Conflict, Invalid, NotFound


class ItemMissing(NotFound):
    """No such file or text for this viewer."""

    def __init__(self) -> None:
        super().__init__(_("This file does not exist, or it is not meant for you."))


class NotDigital(Conflict):
    """Only digital goods are delivered as files."""

    def __init__(self) -> None:
        super().__init__(_("Say first that the listing is digital, and save it."))


class NothingToDeliver(Invalid):
    """Neither a file nor a text."""

    def __init__(self) -> None:
        sentence = _("Choose a file, or write what the buyer gets.")
        super().__init__(sentence, fields={"text": sentence})


class TooManyItems(Invalid):
    def __init__(self, most: int) -> None:
        super().__init__(
            ngettext(
                "A listing delivers at most %(most)s file or text.",
                "A listing delivers at most %(most)s files and texts.",
                most,
            )
            % {"most": most}
        )


class LastItem(Invalid):
    """A listing that delivers at once would deliver nothing."""

    def __init__(self) -> None:
        super().__init__(_("This is all that a buyer gets. Add the new one first."))
