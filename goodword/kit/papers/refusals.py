"""Why a paper is turned away, each as one sentence that says what to do."""

from django.utils.translation import gettext as _

from goodword.kit.errors import Invalid, TooLarge


class TooManyBytes(TooLarge):
    def __init__(self, limit: int) -> None:
        super().__init__(
            _("This PDF is larger than %(limit)d MB. Send a smaller one, or pictures of its pages.")
            % {"limit": limit // (1024 * 1024)}
        )


class TooManyPages(Invalid):
    def __init__(self, most: int) -> None:
        super().__init__(
            _("This PDF has more than %(most)s pages. Send only those that matter.")
            % {"most": most}
        )


class Unreadable(Invalid):
    """Damaged, locked by a password, or of a kind that takes far too much to draw."""

    def __init__(self) -> None:
        super().__init__(
            _("This PDF cannot be read. Print it anew without a password, or send pictures.")
        )
