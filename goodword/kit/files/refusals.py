"""Why a file is turned away, each as one sentence that says what to do."""

from django.utils.translation import gettext as _

from goodword.kit.errors import Invalid, TooLarge


class Empty(Invalid):
    def __init__(self) -> None:
        sentence = _("This file is empty. Choose another one.")
        super().__init__(sentence, fields={"file": sentence})


class TooManyBytes(TooLarge):
    def __init__(self, megabytes: int) -> None:
        sentence = _("This file is larger than %(limit)s MB. Send a smaller one, or a link.") % {
            "limit": megabytes
        }
        super().__init__(sentence, fields={"file": sentence})
