"""Why there is no preview, each as one sentence that says what to do."""

from django.utils.translation import gettext as _

from goodword.kit.errors import Invalid, Unavailable, Unsupported


class NotALink(Invalid):
    """No address of a web page, or one that hides something: a name before @, a rare port."""

    def __init__(self) -> None:
        super().__init__(_("This is no link to a web page. Copy it again from the browser."))


class NotPublic(Invalid):
    """It leads, at once or by a redirect, to an address that is not on the open internet."""

    def __init__(self) -> None:
        super().__init__(_("This link does not lead to the open internet. Choose another one."))


class NotAPage(Unsupported):
    def __init__(self) -> None:
        super().__init__(_("There is no web page behind this link, so it has no preview."))


class SaysNothing(Invalid):
    def __init__(self) -> None:
        super().__init__(_("This page says nothing about itself, so it has no preview."))


class Unreachable(Unavailable):
    """It does not answer, answers nonsense, or sends us on too often."""

    def __init__(self) -> None:
        super().__init__(_("This page could not be reached. Check the link, or try again later."))


class TooSlow(Unreachable):
    """The time is up."""


class TooMuch(Unreachable):
    """More bytes than are read."""
