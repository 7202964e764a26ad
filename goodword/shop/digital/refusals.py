from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.kit.errors import Conflict, Invalid, NotFound

from ..models.digital import KEY


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


class KeyMissing(NotFound):
    """No such unsold key of this seller's."""

    def __init__(self) -> None:
        super().__init__(_("This key is not there any more: it was sold, or taken out."))


class KeyReserved(Conflict):
    """Every unsold key waits for a payment."""

    def __init__(self) -> None:
        super().__init__(_("Somebody is paying for it at this moment. Try again in a while."))


class NotAtOnce(Conflict):
    """Keys go out by themselves."""

    def __init__(self) -> None:
        super().__init__(
            _("Keys are for listings that are digital and delivered at once. Say so and save it.")
        )


class NoKeys(Invalid):
    def __init__(self) -> None:
        sentence = _("Write one key in each line.")
        super().__init__(sentence, fields={"keys": sentence})


class LongKey(Invalid):
    def __init__(self, row: int) -> None:
        words = {"row": row, "most": KEY}
        sentence = (
            _("Line %(row)s is longer than %(most)s characters. Write one key in each line.")
            % words
        )
        super().__init__(sentence, fields={"keys": sentence})


class TooManyKeys(Invalid):
    def __init__(self, most: int) -> None:
        sentence = ngettext(
            "At most %(most)s key at a time.", "At most %(most)s keys at a time.", most
        ) % {"most": most}
        super().__init__(sentence, fields={"keys": sentence})


class FullPool(Invalid):
    def __init__(self, most: int) -> None:
        sentence = _("At most %(most)s keys of one variant can wait here.") % {"most": most}
        super().__init__(sentence, fields={"keys": sentence})


class KeysLeft(Conflict):
    """Only what is delivered at once can give keys."""

    def __init__(self) -> None:
        super().__init__(
            _("There are unsold keys. Take them out first, then change how it is delivered.")
        )
