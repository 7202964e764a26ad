"""What of returns and disputes waits for an operator."""

from django.utils.translation import gettext_lazy as _

from goodword.kit.desk import Desk, register

from .queries import with_operator
from .states import CaseState


def lay_out() -> None:
    """Put the lists on the desk, once, when the house starts."""
    waiting = with_operator(CaseState.OPERATOR)
    for key, word, sentence, icon, rows in (
        ("disputes", _("Disputes to decide"), _("Too few could judge, or too few did."),
         "scale", waiting.filter(appealed=False)),
        ("appeals", _("Appeals"), _("A decision was appealed; yours is the last."),
         "scale", waiting.filter(appealed=True)),
        ("shortfalls", _("Refunds that a seller cannot give back"),
         _("The house can pay what is missing, or wait for the seller’s next sales."),
         "wallet", with_operator(CaseState.SHORT)),
    ):  # fmt: skip
        register(Desk(key, word, sentence, icon, "care:desk", rows.count))
