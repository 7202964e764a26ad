"""What of sellers waits for an operator."""

from django.utils.translation import gettext_lazy as _

from goodword.kit.desk import Desk, register

from . import queries


def lay_out() -> None:
    """Put the list on the desk, once, when the house starts."""
    register(
        Desk(
            "sellers", _("Businesses to check"),
            _("Compare the number and the papers, then accept or refuse."),
            "shield", "shop:sellers_desk", queries.waiting,
        )
    )  # fmt: skip
