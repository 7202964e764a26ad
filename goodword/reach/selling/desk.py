"""The market's pace on the operator's desk."""

from django.utils.translation import gettext_lazy as _

from goodword.kit.desk import Desk, register


def lay_out() -> None:
    """Put it on the desk, once, when the house starts. Nothing of it ever waits."""
    register(
        Desk(
            "market", _("The market’s pace"), _("What was shown and sold, week by week."),
            "filter", "reach:measures", lambda: 0,
        )
    )  # fmt: skip
