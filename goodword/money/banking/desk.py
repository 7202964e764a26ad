"""What of money waits for an operator."""

from django.utils.translation import gettext_lazy as _

from goodword.kit.desk import Desk, register

from ..queries import stuck_refunds
from . import queries
from .reconciling import found_last


def lay_out() -> None:
    """Put the lists on the desk, once, when the house starts."""
    register(
        Desk(
            "payouts", _("Payouts to send"), _("Put them into a bank file, or pay them by hand."),
            "bank", "money:bank", lambda: sum(one.count for one in queries.waiting_payouts()),
        )
    )  # fmt: skip
    register(
        Desk(
            "refunds", _("Refunds that got stuck"),
            _("No gateway could send them; the money is still the buyer’s."),
            "return", "money:books", lambda: len(stuck_refunds()),
        )
    )  # fmt: skip
    register(
        Desk(
            "bank_lines", _("Lines of the bank to explain"),
            _("They came or went, and nobody knows what for."),
            "card", "money:bank", lambda: len(queries.open_lines()),
        )
    )  # fmt: skip
    register(
        Desk(
            "differences", _("Differences in the books"),
            _("The books and somebody else did not say the same when they were compared last."),
            "scale", "money:reconciliation", found_last,
        )
    )  # fmt: skip
