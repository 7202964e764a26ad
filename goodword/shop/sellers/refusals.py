"""Why a declaration is not taken, each as one sentence that says what to do."""

from django.utils.translation import gettext as _

from goodword.kit import formats
from goodword.kit.errors import Conflict, Forbidden, Invalid, NotFound
from goodword.kit.money import Money


class DeclarationMissing(NotFound):
    """No such declaration for this viewer."""

    def __init__(self) -> None:
        super().__init__(_("There is no such declaration, or it is not meant for you."))


class PageMissing(NotFound):
    """No such page for this viewer: to everybody but operators there is none."""

    def __init__(self) -> None:
        super().__init__(_("There is no such paper."))


class AlreadyAsked(Conflict):
    """One request at a time."""

    def __init__(self) -> None:
        super().__init__(
            _("An operator is looking at your papers already. Take that back to send others.")
        )


class AlreadyDecided(Conflict):
    """Another operator was quicker, or the seller has taken it back."""

    def __init__(self) -> None:
        super().__init__(_("This was decided already, or taken back by the seller."))


class OwnPapers(Forbidden):
    """Nobody checks herself."""

    def __init__(self) -> None:
        super().__init__(_("These are your own papers. Another operator has to look at them."))


class SoldTooMuch(Conflict):
    """The year's sum is passed: a private person may not sell more."""

    def __init__(self, most: Money) -> None:
        super().__init__(
            _(
                "You have sold for more than %(sum)s this year, so you cannot sell as a private "
                "person any more. Register your business."
            )
            % {"sum": formats.money(most)}
        )


class NoPapers(Invalid):
    """A number alone proves nothing."""

    def __init__(self) -> None:
        sentence = _("Add a picture or a PDF of your licence, so that an operator can compare.")
        super().__init__(sentence, fields={"papers": sentence})


class TooManyPages(Invalid):
    """More pages than an operator reads."""

    def __init__(self, most: int) -> None:
        sentence = _("Send at most %(most)s pages in all.") % {"most": most}
        super().__init__(sentence, fields={"papers": sentence})


class NoName(Invalid):
    """A business has a name."""

    def __init__(self) -> None:
        sentence = _("Write the name of the business as it stands in its licence.")
        super().__init__(sentence, fields={"name": sentence})


class NoReason(Invalid):
    """Who is told no is told why."""

    def __init__(self) -> None:
        sentence = _("Write a reason: the seller reads it.")
        super().__init__(sentence, fields={"reason": sentence})
